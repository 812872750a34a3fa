"""Which homes of a raise may be told of, and how: the groups of P27 with what may be said of each.

A group once published keeps its homes and its last day: a cost that comes later is told with the
money not yet placed, for a group that grew by one home's taxes would tell that home's price.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from backend.core.periods import quarter_of
from properties import disclosure, figures
from properties.figures import FundBook
from properties.models import Acquisition, Unit
from properties.tracing import Cost


@dataclass(frozen=True)
class Told:
    """A group of homes whose money is told up to a day; `number` is its place in the raise."""

    number: int
    homes: frozenset[int]
    until: dt.date

    def as_json(self) -> dict[str, object]:
        return {
            "number": self.number,
            "homes": sorted(self.homes),
            "until": self.until.isoformat(),
        }


def from_json(rows: Sequence[dict[str, object]]) -> list[Told]:
    """Groups as an earlier snapshot froze them."""
    return [
        Told(int(str(row["number"])), _ids(row["homes"]), dt.date.fromisoformat(str(row["until"])))
        for row in rows
    ]


def of(
    book: FundBook, *, told: Sequence[Told], as_of: dt.date, later: Collection[int] = ()
) -> list[Told]:
    """The groups of one raise as of a day: those told before as they were, then new ones.

    `later` are homes that figures of later days told of in groups of their own.
    """
    complete = figures.is_complete_by_home(book.fund, until=as_of)
    bought = Acquisition.objects.filter(unit__in=complete, title_on__isnull=False)
    in_order = bought.order_by("title_on", "pk").values_list("unit", flat=True)
    occupied = set(
        Unit.objects.filter(pk__in=complete)
        .exclude(occupancy=Unit.Occupancy.FREE)
        .values_list("pk", flat=True)
    )
    homes = [
        disclosure.Home(home, home in occupied, complete[home])
        for home in dict.fromkeys(in_order)
        if home not in later
    ]
    # What was told before is handed in as it was: grouping anew would tell by comparison.
    grouped = disclosure.group_homes(homes, told=[each.homes for each in told])
    new = grouped[len(told) :]
    fresh = [Told(len(told) + place, group, as_of) for place, group in enumerate(new, start=1)]
    return [*told, *fresh]


def unbroken(told: Sequence[Told], sold: Collection[int]) -> list[Told]:
    """The groups that are still told of: of one that is sold in part, nothing.

    By how much it fell, and what its sale gained, would be the price of the home that was sold. Once
    all its homes are sold it is told again, with what their prices did not cover.
    """
    return [each for each in told if not each.homes & set(sold) or each.homes <= set(sold)]


def label(groups: Sequence[Told], cost: Cost) -> int | None:
    """The number of the group in which a cost is told; None while it may not be."""
    for group in groups:
        if cost.home in group.homes and cost.day <= group.until:
            return group.number
    return None


def description(group: Told) -> dict[str, object]:
    """What may be said of a group beside its money: how many, where, since when, how (P9, P27)."""
    units = list(Unit.objects.filter(pk__in=group.homes).select_related("building"))
    bought = Acquisition.objects.filter(unit__in=group.homes)
    days = sorted(day for day in bought.values_list("title_on", flat=True) if day)
    occupied = sum(unit.was_occupied for unit in units)
    kind = "free" if not occupied else "kept" if occupied == len(units) else "mixed"
    return {
        "count": len(units),
        "kind": kind,
        "districts": sorted({unit.building.district for unit in units}),
        "sources": sorted({unit.source for unit in units}),
        "first_quarter": quarter_of(days[0]).label,
        "last_quarter": quarter_of(days[-1]).label,
        # Of a home that stands alone its size may be told: it was empty when it was bought.
        "rooms": units[0].rooms if len(units) == 1 else None,
    }


def _ids(value: object) -> frozenset[int]:
    assert isinstance(value, list), "a frozen group lists its homes"
    return frozenset(int(one) for one in value)
