"""What a page shows of a report, an investor's or everybody's: frozen contents made ready."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import mark_safe

from backend.core.money import from_cents
from backend.reporting import charts, document

Contents = Mapping[str, Any]


def of(data: Contents) -> dict[str, Any]:
    """The context of a report's template; its headings are in the language that is active."""
    return {
        "data": data,
        "words": document.words(data["k"]),
        "money": document.money(data),
        "charts": {each["code"]: _drawn(each) for each in _charts(data)},
        "restated": document.restated(data["figures"]),
        "as_of": dt.date.fromisoformat(data["as_of"]),
        "holdings": [_with_money(each) for each in data["holdings"]],
    }


def _charts(data: Contents) -> list[Contents]:
    targets = (data.get("year") or {}).get("targets")
    return [*data.get("charts", []), *([targets] if targets else [])]


def _drawn(chart: Contents) -> Contents:
    # The words in it were escaped when it was drawn (charts.drawing).
    return {**chart, "svg": mark_safe(charts.draw(chart))}  # noqa: S308


def _with_money(holding: Contents) -> Contents:
    """Euros in place of cents; `own` and `waiting` are a reader's, who is not there on a public page."""
    rows = [
        {
            **row,
            "all": from_cents(row["cents"]),
            "own": from_cents(row["own_cents"]) if "own_cents" in row else None,
        }
        for row in holding["groups"]
    ]
    waiting = holding.get("waiting_cents")
    return {
        **holding,
        "groups": rows,
        "waiting": None if waiting is None else from_cents(waiting),
    }
