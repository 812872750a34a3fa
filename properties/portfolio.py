"""Where homes stand: their purchase, and their money by fund.

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

from backend.core.money import ZERO
from backend.ledger.models import ACQUISITION, Purpose
from properties import costs, words
from properties.models import Acquisition, AcquisitionStep, CostLine, Unit
from properties.models.routes import FIRST_STATE, ROUTES

MAIN_WAY: dict[str, tuple[str, ...]] = {
    "court_auction": (
        *("REPORT_REVIEWED", "APPROVED", "OFFER_FILED", "AWARDED", "BALANCE_DUE"),
        *("BALANCE_PAID", "DECREE", "REGISTERED", "POSSESSION", "PORTFOLIO"),
    ),
    "court_increase": (
        *("REPORT_REVIEWED", "APPROVED", "OFFER_FILED", "PROVISIONALLY_AWARDED", "AWARDED"),
        *("BALANCE_DUE", "BALANCE_PAID", "DECREE", "REGISTERED", "POSSESSION", "PORTFOLIO"),
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


WORKS = frozenset({Purpose.WORKS.value, Purpose.FURNITURE.value})
PARTS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("Purchase"), ACQUISITION),
    (_("Works"), WORKS),
    (_("Running"), frozenset(Purpose.values) - ACQUISITION - WORKS),
)


@dataclass(frozen=True)
class Sums:
    """What something costs: all lines, those that are owed, and what the bank shows as paid."""

    planned: Money = ZERO
    committed: Money = ZERO
    paid: Money = ZERO


@dataclass(frozen=True)
class Row:
    """One home of a list; amounts are None for those who may not see them."""

    unit: Unit
    acquisition: Acquisition | None
    purchase: Sums | None
    works: Sums | None


@dataclass(frozen=True)
class StepShown:
    """A step of a home's line of states, as components/timeline.html takes it."""

    label: str | Promise
    when: dt.date | None
    state: str
    note: str = ""


def rows(units: Iterable[Unit], *, with_amounts: bool) -> list[Row]:
    """The homes of a page of a list with their newest purchase; six queries however many."""
    homes = list(units)
    newest = _newest(homes)
    spent = _sums_by_unit(homes, ACQUISITION) if with_amounts else {}
    done = _sums_by_unit(homes, WORKS) if with_amounts else {}
    return [
        Row(
            unit=home,
            acquisition=newest.get(home.pk),
            purchase=spent.get(home.pk, Sums()) if with_amounts else None,
            works=done.get(home.pk, Sums()) if with_amounts else None,
        )
        for home in homes
    ]


@dataclass(frozen=True)
class Part:
    """What a part of the money was for, and what of it each fund paid, by name."""

    label: str | Promise
    rows: list[tuple[str, Sums]]


def by_fund(unit: Unit) -> list[Part]:
    """What one home costs by the fund that pays: purchase, works and the rest, always apart."""
    lines = CostLine.objects.filter(acquisition__unit=unit)
    parts = [(label, _sums(lines.filter(kind__in=kinds), "fund__name")) for label, kinds in PARTS]
    return [Part(label, sorted(sums.items())) for label, sums in parts if sums]


def by_purchase(purchases: Iterable[Acquisition]) -> dict[int, Sums]:
    """What each of some purchases costs, in three queries; zero where it has no cost yet."""
    found = _sums(CostLine.objects.filter(acquisition__in=list(purchases)), "acquisition")
    return {each.pk: found.get(each.pk, Sums()) for each in purchases}


def line_of_states(acquisition: Acquisition) -> list[StepShown]:
    """What was, where it stands, and what usually comes next."""
    past = list(acquisition.steps.order_by("on", "pk"))
    shown = [
        StepShown(
            words.STATES[step.state],
            step.on,
            "current" if step is past[-1] else "done",
            _note(step),
        )
        for step in past
    ]
    ahead = [StepShown(words.STATES[state], None, "next") for state in _ahead(acquisition)]
    return shown + ahead


def _note(step: AcquisitionStep) -> str:
    """The paper of a step, and by whose hand it was done."""
    hands = [step.get_bids_as_display(), step.witness, step.other_witness]
    return " · ".join(part for part in (step.document, *hands) if part)


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


def _sums_by_unit(homes: Iterable[Unit], kinds: Iterable[str]) -> dict[int, Sums]:
    lines = CostLine.objects.filter(acquisition__unit__in=list(homes), kind__in=list(kinds))
    return _sums(lines, "acquisition__unit")


def _sums(lines: QuerySet[CostLine], key: str) -> dict:  # type: ignore[type-arg]  # keyed by any column
    planned: dict[object, dict[str, Decimal]] = defaultdict(dict)
    for row in (
        lines.values(key)
        .annotate(
            planned=Sum("amount", filter=~CostLine.DROPPED),
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
