"""Payments that did not reach their payee: sent back by a bank, or never executed. Owed again, both.

A line that returns a payment quotes its reference. Where it also has the return's sign, the amount and
the account, it is booked by itself; a person may recognise it on a statement that has no such sign.
What a bank did not execute a person says, and another one confirms.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, audit, transactions
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, User
from backend.core.users import Actor
from backend.treasury import allocations, discrepancies, expectations, matching
from backend.treasury.allocations import Part
from backend.treasury.models import Allocation, BankLine, CreditTransfer, Expectation
from backend.treasury.specs import ExpectationSpec, Met

OWNER = "treasury.returned"
GIVE_UP = "credit_transfer.give_up"
IN, OUT, OPEN = Expectation.Direction.IN, Expectation.Direction.OUT, Expectation.State.OPEN
NOT_EXECUTED = "NOT_EXECUTED"


class NotAReturn(Conflict):
    code = "line.not_a_return"


class WasExecuted(Conflict):
    code = "credit_transfer.was_executed"


class ReasonMissing(Refused):
    code = "credit_transfer.reason_missing"


@dataclass(frozen=True)
class Undone:
    """A payment that its owner thought made, or ordered, is owed again. `reason` is the bank's code
    (ISO 20022, such as AC04) or NOT_EXECUTED."""

    expectation: Expectation
    amount: Money
    reason: str
    at: dt.datetime


OnUndone = Callable[[Sequence[Undone]], object]
_owners: dict[str, OnUndone] = {}


def register_owner(kind: str, on_undone: OnUndone) -> None:
    """Say whom to tell, in the same transaction, when payments of a kind of owner did not stay."""
    _owners[kind] = on_undone


def take_in(*, accounts: Iterable[int], by: Actor, at: dt.datetime) -> int:
    """Book the lines that return payments of ours beyond doubt; return how many. Safe to repeat."""
    marked = BankLine.objects.unexplained().filter(
        ~Q(return_reason="") | Q(is_reversal=True), account__in=list(accounts), amount__gt=0
    )
    booked = 0
    for line in marked.select_related("account__outside", "account__suspense").order_by("id"):
        sent = payment_of(line)
        if sent is not None:
            _book(line, sent, by, at, line.return_reason or "returned")
            booked += 1
    return booked


@transactions.repeated
def accept(*, line: BankLine, by: Actor, at: dt.datetime, reason: str) -> Allocation:
    """Say that a line returns the payment whose reference it quotes. Raises NotAReturn."""
    found = BankLine.objects.unexplained().select_related("account__outside", "account__suspense")
    with transaction.atomic():
        whole = found.filter(pk=line.pk).first()
        sent = payment_of(whole) if whole is not None else None
        if whole is None or sent is None:
            raise NotAReturn(
                _(
                    "This line returns no payment of ours: reference, amount and account must be its."
                ),
                line=line.pk,
            )
        return _book(whole, sent, by, at, reason.strip() or "returned")


def payment_of(line: BankLine) -> Expectation | None:
    """The payment that a line (with `allocated`) returns: made in full from its account, not returned
    before, of an owner who knows what to do; the only one whose reference the line quotes."""
    named = matching.keys(discrepancies.as_seen(line))
    if len(named) != 1 or not line.is_in or line.left != line.size:
        return None
    same = Expectation.objects.filter(key=next(iter(named)), bank_account=line.account_id)
    if same.filter(direction=IN).exists():
        return None
    made = same.filter(direction=OUT, owner_kind__in=_owners, amount=line.amount)
    sent = made.with_received().select_related("source", "target", "bank_account").first()
    return sent if sent is not None and sent.received == sent.amount.amount else None


def on_met(met: Sequence[Met]) -> None:
    """A returned payment was booked: its owner owes it again."""
    ids = {one.expectation.owner_key: one for one in met}
    for sent in Expectation.objects.filter(pk__in=ids).order_by("pk"):
        one = ids[str(sent.pk)]
        _tell(Undone(sent, one.amount, one.line.return_reason, one.at))


def ask_to_give_up(*, transfer: CreditTransfer, by: User, at: dt.datetime, reason: str) -> Approval:
    """Ask another person to confirm that the bank did not execute a transfer, and will not.

    Raises WasExecuted when the statement shows it, or when there is nothing to give up.
    """
    if not reason.strip():
        raise ReasonMissing(
            _("Say how the bank told it: the next person will ask."), field="reason"
        )
    _refuse_executed(transfer)
    return approvals.request(action=GIVE_UP, subject=transfer, by=by, at=at, note=reason.strip())


def may_give_up(transfer: CreditTransfer) -> bool:
    """Whether a transfer is with the bank, its statement shows nothing of it, and its owner knows how
    to owe it again."""
    waits = Expectation.objects.filter(
        pk=transfer.expectation_id, state=OPEN, allocations__isnull=True, owner_kind__in=_owners
    ).exists()
    return waits and transfer.order.state == transfer.order.State.APPROVED and not transfer.ended_at


def give_up(
    transfer: CreditTransfer, *, by: User, at: dt.datetime, reason: str = NOT_EXECUTED
) -> None:
    """Expect the transfer no longer: its owner owes it again. Follows a second person's approval.

    Should the bank execute it all the same, its line is a discrepancy that a person sees.
    """
    with transaction.atomic():
        rows = Expectation.objects.select_for_update(no_key=True)
        expectation = rows.get(pk=transfer.expectation_id)
        _refuse_executed(transfer)
        CreditTransfer.objects.filter(pk=transfer.pk, ended_at=None).update(ended_at=at)
        expectations.cancel(expectation=expectation, by=by, at=at, reason="not executed")
        audit.record(action="credit_transfer.given_up", subject=transfer, by=by, at=at)
        _tell(Undone(expectation, transfer.amount, reason, at))


def _refuse_executed(transfer: CreditTransfer) -> None:
    if not may_give_up(transfer):
        raise WasExecuted(
            _("This transfer was executed, given up, or never sent to the bank."),
            transfer=transfer.pk,
        )


def _book(line: BankLine, sent: Expectation, by: Actor, at: dt.datetime, reason: str) -> Allocation:
    """The way back, opened in the moment it is met: from where the money went to where it was."""
    back = ExpectationSpec(
        reference=sent.reference,
        direction=IN,
        amount=sent.amount,
        bank_account=sent.bank_account,
        source=sent.target,
        target=sent.source,
        owner_kind=OWNER,
        owner_key=str(sent.pk),
        counterparty=sent.counterparty,
    )
    with transaction.atomic():
        expected = expectations.open_one(spec=back, at=at)
        made = allocations.allocate_many([Part(line, sent.amount, reason, expected)], by=by, at=at)
        facts = {"line": line.pk, "reason": line.return_reason}
        audit.record(action="payment.returned", subject=sent, by=by, at=at, facts=facts)
        discrepancies.settle(by=by, at=at)
    return made[0]


def _tell(undone: Undone) -> None:
    _owners[undone.expectation.owner_kind]([undone])
