"""Where each investor's euros are, as a snapshot lets it be told: in groups of homes, or not placed yet.

Lots are exact inside (properties.tracing); what leaves here is summed over the groups that the
snapshot froze (housing.md P27), and the rest of the pledge, which is unspent or in purchases of which
nothing may be told yet. Set-based: six queries and one pass over the lots, however many investors.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.models import Pledge
from properties import figures, groups
from properties.figures import FundBook
from properties.models import Snapshot
from properties.tracing import Tracing


@dataclass(frozen=True)
class Part:
    """An investor's cents in one group of homes; `group` is its frozen description."""

    group: Mapping[str, Any]
    cents: int


@dataclass(frozen=True)
class Holding:
    """What one investor holds in one raise, in cents: put in = in groups of homes + waiting."""

    campaign: str
    titles: Mapping[str, str]
    put_in: int
    parts: tuple[Part, ...]

    @property
    def in_homes(self) -> int:
        return sum(part.cents for part in self.parts)

    @property
    def waiting(self) -> int:
        return self.put_in - self.in_homes


def of_snapshot(snapshot: Snapshot) -> dict[int, list[Holding]]:
    """The holdings of every investor of an issuer as of a snapshot, by investor id."""
    told = {each["fund"]: each for each in snapshot.data["raises"]}
    found: dict[int, list[Holding]] = defaultdict(list)
    for book in figures.fund_books(snapshot.organisation, until=snapshot.as_of):
        if book.fund.pk in told:
            _gather(book, told[book.fund.pk], found)
    return dict(found)


def _gather(book: FundBook, told: Mapping[str, Any], found: dict[int, list[Holding]]) -> None:
    traced = book.trace()
    rows = told["groups"]
    frozen = groups.from_json(rows)
    sums = traced.summed_by(lambda cost: groups.label(frozen, cost))
    for investor, columns in _columns_by_investor(traced).items():
        parts = tuple(
            Part(row, cents)
            for row in rows
            if (cents := _sum(sums.get(row["number"], ()), columns))
        )
        put_in = sum(traced.pledges[column].cents for column in columns)
        found[investor].append(Holding(told["campaign"], told["titles"], put_in, parts))


def _columns_by_investor(traced: Tracing) -> dict[int, list[int]]:
    """The columns of the lots that are one investor's: a person may hold several pledges."""
    ids = [pledge.id for pledge in traced.pledges]
    owners = dict(Pledge.objects.filter(pk__in=ids).values_list("pk", "investor"))
    columns: dict[int, list[int]] = defaultdict(list)
    for column, pledge in enumerate(ids):
        columns[owners[pledge]].append(column)
    return columns


def _sum(lots: Sequence[int], columns: Sequence[int]) -> int:
    return sum(lots[column] for column in columns) if lots else 0
