"""A provider and a bank at their worst: disorder, crashes between two systems, money in two parts."""

import time

import pytest
from djmoney.money import Money

from backend.core import jobs
from backend.core.models import Job
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances, checks
from backend.simulators.stripe import returns
from backend.simulators.stripe.delivery import signature
from backend.treasury import lines
from backend.treasury.models import BankLine, Expectation
from campaigns import (
    card_refunds,
    figures,
    holding,
    lifecycle,
    payments,
    pledges,
    purses,
    refunds,
    stripe_gateway,
)
from campaigns.models import (
    Campaign,
    Payment,
    PaymentIntent,
    Pledge,
    ProviderFinding,
    Refund,
    StripeEvent,
    TransferOrder,
)
from campaigns.provider import inbox, payouts
from tests.campaigns.provider import SECRET, Provider, post
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def start(scene: Scene, pledge: Pledge) -> PaymentIntent:
    return payments.start(pledge=pledge, by=SYSTEM, at=scene.at)


def told(scene: Scene, provider: Provider, *kinds: str) -> None:
    """Events arrive (only some kinds, if named) and are handled."""
    provider.deliver(kinds=kinds)
    scene.jobs()


def paid_by_card(scene: Scene, provider: Provider, pledge: Pledge) -> Payment:
    provider.pay(start(scene, pledge))
    told(scene, provider)
    return pledge.payments.get()


def failing() -> list[str]:
    events = StripeEvent.objects.exclude(last_error="").values_list("event_id", flat=True)
    return [*Job.objects.exclude(last_error="").values_list("key", flat=True), *events]


class TestRefundsInDisorder:
    def test_told_before_the_payment_it_is_not_lost(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())
        intent = provider.pay(start(scene, pledge))
        provider.refund(intent["latest_charge"], 20000)

        told(scene, provider, "refund.created")
        told(scene, provider)

        assert figures.of_pledge(pledge).paid == euro("300.00")
        assert Refund.objects.get().returned_at == scene.at

    def test_of_a_payment_that_is_not_ours_is_a_finding(
        self, scene: Scene, provider: Provider
    ) -> None:
        stranger = provider.pay_stranger(5000)
        provider.refund(stranger["latest_charge"], 5000)

        told(scene, provider, "refund.created")

        assert ProviderFinding.objects.get().kind == "unknown"
        assert not Refund.objects.exists()
        assert not failing()

    def test_ours_is_told_before_we_wrote_down_that_it_was_made(
        self, scene: Scene, provider: Provider
    ) -> None:
        """The worker dies between the provider's answer and its own commit."""
        pledge = scene.pledge(scene.open_campaign())
        payment = paid_by_card(scene, provider, pledge)
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)
        stripe_gateway.refund(
            charge=payment.provider_id,
            amount=payment.amount,
            key=card_refunds.key_of(payment.refunds.get()),
        )

        provider.deliver()
        jobs.drain(kind=inbox.JOB, at=scene.at)
        scene.jobs()

        assert [refund.amount for refund in payment.refunds.all()] == [euro("500.00")]
        assert figures.of_pledge(pledge).paid == ZERO
        assert not failing()

    def test_that_fails_after_it_succeeded_is_due_again(
        self, scene: Scene, provider: Provider
    ) -> None:
        pledge = scene.pledge(scene.open_campaign())
        payment = paid_by_card(scene, provider, pledge)
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)
        scene.jobs()
        told(scene, provider)
        assert figures.of_pledge(pledge).paid == ZERO

        with provider.account.store.transaction():
            returns.fail_refund(provider.account, payment.refunds.get().provider_id or "")
        told(scene, provider)
        told(scene, provider)

        pledge.refresh_from_db()
        assert figures.of_pledge(pledge).to_return == euro("500.00")
        assert balances.balance(purses.clearing(pledge.campaign)) == euro("492.25")

    def test_more_than_was_paid_is_never_adopted(self, scene: Scene, provider: Provider) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))
        card_refunds.adopt(payment=payment, amount=payment.amount, provider_id="re_1", at=scene.at)

        with pytest.raises(refunds.MoreThanPaid):
            card_refunds.adopt(
                payment=payment, amount=euro("0.01"), provider_id="re_2", at=scene.at
            )


class TestPayouts:
    def test_a_strange_payment_in_it_does_not_keep_the_others(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        ours = paid_by_card(scene, provider, scene.pledge(campaign))
        other = start(scene, scene.pledge(campaign, shares=6))
        made = provider.account.store.get(other.provider_id or "") or {}
        provider.put(made | {"amount": 40000})
        provider.pay(other)
        told(scene, provider)

        arrived = arrive(scene, provider)

        assert {found.kind for found in ProviderFinding.objects.all()} == {"amount", "payout"}
        assert ours.payout_item.payout.provider_id == arrived["id"]
        assert not failing()

    def test_that_arrives_in_two_parts_is_settled_with_the_second(
        self, scene: Scene, provider: Provider
    ) -> None:
        pledge = scene.pledge(scene.open_campaign())
        paid_by_card(scene, provider, pledge)
        arrived = arrive(scene, provider)

        scene.bank(scene.restricted, (euro("400.00"), arrived["id"]))
        lines.accept(
            line=BankLine.objects.select_related("account").latest("id"),
            expectation=Expectation.objects.get(owner_kind=payouts.PAYOUT_OWNER),
            by=scene.cast.finance,
            at=scene.at,
            reason="A part of the payout.",
        )
        assert checks_hold()
        assert figures.of_pledge(pledge).settled == ZERO
        scene.bank(scene.restricted, (euro("92.25"), arrived["id"]))

        assert figures.of_pledge(pledge).settled == euro("500.00")


def checks_hold() -> bool:
    return all(check.ok for check in checks.run())


def arrive(scene: Scene, provider: Provider) -> dict[str, str]:
    """Two days until money is available, one until the payout is told to have arrived."""
    scene.wait(3)
    provider.run_day(scene.at)
    scene.wait(2)
    [payout] = provider.run_day(scene.at)
    told(scene, provider)
    return payout


class TestRelease:
    def closed(self, scene: Scene, *, regretted: bool = False) -> Campaign:
        campaign = scene.open_campaign()
        for _number in range(3):
            scene.transfer(scene.pledge(campaign, shares=10))
        if regretted:
            late = scene.pledge(campaign, shares=5)
            scene.transfer(late)
            pledges.revoke(pledge=late, by=SYSTEM, at=scene.at)
        scene.wait(61)
        owner = scene.cast.owner
        lifecycle.stop_taking_pledges(campaign=campaign, by=owner, at=scene.at)
        return scene.fresh(lifecycle.close(campaign=campaign, by=owner, at=scene.at))

    def release(self, scene: Scene, campaign: Campaign) -> TransferOrder:
        return holding.release(campaign=campaign, by=scene.cast.owner, at=scene.at)

    def lines(self, scene: Scene, order: TransferOrder, *parts: Money) -> None:
        for part in parts:
            scene.bank(order.source, (-part, order.reference))
            scene.bank(order.target, (part, order.reference))

    def test_leaves_what_must_go_back(self, scene: Scene) -> None:
        campaign = self.closed(scene, regretted=True)
        refund = Refund.objects.get()

        order = self.release(scene, campaign)

        assert order.amount == euro("3000.00")
        self.lines(scene, order, order.amount)
        scene.bank(scene.restricted, (euro("-500.00"), refund.reference))
        refund.refresh_from_db()
        assert refund.returned_at is not None
        assert balances.balance(purses.held(campaign)) == ZERO

    def test_in_two_parts_is_done_with_the_second(self, scene: Scene) -> None:
        campaign = self.closed(scene)
        order = self.release(scene, campaign)

        self.lines(scene, order, euro("1800.00"))
        assert scene.fresh(campaign).state == Campaign.State.SUCCEEDED
        self.lines(scene, order, euro("1200.00"))

        order.refresh_from_db()
        assert order.arrived_at is not None
        assert scene.fresh(campaign).state == Campaign.State.IN_USE
        assert balances.balance(purses.released(campaign)) == euro("3000.00")

    def test_not_while_less_is_held_than_was_allotted(self, scene: Scene) -> None:
        campaign = self.closed(scene)
        pledge = Pledge.objects.earliest("pk")
        refunds.return_all(pledges=[pledge], by=SYSTEM, at=scene.at, reason="recalled")
        scene.bank(scene.restricted, (euro("-400.00"), Refund.objects.get().reference))

        with pytest.raises(holding.NotReleasable):
            self.release(scene, campaign)
        assert Refund.objects.get().returned_at is None


class TestFeeTopUp:
    def test_in_two_parts_is_done_with_the_second(self, scene: Scene, provider: Provider) -> None:
        campaign = scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(campaign))
        scene.own_money("50.00")
        order = holding.top_up_fees(campaign=campaign, by=scene.cast.owner, at=scene.at)

        for part in (euro("5.00"), euro("2.75")):
            scene.bank(order.source, (-part, order.reference))
            scene.bank(order.target, (part, order.reference))

        order.refresh_from_db()
        assert order.arrived_at is not None
        assert balances.balance(purses.due(campaign)) == ZERO


class TestSignature:
    def test_an_old_delivery_gets_no_new_instant(self, provider: Provider) -> None:
        """Who listened to a delivery cannot play it again by adding an instant of today."""
        old = signature(b'{"id": "evt_1", "type": "x"}', SECRET, int(time.time()) - 900)

        answer = post(b'{"id": "evt_1", "type": "x"}', f"{old},t={int(time.time())}")

        assert answer.status_code == 400

    def test_an_instant_beyond_all_calendars_is_no_event(self, provider: Provider) -> None:
        assert post(b'{"id": "evt_1", "type": "x", "created": 1e400}').status_code in (200, 400)
        huge = b'{"id": "evt_2", "type": "x", "created": 99999999999999999999}'
        assert post(huge).status_code == 400


class TestCardIntents:
    def test_a_new_amount_has_a_new_key(self, scene: Scene, provider: Provider) -> None:
        """A crash after the provider's answer leaves it a key of ours with the first amount."""
        pledge = scene.pledge(scene.open_campaign())
        first = start(scene, pledge)
        PaymentIntent.objects.all().delete()
        scene.transfer(pledge, euro("480.00"))

        second = start(scene, pledge)

        assert (second.amount, first.key == second.key) == (euro("20.00"), False)
