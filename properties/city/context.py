"""Figures from elsewhere that the city reads ours against: evictions and residents, with source and year.

Dated data (core.parameters, codes `context.*`), never a constant; each says where it was read.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.models import Parameter
from properties.models.unit import DISTRICTS

PREFIX = "context."
NAMES: dict[str, str | Promise] = {
    "evictions.requests.turin": _("Requests for enforcement, province of Turin"),
    "evictions.executed.turin": _("Evictions executed, province of Turin"),
    "evictions.orders.italy": _("Eviction orders issued, Italy"),
    "evictions.requests.italy": _("Requests for enforcement, Italy"),
    "evictions.executed.italy": _("Evictions executed, Italy"),
    "evictions.arrears_percent.italy": _("Of the orders, for arrears, Italy (%)"),
}


@dataclass(frozen=True)
class Figure:
    """A figure of others."""

    code: str
    name: str | Promise
    value: int
    year: int
    source: str


def evictions() -> list[Figure]:
    """The newest of each count; the three are different things and are never added."""
    known = _newest()
    return [
        Figure(code, name, int(row.value), row.valid_from.year, row.source)
        for code, name in NAMES.items()
        if (row := known.get(f"{PREFIX}{code}"))
    ]


def residents() -> dict[int, Figure]:
    """People who live in each circoscrizione, by its number."""
    known = _newest()
    return {
        number: Figure(str(number), name, int(row.value), row.valid_from.year, row.source)
        for number, name in DISTRICTS.items()
        if (row := known.get(f"{PREFIX}residents.{number}"))
    }


def _newest() -> dict[str, Parameter]:
    rows = Parameter.objects.filter(code__startswith=PREFIX).order_by("valid_from")
    return {row.code: row for row in rows}
