"""What a campaign planned for its money against what was committed and what the bank shows as paid.

By line of the plan, through its purpose, and by home. For those who work on it: a live price of one
home would point at a door, so the public reads published groups instead (`public`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from djmoney.money import Money

from backend.core.money import ZERO
from backend.ledger.models import Purpose
from campaigns.models import Campaign
from properties import costs
from properties.models import CostLine


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


def comparison(campaign: Campaign) -> Comparison:
    """Compare a campaign's plan with the costs that its fund bears, as they stand now."""
    lines = CostLine.objects.filter(fund=campaign.fund_id, account__isnull=False)
    committed = _by(lines, "kind", "amount")
    paid = costs.paid_by(lines, "kind")
    return Comparison(_lines(campaign, committed, paid), _homes(lines))


def section(campaign: Campaign) -> dict[str, Any] | None:
    """The part of a campaign's desk; None before there is money to spend."""
    return {"plan": comparison(campaign)} if campaign.fund_id else None


def _lines(campaign: Campaign, committed: dict[str, Money], paid: dict[str, Money]) -> list[Row]:
    """The lines of the plan; those of one purpose share what was spent on it, so they are one row."""
    rows: dict[str, Row] = {}
    for place, line in enumerate(campaign.planned_lines.all()):
        key = line.purpose or f"line:{place}"
        before = rows.get(key)
        label = f"{before.label}; {line.label}" if before else line.label
        planned = (before.planned if before else ZERO) + line.amount
        rows[key] = Row(label, planned, committed.get(key, ZERO), paid.get(key, ZERO))
    unplanned = sorted(set(committed) - set(rows))
    return [
        *rows.values(),
        *(
            Row(str(Purpose(kind).label), ZERO, committed[kind], paid.get(kind, ZERO), False)
            for kind in unplanned
        ),
    ]


def _homes(lines: QuerySet[CostLine]) -> list[Row]:
    """What was ordered and paid for each home; a home's own plan is what was ordered for it."""
    committed = _by(lines, "acquisition__unit__code", "amount")
    paid = costs.paid_by(lines, "acquisition__unit__code")
    return [
        Row(code, amount, amount, paid.get(code, ZERO))
        for code, amount in sorted(committed.items())
    ]


def _by(rows: QuerySet[CostLine], name: str, what: str) -> dict[str, Money]:
    summed = rows.order_by().values_list(name).annotate(sum=Sum(what))
    return {key: Money(amount, "EUR") for key, amount in summed}


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, ZERO)
