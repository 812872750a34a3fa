"""The second pass of a run: what no exact reference explained is decided line by line, with a reason.

    unexplained lines -> the expectations they name -> `matching.decide` (pure) -> `allocations`
      -> `discrepancies` for what is left

The first pass is `exact`; the run that calls both is in `reconciliation`.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from backend.core import money
from backend.core.errors import RuleBroken
from backend.core.users import Actor
from backend.treasury import allocations, discrepancies, matching
from backend.treasury.allocations import Part
from backend.treasury.differences import Difference
from backend.treasury.matching import Decision, Expected, Line
from backend.treasury.models import BankAccount, BankLine, Expectation
from backend.treasury.totals import Seen


@dataclass
class Look:
    """A run at work: at which accounts, for whom, and whether owners are told. `opened` counts."""

    accounts: dict[int, BankAccount]
    by: Actor
    at: dt.datetime
    tells: bool = True
    opened: int = 0


def go_through(look: Look, lines: Sequence[Line]) -> list[Seen]:
    """Decide lines, book what is decided, and open a discrepancy for what is left."""
    named = _named(look, lines)
    decisions = matching.decide(lines, [as_expected(one) for one in named.values()])
    seen = [Seen(line, decision) for line, decision in zip(lines, decisions, strict=True)]
    # What the books refuse becomes a discrepancy too, so it is booked before those are opened.
    seen = _book(look, seen, named)
    found = [_difference(one) for one in seen if one.decision.open]
    look.opened += discrepancies.open_many(found, by=look.by, at=look.at)
    return seen


def _named(look: Look, lines: Sequence[Line]) -> dict[int, Expectation]:
    """The expectations that lines name by reference, those of others' codes, and their other halves."""
    keys = {key for line in lines for key in matching.keys(line)}
    keys |= {key for line in lines for key in matching.repairs(line)}
    # References of ours are looked up by key. Others' codes are few, and no index finds them in a
    # text, so all of them are loaded, and only when some line has no reference of ours.
    wanted = Q(key__in=keys)
    if any(not matching.keys(line) for line in lines):
        wanted |= Q(is_ours=False)
    ours = Expectation.objects.filter(bank_account__in=look.accounts).with_received()
    ours = ours.select_related("source", "target")
    named = {one.pk: one for one in ours.filter(wanted)}
    halves = {one.after_id for one in named.values() if one.after_id} - named.keys()
    named.update({one.pk: one for one in ours.filter(pk__in=halves)})
    return named


def as_expected(one: Expectation) -> Expected:
    """An expectation annotated with `received`, as the pure rules see it."""
    amount = one.amount
    return Expected(
        id=one.pk,
        key=one.key,
        account=one.bank_account_id,
        is_in=one.direction == Expectation.Direction.IN,
        amount=amount,
        received=money.of(one.received, str(amount.currency)),
        is_open=one.state == Expectation.State.OPEN,
        is_ours=one.is_ours,
        after=one.after_id,
    )


def _book(look: Look, seen: Sequence[Seen], named: dict[int, Expectation]) -> list[Seen]:
    """Book what was decided; what the books or an owner refuse stays unexplained, with their words."""
    booked = {one.line.id: one for one in seen if one.booked is not None}
    lines = BankLine.objects.in_bulk(booked)
    parts = [
        _part(look, lines[pk], one, named[one.decision.expectation])
        for pk, one in booked.items()
        if one.decision.expectation is not None
    ]
    refused = dict(_allocate(look, parts))
    return [_refused(one, refused[pk]) if (pk := one.line.id) in refused else one for one in seen]


def _part(look: Look, line: BankLine, one: Seen, expectation: Expectation) -> Part:
    assert one.booked is not None, "what is booked has an amount"
    line.account = look.accounts[line.account_id]
    return Part(line, one.booked, one.decision.reason, expectation)


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
    kind, left = matching.UNEXPLAINED, abs(one.line.amount)
    decision = Decision(one.line.id, "refused", open=kind, difference=left)
    return Seen(one.line, decision, str(refused))


def _difference(one: Seen) -> Difference:
    kind = one.decision.open
    return Difference(
        kind=kind,
        account=one.line.account,
        amount=one.difference,
        reason=kind if kind in (matching.SHORT, matching.OVER) else one.decision.reason,
        line=one.line.id,
        expectation=one.decision.expectation,
        note=one.note,
    )
