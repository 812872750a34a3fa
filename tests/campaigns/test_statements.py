"""An investor's statement adds up, equals the ledger, and follows the shares."""

import datetime as dt

import pytest
from django.utils import translation

from backend.core.money import ZERO, euro
from backend.core.roles import Role
from backend.ledger import balances
from campaigns import statements
from campaigns.models import Allotment, Campaign
from investors.models import Investor
from investors.statements import Statement
from tests.campaigns.scene import Scene
from tests.campaigns.test_certificates import give_back
from tests.campaigns.test_members import pass_on, succeeded
from tests.campaigns.test_orders_api import browse
from tests.cast import person

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(succeeded)]


def all_time(investor: Investor, scene: Scene) -> Statement:
    return statements.of_investor(
        investor, first_day=dt.date(2000, 1, 1), last_day=scene.day + dt.timedelta(days=1)
    )


class TestOfInvestor:
    def test_equals_the_ledger_after_a_return(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        give_back(scene, allotment, "100.00")

        told = all_time(allotment.pledge.investor, scene)

        assert [each.amount for each in told.movements] == [euro("3000.00"), euro("-100.00")]
        assert told.closing == -balances.balance(allotment.pledge.payer) == euro("2900.00")

    @pytest.mark.parametrize(
        ("title_en", "language", "named"),
        [("Homes", "en", "Homes"), ("Homes", "it", "Case"), ("", "en", "Case")],
    )
    def test_names_the_offer_as_its_reader_speaks(
        self, scene: Scene, title_en: str, language: str, named: str
    ) -> None:
        allotment = succeeded(scene)
        Campaign.objects.update(title_it="Case", title_en=title_en)

        with translation.override(language):
            [paid] = all_time(allotment.pledge.investor, scene).movements
            assert str(paid.text).strip("“”«»").endswith(named)

    def test_any_days_add_up(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        give_back(scene, allotment, "100.00")
        investor, paid_on = allotment.pledge.investor, scene.day - dt.timedelta(days=61)

        before = statements.of_investor(investor, first_day=paid_on, last_day=paid_on)
        after = statements.of_investor(
            investor, first_day=paid_on + dt.timedelta(days=1), last_day=scene.day
        )

        assert (before.opening, before.closing) == (ZERO, euro("3000.00"))
        assert (after.opening, after.closing) == (before.closing, euro("2900.00"))

    def test_what_passed_on_leaves_one_and_comes_to_the_other(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        pass_on(scene, allotment, taker, 10)

        assert all_time(allotment.pledge.investor, scene).closing == euro("2000.00")
        assert all_time(taker, scene).closing == euro("1000.00")

    def test_a_period_that_ends_before_it_begins_is_refused(self, scene: Scene) -> None:
        with pytest.raises(statements.BadPeriod):
            statements.of_investor(
                scene.investor(), first_day=scene.day, last_day=scene.day - dt.timedelta(days=1)
            )


class TestPassed:
    def test_between_two_investors_of_one_person_nothing_passed(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        pass_on(scene, allotment, taker, 10)
        both = Investor.objects.filter(pk__in=(taker.pk, allotment.pledge.investor_id))

        assert statements.passed(both) == ZERO
        assert statements.passed(Investor.objects.filter(pk=taker.pk)) == euro("1000.00")


class TestOverHttp:
    def passed_on(self, scene: Scene) -> tuple[Allotment, Investor]:
        user = person("heir", Role.INVESTOR)
        allotment, taker = succeeded(scene), scene.investor(user)
        pass_on(scene, allotment, taker, 10)
        return allotment, taker

    def test_api_page_and_csv_tell_the_same(self, scene: Scene) -> None:
        _allotment, taker = self.passed_on(scene)
        (own,) = taker.representations.all()
        client, days = browse(own.user), f"?first_day={scene.day}&last_day={scene.day}"

        api = client.get(f"/api/v1/investors/{taker.pk}/statement/{days}").json()
        page = client.get(f"/profile/{taker.pk}/statement/{days}").content.decode()
        table = client.get(f"/profile/{taker.pk}/statement/{days}&format=csv").content.decode()

        assert api["closing"] == {"amount": "1000.00", "currency": "EUR"}
        assert "1.000,00" in page or "1,000.00" in page
        assert table.strip().splitlines()[-1].endswith("1000.00,True")
        assert "/certificates/" in page

    def test_nobody_sees_a_stranger_s(self, scene: Scene) -> None:
        _allotment, taker = self.passed_on(scene)
        stranger = browse(person("passer-by", Role.INVESTOR))

        assert stranger.get(f"/api/v1/investors/{taker.pk}/statement/").status_code == 404
        assert stranger.get(f"/profile/{taker.pk}/statement/").status_code == 404

    def test_the_new_holder_finds_the_shares_at_home(self, scene: Scene) -> None:
        _allotment, taker = self.passed_on(scene)
        (own,) = taker.representations.all()

        page = browse(own.user).get("/my-home/").content.decode()

        assert f"/profile/{taker.pk}/statement/" in page
        assert taker.name in page
