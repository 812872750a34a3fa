"""Whatever happens to transfers in whatever order, each payer gets back exactly what is owed, once."""

from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core import approvals
from backend.core.errors import RuleBroken
from backend.core.models import Approval
from backend.core.money import ZERO, euro
from backend.ledger import balances, checks
from backend.treasury import executions, payment_orders, returned_payments
from backend.treasury.models import BankLine, CreditTransfer, PaymentOrder
from campaigns import refunds
from campaigns.models import Pledge, Refund
from campaigns.returns import progress
from tests.campaigns.returns import bank
from tests.campaigns.returns.bank import Returning
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.thorough]

ACTS = st.tuples(
    st.sampled_from(
        ["draft", "approve", "refuse", "execute", "send_back", "give_up", "account", "again"]
    ),
    st.integers(0, 5),
)


class TestAnySequence:
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(acts=st.lists(ACTS, min_size=4, max_size=20))
    def test_ends_with_every_payer_paid_once(
        self, scene: Scene, acts: list[tuple[str, int]]
    ) -> None:
        offer = bank.failed_offer(scene, pledgers=2)

        for act, number in acts:
            try:
                _do(offer, act, number)
            except RuleBroken:
                continue  # what the rules refuse leaves everything as it was
            finally:
                _nobody_has_too_much(offer)
        _bring_to_the_end(offer)

        assert progress.of(offer.campaign).is_done
        assert {one: _got(one) for one in bank.pledges_of(offer.campaign)} == {
            one: euro("500.00") for one in bank.pledges_of(offer.campaign)
        }
        assert [check for check in checks.run() if not check.ok] == []


def _do(offer: Returning, act: str, number: int) -> None:
    order = _pick(PaymentOrder.objects.filter(state="drafted"), number)
    if act == "draft":
        offer.draft()
    elif act == "approve" and order:
        offer.approve(order)
    elif act == "refuse" and order:
        _drop(offer, order)
    elif act in ("execute", "send_back", "give_up"):
        _to_transfer(offer, act, number)
    elif act in ("account", "again"):
        _to_pledge(offer, act, number)


def _to_transfer(offer: Returning, act: str, number: int) -> None:
    """The bank executes once what it was given, and sends back once what it executed."""
    rows = CreditTransfer.objects.filter(order__state="approved").order_by("id")
    wanted = executions.EXECUTED if act == "send_back" else executions.ORDERED
    outcomes = executions.outcomes(rows)
    transfer = _pick([one for one in rows if outcomes[one.pk] == wanted], number)
    if transfer is None:
        return
    if act == "execute":
        offer.execute(transfer)
    elif act == "send_back":
        offer.send_back(transfer, reason="AC04" if number % 2 else "MS03")
    else:
        by, at = offer.scene.cast.finance, offer.scene.at
        returned_payments.ask_to_give_up(transfer=transfer, by=by, at=at, reason="RJCT")
        offer.approve(transfer)


def _to_pledge(offer: Returning, act: str, number: int) -> None:
    pledge = _pick(bank.pledges_of(offer.campaign), number)
    assert pledge is not None
    if act == "account":
        offer.confirm_account(pledge, number=200 + offer.scene.number("account"))
    elif failed := refunds.failed(pledge).first():
        refunds.ask_again(refund=failed, by=offer.scene.cast.finance, at=offer.scene.at)


def _drop(offer: Returning, order: PaymentOrder) -> None:
    waiting = Approval.objects.filter(decision="", subject_id=str(order.pk))
    by, at = offer.scene.cast, offer.scene.at
    approvals.refuse(approval=waiting.get(), by=by.owner, at=at, reason="No.")
    payment_orders.drop(order=order, by=by.finance, at=at, reason="No.")


def _bring_to_the_end(offer: Returning) -> None:
    for order in PaymentOrder.objects.filter(state="drafted"):
        offer.approve(order)
    for pledge in bank.pledges_of(offer.campaign):
        if refunds.failed(pledge).exists():
            offer.confirm_account(pledge, number=200 + offer.scene.number("account"))
    while progress.of(offer.campaign).stages[progress.TO_ORDER].count:
        offer.order()
    rows = list(CreditTransfer.objects.filter(order__state="approved", ended_at=None))
    outcomes = executions.outcomes(rows)
    offer.execute(*[one for one in rows if outcomes[one.pk] == executions.ORDERED])


def _nobody_has_too_much(offer: Returning) -> None:
    for pledge in bank.pledges_of(offer.campaign):
        assert euro("-500.00") <= balances.balance(pledge.payer) <= ZERO


def _got(pledge: Pledge) -> Any:
    """What the bank's lines say went to the payer, less what came back."""
    codes = Refund.objects.filter(payment__pledge=pledge).values("reference")
    moved = BankLine.objects.filter(end_to_end_id__in=codes).aggregate(sum=Sum("amount"))["sum"]
    return euro(-moved)


def _pick(rows: Any, number: int) -> Any:
    found = list(rows)
    return found[number % len(found)] if found else None
