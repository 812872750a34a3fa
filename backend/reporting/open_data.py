"""Published figures as open data: every version of every quarter as CSV and JSON, for anyone.

Only the public view of a snapshot is read, so a file tells no more than the page does (housing.md P1,
P24); each carries its day, version, threshold and hash (P25). What was published once stays at its
address; a restatement is a version of its own.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from backend.core import tables
from properties import disclosure, freezing
from properties.models import Snapshot

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HEADER = (
    "as_of", "version", "number", "code", "name_it", "name_en", "unit", "telling", "value", "low",
    "high", "standard", "k", "reviewed_by_city", "restates_version", "synthetic", "hash", "licence",
)  # fmt: skip
"""`telling` is exact, fewer_than (`high`), band (`low` to `high`) or withheld; money is in cents."""


def published() -> QuerySet[Snapshot]:
    """All figures that anyone may have, the newest first."""
    shown = Snapshot.objects.filter(state=Snapshot.State.PUBLISHED)
    return shown.select_related("organisation", "restates").order_by("-as_of", "-version", "pk")


def named(*, issuer: int, as_of: dt.date, version: int) -> QuerySet[Snapshot]:
    """The one set of figures at an address, if it was published."""
    return published().filter(organisation=issuer, as_of=as_of, version=version)


def as_csv(snapshot: Snapshot) -> str:
    """One row per indicator, in the columns of HEADER."""
    return tables.write_csv(HEADER, _rows(snapshot))


def as_json(snapshot: Snapshot) -> str:
    """The public view whole: indicators with their formulas, raises with their groups of homes."""
    told = freezing.view(snapshot.data, disclosure.PUBLIC) | {
        "version": snapshot.version,
        "hash": snapshot.content_hash,
        "licence": LICENCE,
        "reviewed_by_city": snapshot.is_reviewed_by_city,
        "restates_version": snapshot.restates.version if snapshot.restates else None,
        "restatement_reason": snapshot.restatement_reason,
    }
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _rows(snapshot: Snapshot) -> Iterable[tuple[Any, ...]]:
    told = freezing.view(snapshot.data, disclosure.PUBLIC)
    for each in told["indicators"]:
        shown = each["shown"]
        yield (
            told["as_of"],
            snapshot.version,
            each["number"],
            each["code"],
            each["name"]["it"],
            each["name"]["en"],
            each["unit"],
            shown["telling"],
            *("" if shown[key] is None else shown[key] for key in ("value", "low", "high")),
            each["standard"],
            told["k"],
            snapshot.is_reviewed_by_city,
            snapshot.restates.version if snapshot.restates else "",
            told["synthetic"],
            snapshot.content_hash,
            LICENCE,
        )
