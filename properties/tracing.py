"""Follow every cent of every allotted pledge to a named cost of a named home, or to "unspent".

Pure: takes values, returns values, knows no database. Lots are derived, never stored, so a
corrected cost, a sold home or a refunded pledge restates them by computing again. One call is one
raised fund; which transfers are its costs is read in `figures`, what outsiders may see of the
lots is decided in `disclosure`.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from operator import add, sub
from typing import TypeVar

from backend.core.money import split_cents

CENTS = "q"  # whole numbers of eight bytes
Label = TypeVar("Label", bound=Hashable)
Lots = Sequence[int]
"""Cents by pledge, in order. Arrays of eight bytes: ten million lots are 80 MB, as tuples 400."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """An allotted pledge, what of it was settled, and what of that was returned, in cents."""

    id: int
    cents: int
    returned_cents: int = 0

    @property
    def kept_cents(self) -> int:
        """What is in the fund for good: only this is traced."""
        return self.cents - self.returned_cents


@dataclass(frozen=True, slots=True)
class Cost:
    """What one fund paid once for one home, in cents; the id orders costs of one day."""

    id: int
    cents: int
    day: date
    home: int


@dataclass(frozen=True, slots=True)
class Gain:
    """What a fund got for a home beyond what the home had cost it, in cents; the id orders one day's."""

    id: int
    cents: int
    day: date
    home: int = 0


class Overspent(ValueError):
    """More was paid from a fund than was ever put into it: the books must be looked at first."""


@dataclass(frozen=True)
class Tracing:
    """The lots: one row per cost, one column per pledge, both in canonical order."""

    pledges: tuple[Pledge, ...]
    costs: tuple[Cost, ...]
    rows: tuple[Lots, ...]
    unspent_cents: Lots
    gains: tuple[Gain, ...]
    gain_rows: tuple[Lots, ...]
    """What came to each pledge of each gain, in the same order as the gains."""
    _column: Mapping[int, int] = field(repr=False)

    def lots_of(self, pledge: int) -> dict[int, int]:
        """Cents of one pledge in each cost it took part in, by cost id."""
        column = self._column[pledge]
        lots = ((cost.id, row[column]) for cost, row in zip(self.costs, self.rows, strict=True))
        return {cost: cents for cost, cents in lots if cents}

    def unspent_of(self, pledge: int) -> int:
        """Cents of one pledge that no home has cost yet."""
        return self.unspent_cents[self._column[pledge]]

    def gained_of(self, pledge: int, homes: Collection[int] | None = None) -> int:
        """Cents that came to one pledge when homes, all or these, were sold for more than they cost."""
        column = self._column[pledge]
        gained = zip(self.gains, self.gain_rows, strict=True)
        return sum(row[column] for gain, row in gained if homes is None or gain.home in homes)

    def homes_of(self, pledge: int) -> dict[int, int]:
        """Cents of one pledge in each home, by home."""
        column = self._column[pledge]
        return {home: lots[column] for home, lots in self._by_home.items() if lots[column]}

    def summed_by(self, label: Callable[[Cost], Label | None]) -> dict[Label, list[int]]:
        """Cents of each pledge, in order, summed over the costs of each label; None is left out.

        One pass over the lots: asking for 10,000 pledges must not add up every cost each time.
        """
        rows: dict[Label, list[Lots]] = defaultdict(list)
        for cost, row in zip(self.costs, self.rows, strict=True):
            if (name := label(cost)) is not None:
                rows[name].append(row)
        return {name: [sum(lots) for lots in zip(*its, strict=True)] for name, its in rows.items()}

    @cached_property
    def _by_home(self) -> dict[int, list[int]]:
        return self.summed_by(lambda cost: cost.home)


def trace(
    *, pledges: Iterable[Pledge], costs: Iterable[Cost], gains: Iterable[Gain] = ()
) -> Tracing:
    """Divide each cost over all pledges, pro rata to what is still unspent of each.

    Cents in, cents out. Both margins are exact: lots of a cost sum to the cost; lots of a pledge, its
    unspent rest and what was returned sum to the pledge and what it gained. No lot is negative. A gain
    is shared by what each pledge has in the fund. The order in which they are handed in does not
    matter. Raises `Overspent`.
    """
    in_order = tuple(sorted(pledges, key=lambda pledge: pledge.id))
    purse = _Purse([pledge.kept_cents for pledge in in_order])
    # Gains of a day before its costs: who sells and buys on one day may use the price.
    by_day: list[Cost | Gain] = sorted([*gains, *costs], key=_place)
    for event in by_day:
        purse.take(event)
    in_turn = tuple(event for event in by_day if isinstance(event, Cost))
    column = {pledge.id: place for place, pledge in enumerate(in_order)}
    return Tracing(
        in_order,
        in_turn,
        tuple(purse.rows),
        purse.unspent,
        tuple(event for event in by_day if isinstance(event, Gain)),
        tuple(purse.gain_rows),
        column,
    )


class _Purse:
    """What is unspent of each pledge, as events are taken one by one."""

    def __init__(self, kept: Sequence[int]) -> None:
        self.kept, self.unspent = kept, list(kept)
        self.rows: list[Lots] = []
        self.gain_rows: list[Lots] = []

    def take(self, event: "Cost | Gain") -> None:
        if isinstance(event, Gain):
            lots = split_cents(event.cents, self.kept)
            self.gain_rows.append(array(CENTS, lots))
            self.unspent = list(map(add, self.unspent, lots))
        else:
            # Shared by what is left, so cents that one cost rounded away the next gives back.
            lots = share(cents=event.cents, weights=self.unspent)
            self.unspent = list(map(sub, self.unspent, lots))
            self.rows.append(array(CENTS, lots))


def _place(event: Cost | Gain) -> tuple[date, bool, int]:
    return event.day, isinstance(event, Cost), event.id


def share(*, cents: int, weights: Lots) -> list[int]:
    """Split cents over weights by largest remainder, no part larger than its weight.

    Ties go to the earlier weight. Raises `Overspent` if the weights do not hold that much.
    """
    whole = sum(weights)
    if cents < 0 or cents > whole:
        raise Overspent(f"{cents} cents cannot be taken from {whole} cents.")
    if not cents:
        return [0] * len(weights)
    # Many pledges are of the same size: divide once per size, not once per pledge.
    counts = Counter(weights)
    parts = {weight: divmod(cents * weight, whole) for weight in counts}
    lots = {weight: part for weight, (part, _rest) in parts.items()}
    left = cents - sum(part * counts[weight] for weight, part in lots.items())
    split_size = _round_up(lots, parts, counts, left)
    found = list(map(lots.__getitem__, weights))
    for place in _first_of(weights, *split_size):
        found[place] += 1
    return found


def _round_up(
    lots: dict[int, int],
    parts: Mapping[int, tuple[int, int]],
    counts: Mapping[int, int],
    left: int,
) -> tuple[set[int], int]:
    """Add the cents left to the largest remainders; of the last remainder not all may get one: say
    which sizes have it, and how many of them get a cent."""
    sizes: dict[int, set[int]] = defaultdict(set)
    for weight, (_part, rest) in parts.items():
        sizes[rest].add(weight)
    for rest in sorted(sizes, reverse=True):
        number = sum(counts[weight] for weight in sizes[rest])
        if number > left:
            return sizes[rest], left
        for weight in sizes[rest]:
            lots[weight] += 1
        left -= number
    return set(), 0


def _first_of(weights: Lots, sizes: set[int], number: int) -> Iterable[int]:
    places = (place for place, weight in enumerate(weights) if weight in sizes)
    return islice(places, number)


@dataclass(frozen=True, slots=True)
class Movement:
    """Money between a fund and one home's cost account: paid out (+) or come back (-), in cents."""

    id: int
    account: int
    home: int
    cents: int
    day: date


def costs_of(movements: Iterable[Movement]) -> list[Cost]:
    """Turn movements into costs, where money that came back undoes the latest payments first.

    A deposit that was returned bought nothing: it is unspent again, as if it had never been paid.
    """
    open_costs: dict[int, list[Cost]] = defaultdict(list)
    for movement in sorted(movements, key=lambda one: (one.day, one.id)):
        stack = open_costs[movement.account]
        if movement.cents >= 0:
            stack.append(Cost(movement.id, movement.cents, movement.day, movement.home))
        else:
            _undo(stack, -movement.cents)
    return [cost for stack in open_costs.values() for cost in stack if cost.cents]


def _undo(stack: list[Cost], cents: int) -> None:
    while cents:
        if not stack:
            raise Overspent(f"{cents} cents came back that were never paid.")
        last = stack.pop()
        kept = max(last.cents - cents, 0)
        cents -= last.cents - kept
        if kept:
            stack.append(Cost(last.id, kept, last.day, last.home))
