"""Where homes stand: their purchase, the next date that cannot be missed, their money by fund.

Reads for pages, set-based: a list of five hundred homes costs as many queries as one of five.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock
from backend.core.money import ZERO
from properties import costs, words
from properties.models import Acquisition, CostLine, Unit
from properties.models.acquisition import FIRST_STATE, ROUTES

BEFORE_OFFER = ("IDENTIFIED", "REPORT_REVIEWED", "VISITED", "APPROVED", "LEAD", "DUE_DILIGENCE")
BEFORE_AWARD = (*BEFORE_OFFER, "OFFER_FILED", "SINGLE_OFFER", "CONTEST")
BEFORE_BALANCE = ("AWARDED", "BALANCE_DUE")

MAIN_WAY: dict[str, tuple[str, ...]] = {
    "court_auction": (
        *("REPORT_REVIEWED", "APPROVED", "OFFER_FILED", "AWARDED", "BALANCE_DUE"),
        *("BALANCE_PAID", "DECREE", "REGISTERED", "POSSESSION", "PORTFOLIO"),
    ),
    "market": (
        *("DUE_DILIGENCE", "APPROVED", "OFFER", "ACCEPTED", "DEED"),
        *("REGISTERED", "POSSESSION", "PORTFOLIO"),
    ),
    "donation": (
        *("SCREENED", "ACCEPTED_BY_BOARD", "NOTARY_DEED"),
        *("REGISTERED", "POSSESSION", "PORTFOLIO"),
    ),
    "mandate": ("INSPECTED", "MANDATE_SIGNED", "IN_MANAGEMENT"),
}
"""How a purchase usually goes, for the line of its states; the side exits are not on it."""


@dataclass(frozen=True)
class Sums:
    """What something costs: all lines, those that are owed, and what the bank shows as paid."""

    planned: Money = ZERO
    committed: Money = ZERO
    paid: Money = ZERO


@dataclass(frozen=True)
class HardDate:
    """A day that cannot be missed, and what is due on it."""

    what: str | Promise
    on: dt.date


@dataclass(frozen=True)
class Row:
    """One home of a list; `sums` is None for those who may not see amounts."""

    unit: Unit
    acquisition: Acquisition | None
    sums: Sums | None
    next_date: HardDate | None


@dataclass(frozen=True)
class StepShown:
    """A step of a home's line of states, as components/timeline.html takes it."""

    label: str | Promise
    when: dt.date | None
    state: str
    note: str = ""


def rows(units: QuerySet[Unit], *, with_amounts: bool) -> list[Row]:
    """The homes of a list with their newest purchase; four queries however many."""
    homes = list(units.select_related("building"))
    newest = _newest(homes)
    sums = _sums_by_unit(homes) if with_amounts else {}
    return [
        Row(
            unit=home,
            acquisition=(last := newest.get(home.pk)),
            sums=sums.get(home.pk, Sums()) if with_amounts else None,
            next_date=next_date(last) if last else None,
        )
        for home in homes
    ]


def by_fund(unit: Unit) -> list[tuple[str, Sums]]:
    """What one home costs, by the fund that pays; the names of funds in order."""
    lines = CostLine.objects.filter(acquisition__unit=unit)
    return sorted(_sums(lines, "fund__name").items())


def next_date(acquisition: Acquisition) -> HardDate | None:
    """The next day that cannot be missed in the state the purchase is in."""
    state, found = acquisition.state, []
    if state in BEFORE_OFFER and acquisition.offer_due_at:
        found.append(HardDate(_("last day for the offer"), clock.day_of(acquisition.offer_due_at)))
    if state in BEFORE_AWARD and acquisition.sale_on:
        found.append(HardDate(_("auction"), acquisition.sale_on))
    if state in BEFORE_BALANCE and acquisition.balance_due_on:
        found.append(HardDate(_("balance to be paid"), acquisition.balance_due_on))
    return min(found, key=lambda each: each.on, default=None)


def line_of_states(acquisition: Acquisition) -> list[StepShown]:
    """What was, where it stands, and what usually comes next."""
    past = list(acquisition.steps.order_by("on", "pk"))
    shown = [
        StepShown(words.STATES[step.state], step.on, "done", step.document) for step in past[:-1]
    ]
    shown += [
        StepShown(words.STATES[step.state], step.on, "current", step.document) for step in past[-1:]
    ]
    ahead = [StepShown(words.STATES[state], None, "next") for state in _ahead(acquisition)]
    return shown + ahead


def _ahead(acquisition: Acquisition) -> Sequence[str]:
    """The rest of the usual way; nothing where the state has left it for good."""
    way = MAIN_WAY[acquisition.route]
    if acquisition.state == FIRST_STATE[acquisition.route]:
        return way
    reachable = ROUTES[acquisition.route][acquisition.state]
    if acquisition.state in way:
        return way[way.index(acquisition.state) + 1 :]
    start = next((place for place, state in enumerate(way) if state in reachable), len(way))
    return way[start:]


def _newest(homes: Iterable[Unit]) -> dict[int, Acquisition]:
    rows = Acquisition.objects.filter(unit__in=list(homes)).order_by("unit", "-pk")
    return {row.unit_id: row for row in rows.distinct("unit")}


def _sums_by_unit(homes: Iterable[Unit]) -> dict[int, Sums]:
    lines = CostLine.objects.filter(acquisition__unit__in=list(homes))
    return _sums(lines, "acquisition__unit")


def _sums(lines: QuerySet[CostLine], key: str) -> dict:  # type: ignore[type-arg]  # keyed by any column
    planned: dict[object, dict[str, Decimal]] = defaultdict(dict)
    for row in (
        lines.values(key)
        .annotate(
            planned=Sum("amount"),
            committed=Sum("amount", filter=CostLine.OWED),
        )
        .order_by()
    ):
        planned[row.pop(key)] = row
    paid = costs.paid_by(lines, key)
    return {
        one: Sums(_euro(row["planned"]), _euro(row["committed"]), paid.get(one, ZERO))
        for one, row in planned.items()
    }


def _euro(amount: Decimal | None) -> Money:
    return Money(amount or 0, "EUR")
