"""Differences with a name, an age, a reason and an end: open them, settle them, resolve them by hand.

They are opened by `reconciliation` and settled by whatever explains them; what they might be is guessed
in `guesses`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from backend.treasury import differences, matching
from backend.treasury.differences import Difference
from backend.treasury.matching import Line
from backend.treasury.models import BankLine, Discrepancy, Expectation
from backend.treasury.models.reconciliation import DiscrepancyQuerySet

SHORT = Discrepancy.Kind.SHORT


class StillUnexplained(Conflict):
    code = "discrepancy.still_unexplained"


class AlreadyResolved(Conflict):
    code = "discrepancy.already_resolved"


class ReasonMissing(Refused):
    code = "discrepancy.reason_missing"


def open_many(found: Sequence[Difference], *, by: Actor, at: dt.datetime) -> int:
    """Open discrepancies and return how many are new. A line has one at a time, so one of another
    kind that waits for the same line is ended as changed; the same one again is left as it is."""
    if not found:
        return 0
    differences.end_changed(found, by=by, at=at)
    return differences.store(found, at=at)


def open_again(*, line: BankLine, by: Actor, at: dt.datetime) -> None:
    """A line of which something was taken back waits at once, and for a person: what a run booked
    once it would book again."""
    if not _resize(line):
        left = BankLine.objects.with_allocated().get(pk=line.pk).left
        waits = Difference("unexplained", line.account_id, left, "taken_back", line=line.pk)
        open_many([waits], by=by, at=at)


def resize(lines: Iterable[BankLine]) -> None:
    """What waits for lines of which a part was explained is the rest of them."""
    for line in lines:
        _resize(line)


def _resize(line: BankLine) -> int:
    left = BankLine.objects.with_allocated().get(pk=line.pk).left
    waiting = Discrepancy.objects.waiting().filter(line=line).exclude(kind=SHORT)
    return waiting.update(amount=left)


def open_shortfalls(expectations: Iterable[int], *, by: Actor, at: dt.datetime) -> None:
    """Name what is missing of expectations (by id) of which a part arrived; safe to repeat."""
    asked = Expectation.objects.outstanding().filter(pk__in=set(expectations))
    open_many([_shortfall(one) for one in asked if one.received], by=by, at=at)


def settle(*, by: Actor, at: dt.datetime) -> int:
    """End what is explained, has arrived or is no longer expected; three statements however many."""
    waiting = Discrepancy.objects.waiting()
    short, of_lines = waiting.filter(kind=SHORT), waiting.exclude(kind=SHORT)
    its_line = BankLine.objects.filter(pk=OuterRef("line"))
    expected = Expectation.objects.filter(pk=OuterRef("expectation"))
    cancelled = expected.filter(state=Expectation.State.CANCELLED)
    return (
        _end(of_lines.exclude(Exists(its_line.unexplained())), "explained", by, at)
        + _end(short.exclude(Exists(expected.incomplete())), "arrived", by, at)
        + _end(short.filter(Exists(cancelled)), "withdrawn", by, at)
    )


def resolve(*, discrepancy: Discrepancy, by: Actor, at: dt.datetime, reason: str) -> Discrepancy:
    """End a discrepancy by hand, with a reason, once.

    Raises StillUnexplained while money of its line is in suspense: classify the line first; then it
    ends by itself. So this is for what is expected and will not come.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why: the next person will ask."))
    line = discrepancy.line
    if discrepancy.kind != SHORT and line and BankLine.objects.unexplained().filter(pk=line.pk):
        raise StillUnexplained(
            _("The line is not explained yet. Classify it; then this ends by itself."),
            line=line.pk,
        )
    with transaction.atomic():
        only = Discrepancy.objects.waiting().filter(pk=discrepancy.pk)
        if not _end(only, reason.strip(), by, at):
            raise AlreadyResolved(_("Somebody resolved this already."), discrepancy=discrepancy.pk)
        audit.record(
            action="discrepancy.resolved", subject=discrepancy, by=by, at=at, reason=reason
        )
    discrepancy.refresh_from_db()
    return discrepancy


def as_seen(line: BankLine) -> Line:
    """A line annotated with `allocated`, as the pure rules see it."""
    return matching.Line(
        id=line.pk,
        account=line.account_id,
        amount=line.amount,
        left=line.left,
        text=line.text,
        structured=line.creditor_reference,
        end_to_end_id=line.end_to_end_id,
        instructed=line.instructed[-3:],
        is_returned=line.is_reversal or bool(line.return_reason),
        parts=line.parts,
        is_taken_back=line.is_taken_back,
    )


def _shortfall(one: Expectation) -> Difference:
    missing = one.amount - Money(one.received, one.amount.currency)
    return Difference(SHORT, one.bank_account_id, missing, "short", expectation=one.pk)


# Judged a row at a time by what hangs on it: told as `id IN (...)`, a planner that takes the table for
# small would look the whole inner list through for each row.
def _end(waiting: DiscrepancyQuerySet, resolution: str, by: Actor, at: dt.datetime) -> int:
    return waiting.update(resolved_at=at, resolved_by_label=users.label(by), resolution=resolution)
