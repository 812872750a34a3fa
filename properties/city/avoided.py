"""The pay-by-result sheet: what the city did not pay for hotels, as a range with all it assumes.

The range is the frozen indicator 35; the assumptions are the parameters that were in force on its day.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.models import Parameter
from properties import wording

CODE = "hotel_avoided"
ASSUMED: dict[str, tuple[str | Promise, str]] = {
    "hotel.wait_days": (_("Days that a household would have waited in a hotel, at most"), "days"),
    "hotel.tariff": (_("What the hotel costs the city, a household and day"), "EUR"),
    "hotel.deadweight_low": (_("Would have found a home without us: at least"), "%"),
    "hotel.deadweight_high": (_("Would have found a home without us: at most"), "%"),
}


@dataclass(frozen=True)
class Assumption:
    """A number that the range rests on, in words, with its source and since when it holds."""

    code: str
    name: str | Promise
    text: str
    source: str
    since: dt.date


@dataclass(frozen=True)
class Sheet:
    """The range in words, or why it is withheld, and the assumptions."""

    text: str
    assumptions: tuple[Assumption, ...]


def sheet(shown: Mapping[str, Any] | None, *, as_of: dt.date) -> Sheet:
    """The sheet of a snapshot's day; without the indicator nothing is told."""
    text = wording.shown({"shown": shown, "unit": "EUR"}) if shown else "–"
    return Sheet(text, assumptions(as_of))


def assumptions(on: dt.date) -> tuple[Assumption, ...]:
    """Those in force on a day, in the order of ASSUMED."""
    in_force = Q(valid_to=None) | Q(valid_to__gt=on)
    rows = Parameter.objects.filter(in_force, code__in=ASSUMED, valid_from__lte=on)
    known = {row.code: row for row in rows.order_by("valid_from")}
    return tuple(
        Assumption(code, name, _said(row.value, unit), row.source, row.valid_from)
        for code, (name, unit) in ASSUMED.items()
        if (row := known.get(code))
    )


def _said(value: str, unit: str) -> str:
    if unit == "EUR":
        return wording.cents(int(value))
    return f"{value} %" if unit == "%" else value
