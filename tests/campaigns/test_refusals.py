"""A payer who was never identified is refused after the close, and all their money goes back."""

from typing import Any

import pytest

from backend.core.models import AuditEvent, Notice
from backend.core.money import ZERO, euro
from backend.core.roles import Role
from backend.ledger import balances
from campaigns import figures, holding, purses, refusals
from campaigns.models import Campaign, Pledge, Refund
from tests.campaigns.scene import Scene, states_of
from tests.campaigns.test_members import check, closed
from tests.campaigns.test_orders_api import browse
from tests.cast import person

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def with_unknown(scene: Scene) -> tuple[Campaign, Pledge]:
    """A campaign that succeeded, and a pledge of it that was paid by somebody nobody identified."""
    campaign = scene.open_campaign()
    known, unknown = scene.pledge(campaign, shares=20), scene.pledge(campaign, shares=10)
    check(scene, unknown.investor, is_good=False)
    scene.transfer(unknown)
    return closed(scene, known), unknown


def refuse(scene: Scene, pledge: Pledge, reason: str = "nobody answers") -> Pledge:
    return refusals.refuse(pledge=pledge, reason=reason, by=scene.cast.owner, at=scene.at)


class TestRefuse:
    def test_the_money_goes_back_and_the_places_are_free(self, scene: Scene) -> None:
        campaign, unknown = with_unknown(scene)

        refuse(scene, unknown)

        refund = Refund.objects.get()
        scene.bank(scene.restricted, (-refund.amount, refund.reference))
        assert states_of([unknown]) == ["refused"]
        assert figures.of_pledge(unknown).paid == ZERO
        assert scene.fresh(campaign).taken_shares == 20
        assert Notice.objects.filter(template="pledge_refused").count() == 1
        moved = AuditEvent.objects.get(state_after="refused")
        assert (moved.by, moved.reason) == (scene.cast.owner, "nobody answers")

    def test_after_the_release_it_still_is_held_and_comes_back(self, scene: Scene) -> None:
        campaign, unknown = with_unknown(scene)
        order = holding.release(campaign=campaign, by=scene.cast.owner, at=scene.at)
        scene.bank(scene.restricted, (-order.amount, order.reference))
        scene.bank(scene.ordinary, (order.amount, order.reference))

        refuse(scene, unknown)
        refund = Refund.objects.get()
        scene.bank(scene.restricted, (-refund.amount, refund.reference))

        assert balances.balance(purses.held(campaign)) == ZERO
        assert balances.balance(purses.released(campaign)) == euro("2000.00")

    def test_who_is_identified_gets_shares_and_is_not_refused(self, scene: Scene) -> None:
        _campaign, unknown = with_unknown(scene)
        check(scene, unknown.investor, is_good=True)

        with pytest.raises(refusals.NothingToRefuse):
            refuse(scene, unknown)

    def test_not_before_the_close_and_not_twice(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        check(scene, pledge.investor, is_good=False)
        scene.transfer(pledge)
        with pytest.raises(refusals.NothingToRefuse):
            refuse(scene, pledge)

        _campaign, unknown = with_unknown(scene)
        refuse(scene, unknown)
        with pytest.raises(refusals.NothingToRefuse):
            refuse(scene, unknown)

    def test_a_reason_is_given(self, scene: Scene) -> None:
        _campaign, unknown = with_unknown(scene)

        with pytest.raises(refusals.ReasonMissing):
            refuse(scene, unknown, " ")


class TestOverHttp:
    def test_the_api_refuses(self, scene: Scene) -> None:
        _campaign, unknown = with_unknown(scene)
        path = f"/api/v1/pledges/{unknown.pk}/refuse/"

        once: dict[str, Any] = {
            "content_type": "application/json",
            "headers": {"Idempotency-Key": "refuse-1"},
        }

        stranger = browse(person("passer-by", Role.INVESTOR)).post(path, {"reason": "x"}, **once)
        answer = browse(scene.cast.owner).post(path, {"reason": "nobody answers"}, **once)

        assert stranger.status_code == 403
        assert answer.json()["stage"] == "refund_due"

    def test_the_page_of_members_refuses(self, scene: Scene) -> None:
        campaign, unknown = with_unknown(scene)
        client, path = browse(scene.cast.owner), f"/desk/campaigns/{campaign.slug}/members/"
        shown = client.get(path).content.decode()

        client.post(path, {"step": "refuse", "pledge": unknown.pk, "reason": "nobody answers"})

        assert 'value="refuse"' in shown
        assert states_of([unknown]) == ["refused"]
