"""What stood before this system: pledges and held money, applied by two, equal to the bank's opening."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core import approvals
from backend.core.money import ZERO, cents, euro
from backend.treasury import allocations, bank_accounts
from backend.treasury.models import Discrepancy
from campaigns import figures, openings, pledges
from campaigns.models import Campaign, Opening, Pledge, Refund
from campaigns.openings import held, rows
from tests.campaigns.scene import Scene
from tests.campaigns.test_orders_api import browse

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]

HEADER = "order_id,tax_code,name,born_on,amount,ordered_at,paid,paid_on\n"


def row(scene: Scene, number: int, paid: str) -> str:
    day = (scene.day - dt.timedelta(days=2)).isoformat()
    return f"A{number},SYNTHETIC{number:07d},Persona {number},1980-12-31,500,{day},{paid},{day}\n"


def statement(scene: Scene, opening: str) -> None:
    """The restricted account's first statement, which opens with money from before."""
    scene.closings[scene.restricted.pk] = cents(euro(opening))
    scene.bank(scene.restricted)


def ask(scene: Scene, campaign: Campaign, *lines: str) -> Opening:
    raw = (HEADER + "".join(lines)).encode()
    told = rows.Told(raw, scene.day - dt.timedelta(days=1), "statement of the old system")
    openings.ask(campaign=campaign, told=told, by=scene.cast.owner, at=scene.at)
    return Opening.objects.get()


def approve(scene: Scene, opening: Opening) -> None:
    asked = approvals.waiting(action=openings.ACTION, subject=opening)
    assert asked is not None
    approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)


class TestAsk:
    def test_nothing_stands_before_a_second_person_agreed(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        statement(scene, "500.00")

        ask(scene, campaign, row(scene, 1, "500"), row(scene, 2, "0"))

        assert not Pledge.objects.exists()

    @pytest.mark.parametrize("paid", ["600", "x", "1.000"])
    def test_every_fault_is_told(self, scene: Scene, paid: str) -> None:
        campaign = scene.open_campaign()

        with pytest.raises(rows.OpeningFaulty) as refused:
            ask(scene, campaign, row(scene, 1, "500"), row(scene, 2, paid))

        assert [(each["line"], each["field"]) for each in refused.value.facts["faults"]] == [
            (3, "paid")
        ]
        assert not Opening.objects.exists()

    def test_not_before_the_bank_has_shown_the_money(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        with pytest.raises(held.NoOpeningBalance):
            ask(scene, campaign, row(scene, 1, "500"))
        statement(scene, "499.00")
        with pytest.raises(allocations.AlreadyExplained):
            ask(scene, campaign, row(scene, 1, "500"))
        assert not Opening.objects.exists()


class TestApply:
    def test_held_money_equals_what_the_bank_opens_with(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        statement(scene, "800.00")
        approve(
            scene,
            ask(scene, campaign, row(scene, 1, "500"), row(scene, 2, "300"), row(scene, 3, "")),
        )

        found = figures.of_campaign(campaign, at=scene.at)
        assert (found.promised, found.settled) == (euro("1500.00"), euro("800.00"))
        part_paid = Pledge.objects.get(investor__name="Persona 2")
        scene.transfer(part_paid, euro("200.00"))

        assert figures.of_pledge(part_paid).is_paid
        assert bank_accounts.balance(scene.restricted) == euro("1000.00")
        assert not Discrepancy.objects.filter(resolved_at=None).exists()

    def test_money_taken_over_goes_back_by_transfer(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        statement(scene, "500.00")
        approve(scene, ask(scene, campaign, row(scene, 1, "500")))
        pledge = Pledge.objects.get()

        pledges.revoke(pledge=pledge, by=scene.cast.owner, at=scene.at)
        refund = Refund.objects.get()
        scene.bank(scene.restricted, (-refund.amount, refund.reference))

        assert figures.of_pledge(pledge).paid == ZERO


class TestOverHttp:
    def test_the_api_and_the_page_take_a_list(self, scene: Scene) -> None:
        campaign, client = scene.open_campaign(), browse(scene.cast.owner)
        statement(scene, "500.00")
        told = {"as_of": scene.day.isoformat(), "evidence": "old books"}
        path = f"/api/v1/campaigns/{campaign.slug}/openings/"

        asked = client.post(path, told | {"file": self._file(row(scene, 1, "500"))})
        page = f"/desk/campaigns/{campaign.slug}/openings/"
        wrong = client.post(page, told | {"file": self._file(row(scene, 2, "600"))})
        right = client.post(page, told | {"file": self._file(row(scene, 2, "500"))})

        assert asked.status_code == 202
        assert client.get(path).json()["results"][0]["rows"] == 1
        assert 'class="num">2</th>' in wrong.content.decode()
        assert right.status_code == 302

    def _file(self, text: str) -> SimpleUploadedFile:
        return SimpleUploadedFile("opening.csv", (HEADER + text).encode())
