"""The city's dashboard: homes and households by circoscrizione, the trend, what was spared, the context.

One issuer a section. Figures are those of frozen snapshots in the city's view; nothing is computed anew,
so the page tells no more than the snapshots do, and costs the same however many homes there are.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F, Func, JSONField, Value
from django.utils.functional import Promise

from backend.core.models import Organisation, User
from properties import wording
from properties.city import avoided, context, tiles
from properties.indicators import BY_CODE
from properties.models import Snapshot
from properties.models.unit import DISTRICTS

HOMES, HOUSEHOLDS = tiles.HOMES, "households_by_district"
TREND = (
    *("units_acquired", "units_available", "households_housed", "individuals_housed"),
    *("kept_the_home", "time_to_home", avoided.CODE),
)
SHOWN_QUARTERS = 8
READ = (HOMES, HOUSEHOLDS, *TREND)


@dataclass(frozen=True)
class District:
    """A row of the table beside the map; None is not told."""

    number: int
    name: str
    residents: int | None
    homes: int
    households: int | None


@dataclass(frozen=True)
class Trend:
    """A figure over the quarters, oldest first."""

    code: str
    name: str | Promise
    formula: str | Promise
    texts: tuple[str, ...]


@dataclass(frozen=True)
class OfIssuer:
    """One issuer's part of the dashboard, as of its newest snapshot."""

    issuer: Organisation
    snapshot: Snapshot
    days: tuple[dt.date, ...]
    districts: tuple[District, ...]
    tiles: Sequence[tiles.Tile]
    trend: tuple[Trend, ...]
    avoided: avoided.Sheet


def of_city(person: User) -> list[OfIssuer]:
    """A part for each issuer that handed figures in, from the newest version of each day."""
    rows = _read(Snapshot.objects.visible_to(person))
    return [_part(list(group)) for _issuer, group in groupby(rows, key=_issuer_of)]


def _issuer_of(row: Snapshot) -> int:
    return row.organisation_id


def _read(rows: Any) -> list[Snapshot]:
    """The snapshots with the few figures that are shown, without the documents they stand in."""
    wanted = " || ".join(f'@.code == "{code}"' for code in READ)
    path = f"$.indicators[*] ? ({wanted})"
    found = rows.filter(restated_by=None).defer("data").select_related("organisation")
    return list(
        found.annotate(codes=_picked(f"{path}.code"), told=_picked(f"{path}.city")).order_by(
            "organisation", "as_of"
        )
    )


def _picked(path: str) -> Func:
    return Func(
        F("data"),
        Value(path),
        function="jsonb_path_query_array",
        template="%(function)s(%(expressions)s::jsonpath)",
        output_field=JSONField(),
    )


def _part(rows: list[Snapshot]) -> OfIssuer:
    rows = rows[-SHOWN_QUARTERS:]
    views = [_view(row) for row in rows]
    newest, now = rows[-1], views[-1]
    homes, households = tiles.counts(now.get(HOMES)), tiles.counts(now.get(HOUSEHOLDS))
    return OfIssuer(
        issuer=newest.organisation,
        snapshot=newest,
        days=tuple(row.as_of for row in rows),
        districts=_districts(homes, households),
        tiles=tiles.lay_out(homes),
        trend=tuple(_trend(code, views) for code in TREND),
        avoided=avoided.sheet(now.get(avoided.CODE), as_of=newest.as_of),
    )


def _view(row: Snapshot) -> dict[str, Any]:
    told: list[Any] = row.told  # type: ignore[attr-defined]  # annotated by _read
    codes: list[str] = row.codes  # type: ignore[attr-defined]
    return dict(zip(codes, told, strict=True))


def _districts(homes: Mapping[int, int], households: Mapping[int, int]) -> tuple[District, ...]:
    people = context.residents()
    return tuple(
        District(
            number,
            name,
            people[number].value if number in people else None,
            homes.get(number, 0),
            households.get(number),
        )
        for number, name in DISTRICTS.items()
    )


def _trend(code: str, views: Sequence[Mapping[str, Any]]) -> Trend:
    row = BY_CODE[code]
    texts = (
        wording.shown({"shown": view[code], "unit": row.unit.value}) if code in view else "–"
        for view in views
    )
    return Trend(code, row.name, row.formula, tuple(texts))
