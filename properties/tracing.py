"""Follow every cent of every allotted pledge to a named cost of a named home, or to "unspent".

Pure: takes values, returns values, knows no database. Lots are derived, never stored, so a
corrected cost, a sold home or a refunded pledge restates them by computing again. One call is one
raised fund; which transfers are its costs is read in `figures`, what outsiders may see of the
lots is decided in `disclosure`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Pledge:
    """An allotted pledge and what of it was settled, in cents."""

    id: int
    cents: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one fund paid once for one home, in cents; the id orders costs of one day."""

    id: int
    cents: int
    day: date
    home: int


class Overspent(ValueError):
    """More was paid from a fund than was ever put into it: the books must be looked at first."""


@dataclass(frozen=True)
class Tracing:
    """The lots: one row per cost, one column per pledge, both in canonical order."""

    pledges: tuple[Pledge, ...]
    costs: tuple[Cost, ...]
    rows: tuple[tuple[int, ...], ...]
    unspent_cents: tuple[int, ...]
    _column: Mapping[int, int] = field(repr=False)

    def lots_of(self, pledge: int) -> dict[int, int]:
        """Cents of one pledge in each cost it took part in, by cost id."""
        column = self._column[pledge]
        lots = ((cost.id, row[column]) for cost, row in zip(self.costs, self.rows, strict=True))
        return {cost: cents for cost, cents in lots if cents}

    def unspent_of(self, pledge: int) -> int:
        """Cents of one pledge that no home has cost yet."""
        return self.unspent_cents[self._column[pledge]]

    def homes_of(self, pledge: int) -> dict[int, int]:
        """Cents of one pledge in each home, by home."""
        column = self._column[pledge]
        return {home: lots[column] for home, lots in self._by_home.items() if lots[column]}

    def summed_by(self, label: Callable[[Cost], Label | None]) -> dict[Label, list[int]]:
        """Cents of each pledge, in order, summed over the costs of each label; None is left out.

        One pass over the lots: asking for 10,000 pledges must not add up every cost each time.
        """
        rows: dict[Label, list[tuple[int, ...]]] = defaultdict(list)
        for cost, row in zip(self.costs, self.rows, strict=True):
            if (name := label(cost)) is not None:
                rows[name].append(row)
        return {name: [sum(lots) for lots in zip(*its, strict=True)] for name, its in rows.items()}

    @cached_property
    def _by_home(self) -> dict[int, list[int]]:
        return self.summed_by(lambda cost: cost.home)


def trace(*, pledges: Iterable[Pledge], costs: Iterable[Cost]) -> Tracing:
    """Divide each cost over all pledges, pro rata to what is still unspent of each.

    Cents in, cents out. Both margins are exact: lots of a cost sum to the cost, lots of a pledge
    and its unspent rest sum to the pledge; no lot is negative. The order in which pledges and
    costs are handed in does not matter. Raises `Overspent`.
    """
    in_order = tuple(sorted(pledges, key=lambda pledge: pledge.id))
    by_day = tuple(sorted(costs, key=lambda cost: (cost.day, cost.id)))
    # Each cost is shared by what is left, so cents that one cost rounded away the next gives back.
    unspent = [pledge.cents for pledge in in_order]
    rows = []
    for cost in by_day:
        row = share(cents=cost.cents, weights=unspent)
        unspent = [left - lot for left, lot in zip(unspent, row, strict=True)]
        rows.append(row)
    column = {pledge.id: place for place, pledge in enumerate(in_order)}
    return Tracing(in_order, by_day, tuple(rows), tuple(unspent), column)


def share(*, cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split cents over weights by largest remainder, no part larger than its weight.

    Ties go to the earlier weight. Raises `Overspent` if the weights do not hold that much.
    """
    whole = sum(weights)
    if cents < 0 or cents > whole:
        raise Overspent(f"{cents} cents cannot be taken from {whole} cents.")
    if not cents:
        return (0,) * len(weights)
    # Many pledges are of the same size: divide once per size, not once per pledge.
    parts = {weight: divmod(cents * weight, whole) for weight in set(weights)}
    lots = [parts[weight][0] for weight in weights]
    for place in _largest_remainders(weights, parts, cents - sum(lots)):
        lots[place] += 1
    return tuple(lots)


def _largest_remainders(
    weights: Sequence[int], parts: Mapping[int, tuple[int, int]], count: int
) -> list[int]:
    places: dict[int, list[int]] = defaultdict(list)
    for place, weight in enumerate(weights):
        places[parts[weight][1]].append(place)
    chosen: list[int] = []
    for remainder in sorted(places, reverse=True):
        if len(chosen) >= count:
            break
        chosen += places[remainder]
    # Only the last remainder taken can be too many, and its places stand in order of the weights.
    return chosen[:count]


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
