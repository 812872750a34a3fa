"""What a campaign planned for its money against what was committed and what the bank shows as paid.

By line of the plan, through the home or the purpose that it names, and by home. For those who work on
it: a live price of one home would point at a door, so the public reads published groups instead (`public`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from djmoney.money import Money

from backend.core.money import ZERO
from backend.ledger.models import Purpose
from campaigns.models import Campaign
from properties import costs
from properties.models import CostLine

# The purpose and the home that a line of the plan is for.
Key = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One line: what was meant, what was ordered, what was paid. `is_planned` False: nobody meant it."""

    label: str
    planned: Money
    committed: Money = ZERO
    paid: Money = ZERO
    is_planned: bool = True

    @property
    def variance(self) -> Money:
        """What may still be committed; below zero where more was committed than planned."""
        return self.planned - self.committed


@dataclass(frozen=True)
class Comparison:
    """A plan beside what became of it; each table has the same committed and paid in all."""

    lines: list[Row]
    homes: list[Row]

    @property
    def total(self) -> Row:
        return Row(
            "",
            planned=_sum(row.planned for row in self.lines),
            committed=_sum(row.committed for row in self.lines),
            paid=_sum(row.paid for row in self.lines),
        )


@dataclass(frozen=True)
class Cost:
    """A cost that a fund bears: its purpose, the home that it is of, what was ordered and paid."""

    purpose: str
    home: str
    committed: Money
    paid: Money


@dataclass(frozen=True)
class Line:
    """A line of the plan: what it is for. Neither purpose nor home: it is compared with nothing."""

    label: str
    planned: Money
    purpose: str = ""
    home: str = ""


def comparison(campaign: Campaign) -> Comparison:
    """Compare a campaign's plan with the costs that its fund bears, as they stand now."""
    planned = [
        Line(line.label, line.amount, line.purpose, line.home)
        for line in campaign.planned_lines.all()
    ]
    found = _costs(CostLine.objects.filter(fund=campaign.fund_id, account__isnull=False))
    return Comparison(by_line(planned, found), by_home(planned, found))


def section(campaign: Campaign) -> dict[str, Any] | None:
    """The part of a campaign's desk; None before there is money to spend."""
    return {"plan": comparison(campaign)} if campaign.fund_id else None


def by_line(planned: Sequence[Line], found: Sequence[Cost]) -> list[Row]:
    """The lines of the plan, each with the costs that are most its own: of its home and purpose, else of
    its home, else of its purpose. Lines for the same share what was spent, so they are one row."""
    rows: dict[Key, list[Line]] = defaultdict(list)
    for place, line in enumerate(planned):
        key = (line.purpose, line.home)
        rows[key if any(key) else (f"line:{place}", "")].append(line)
    spent: dict[Key, list[Cost]] = defaultdict(list)
    for cost in found:
        spent[_line_of(cost, rows)].append(cost)
    unplanned = sorted(key for key in spent if key not in rows)
    return [
        *(_row("; ".join(each.label for each in of), of, spent[key]) for key, of in rows.items()),
        *(_row(str(Purpose(key[0]).label), [], spent[key]) for key in unplanned),
    ]


def by_home(planned: Sequence[Line], found: Sequence[Cost]) -> list[Row]:
    """Each home that the plan names or that was paid for: what the plan's lines mean for it, what was
    ordered and what was paid."""
    homes = sorted(({line.home for line in planned} | {cost.home for cost in found}) - {""})
    return [
        _row(
            home,
            [line for line in planned if line.home == home],
            [cost for cost in found if cost.home == home],
        )
        for home in homes
    ]


def _line_of(cost: Cost, rows: Mapping[Key, list[Line]]) -> Key:
    wanted = ((cost.purpose, cost.home), ("", cost.home), (cost.purpose, ""))
    return next((key for key in wanted if any(key) and key in rows), (cost.purpose, ""))


def _row(label: str, planned: Sequence[Line], found: Sequence[Cost]) -> Row:
    return Row(
        label,
        planned=_sum(line.planned for line in planned),
        committed=_sum(cost.committed for cost in found),
        paid=_sum(cost.paid for cost in found),
        is_planned=bool(planned),
    )


def _costs(lines: QuerySet[CostLine]) -> list[Cost]:
    paid = costs.paid_by(lines, "pk")
    rows = lines.values_list("pk", "kind", "acquisition__unit__code", "amount")
    return [
        Cost(kind, code or "", Money(amount, "EUR"), paid.get(pk, ZERO))
        for pk, kind, code, amount in rows
    ]


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, ZERO)
