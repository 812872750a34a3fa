"""A platform that keeps its fee of a release: own money bears it, raised money stays whole."""

import pytest

from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances
from campaigns import holding, purses
from campaigns.models import Campaign, TransferOrder
from tests.campaigns.scene import Scene
from tests.campaigns.test_members import closed

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def released(scene: Scene, fee: str) -> Campaign:
    campaign = scene.open_campaign()
    campaign = closed(scene, scene.pledge(campaign, shares=30))
    holding.release(campaign=campaign, success_fee=euro(fee), by=SYSTEM, at=scene.at)
    return campaign


class TestSuccessFee:
    @pytest.mark.rule("R3")
    def test_it_is_due_from_own_money_once_the_bank_shows_it(self, scene: Scene) -> None:
        campaign = released(scene, "150.00")
        kept = TransferOrder.objects.get(kind="success_fee")
        order = TransferOrder.objects.get(kind="release")

        scene.bank(
            scene.restricted, (-order.amount, order.reference), (-kept.amount, kept.reference)
        )
        scene.bank(scene.ordinary, (order.amount, order.reference))

        assert order.amount == euro("2850.00")
        assert balances.balance(purses.released(campaign)) == euro("2850.00")
        assert balances.balance(purses.due(campaign)) == euro("150.00")
        assert balances.balance(purses.success_fees(campaign)) == euro("150.00")
        assert balances.balance(purses.held(campaign)) == ZERO
        assert scene.fresh(campaign).state == "in_use"

        scene.own_money("150.00")
        holding.top_up_fees(campaign=campaign, by=SYSTEM, at=scene.at)

        assert balances.balance(purses.due(campaign)) == ZERO
        assert balances.balance(purses.released(campaign)) == euro("3000.00")

    def test_asked_again_it_is_the_same_order(self, scene: Scene) -> None:
        campaign = released(scene, "150.00")

        again = holding.release(campaign=campaign, by=SYSTEM, at=scene.at)

        assert again == TransferOrder.objects.get(kind="release")

    def test_a_fee_as_large_as_the_release_is_refused(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        campaign = closed(scene, scene.pledge(campaign, shares=30))

        with pytest.raises(holding.NotReleasable):
            holding.release(campaign=campaign, success_fee=euro("3000.00"), by=SYSTEM, at=scene.at)
