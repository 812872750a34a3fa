"""One line for several expectations that belong together: a bank that debits a payment order in one sum,
a payout with the money of two campaigns.

Owners register which code stands for which of their expectations. A line that names one such code, of
the right account, direction and currency, with the exact sum of all that it stands for, is booked to
each of them; every other line is left as it is.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from djmoney.money import Money

from backend.core.errors import RuleBroken
from backend.core.users import Actor
from backend.treasury import allocations, references
from backend.treasury.allocations import Part
from backend.treasury.exact import Booked
from backend.treasury.models import BankAccount, BankLine, Expectation

REASON = "bundle"


@dataclass(frozen=True)
class Bundle:
    """A code that stands for all these expectations (by id), of one direction.

    They are of one bank account, or their owner can `gather` them at the one where the line came.
    """

    code: str
    expectations: Collection[int]
    gather: "GatherAt | None" = None


class GatherAt(Protocol):
    def __call__(self, *, place: BankAccount, at: dt.datetime) -> Sequence[Expectation]: ...


@dataclass(frozen=True)
class _Whole:
    """What a code stands for, nothing of it met."""

    expected: Sequence[Expectation]
    gather: GatherAt | None

    @property
    def amount(self) -> Money:
        return sum((one.amount for one in self.expected[1:]), start=self.expected[0].amount)

    @property
    def places(self) -> set[int]:
        """The bank accounts at which its one line may come."""
        places = {one.bank_account_id for one in self.expected}
        return places if len(places) == 1 or self.gather else set()

    def at(self, place: BankAccount, at: dt.datetime) -> Sequence[Expectation]:
        """What a line of this account meets."""
        if len(self.places) == 1 or self.gather is None:
            return self.expected
        return self.gather(place=place, at=at)


# Bundles of which something may be outstanding at the bank accounts (by id).
Gather = Callable[[Sequence[int]], Iterable[Bundle]]
_gatherers: list[Gather] = []
# Account, code as it is compared, whether it comes in: what is awaited there, nothing of it met.
_Awaited = Mapping[tuple[int, str, bool], _Whole]


def register(gather: Gather) -> None:
    """Say which codes of an owner stand for several expectations."""
    _gatherers.append(gather)


def take_in(
    *, accounts: Iterable[int], by: Actor, at: dt.datetime, tells: bool = True
) -> list[Booked]:
    """Book the lines that name a bundle beyond doubt, each to all of it. Safe to repeat.

    What the books or an owner refuse is left for a person, with the lines that fit nothing.
    """
    awaited = _awaited(list(accounts))
    booked = []
    for line in _lines(awaited):
        whole = _meant(line, awaited)
        if whole and _allocate(line, whole, tells, by=by, at=at):
            count = len(whole.expected)
            told = (REASON, str(line.amount.currency), count, f"{line.size.amount:.2f}")
            booked.append(Booked(whole=1, parts=(told,)))
    return booked


def _awaited(accounts: list[int]) -> _Awaited:
    bundles = [each for gather in _gatherers for each in gather(accounts)]
    ids = {pk for each in bundles for pk in each.expectations}
    if not ids:
        return {}
    rows = Expectation.objects.outstanding().filter(pk__in=ids)
    related = rows.select_related("source", "target", "bank_account").order_by("pk")
    # Of what was met in part nobody can say what the sum would be.
    untouched = {one.pk: one for one in related if not one.received}
    found: dict[tuple[int, str, bool], _Whole] = {}
    for each in bundles:
        parts = [untouched[pk] for pk in sorted(each.expectations) if pk in untouched]
        if len(parts) < len(each.expectations):
            continue
        whole = _Whole(parts, each.gather)
        code, is_in = references.normal(each.code), parts[0].direction == Expectation.Direction.IN
        found |= {(place, code, is_in): whole for place in whole.places.intersection(accounts)}
    return found


def _lines(awaited: _Awaited) -> list[BankLine]:
    """Untouched lines of an amount that would fit, oldest first."""
    sums = {
        whole.amount.amount * (1 if is_in else -1)
        for (_account, _code, is_in), whole in awaited.items()
    }
    places = {account for account, _code, _is_in in awaited}
    rows = BankLine.objects.unexplained().filter(
        account__in=places, amount__in=sums, is_reversal=False, return_reason=""
    )
    related = rows.select_related("account__outside", "account__suspense")
    return [line for line in related.order_by("id") if not line.steps]


def _meant(line: BankLine, awaited: _Awaited) -> _Whole | None:
    """What the one code that the line names stands for, if the sum is the line's; else nothing."""
    written = f"{line.end_to_end_id}\n{line.creditor_reference}\n{line.text}"
    codes = references.codes(written)
    named = [
        whole
        for (account, code, is_in), whole in awaited.items()
        if code in codes and (account, is_in) == (line.account_id, line.is_in)
    ]
    return named[0] if len(named) == 1 and named[0].amount == line.size else None


def _allocate(line: BankLine, whole: _Whole, tells: bool, *, by: Actor, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            expected = whole.at(line.account, at)
            parts = [Part(line, one.amount, REASON, one) for one in expected]
            allocations.allocate_many(parts, by=by, at=at, tells=tells)
    except RuleBroken:
        return False
    return True
