"""What homes let for around one of ours: the zone's quotation of the tax agency's observatory (OMI).

Quotations come by file, half-year by half-year; a rent of zero is one that was not told. The market
reference of a lease is the middle of its zone's band, times its area (housing.md 3.10).
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, cells, tables, users
from backend.core.cells import Column, Fault
from backend.core.errors import Refused
from backend.core.models import Organisation
from backend.core.money import CENT
from backend.core.users import Actor
from properties.models import OmiQuotation, Unit

SOURCE = "Agenzia Entrate - OMI"
TYPOLOGIES = ("Abitazioni di tipo economico", "Abitazioni civili")
"""The kinds of home that a social rent is compared with, the first that the zone has."""


def _half_year(cell: str) -> str:
    """`2018-2`, or `20182` as their files have it."""
    text = cell.replace("/", "-")
    text = f"{text[:4]}-{text[4:]}" if len(text) == 5 else text
    if len(text) != 6 or not text[:4].isdigit() or text[4:] not in ("-1", "-2"):
        raise cells.Unreadable(_("Write a half-year like 2018-2."))
    return text


COLUMNS = (
    Column("zone", cells.text(12), is_needed=True, also=("zona",)),
    Column("name", cells.text(120), also=("zona_descr",)),
    Column("link_code", cells.text(20), also=("linkzona",)),
    Column("half_year", _half_year, is_needed=True, also=("semestre",)),
    Column("typology", cells.text(60), is_needed=True, also=("descr_tipologia",)),
    Column("condition", cells.text(20), is_needed=True, also=("stato",)),
    Column("sale_min", cells.decimal(99_999, or_zero=True), is_needed=True, also=("compr_min",)),
    Column("sale_max", cells.decimal(99_999, or_zero=True), is_needed=True, also=("compr_max",)),
    Column("rent_min", cells.decimal(9_999, or_zero=True), is_needed=True, also=("loc_min",)),
    Column("rent_max", cells.decimal(9_999, or_zero=True), is_needed=True, also=("loc_max",)),
)


class FileFaulty(Refused):
    """Something is wrong in the file, so nothing was applied; `facts["faults"]` tells all."""

    code = "omi.file_faulty"


@dataclass(frozen=True)
class Outcome:
    """What a file brought: how many quotations are new, how many were there."""

    new: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Reference:
    """What a home would let for a month on the market, from least to most, and by which quotation."""

    zone: str
    half_year: str
    low: Money
    high: Money

    @property
    def middle(self) -> Money:
        return _cents((self.low.amount + self.high.amount) / 2)

    @property
    def source(self) -> str:
        return f"{SOURCE}, {self.zone}, {self.half_year}"


@transaction.atomic
def take_in(*, raw: bytes, organisation: Organisation, by: Actor, at: dt.datetime) -> Outcome:
    """Keep the quotations of a file, whole or not at all; one that is there stays as it was told.

    Raises FileFaulty, and what `tables.read` raises.
    """
    users.require(by, "unit.edit")
    read, faults = cells.read(table=tables.read(raw), columns=COLUMNS)
    faults += [fault for row in read for fault in _upside_down(row.line, row.values)]
    if faults:
        raise FileFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.")
            % {"n": len({fault.line for fault in faults})},
            field="file",
            faults=[vars(fault) for fault in faults],
        )
    before = OmiQuotation.objects.count()
    OmiQuotation.objects.bulk_create(
        [
            OmiQuotation(is_synthetic=organisation.is_synthetic, **{"name": "", **row.values})
            for row in read
        ],
        ignore_conflicts=True,
    )
    new = OmiQuotation.objects.count() - before
    told = {"new": new, "same": len(read) - new, "sha256": hashlib.sha256(raw).hexdigest()}
    audit.record(action="omi.taken_in", subject=organisation, by=by, at=at, facts=told)
    return Outcome(new, len(read) - new)


def reference(unit: Unit, *, on: dt.date) -> Reference | None:
    """What a home would let for on a day: the newest half-year that was over by then; None if not told."""
    rows = _told().filter(zone=unit.building.omi_zone, half_year__lte=_last_over(on))
    return _of(unit, list(rows.order_by("-half_year")))


def zones() -> QuerySet[OmiQuotation]:
    """The newest quotation of each zone and kind of home."""
    newest = OmiQuotation.objects.order_by("zone", "typology", "condition", "-half_year")
    return newest.distinct("zone", "typology", "condition")


def _told() -> QuerySet[OmiQuotation]:
    return OmiQuotation.objects.filter(rent_min__gt=0, typology__in=TYPOLOGIES)


def _of(unit: Unit, rows: Sequence[OmiQuotation]) -> Reference | None:
    if not rows:
        return None
    newest = [row for row in rows if row.half_year == rows[0].half_year]
    best = min(newest, key=lambda row: (TYPOLOGIES.index(row.typology), row.condition != "NORMALE"))
    low, high = (_cents(each * unit.area_m2) for each in (best.rent_min, best.rent_max))
    return Reference(best.zone, best.half_year, low, high)


def _last_over(on: dt.date) -> str:
    """The half-year before the one a day is in: theirs come out when it is over."""
    return f"{on.year}-1" if on.month > 6 else f"{on.year - 1}-2"


def _upside_down(line: int, values: Any) -> list[Fault]:
    return [
        Fault(line, f"{kind}_max", str(_("The most is below the least.")))
        for kind in ("sale", "rent")
        if values[f"{kind}_max"] < values[f"{kind}_min"]
    ]


def _cents(amount: Decimal) -> Money:
    return Money(amount.quantize(CENT), "EUR")
