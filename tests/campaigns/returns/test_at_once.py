"""Several at once on real connections: no refund is ordered twice, none is asked again twice."""

from collections.abc import Iterator

import pytest
from django.db.models import Sum

from backend.core import approvals
from backend.core.models import Approval
from backend.core.money import euro
from backend.ledger import checks
from backend.treasury.models import CreditTransfer, PaymentOrder
from campaigns import refunds
from campaigns.models import Payment, Refund
from tests.campaigns.returns import bank
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


class TestAtOnce:
    def test_each_refund_stands_in_one_order(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=10)

        raised = at_once(offer.draft, offer.draft, offer.draft, offer.draft)

        assert sum(problem is None for problem in raised) == 1
        assert CreditTransfer.objects.count() == 10
        assert PaymentOrder.objects.count() == 1

    def test_an_order_is_approved_once(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=2)
        offer.draft()
        asked = Approval.objects.get(decision="")

        def approve() -> None:
            approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)

        raised = at_once(approve, approve, approve)

        assert sum(problem is None for problem in raised) == 1
        assert PaymentOrder.objects.get().state == "approved"

    def test_what_came_back_is_owed_again_once(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        (transfer,) = offer.order().transfers.all()
        offer.execute(transfer)
        offer.send_back(transfer, reason="MS03")
        failed = Refund.objects.get()

        def again() -> None:
            refunds.ask_again(refund=failed, by=scene.cast.finance, at=scene.at)

        raised = at_once(again, again, again)

        assert sum(problem is None for problem in raised) == 1
        assert Refund.objects.filter(failed_at=None).count() == 1

    def test_two_who_ask_for_all_of_it_back_get_no_more_than_came(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.transfer(pledge)
        payment = Payment.objects.select_related("pledge__campaign").get()

        def past_the_rule() -> None:
            Refund.objects.create(payment=payment, amount=euro("300.00"), requested_at=scene.at)

        raised = at_once(past_the_rule, past_the_rule)

        assert sum(problem is None for problem in raised) == 1
        assert Refund.objects.aggregate(sum=Sum("amount"))["sum"] == 300
        Refund.objects.update(failed_at=scene.at)
