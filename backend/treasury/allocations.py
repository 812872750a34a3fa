"""Explain parts of lines: books, allocation rows, and the owners told, in one transaction.

`reconciliation` calls it with what the matcher decided, `lines` with what a person said. The database
judges every row again (migration 0002), so two who explain one line at once cannot both succeed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, users
from backend.core.errors import Conflict
from backend.core.users import Actor
from backend.ledger.models import Account
from backend.treasury import books, expectations
from backend.treasury.books import Explained
from backend.treasury.expectations import Met
from backend.treasury.models import Allocation, BankLine, Expectation


class AlreadyExplained(Conflict):
    code = "line.already_explained"


@dataclass(frozen=True)
class Part:
    """A part of a line to be explained: by an expectation, or by hand with its two accounts.

    Neither means that the line cancels another one of its account.
    """

    line: BankLine
    amount: Money
    reason: str
    expectation: Expectation | None = None
    source: Account | None = None
    target: Account | None = None
    kind: str = books.EXPLAINED


def allocate_many(
    parts: Sequence[Part], *, by: Actor, at: dt.datetime, tells: bool = True
) -> list[Allocation]:
    """Explain parts of lines, all or none. Without `tells` no owner is told (a rehearsal).

    Raises FundRule when a fund's rules refuse, AlreadyExplained when more would be explained than
    there is, and whatever an owner raises.
    """
    if not parts:
        return []
    try:
        with transaction.atomic():
            _lock(
                [part.line.pk for part in parts],
                [part.expectation.pk for part in parts if part.expectation is not None],
            )
            entries = books.parts_explained(_explained(parts), by=by, at=at)
            rows = [
                Allocation(
                    line=part.line,
                    expectation=part.expectation,
                    amount=part.amount,
                    entry=entry,
                    reason=part.reason[:300],
                    allocated_at=at,
                    by_label=users.label(by),
                )
                for part, entry in zip(parts, entries, strict=True)
            ]
            Allocation.objects.bulk_create(rows)
            expectations.tell(
                [
                    Met(part.expectation, part.amount, part.line, at)
                    for part in parts
                    if part.expectation is not None and tells
                ]
            )
    except IntegrityError as problem:
        # Only our own guards' refusals mean this; anything else is a fault and must be seen as one.
        if "treasury: " not in str(problem):
            raise
        raise AlreadyExplained(
            _("Somebody explained this line in the meantime. Look again."),
            lines=[part.line.pk for part in parts],
        ) from problem
    return rows


def take_back(
    *, allocation: Allocation, by: Actor, at: dt.datetime, reason: str
) -> Allocation | None:
    """Book the counter-entry of an allocation and its negative row, and tell its owner; None if that
    was done before. Raises OwnerWasTold when the owner cannot go back."""
    expectation = allocation.expectation
    with transaction.atomic():
        _lock([allocation.line_id], [expectation.pk] if expectation else [])
        if Allocation.objects.filter(Q(reverses=allocation) | Q(pk=allocation.pk, amount__lt=0)):
            return None
        entry = books.part_taken_back(
            allocation.entry, reason=reason, on=clock.day_of(at), by=by, at=at
        )
        made = Allocation.objects.create(
            line=allocation.line,
            expectation=expectation,
            amount=-allocation.amount,
            entry=entry,
            reverses=allocation,
            reason=reason[:300],
            allocated_at=at,
            by_label=users.label(by),
        )
        if expectation is not None:
            met = Met(expectation, allocation.amount, allocation.line, at)
            expectations.tell_taken_back(met, by=by, reason=reason)
    return made


def _lock(lines: Sequence[int], expected: Sequence[int] = ()) -> None:
    """Of two who explain one line the second waits, and then counts the first's part too.

    Always lines, then expectations, and only then the books and the owners: nobody waits in a circle.
    """
    for rows in (
        BankLine.objects.filter(pk__in=lines),
        Expectation.objects.filter(pk__in=expected),
    ):
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _explained(parts: Sequence[Part]) -> list[Explained]:
    rows = Allocation.objects.filter(line__in=[part.line.pk for part in parts])
    counts = Counter(dict(rows.values_list("line").annotate(n=Count("pk")).order_by()))
    numbers = []
    for part in parts:
        counts[part.line.pk] += 1
        numbers.append(counts[part.line.pk])
    return [
        Explained(
            line=part.line,
            number=number,
            amount=part.amount,
            source=part.expectation.source if part.expectation else part.source,
            target=part.expectation.target if part.expectation else part.target,
            memo=part.expectation.reference if part.expectation else part.reason,
            kind=part.kind,
        )
        for part, number in zip(parts, numbers, strict=True)
    ]
