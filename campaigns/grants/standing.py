"""How a grant stands as of a day: received, charged, paid, own share, what remains; by kind of cost."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from djmoney.money import Money

from backend.core.money import ZERO
from backend.ledger.models import Purpose
from backend.treasury.models import Allocation
from campaigns.models import Grant, GrantInstalment, RunningCost


@dataclass(frozen=True)
class Row:
    """A cost with what the bank shows as paid for it, and when the last part was."""

    cost: RunningCost
    paid: Money
    paid_on: dt.date | None

    @property
    def kind(self) -> str:
        return str(Purpose(self.cost.purpose).label)

    @property
    def is_paid(self) -> bool:
        return self.paid >= self.cost.amount


@dataclass(frozen=True)
class Due:
    """An instalment with what came of it."""

    instalment: GrantInstalment
    received: Money

    @property
    def is_received(self) -> bool:
        return self.received >= self.instalment.amount


@dataclass(frozen=True)
class Kind:
    """The costs of one kind: charged to the grant, and borne as own share."""

    label: str
    charged: Money
    own: Money


@dataclass(frozen=True)
class Standing:
    """A grant as of a day. Every sum is of the rows that are shown."""

    grant: Grant
    on: dt.date
    instalments: Sequence[Due]
    charged_rows: Sequence[Row]
    own_rows: Sequence[Row]
    kinds: Sequence[str]
    repaid: Money = ZERO
    asked_back: Money = ZERO

    @property
    def received(self) -> Money:
        return sum((due.received for due in self.instalments), ZERO)

    @property
    def charged(self) -> Money:
        return sum((row.cost.amount for row in self.charged_rows), ZERO)

    @property
    def paid(self) -> Money:
        return sum((row.paid for row in self.charged_rows), ZERO)

    @property
    def own(self) -> Money:
        """What own money paid of the same undertaking."""
        return sum((row.paid for row in self.own_rows), ZERO)

    @property
    def remains(self) -> Money:
        """What may still be charged."""
        return self.grant.amount - self.charged - self.asked_back

    @property
    def unspent(self) -> Money:
        """What came, that no cost is charged to and nobody asked back: it may go back."""
        return max(self.received - self.charged - self.asked_back, ZERO)

    @property
    def cash(self) -> Money:
        """What came and is not spent."""
        return self.received - self.paid - self.repaid

    @property
    def by_kind(self) -> list[Kind]:
        found: dict[str, list[Money]] = {}
        for place, rows in enumerate((self.charged_rows, self.own_rows)):
            for row in rows:
                sums = found.setdefault(row.cost.purpose, [ZERO, ZERO])
                sums[place] += row.cost.amount
        return [Kind(str(Purpose(code).label), *sums) for code, sums in sorted(found.items())]


def of(grant: Grant, *, on: dt.date) -> Standing:
    """The standing of a grant as of a day: costs that arose, and money that moved, until then."""
    rows = [_row(cost, on) for cost in _costs(grant, on)]
    policies = grant.fund.policies.order_by("purpose").values_list("purpose", flat=True).distinct()
    back = grant.repayments.filter(failed_at=None).order_by("id")
    return Standing(
        grant=grant,
        on=on,
        instalments=[
            Due(each, _moved(each.expectation_id, on)[0])
            for each in grant.instalments.order_by("number")
        ],
        charged_rows=[row for row in rows if row.cost.fund_id == grant.fund_id],
        own_rows=[row for row in rows if row.cost.fund_id != grant.fund_id],
        kinds=[str(Purpose(code).label) for code in policies],
        repaid=sum((_moved(each.expectation_id, on)[0] for each in back), ZERO),
        asked_back=sum((each.amount for each in back), ZERO),
    )


def _costs(grant: Grant, on: dt.date) -> list[RunningCost]:
    rows = RunningCost.objects.filter(grant=grant, cancelled_at=None, incurred_on__lte=on)
    related = rows.select_related("invoice", "grant").defer("invoice__content")
    return list(related.order_by("incurred_on", "id"))


def _row(cost: RunningCost, on: dt.date) -> Row:
    paid, last = _moved(cost.expectation_id, on)
    return Row(cost, paid, last)


def _moved(expectation: int | None, on: dt.date) -> tuple[Money, dt.date | None]:
    met = Allocation.objects.filter(expectation=expectation, line__booked_on__lte=on)
    found = met.order_by("line__booked_on").values_list("line__booked_on", flat=True)
    amount = met.aggregate(sum=Sum("amount"))["sum"] or 0
    return Money(amount, "EUR"), found.last()
