"""A card holder who disputes: unpaid again before the allotment, a debt after it, never an un-funded home."""

import pytest

from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances
from backend.treasury.models import Expectation
from campaigns import chargebacks, figures, holding, purses
from campaigns.models import Campaign, Certificate, Chargeback, Payment
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene
from tests.campaigns.test_members import closed
from tests.campaigns.test_payments import arrived_payout, paid_by_card

pytestmark = pytest.mark.money


def member_by_card(scene: Scene, provider: Provider) -> Payment:
    """Somebody who paid five shares by card, beside one who paid twenty by transfer; both allotted."""
    campaign = scene.open_campaign()
    payment = paid_by_card(scene, provider, scene.pledge(campaign))
    payout = arrived_payout(scene, provider)
    scene.bank(scene.restricted, (euro(payout["amount"]) / 100, payout["id"]))
    closed(scene, scene.pledge(campaign, shares=20))
    scene.jobs()
    return Payment.objects.select_related("pledge__campaign").get(pk=payment.pk)


def take_back(scene: Scene, payment: Payment) -> None:
    chargebacks.withdraw(payment=payment, amount=payment.amount, provider_id="dp_1", at=scene.at)


class TestAfterTheAllotment:
    def test_the_investor_owes_it_and_raised_money_stays_whole(
        self, scene: Scene, provider: Provider
    ) -> None:
        payment = member_by_card(scene, provider)
        campaign = payment.pledge.campaign
        before = balances.balance(purses.due(campaign))

        take_back(scene, payment)
        take_back(scene, payment)

        assert balances.balance(purses.due(campaign)) - before == euro("500.00")
        assert balances.balance(purses.receivable(campaign)) == euro("500.00")
        assert figures.of_pledge(payment.pledge).paid == euro("500.00")
        assert payment.pledge.allotment.shares == 5
        owed = Expectation.objects.get(owner_kind=chargebacks.OWNER)
        assert (owed.state, owed.amount) == ("open", euro("500.00"))
        proofs = Certificate.objects.standing().filter(allotment=payment.pledge.allotment)
        assert not proofs.exists()

    def test_what_the_investor_pays_closes_it(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)
        campaign = payment.pledge.campaign
        take_back(scene, payment)

        reference = Chargeback.objects.get().reference
        scene.bank(scene.ordinary, (euro("500.00"), reference))

        assert Chargeback.objects.get().repaid_at is not None
        assert balances.balance(purses.receivable(campaign)) == ZERO
        assert balances.balance(purses.own_holding(campaign)) == euro("500.00")
        holding.top_up_fees(campaign=campaign, by=SYSTEM, at=scene.at)

    def test_what_the_provider_gives_back_ends_it(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)
        campaign = payment.pledge.campaign
        before = balances.balance(purses.due(campaign))
        take_back(scene, payment)

        chargebacks.reinstate(provider_id="dp_1", at=scene.at)
        chargebacks.reinstate(provider_id="dp_1", at=scene.at)

        assert balances.balance(purses.due(campaign)) == before
        assert balances.balance(purses.receivable(campaign)) == ZERO
        assert Expectation.objects.get(owner_kind=chargebacks.OWNER).state == "cancelled"

    def test_more_than_was_paid_is_refused(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)

        with pytest.raises(chargebacks.MoreThanPaid):
            chargebacks.withdraw(
                payment=payment, amount=euro("500.01"), provider_id="dp_2", at=scene.at
            )


class TestBeforeTheAllotment:
    def test_the_pledge_is_unpaid_again(self, scene: Scene, provider: Provider) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))

        provider.dispute(payment.provider_id)
        provider.deliver()
        scene.jobs()

        assert figures.of_pledge(payment.pledge).paid == ZERO
        assert not Chargeback.objects.exists()
        assert Campaign.objects.get().taken_shares == 5
