"""A confirmed pledge: not before the days to think are over, changed no more, and over HTTP by its owner."""

import pytest

from backend.core import states
from backend.core.models import AuditEvent
from backend.core.users import SYSTEM
from campaigns import confirmations, orders, pledges
from campaigns.models import Campaign, Pledge
from tests.campaigns.scene import Scene, states_of
from tests.campaigns.test_amendments import amend
from tests.campaigns.test_api import ask
from tests.campaigns.test_orders_api import browse

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def confirm(scene: Scene, pledge: Pledge) -> Pledge:
    return confirmations.confirm(pledge=pledge, by=SYSTEM, at=scene.at)


class TestConfirm:
    def test_once_the_days_to_think_are_over_and_then_it_is_firm(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign(), shares=10)
        with pytest.raises(confirmations.StillReflecting):
            confirm(scene, pledge)
        scene.wait(5)

        firm = confirm(scene, pledge)

        assert firm.state == "confirmed"
        assert AuditEvent.objects.filter(state_after="confirmed").count() == 1
        with pytest.raises(states.WrongState):
            amend(scene, firm, 5)
        with pytest.raises(pledges.ReflectionOver):
            pledges.revoke(pledge=firm, by=SYSTEM, at=scene.at)
        with pytest.raises(states.WrongState):
            confirm(scene, firm)

    def test_it_is_paid_and_lapses_like_others(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        paid, unpaid = scene.pledge(campaign), scene.pledge(campaign)
        scene.wait(5)
        for each in (paid, unpaid):
            confirm(scene, each)

        scene.transfer(paid)
        scene.wait(14)
        pledges.lapse_unpaid(at=scene.at)

        assert states_of([paid, unpaid]) == ["confirmed", "lapsed"]

    def test_a_material_change_opens_it_again(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.wait(5)
        confirm(scene, pledge)

        scene.change_sheet(pledge.campaign, is_material=True)

        assert pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at).state == "revoked"

    def test_an_order_of_a_platform_is_the_platforms(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.wait(5)
        Campaign.objects.update(mode="mirror")

        with pytest.raises(orders.TakenElsewhere):
            confirm(scene, pledge)


class TestOverHttp:
    def test_its_owner_is_told_when_and_others_find_nothing(self, scene: Scene) -> None:
        cast = scene.cast
        pledge = scene.pledge(scene.open_campaign(), investor=scene.investor(cast.investor))
        path = f"pledges/{pledge.pk}/confirm/"

        early = ask(cast.investor, "POST", path)
        Pledge.objects.update(reflection_ends_at=pledge.queued_at.replace(year=2020))
        shown = browse(cast.investor).get(f"/pledges/{pledge.pk}/").content.decode()
        pressed = browse(cast.investor).post(f"/{path}")

        assert early.json()["code"] == "pledge.still_reflecting"
        assert "Confirm my pledge" in shown
        assert pressed.status_code == 302
        assert ask(cast.other_investor, "POST", path).status_code == 404
        assert states_of([pledge]) == ["confirmed"]
