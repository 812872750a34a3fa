"""Money for pledges, by card and by transfer: booked once, never an overwrite, nothing kept too much."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances
from backend.treasury.models import Expectation
from campaigns import card_refunds, figures, findings, payments, pledges, purses, refunds
from campaigns.models import Payment, PaymentIntent, Pledge, ProviderFinding
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def start(scene: Scene, pledge: Pledge) -> PaymentIntent:
    return payments.start(pledge=pledge, by=SYSTEM, at=scene.at)


def paid_by_card(scene: Scene, provider: Provider, pledge: Pledge) -> Payment:
    provider.pay(start(scene, pledge))
    provider.deliver()
    scene.jobs()
    return pledge.payments.get()


class TestCard:
    def test_gross_to_clearing_and_the_fee_due_from_own_money(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)

        payment = paid_by_card(scene, provider, pledge)

        # 1.5 % of 500 and 0.25 at the stand-in.
        assert (payment.amount, payment.fee) == (euro("500.00"), euro("7.75"))
        assert balances.balance(purses.clearing(campaign)) == euro("492.25")
        assert balances.balance(purses.due(campaign)) == euro("7.75")
        assert balances.balance(purses.owed(campaign)) == euro("-7.75")
        assert figures.of_pledge(pledge).is_paid
        assert figures.of_pledge(pledge).settled == ZERO

    def test_the_transfer_is_no_longer_expected(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())
        paid_by_card(scene, provider, pledge)

        assert Expectation.objects.get(reference=pledge.reference).state == "cancelled"
        with pytest.raises(payments.NothingToPay):
            start(scene, pledge)

    def test_asked_twice_it_is_one_intent(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())

        assert start(scene, pledge) == start(scene, pledge)
        assert len(provider.account.store.of_kind("payment_intent")) == 1

    def test_what_is_missing_after_a_short_transfer(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())
        first = start(scene, pledge)
        scene.transfer(pledge, euro("480.00"))

        second = start(scene, pledge)

        first.refresh_from_db()
        assert (first.state, second.amount) == ("canceled", euro("20.00"))

    def test_without_a_provider_cards_are_not_taken(self, scene: Scene) -> None:
        with pytest.raises(payments.CardsNotTaken):
            start(scene, scene.pledge(scene.open_campaign()))

    @pytest.mark.parametrize(
        ("field", "value", "kind"),
        [("amount", 40000, "amount"), ("currency", "usd", "currency")],
    )
    def test_another_amount_or_currency_is_a_finding(
        self, scene: Scene, provider: Provider, field: str, value: object, kind: str
    ) -> None:
        pledge = scene.pledge(scene.open_campaign())
        intent = start(scene, pledge)
        made = provider.account.store.get(intent.provider_id or "")
        assert made is not None
        provider.account.store.put(made | {field: value})

        provider.pay(intent)
        provider.deliver()
        scene.jobs()

        assert ProviderFinding.objects.get().kind == kind
        assert not pledge.payments.exists()
        assert figures.of_pledge(pledge).paid == ZERO

    def test_money_that_crosses_a_revocation_goes_back(
        self, scene: Scene, provider: Provider
    ) -> None:
        pledge = scene.pledge(scene.open_campaign())
        provider.pay(start(scene, pledge))
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)
        provider.deliver()
        scene.jobs()
        provider.deliver()
        scene.jobs()

        assert figures.of_pledge(pledge).paid == ZERO
        assert pledge.payments.get().refunds.get().returned_at == scene.at

    def test_a_payment_is_a_fact(self, scene: Scene, provider: Provider) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(amount=1)


class TestTransfer:
    def test_arrived_is_settled(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)

        scene.transfer(pledge)

        found = figures.of_pledge(pledge)
        assert (found.paid, found.settled, found.shortfall) == (
            euro("500.00"),
            euro("500.00"),
            ZERO,
        )
        assert balances.balance(purses.held(campaign)) == euro("500.00")

    def test_a_short_one_counts_and_the_pledge_stays_what_it_was(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())

        scene.transfer(pledge, euro("480.00"))

        pledge.refresh_from_db()
        assert pledge.amount == euro("500.00")
        found = figures.of_pledge(pledge)
        assert (found.paid, found.shortfall) == (euro("480.00"), euro("20.00"))
        assert figures.stage(pledge, found, at=scene.at) == "part_paid"


class TestRefunds:
    def test_made_in_the_providers_dashboard_in_two_parts(
        self, scene: Scene, provider: Provider
    ) -> None:
        pledge = scene.pledge(scene.open_campaign())
        payment = paid_by_card(scene, provider, pledge)

        provider.refund(payment.provider_id, 12000)
        provider.refund(payment.provider_id, 8000)
        provider.deliver(kinds=("refund.created",))
        scene.jobs()

        assert sorted(r.amount.amount for r in payment.refunds.all()) == [80, 120]
        assert figures.of_pledge(pledge).paid == euro("300.00")

    def test_told_twice_it_is_booked_once(self, scene: Scene, provider: Provider) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))
        told = provider.refund(payment.provider_id, 50000)
        provider.deliver()
        scene.jobs()

        card_refunds.confirm(provider_id=told["id"], at=scene.at)

        assert figures.of_pledge(payment.pledge).paid == ZERO

    def test_more_than_was_paid_is_refused(self, scene: Scene, provider: Provider) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))

        with pytest.raises(refunds.MoreThanPaid):
            card_refunds.adopt(
                payment=payment, amount=euro("500.01"), provider_id="re_x", at=scene.at
            )


class TestPayouts:
    def test_a_payout_settles_what_it_consists_of(self, scene: Scene, provider: Provider) -> None:
        campaign = scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(campaign))
        payment = paid_by_card(scene, provider, scene.pledge(campaign, shares=6))

        payout = arrived_payout(scene, provider)
        scene.bank(scene.restricted, (euro(payout["amount"]) / 100, payout["id"]))

        found = figures.of_campaign(campaign, at=scene.at + dt.timedelta(days=1))
        assert (found.paid, found.settled) == (euro("1100.00"), euro("1100.00"))
        assert found.beyond_recall == ZERO
        assert payment.payout_item.payout.provider_id == payout["id"]
        assert balances.balance(purses.clearing(campaign)) == ZERO
        later = scene.at + dt.timedelta(days=121)
        assert figures.of_campaign(campaign, at=later).beyond_recall == euro("1100.00")

    def test_one_payout_of_two_campaigns_is_divided_by_its_parts(
        self, scene: Scene, provider: Provider
    ) -> None:
        first, second = scene.open_campaign(), scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(first))
        paid_by_card(scene, provider, scene.pledge(second, shares=6))

        payout = arrived_payout(scene, provider)
        scene.bank(scene.restricted, (euro(payout["amount"]) / 100, payout["id"]))

        for campaign, settled in ((first, "500.00"), (second, "600.00")):
            assert figures.of_campaign(campaign, at=scene.at).settled == euro(settled)
            assert balances.balance(purses.clearing(campaign)) == ZERO
            due = balances.balance(purses.due(campaign))
            assert balances.balance(purses.held(campaign)) + due == euro(settled)

    def test_a_refund_is_taken_from_the_next_payout(self, scene: Scene, provider: Provider) -> None:
        campaign = scene.open_campaign()
        regretted = scene.pledge(campaign)
        paid_by_card(scene, provider, regretted)
        paid_by_card(scene, provider, scene.pledge(campaign, shares=6))
        pledges.revoke(pledge=regretted, by=SYSTEM, at=scene.at)
        scene.jobs()
        provider.deliver()
        scene.jobs()

        payout = arrived_payout(scene, provider)
        scene.bank(scene.restricted, (euro(payout["amount"]) / 100, payout["id"]))

        # 500 and 600 came, 500 went back; both fees stay with the provider.
        assert balances.balance(purses.held(campaign)) == euro("583.00")
        assert balances.balance(purses.due(campaign)) == euro("17.00")
        assert not ProviderFinding.objects.exists()

    def test_a_dispute_is_an_open_item_and_its_payout_is_explained(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(campaign, shares=20))
        disputed = paid_by_card(scene, provider, scene.pledge(campaign))
        provider.dispute(disputed.provider_id)
        arrived_payout(scene, provider)

        kinds = set(ProviderFinding.objects.values_list("kind", flat=True))
        assert kinds == {"dispute"}
        found = ProviderFinding.objects.get(kind="dispute")
        findings.resolve(finding=found, resolution="Asked her.", by=scene.cast.owner, at=scene.at)
        with pytest.raises(findings.ResolvedAlready):
            findings.resolve(finding=found, resolution="Again.", by=SYSTEM, at=scene.at)


def arrived_payout(scene: Scene, provider: Provider) -> dict[str, int]:
    """Two days until money is available, one until it arrives."""
    scene.wait(3)
    provider.run_day(scene.at)
    scene.wait(2)
    [payout] = provider.run_day(scene.at)
    provider.deliver()
    scene.jobs()
    return payout
