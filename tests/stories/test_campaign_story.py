"""Stories of a campaign, told through the rules: one succeeds, one fails, and no cent is lost."""

import datetime as dt
from dataclasses import replace

import pytest

from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances
from campaigns import figures, holding, interests, lifecycle, payments, pledges, purses
from campaigns.models import Campaign, Pledge, TransferOrder
from tests.campaigns import provider as stand_in
from tests.campaigns import scene as scenes
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene, states_of

pytestmark = pytest.mark.money


@pytest.fixture
def scene(cast) -> Scene:  # type: ignore[no-untyped-def]  # the cast of conftest
    return scenes.build(cast)


@pytest.fixture
def provider(settings):  # type: ignore[no-untyped-def]  # a generator of the stand-in
    with stand_in.standing() as standing:
        settings.STRIPE_API_BASE = standing.url
        settings.STRIPE_SECRET_KEY = "sk_test_mattone"
        settings.STRIPE_WEBHOOK_SECRET = stand_in.SECRET
        yield standing


class TestSuccess:
    def test_from_an_interest_to_the_released_money(self, scene: Scene, provider: Provider) -> None:
        # Today is the stand-in's today too, so that its events carry the right instants.
        scene.stand_today()
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        campaign = scene.open(campaign)

        by_card = self._converted(scene, campaign, interests.by_token(wish.token))
        by_transfer = scene.pledge(campaign, shares=20)
        regretted = scene.pledge(campaign, shares=5)

        intent = payments.start(pledge=by_card, by=SYSTEM, at=scene.at)
        provider.pay(intent)
        provider.deliver()
        scene.jobs()
        scene.transfer(by_transfer)
        pledges.revoke(pledge=regretted, by=SYSTEM, at=scene.at)
        found = figures.of_campaign(campaign, at=scene.at + dt.timedelta(days=1))
        assert found.promised == euro("2500.00")
        assert found.paid == euro("2500.00")
        assert found.settled == euro("2000.00")

        self._payout_arrives(scene, provider)
        scene.wait(60)
        lifecycle.stop_taking_pledges(campaign=campaign, by=scene.cast.owner, at=scene.at)
        closed = lifecycle.close(campaign=campaign, by=scene.cast.owner, at=scene.at)

        assert closed.state == Campaign.State.SUCCEEDED
        assert states_of([by_card, by_transfer, regretted]) == ["allotted", "allotted", "revoked"]
        self._release(scene, scene.fresh(closed))

    def _converted(self, scene: Scene, campaign: Campaign, wish) -> Pledge:  # type: ignore[no-untyped-def]
        order = replace(scene.order(campaign, scene.investor()), interest=wish)
        return pledges.place(order=order, by=SYSTEM, at=scene.at)

    def _payout_arrives(self, scene: Scene, provider: Provider) -> None:
        scene.wait(3)
        provider.run_day(scene.at)
        scene.wait(2)
        arrived = provider.run_day(scene.at)
        provider.deliver()
        scene.jobs()
        [payout] = arrived
        scene.bank(scene.restricted, (euro(payout["amount"]) / 100, f"STRIPE {payout['id']}"))

    def _release(self, scene: Scene, campaign: Campaign) -> None:
        with pytest.raises(holding.FeesDue):
            holding.release(campaign=campaign, by=scene.cast.owner, at=scene.at)
        scene.own_money("100.00")
        self._move(scene, holding.top_up_fees(campaign=campaign, by=SYSTEM, at=scene.at))
        self._move(scene, holding.release(campaign=campaign, by=scene.cast.owner, at=scene.at))

        assert scene.fresh(campaign).state == Campaign.State.IN_USE
        assert balances.balance(purses.released(campaign)) == euro("2500.00")
        assert balances.balance(purses.held(campaign)) == ZERO

    def _move(self, scene: Scene, order: TransferOrder) -> None:
        assert order.target is not None, "a release goes to an account of ours"
        scene.bank(order.source, (-order.amount, order.reference))
        scene.bank(order.target, (order.amount, order.reference))


class TestFailure:
    def test_every_cent_goes_back(self, scene: Scene, provider: Provider) -> None:
        scene.stand_today()
        campaign = scene.open_campaign(minimum=euro("2500.00"))
        by_card, by_transfer = scene.pledge(campaign), scene.pledge(campaign)
        provider.pay(payments.start(pledge=by_card, by=SYSTEM, at=scene.at))
        provider.deliver()
        scene.jobs()
        scene.transfer(by_transfer)
        scene.wait(3)
        provider.run_day(scene.at)
        scene.wait(2)
        [payout] = provider.run_day(scene.at)
        provider.deliver()
        scene.jobs()
        scene.bank(scene.restricted, (euro(payout["amount"]) / 100, payout["id"]))

        scene.wait(61)
        lifecycle.stop_taking_pledges(campaign=campaign, by=scene.cast.owner, at=scene.at)
        closed = lifecycle.close(campaign=campaign, by=scene.cast.owner, at=scene.at)
        scene.jobs()
        provider.deliver()
        scene.jobs()
        refund = by_transfer.payments.get().refunds.get()
        scene.bank(scene.restricted, (-refund.amount, refund.reference))

        assert closed.state == Campaign.State.FAILED
        assert states_of([by_card, by_transfer]) == ["lapsed", "lapsed"]
        found = figures.of_campaign(campaign, at=scene.at + dt.timedelta(days=1))
        assert (found.promised, found.paid, found.settled) == (ZERO, ZERO, ZERO)
