"""Days that cannot be missed: the offer, the auction, the balance, the end of a mandate, works, what expires.

Derived from purchases, works and papers, never stored; `reminders` writes mails about them. A day that
has passed stays in the list until what was due on it is done.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from properties import auctions, energy
from properties.models import (
    Acquisition,
    AcquisitionStep,
    EnergyCertificate,
    HomeDocument,
    Sale,
    Unit,
    Works,
)
from properties.models.routes import Route

BEFORE_OFFER = ("IDENTIFIED", "REPORT_REVIEWED", "VISITED", "APPROVED", "LEAD", "DUE_DILIGENCE")
BEFORE_AWARD = (*BEFORE_OFFER, "OFFER_FILED", "SINGLE_OFFER", "CONTEST")
BEFORE_BALANCE = ("AWARDED", "BALANCE_DUE")
FILED = ("OFFER_FILED", "SINGLE_OFFER", "CONTEST")
OFFER_BINDS = dt.timedelta(days=120)
"""So long an offer binds that nobody has accepted (c.p.c. 571): then the deposit may be asked back."""
RAISABLE: dict[str, tuple[str, str | Promise]] = {
    "OUTBID": ("raise", _("last day to raise by a fifth")),
    "PROVISIONALLY_AWARDED": ("raised", _("last day on which others may raise")),
}
IN_MANAGEMENT = ("MANDATE_SIGNED", "IN_MANAGEMENT", "RENEWED")
GONE = (Unit.Ownership.SOLD, Unit.Ownership.RETURNED)


@dataclass(frozen=True)
class HardDate:
    """A day that cannot be missed, of which home, and what is due on it.

    `key` is the same as long as the same thing is due on the same day.
    """

    kind: str
    what: str | Promise
    on: dt.date
    unit: Unit
    key: str


def upcoming(homes: QuerySet[Unit], *, until: dt.date) -> list[HardDate]:
    """The days of some homes up to a day, the first one first; seven queries however many homes."""
    sources = (
        _of_purchases,
        _of_offers,
        _of_raises,
        _of_sales,
        _of_works,
        _of_certificates,
        _of_documents,
    )
    found = [date for source in sources for date in source(homes)]
    return sorted(
        (each for each in found if each.on <= until), key=lambda each: (each.on, each.unit.code)
    )


def of_purchase(purchase: Acquisition) -> list[HardDate]:
    """The days of one purchase in the state it is in."""
    state, found = purchase.state, []
    if state in BEFORE_OFFER and purchase.offer_due_at:
        day = clock.day_of(purchase.offer_due_at)
        found.append(_date("offer", _("last day for the offer"), day, purchase))
    if state in BEFORE_AWARD and purchase.sale_on:
        found.append(_date("auction", _("auction"), purchase.sale_on, purchase))
    if state in BEFORE_BALANCE and purchase.balance_due_on:
        found.append(_date("balance", _("balance to be paid"), purchase.balance_due_on, purchase))
    if state in IN_MANAGEMENT and purchase.term_ends_on:
        found.append(_date("mandate", _("end of the mandate"), purchase.term_ends_on, purchase))
    return found


def next_of(purchase: Acquisition) -> HardDate | None:
    """The next day of one purchase."""
    return min(of_purchase(purchase), key=lambda each: each.on, default=None)


def _date(kind: str, what: str | Promise, on: dt.date, purchase: Acquisition) -> HardDate:
    return HardDate(kind, what, on, purchase.unit, f"{kind}:{purchase.pk}:{on.isoformat()}")


def _of_purchases(homes: QuerySet[Unit]) -> Iterable[HardDate]:
    waiting = (*BEFORE_AWARD, *BEFORE_BALANCE, *IN_MANAGEMENT)
    rows = Acquisition.objects.filter(unit__in=homes, state__in=waiting)
    for purchase in rows.select_related("unit__building"):
        yield from of_purchase(purchase)


def _of_offers(homes: QuerySet[Unit]) -> Iterable[HardDate]:
    rows = AcquisitionStep.objects.filter(
        acquisition__unit__in=homes, acquisition__state__in=FILED, state="OFFER_FILED"
    ).exclude(acquisition__route=Route.COURT_INCREASE)
    for step in rows.select_related("acquisition__unit__building"):
        what = _("our offer no longer binds us")
        yield _date("offer_free", what, step.on + OFFER_BINDS, step.acquisition)


def _of_raises(homes: QuerySet[Unit]) -> Iterable[HardDate]:
    """With increase: until when we may raise another's price, or another ours."""
    rows = AcquisitionStep.objects.filter(acquisition__unit__in=homes, state__in=RAISABLE)
    standing = rows.filter(acquisition__state=F("state"))
    for step in standing.select_related("acquisition__unit__building"):
        kind, what = RAISABLE[step.state]
        yield _date(kind, what, step.on + auctions.RAISE_DAYS, step.acquisition)


def _of_sales(homes: QuerySet[Unit]) -> Iterable[HardDate]:
    rows = Sale.objects.filter(unit__in=homes, state=Sale.State.APPROVED)
    for sale in rows.select_related("unit__building"):
        key = f"sale:{sale.pk}:{sale.due_on.isoformat()}"
        yield HardDate("sale", _("price of its sale is due"), sale.due_on, sale.unit, key)


def _of_works(homes: QuerySet[Unit]) -> Iterable[HardDate]:
    rows = Works.objects.filter(unit__in=homes, planned_ready_on__isnull=False)
    for works in rows.exclude(state="READY").select_related("unit__building"):
        if works.planned_ready_on:
            key = f"works:{works.pk}:{works.planned_ready_on.isoformat()}"
            yield HardDate("works", _("works to be ready"), works.planned_ready_on, works.unit, key)


def _of_certificates(homes: QuerySet[Unit]) -> Iterable[HardDate]:
    """The newest certificate of each home that is ours: what an older one said no longer counts."""
    rows = EnergyCertificate.objects.filter(unit__in=homes).exclude(unit__ownership__in=GONE)
    by_home: dict[int, list[EnergyCertificate]] = {}
    for row in rows.select_related("unit__building"):
        by_home.setdefault(row.unit_id, []).append(row)
    for own in by_home.values():
        newest = energy.newest(own)
        if newest and newest.expires_on:
            key = f"energy:{newest.pk}:{newest.expires_on.isoformat()}"
            what = _("energy certificate expires")
            yield HardDate("energy", what, newest.expires_on, newest.unit, key)


def _of_documents(homes: QuerySet[Unit]) -> Iterable[HardDate]:
    """The newest paper of each kind that expires."""
    rows = HomeDocument.objects.filter(unit__in=homes).exclude(unit__ownership__in=GONE)
    newest = rows.order_by("unit", "kind", "-added_at", "-pk").distinct("unit", "kind")
    for row in newest.select_related("unit__building").defer("content"):
        if row.expires_on:
            key = f"paper:{row.pk}:{row.expires_on.isoformat()}"
            what = format_lazy(_("expires: {paper}"), paper=HomeDocument.Kind(row.kind).label)
            yield HardDate("paper", what, row.expires_on, row.unit, key)
