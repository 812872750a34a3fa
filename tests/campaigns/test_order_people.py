"""Who ordered at a platform, or stands in an opening: sealed, told apart from the order, erased."""

import pytest
from django.core.management import call_command
from django.db import connection

from backend.core.users import SYSTEM
from backend.reporting import erasure as leaving
from campaigns import platform_orders, platform_versions
from campaigns.models import Campaign, Opening, OrderPerson, PlatformOrder, Pledge
from campaigns.openings import rows
from investors import erasure
from investors.models import Erasure, Investor
from tests.campaigns import test_openings as opened
from tests.campaigns.scene import Scene
from tests.campaigns.test_platform_orders import COLUMNS, line, on_platform, take_in

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]

CODE, NAME = "SYNTHETIC0000077", "Persona 77"


@pytest.fixture
def campaign(scene: Scene) -> Campaign:
    found = on_platform(scene)
    platform_orders.save_mapping(campaign=found, columns=COLUMNS, by=scene.cast.owner, at=scene.at)
    return found


def dump(*tables: str) -> str:
    """The tables as a dump of the database would show them."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT t::text FROM {table} t" for table in tables))
        found = [text for (text,) in cursor.fetchall()]
    assert len(found) >= len(tables)
    return "\n".join(found)


def erase(scene: Scene, pledge: Pledge) -> None:
    """The night after the last day on which a law keeps the investor."""
    asked = erasure.ask(investor=pledge.investor, user=scene.cast.investor, by=SYSTEM, at=scene.at)
    assert Erasure.objects.get() == asked
    later = scene.at.replace(year=scene.at.year + 11)
    assert leaving.finish(at=later) == 1


class TestOrderPerson:
    def test_a_copy_of_the_orders_names_nobody(self, scene: Scene, campaign: Campaign) -> None:
        take_in(scene, campaign, line(scene, "A1", person=77))

        copy = dump("campaigns_platformorder", "campaigns_orderperson")

        assert CODE not in copy
        assert NAME not in copy
        assert "1980-12-31" not in copy
        assert OrderPerson.objects.get().told["tax_code"] == CODE

    def test_the_same_order_under_another_key_is_the_same(
        self, own_keys: None, scene: Scene, campaign: Campaign
    ) -> None:
        told = line(scene, "A1", person=77)
        take_in(scene, campaign, told)
        call_command("rotate_keys", "--new", "--retire")

        assert take_in(scene, campaign, told).counts["same"] == 1
        assert take_in(scene, campaign, told.replace(";500;", ";800;")).counts["changed"] == 1
        assert Investor.objects.with_tax_code(CODE).count() == 1

    def test_other_words_about_the_person_are_a_version(
        self, scene: Scene, campaign: Campaign
    ) -> None:
        told = line(scene, "A1", person=77)
        take_in(scene, campaign, told)

        again = take_in(scene, campaign, told.replace(NAME, "Persona Settantasette"))

        assert again.counts["changed"] == 1
        names = OrderPerson.objects.order_by("order__version")
        assert [each.told["name"] for each in names] == [NAME, "Persona Settantasette"]

    def test_goes_with_the_investor_and_leaves_the_order(
        self, scene: Scene, campaign: Campaign
    ) -> None:
        take_in(scene, campaign, line(scene, "A1", person=77), line(scene, "A2", person=78))
        pledge = Pledge.objects.get(investor=Investor.objects.with_tax_code(CODE).get())

        assert platform_versions.forget(investor=pledge.investor) == 1

        assert [each.told["name"] for each in OrderPerson.objects.all()] == ["Persona 78"]
        assert PlatformOrder.objects.count() == 2

    def test_nobody_else_goes_on_with_the_order_of_who_was_erased(
        self, scene: Scene, campaign: Campaign
    ) -> None:
        told = line(scene, "A1", person=77)
        take_in(scene, campaign, told)
        platform_versions.forget(investor=Pledge.objects.get().investor)

        assert take_in(scene, campaign, told).counts["same"] == 1
        with pytest.raises(platform_orders.FileFaulty) as refused:
            take_in(scene, campaign, line(scene, "A1", person=78).replace(";500;", ";800;"))
        assert [each["field"] for each in refused.value.facts["faults"]] == ["order_id"]
        assert (PlatformOrder.objects.count(), OrderPerson.objects.count()) == (1, 0)

    def test_an_erased_person_is_nowhere(self, scene: Scene, campaign: Campaign) -> None:
        take_in(scene, campaign, line(scene, "A1", person=77, status="revocato"))

        erase(scene, Pledge.objects.get())

        assert not OrderPerson.objects.exists()
        assert NAME not in dump("campaigns_platformorder", "investors_investor")


class TestOpening:
    def test_a_copy_of_the_list_names_nobody_and_it_applies_all_the_same(
        self, scene: Scene
    ) -> None:
        campaign = scene.open_campaign()
        opened.statement(scene, "500.00")
        opening = opened.ask(scene, campaign, opened.row(scene, 77, "500"))

        copy = dump("campaigns_opening")
        opened.approve(scene, opening)

        assert CODE not in copy
        assert NAME not in copy
        assert Pledge.objects.get().investor.tax_code == CODE

    def test_a_row_forgets_its_person(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        opened.statement(scene, "500.00")
        lines = (opened.row(scene, 77, "500"), opened.row(scene, 78, "0"))
        opened.approve(scene, opened.ask(scene, campaign, *lines))
        investor = Investor.objects.with_tax_code(CODE).get()

        rows.forget(investor=investor)

        found = Opening.objects.get()
        assert [row["name"] for row in found.rows] == ["—", "Persona 78"]
        assert [row["shares"] for row in found.rows] == [5, 5]
