"""The second pass of a run: what no exact reference explained is decided line by line, with a reason.

    unexplained lines -> the expectations they name -> `matching.decide` (pure) -> `allocations`
      -> `discrepancies` for what is left

The first pass is `exact`; the run that calls both is in `reconciliation`.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from djmoney.money import Money

from backend.core.errors import RuleBroken
from backend.core.users import Actor
from backend.treasury import allocations, discrepancies, matching
from backend.treasury.allocations import Part
from backend.treasury.matching import Decision, Expected, Line
from backend.treasury.models import BankAccount, BankLine, Discrepancy, Expectation
from backend.treasury.totals import Seen


@dataclass
class Look:
    """A run at work: at which accounts, for whom, and whether owners are told. `opened` counts."""

    accounts: dict[int, BankAccount]
    by: Actor
    at: dt.datetime
    tells: bool = True
    opened: int = 0


def lines_after(look: Look, last: int, most: int) -> list[BankLine]:
    """Unexplained lines in the order they were imported."""
    open_lines = BankLine.objects.unexplained().filter(account__in=look.accounts, id__gt=last)
    return _with_accounts(look, list(open_lines.order_by("id")[:most]))


def lines_that_wait(look: Look) -> list[BankLine]:
    """Transfers between own accounts that had not left the other one when they were looked at."""
    waiting = Discrepancy.objects.waiting().filter(reason="waits", bank_account__in=look.accounts)
    lines = BankLine.objects.unexplained().filter(pk__in=waiting.values("line"))
    return _with_accounts(look, list(lines.order_by("id")))


def go_through(look: Look, lines: list[BankLine]) -> list[Seen]:
    """Decide lines, book what is decided, and open a discrepancy for what is left."""
    views = [discrepancies.as_seen(line) for line in lines]
    named = _named(look, views)
    decisions = matching.decide(views, [as_expected(one) for one in named.values()])
    seen = [Seen(line, decision) for line, decision in zip(lines, decisions, strict=True)]
    # What the books refuse becomes a discrepancy too, so it is booked before those are opened.
    seen = _book(look, seen, named)
    rows = [_discrepancy(look, one) for one in seen if one.decision.open]
    look.opened += discrepancies.open_many(rows, by=look.by, at=look.at)
    return seen


def _with_accounts(look: Look, lines: list[BankLine]) -> list[BankLine]:
    for line in lines:
        line.account = look.accounts[line.account_id]
    return lines


def _named(look: Look, views: Sequence[Line]) -> dict[int, Expectation]:
    """The expectations that lines name by reference, those of others' codes, and their other halves."""
    keys = {key for view in views for key in matching.keys(view)}
    keys |= {key for view in views for key in matching.repairs(view)}
    # References of ours are looked up by key. Others' codes are few, and no index finds them in a
    # text, so all of them are loaded, and only when some line has no reference of ours.
    wanted = Q(key__in=keys)
    if any(not matching.keys(view) for view in views):
        wanted |= Q(is_ours=False)
    ours = Expectation.objects.filter(bank_account__in=look.accounts).with_received()
    ours = ours.select_related("source", "target")
    named = {one.pk: one for one in ours.filter(wanted)}
    halves = {one.after_id for one in named.values() if one.after_id} - named.keys()
    named.update({one.pk: one for one in ours.filter(pk__in=halves)})
    return named


def as_expected(one: Expectation) -> Expected:
    """An expectation annotated with `received`, as the pure rules see it."""
    return Expected(
        id=one.pk,
        key=one.key,
        account=one.bank_account_id,
        is_in=one.direction == Expectation.Direction.IN,
        amount=one.amount,
        received=Money(one.received, one.amount.currency),
        is_open=one.state == Expectation.State.OPEN,
        is_ours=one.is_ours,
        after=one.after_id,
    )


def _book(look: Look, seen: Sequence[Seen], named: dict[int, Expectation]) -> list[Seen]:
    """Book what was decided; what the books or an owner refuse stays unexplained, with their words."""
    parts = [
        Part(one.line, one.booked, one.decision.reason, named[one.decision.expectation])
        for one in seen
        if one.booked is not None and one.decision.expectation is not None
    ]
    refused = dict(_allocate(look, parts))
    return [_refused(one, refused[pk]) if (pk := one.line.pk) in refused else one for one in seen]


def _allocate(look: Look, parts: Sequence[Part]) -> Iterator[tuple[int, RuleBroken]]:
    """Allocate all together; when something is refused, halve until it stands alone."""
    try:
        allocations.allocate_many(parts, by=look.by, at=look.at, tells=look.tells)
    except RuleBroken as refused:
        # Each try is a savepoint; one bad line in five thousand costs thirteen more of them.
        if len(parts) == 1:
            yield parts[0].line.pk, refused
            return
        half = len(parts) // 2
        yield from _allocate(look, parts[:half])
        yield from _allocate(look, parts[half:])


def _refused(one: Seen, refused: RuleBroken) -> Seen:
    kind, left = matching.UNEXPLAINED, one.line.size
    decision = Decision(one.line.pk, "refused", open=kind, difference=left)
    return Seen(one.line, decision, str(refused))


def _discrepancy(look: Look, one: Seen) -> Discrepancy:
    kind = one.decision.open
    return Discrepancy(
        kind=kind,
        bank_account=one.line.account,
        line=one.line,
        expectation_id=one.decision.expectation,
        amount=one.difference,
        reason=kind if kind in (matching.SHORT, matching.OVER) else one.decision.reason,
        note=one.note,
        opened_at=look.at,
    )
