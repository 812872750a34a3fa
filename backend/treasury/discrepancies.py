"""Differences with a name, an age, a reason and an end: open them, settle them, resolve them by hand.

They are opened by `reconciliation` and settled by whatever explains them; guesses for the desk are
computed when it is looked at (`proposals`), so they are never stale.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Abs, Coalesce
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from backend.treasury import matching, proposals
from backend.treasury.matching import Line
from backend.treasury.models import BankLine, Discrepancy, Expectation
from backend.treasury.models.bank_statement import NOTHING
from backend.treasury.proposals import Guess, Waiting

SHORT = Discrepancy.Kind.SHORT


class StillUnexplained(Conflict):
    code = "discrepancy.still_unexplained"


class AlreadyResolved(Conflict):
    code = "discrepancy.already_resolved"


class ReasonMissing(Refused):
    code = "discrepancy.reason_missing"


def open_many(rows: Sequence[Discrepancy], *, by: Actor, at: dt.datetime) -> int:
    """Open discrepancies and return how many are new. A line has one at a time, so one of another
    kind that waits for the same line is ended as changed; the same one again is left as it is."""
    of_lines = [row for row in rows if row.kind != SHORT]
    waiting = Discrepancy.objects.waiting().exclude(kind=SHORT)
    for kind in sorted({row.kind for row in of_lines}):
        lines = [row.line_id for row in of_lines if row.kind == kind]
        _end(waiting.filter(line__in=lines).exclude(kind=kind).values("pk"), "changed", by, at)
    # bulk_create does not tell which rows it left out, so they are counted.
    before = Discrepancy.objects.waiting().count()
    Discrepancy.objects.bulk_create(rows, ignore_conflicts=True)
    return Discrepancy.objects.waiting().count() - before


def settle(*, by: Actor, at: dt.datetime) -> int:
    """End what is explained, has arrived or is no longer expected; three statements however many."""
    waiting = Discrepancy.objects.waiting()
    of_lines = waiting.exclude(kind=SHORT).annotate(
        explained=Coalesce(Sum("line__allocations__amount"), NOTHING), size=Abs("line__amount")
    )
    short = waiting.filter(kind=SHORT).annotate(
        received=Coalesce(Sum("expectation__allocations__amount"), NOTHING)
    )
    arrived = short.filter(received__gte=F("expectation__amount"))
    return (
        _end(of_lines.filter(explained__gte=F("size")).values("pk"), "explained", by, at)
        + _end(arrived.values("pk"), "arrived", by, at)
        + _end(
            waiting.filter(kind=SHORT, expectation__state="cancelled").values("pk"),
            "withdrawn",
            by,
            at,
        )
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
        if not _end(only.values("pk"), reason.strip(), by, at):
            raise AlreadyResolved(_("Somebody resolved this already."), discrepancy=discrepancy.pk)
        audit.record(
            action="discrepancy.resolved", subject=discrepancy, by=by, at=at, reason=reason
        )
    discrepancy.refresh_from_db()
    return discrepancy


def guesses(lines: Iterable[BankLine]) -> dict[int, list[tuple[Expectation, Guess]]]:
    """The best guesses for each line (annotated with `allocated`), in one query however many.

    Looks at what is outstanding at the lines' accounts and has the amount of one of them, a
    reference like one of theirs, or a counterparty.
    """
    asked = list(lines)
    seen = {line.pk: as_seen(line) for line in asked}
    waiting = _waiting({line.account_id for line in asked})
    by_id = {one.pk: one for one in waiting}
    values = [_as_waiting(one) for one in waiting]
    return {
        line.pk: [
            (by_id[found.expectation], found)
            for found in proposals.guess(seen[line.pk], line.counterparty_name, values)
        ]
        for line in asked
    }


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
    )


# The newest outstanding expectations that guesses are made from: a page must answer in a second.
MOST_LOOKED_AT = 5000


def _waiting(accounts: set[int]) -> list[Expectation]:
    rows = Expectation.objects.outstanding().filter(bank_account__in=accounts)
    return list(rows.order_by("-id")[:MOST_LOOKED_AT])


def _as_waiting(one: Expectation) -> Waiting:
    return Waiting(
        id=one.pk,
        key=one.key,
        account=one.bank_account_id,
        is_in=one.direction == Expectation.Direction.IN,
        left=one.amount - Money(one.received, one.amount.currency),
        counterparty=one.counterparty,
    )


def _end(ids: object, resolution: str, by: Actor, at: dt.datetime) -> int:
    ended = Discrepancy.objects.filter(Q(pk__in=ids), resolved_at=None)
    return ended.update(resolved_at=at, resolved_by_label=users.label(by), resolution=resolution)
