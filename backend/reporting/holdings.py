"""Where each investor's euros are, as a snapshot lets it be told: in groups of homes, or not placed yet.

Lots are exact inside (properties.tracing); what leaves here is summed over the groups that the
snapshot froze (housing.md P27), and the rest of the pledge, which is unspent or in purchases of which
nothing may be told yet. They are of who holds the shares on the day of the snapshot. Set-based: seven
queries and one pass over the lots, however many investors.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.core.money import split_cents
from campaigns import members
from properties import figures, groups, tracing
from properties.figures import FundBook
from properties.models import Snapshot


@dataclass(frozen=True)
class Part:
    """An investor's cents in one group of homes; `group` is its frozen description."""

    group: Mapping[str, Any]
    cents: int

    @property
    def is_sold(self) -> bool:
        """Then the cents are what the prices of the homes did not cover."""
        return bool(self.group.get("sold"))


@dataclass(frozen=True)
class Holding:
    """What one investor holds in one raise, in cents: put in = in groups of homes + waiting.

    What sold homes brought beyond their cost counts as put in, once their sale may be told of: it is
    there to be spent again.
    """

    campaign: str
    titles: Mapping[str, str]
    put_in: int
    parts: tuple[Part, ...]

    @property
    def in_homes(self) -> int:
        return sum(part.cents for part in self.parts if not part.is_sold)

    @property
    def waiting(self) -> int:
        return self.put_in - sum(part.cents for part in self.parts)


def of_snapshot(snapshot: Snapshot) -> dict[int, list[Holding]]:
    """The holdings of every investor of an issuer as of a snapshot, by investor id."""
    told = {each["fund"]: each for each in snapshot.data["raises"]}
    found: dict[int, list[Holding]] = defaultdict(list)
    for book in figures.fund_books(snapshot.organisation, until=snapshot.as_of):
        if book.fund.pk in told:
            _gather(book, told[book.fund.pk], found, snapshot.as_of)
    return dict(found)


def _gather(
    book: FundBook, told: Mapping[str, Any], found: dict[int, list[Holding]], as_of: dt.date
) -> None:
    traced = book.trace()
    rows = told["groups"]
    frozen = groups.from_json(rows)
    sums = traced.summed_by(lambda cost: groups.label(frozen, cost))
    held = members.holders((pledge.id for pledge in traced.pledges), on=as_of)
    put_in: dict[int, int] = defaultdict(int)
    placed: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for column, pledge in enumerate(traced.pledges):
        lots = [lot[column] if (lot := sums.get(row["number"], ())) else 0 for row in rows]
        whole, lots = _netted(traced, pledge, rows, lots)
        for investor, (own, shares) in _divide(whole, lots, held.get(pledge.id, {})).items():
            put_in[investor] += own
            for row, cents in zip(rows, shares, strict=True):
                placed[investor][row["number"]] += cents
    for investor, cents in put_in.items():
        homes = placed[investor]
        parts = tuple(Part(row, homes[row["number"]]) for row in rows if homes[row["number"]])
        found[investor].append(Holding(told["campaign"], told["titles"], cents, parts))


def _netted(
    traced: tracing.Tracing,
    pledge: tracing.Pledge,
    rows: Sequence[Mapping[str, Any]],
    lots: list[int],
) -> tuple[int, list[int]]:
    """What a pledge has put in, and its cents by group: of sold groups gains and losses as one sum.

    Apart, a loss in a group would be that of the one home that was sold below its cost.
    """
    net = [
        cents - (traced.gained_of(pledge.id, row["homes"]) if row.get("sold") else 0)
        for row, cents in zip(rows, lots, strict=True)
    ]
    placed = [max(cents, 0) for cents in net]
    gained = -sum(min(cents, 0) for cents in net)
    # A gain that is not told of may already be in homes that are.
    return max(pledge.kept_cents + gained, sum(placed)), placed


def _divide(
    cents: int, lots: Sequence[int], held: Mapping[int, int]
) -> dict[int, tuple[int, list[int]]]:
    """A pledge and its lots among those who hold its shares: nobody has more in homes than they put
    in, and no cent is lost. Nearly always one holds all."""
    if len(held) == 1:
        return {next(iter(held)): (cents, list(lots))}
    if not held:
        return {}
    put_in = split_cents(cents, list(held.values()))
    left, columns = list(put_in), []
    for lot in lots:
        part = tracing.share(cents=lot, weights=left)
        left = [before - taken for before, taken in zip(left, part, strict=True)]
        columns.append(part)
    return {
        investor: (put_in[place], [column[place] for column in columns])
        for place, investor in enumerate(held)
    }
