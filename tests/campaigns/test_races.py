"""Who acts in the same second: investors, the bank's statement, the provider, the schedule.

On real connections. Nobody may meet a deadlock, no cent may be booked twice or lose its owner.
"""

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from backend.core import jobs
from backend.core.errors import RuleBroken
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances, checks
from backend.treasury import reconciliation
from backend.treasury.models import Discrepancy
from campaigns import figures, holding, lifecycle, payments, pledges, purses
from campaigns.models import Campaign, Payment, Pledge, Refund, StripeEvent, TransferOrder
from campaigns.provider import inbox
from tests.campaigns.provider import Provider, post
from tests.campaigns.scene import Scene
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(new_scene: Scene) -> Scene:
    return new_scene


@pytest.fixture(autouse=True)
def books_hold() -> Iterator[None]:
    yield
    assert [check for check in checks.run() if not check.ok] == []


def faults(raised: list[BaseException | None]) -> list[BaseException]:
    """What was raised that is no rule's refusal: a deadlock above all."""
    return [problem for problem in raised if problem and not isinstance(problem, RuleBroken)]


def run(scene: Scene) -> Callable[[], object]:
    return lambda: reconciliation.run(by=SYSTEM, at=scene.at)


def revoke(scene: Scene, pledge: Pledge) -> Callable[[], object]:
    return lambda: pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)


def arrived(scene: Scene, *found: Pledge) -> None:
    """The transfers of pledges are on a statement that nobody reconciled yet."""
    scene.upload(scene.restricted, *((pledge.amount, pledge.reference) for pledge in found))


class TestRevokedWhileItsTransferIsBooked:
    def test_money_has_an_owner_either_way(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        found = [scene.pledge(campaign) for _number in range(6)]
        arrived(scene, *found)

        raised = at_once(run(scene), *(revoke(scene, pledge) for pledge in found))

        assert faults(raised) == []
        run(scene)()
        asked = sum(refund.amount.amount for refund in Refund.objects.all())
        assert euro(asked) == balances.balance(purses.held(campaign))
        assert Campaign.objects.get().taken_shares == 0


class TestLapsedWhileItsTransferIsBooked:
    def test_money_has_an_owner_either_way(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        found = [scene.pledge(campaign) for _number in range(6)]
        scene.wait(15)
        arrived(scene, *found)

        raised = at_once(run(scene), lambda: pledges.lapse_unpaid(at=scene.at), run(scene))

        assert faults(raised) == []
        asked = sum(refund.amount.amount for refund in Refund.objects.all())
        kept = Pledge.objects.filter(state="placed").count() * 500
        assert euro(asked + kept) == balances.balance(purses.held(campaign))


class TestClosedWhileATransferIsBooked:
    def test_who_paid_has_shares_or_money(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        scene.transfer(scene.pledge(campaign, shares=20))
        late = scene.pledge(campaign)
        scene.wait(61)
        owner = scene.cast.owner
        lifecycle.stop_taking_pledges(campaign=campaign, by=owner, at=scene.at)
        arrived(scene, late)

        raised = at_once(
            run(scene), lambda: lifecycle.close(campaign=campaign, by=owner, at=scene.at)
        )

        assert faults(raised) == []
        late.refresh_from_db()
        was_paid = balances.balance(late.payer) != ZERO
        assert (late.state == "allotted") or not was_paid or Refund.objects.exists()


class TestReleasedByTwo:
    def test_it_is_one_order(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        scene.transfer(scene.pledge(campaign, shares=20))
        scene.wait(61)
        owner = scene.cast.owner
        lifecycle.stop_taking_pledges(campaign=campaign, by=owner, at=scene.at)
        lifecycle.close(campaign=campaign, by=owner, at=scene.at)
        closed = Campaign.objects.get()

        raised = at_once(
            *[lambda: holding.release(campaign=closed, by=owner, at=scene.at)] * 4,
        )

        assert faults(raised) == []
        assert TransferOrder.objects.get().amount == euro("2000.00")


class TestDeliveredAtOnce:
    def test_one_event_is_one_payment(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())
        provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
        bodies = [json.dumps(event).encode() for event in provider.events()]

        raised = at_once(*(lambda body=body: post(body) for body in bodies * 3))
        drained = at_once(*[lambda: jobs.drain(kind=inbox.JOB, at=scene.at)] * 4)

        assert faults(raised + drained) == []
        assert {event.deliveries for event in StripeEvent.objects.all()} == {3}
        assert Payment.objects.get().amount == euro("500.00")


class TestPaidTwiceAtOnce:
    def test_by_card_and_by_transfer_the_second_goes_back(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        found = [scene.pledge(campaign) for _number in range(4)]
        for pledge in found:
            provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
        provider.deliver(kinds=("payment_intent.succeeded",))
        arrived(scene, *found)

        raised = at_once(run(scene), *[lambda: jobs.drain(kind=inbox.JOB, at=scene.at)] * 2)

        assert faults(raised) == []
        scene.jobs()
        for pledge in found:
            asked = sum(r.amount.amount for r in Refund.objects.filter(payment__pledge=pledge))
            came = sum(p.amount.amount for p in pledge.payments.all())
            assert came - asked == 500


class TestManyEventsWhileManyTransfersAreBooked:
    @pytest.mark.parametrize("turn", range(2))
    def test_neither_ends_the_other(self, scene: Scene, provider: Provider, turn: int) -> None:
        """A batch of events locks what it needs one by one, a run all at once and the other way round."""
        found = [scene.pledge(scene.open_campaign()) for _number in range(8)]
        for pledge in found:
            provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
        provider.deliver(kinds=("payment_intent.succeeded",))
        arrived(scene, *reversed(found))

        raised = at_once(run(scene), lambda: jobs.drain(kind=inbox.JOB, at=scene.at))

        assert raised == [None, None]
        assert [event.last_error for event in StripeEvent.objects.all()] == [""] * 8
        # Every card is booked; a transfer that came after it may wait on the desk as paid again.
        booked = Payment.objects.filter(pledge__in=found).count()
        assert booked + Discrepancy.objects.waiting().count() == 16


class TestTheSameKeyAtOnce:
    def test_is_one_card_payment(self, scene: Scene, provider: Provider) -> None:
        user = scene.cast.investor
        pledge = scene.pledge(scene.open_campaign(), investor=scene.investor(user))
        answers: list[int] = []

        def pay() -> None:
            client = Client()
            client.force_login(user)
            address = f"/api/v1/pledges/{pledge.pk}/provider-payments/"
            answers.append(
                client.post(
                    address, content_type="application/json", headers={"Idempotency-Key": "one"}
                ).status_code
            )

        assert at_once(pay, pay, pay) == [None, None, None]
        assert answers == [201, 201, 201]
        assert len(provider.account.store.of_kind("payment_intent")) == 1
        assert figures.of_pledge(pledge).paid == ZERO
