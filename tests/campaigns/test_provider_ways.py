"""Debits that take weeks, transfers to the provider in parts, disputes with their fee, failed payouts."""

from typing import Any

import pytest

from backend.core.models import AuditEvent
from backend.core.money import ZERO, euro, from_cents
from backend.core.users import SYSTEM
from backend.ledger import balances
from backend.treasury.models import Expectation
from campaigns import figures, payments, pledges, purses
from campaigns.models import (
    Chargeback,
    Payment,
    PaymentIntent,
    Payout,
    Pledge,
    ProviderCustomer,
    ProviderFee,
    ProviderFinding,
    Refund,
)
from campaigns.provider import cash, proofs
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene
from tests.campaigns.test_payments import arrived_payout, paid_by_card

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]

Method = PaymentIntent.Method


def opened(scene: Scene, method: str, pledge: Pledge | None = None) -> PaymentIntent:
    pledge = pledge or scene.pledge(scene.open_campaign())
    return payments.start(pledge=pledge, method=method, by=SYSTEM, at=scene.at)


def debited(scene: Scene, provider: Provider) -> PaymentIntent:
    """A debit that its payer's bank has yet to answer."""
    intent = opened(scene, Method.DEBIT)
    provider.pay(intent)
    told(scene, provider)
    return intent


def told(scene: Scene, provider: Provider) -> None:
    provider.deliver()
    scene.jobs()


class TestDebit:
    def test_is_under_way_for_days_and_then_there(self, scene: Scene, provider: Provider) -> None:
        intent = debited(scene, provider)
        intent.refresh_from_db()
        assert (intent.state, Payment.objects.count()) == ("processing", 0)

        provider.settle_debit(intent)
        told(scene, provider)

        payment = Payment.objects.get()
        assert (payment.method, payment.fee) == ("debit", euro("0.35"))
        assert figures.of_pledge(intent.pledge).is_paid

    def test_nobody_pays_beside_it(self, scene: Scene, provider: Provider) -> None:
        intent = debited(scene, provider)

        with pytest.raises(payments.UnderWay):
            opened(scene, Method.CARD, intent.pledge)

    def test_that_fails_may_be_tried_again(self, scene: Scene, provider: Provider) -> None:
        intent = debited(scene, provider)
        provider.settle_debit(intent, "failed")
        told(scene, provider)

        intent.refresh_from_db()
        assert intent.state == "created"
        assert opened(scene, Method.CARD, intent.pledge).method == Method.CARD

    def test_called_back_weeks_later_the_pledge_is_unpaid(
        self, scene: Scene, provider: Provider
    ) -> None:
        intent = debited(scene, provider)
        provider.settle_debit(intent)
        told(scene, provider)
        scene.wait(40)

        provider.call_back(Payment.objects.get().provider_id)
        told(scene, provider)
        told(scene, provider)

        assert figures.of_pledge(intent.pledge).paid == ZERO
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"

    def test_disputed_after_it_was_refunded_is_owed(self, scene: Scene, provider: Provider) -> None:
        """Both leave: who has the money twice owes it once."""
        intent = debited(scene, provider)
        provider.settle_debit(intent)
        told(scene, provider)
        charge = Payment.objects.get().provider_id
        refund = provider.refund(charge, 50000)
        provider.settle_refund(refund["id"])
        told(scene, provider)

        provider.dispute(charge)
        told(scene, provider)

        assert Chargeback.objects.get().amount == euro("500.00")
        assert Expectation.objects.filter(owner_kind="campaigns.chargeback").exists()
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"


class TestTransferToTheProvider:
    def test_in_two_parts_counts_with_the_second(self, scene: Scene, provider: Provider) -> None:
        intent = opened(scene, Method.TRANSFER)
        customer = ProviderCustomer.objects.get()
        provider.transfer(customer.provider_id, 30000)
        told(scene, provider)
        assert cash.applied([intent]) == {intent.pk: euro("300.00")}
        assert figures.of_pledge(intent.pledge).paid == ZERO

        provider.transfer(customer.provider_id, 20000)
        told(scene, provider)

        assert Payment.objects.get().method == "remote"
        assert figures.of_pledge(intent.pledge).is_paid
        assert cash.waiting(scene.cast.owner) == []

    def test_what_is_too_much_waits_and_is_sent_back(
        self, scene: Scene, provider: Provider
    ) -> None:
        opened(scene, Method.TRANSFER)
        customer = ProviderCustomer.objects.get()
        provider.transfer(customer.provider_id, 52000)
        told(scene, provider)
        [left] = cash.waiting(scene.cast.owner)
        assert left.amount == euro("20.00")

        cash.send_back(customer=customer, by=SYSTEM, at=scene.at)
        told(scene, provider)

        assert cash.waiting(scene.cast.owner) == []
        assert AuditEvent.objects.filter(action="cash.sent_back").exists()
        with pytest.raises(cash.NothingWaits):
            cash.send_back(customer=customer, by=SYSTEM, at=scene.at)

    def test_of_a_stranger_is_a_finding(self, scene: Scene, provider: Provider) -> None:
        made = provider.account.make("customer", "cus", {})
        provider.put(made)
        provider.transfer(made["id"], 100)
        told(scene, provider)

        assert ProviderFinding.objects.get().kind == "unknown"


class TestDispute:
    def test_its_fee_is_due_from_own_money(self, scene: Scene, provider: Provider) -> None:
        campaign = scene.open_campaign()
        payment = paid_by_card(scene, provider, scene.pledge(campaign))
        provider.dispute(payment.provider_id)
        told(scene, provider)

        # 7.75 of the payment and 20 of the dispute.
        assert balances.balance(purses.due(campaign)) == euro("27.75")
        assert balances.balance(purses.clearing(campaign)) == euro("-27.75")
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"

    @pytest.mark.parametrize("outcome", ["won", "lost"])
    def test_decided_before_we_heard_of_it(
        self, scene: Scene, provider: Provider, outcome: str
    ) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))
        dispute = provider.dispute(payment.provider_id)
        provider.close(dispute["id"], outcome)
        told(scene, provider)

        paid = euro("500.00") if outcome == "won" else ZERO
        assert figures.of_pledge(payment.pledge).paid == paid
        assert ProviderFee.objects.get().amount == euro("20.00")
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"


class TestPayout:
    def test_with_everything_in_it_is_explained_to_the_cent(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(campaign, shares=20))
        disputed = paid_by_card(scene, provider, scene.pledge(campaign))
        won = paid_by_card(scene, provider, scene.pledge(campaign, shares=7))
        regretted = scene.pledge(campaign, shares=6)
        refunded = paid_by_card(scene, provider, regretted)
        provider.refund(refunded.provider_id, 10000)
        provider.dispute(disputed.provider_id)
        provider.close(provider.dispute(won.provider_id)["id"], "won")
        provider.charge_fee(1250)

        told = arrived_payout(scene, provider)
        seen_at_the_bank(scene, dict(told))

        payout = Payout.objects.get()
        kinds = {item.movement.kind for item in payout.items.select_related("movement")}
        assert kinds == {"charge", "refund", "adjustment", "stripe_fee"}
        assert not ProviderFinding.objects.filter(kind="payout").exists()
        assert payout.arrived_at is not None
        assert balances.balance(purses.clearing(campaign)) == ZERO
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"

    def test_that_came_back_goes_out_again_with_the_next(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        paid_by_card(scene, provider, pledge)
        first = arrived_payout(scene, provider)
        provider.fail_payout(str(first["id"]))
        told(scene, provider)
        assert Expectation.objects.get(owner_kind="campaigns.payout").state == "cancelled"
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"

        second = arrived_again(scene, provider)
        seen_at_the_bank(scene, second)

        assert {each.arrived_at for each in Payout.objects.all()} == {scene.at}
        assert figures.of_pledge(pledge).settled == euro("500.00")
        assert balances.balance(purses.clearing(campaign)) == ZERO


def seen_at_the_bank(scene: Scene, payout: dict[str, Any]) -> None:
    """The line of a payout, as the bank writes it."""
    scene.bank(scene.restricted, (from_cents(payout["amount"]), payout["id"]))


def arrived_again(scene: Scene, provider: Provider) -> dict[str, Any]:
    """The next payout, a day on its way."""
    provider.run_day(scene.at)
    scene.wait(2)
    [payout] = provider.run_day(scene.at)
    told(scene, provider)
    return payout


class TestRefund:
    def test_to_a_bank_is_returned_when_it_arrived(self, scene: Scene, provider: Provider) -> None:
        intent = debited(scene, provider)
        provider.settle_debit(intent)
        told(scene, provider)
        pledges.revoke(pledge=intent.pledge, by=SYSTEM, at=scene.at)
        scene.jobs()
        told(scene, provider)
        refund = Refund.objects.get()
        assert refund.returned_at is None
        [item] = proofs.prove(by=SYSTEM, at=scene.at).items
        assert (item["side"], item["about"], item["net"]) == (
            "there",
            refund.provider_id,
            "-500.00",
        )

        provider.settle_refund(refund.provider_id or "")
        told(scene, provider)

        assert Refund.objects.get().returned_at == scene.at
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"
