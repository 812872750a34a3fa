"""Which charts a report has, made of what its view tells: values to draw, and the table in words.

JSON-ready, in the active language: a chart is frozen with the report and drawn anew wherever it is
shown. What is withheld is no value here; a chart of which nothing may be told is a sentence instead.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from properties import disclosure, wording

Figures = Mapping[str, Mapping[str, Any]]
MONTHS = (6, 12, 24)


def of_figures(figures: Figures) -> list[dict[str, Any]]:
    """The charts that are the same for every reader: who is still housed, rents, waiting."""
    found = [sustainment(figures), rent(figures), waiting(figures)]
    return [chart for chart in found if chart]


def withheld(figures: Figures) -> list[str]:
    """Why charts are not there, a sentence for each."""
    reasons = {
        sustainment: gettext(
            "Who is still housed after six, twelve and twenty-four months is not drawn yet: too few "
            "households have come that far to tell of them without pointing at somebody."
        ),
        waiting: gettext(
            "How long people waited for their keys is not drawn yet: too few have waited to tell of "
            "it without pointing at somebody."
        ),
        rent: gettext(
            "Our rent beside what the market asks is not drawn yet: too few homes are let to tell of "
            "it without pointing at a contract."
        ),
    }
    return [reason for chart, reason in reasons.items() if chart(figures) is None]


def funnel(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Money, homes, people: each step a label and its figure."""
    return {
        "code": "funnel",
        "shape": "funnel",
        "title": gettext("From money to homes to people"),
        "heads": [gettext("Step"), gettext("Value")],
        "rows": [list(step) for step in steps],
    }


def sustainment(figures: Figures) -> dict[str, Any] | None:
    """The curve of those still housed, with those whose day has not come; None where none is told."""
    rates = [figures[f"sustained_{months}"] for months in MONTHS]
    if all(_bounds(each["shown"])[0] is None for each in rates):
        return None
    waiting_for = [wording.shown(figures[f"not_due_{months}"]) for months in MONTHS]
    texts = [wording.shown(each) for each in rates]
    label = gettext("Households whose day has not come yet")
    rows = [
        part
        for months, text, not_due in zip(MONTHS, texts, waiting_for, strict=True)
        for part in (
            [gettext("After %(months)s months") % {"months": months}, text],
            [f"{label} ({months})", not_due],
        )
    ]
    return {
        "code": "sustainment",
        "shape": "sustainment",
        "title": gettext("Still housed with us, by months since the clock started"),
        "heads": [gettext("Months"), gettext("Households")],
        "rows": rows,
        "points": [
            [months, *_bounds(each["shown"])] for months, each in zip(MONTHS, rates, strict=True)
        ],
        "texts": texts,
        "not_due": waiting_for,
        "not_due_label": label,
    }


def targets(rows: Sequence[tuple[Mapping[str, Any], int]]) -> dict[str, Any] | None:
    """Figures beside their targets of the year; each as it may be told."""
    if not rows:
        return None
    return {
        "code": "targets",
        "shape": "targets",
        "title": gettext("What we aimed at, and what became of it"),
        "heads": [gettext("Figure"), gettext("Actual, target")],
        "rows": [
            [figure["name"], wording.against(figure, target)] for figure, target in rows
        ],
        "values": [[_value(figure["shown"]), target] for figure, target in rows],
    }  # fmt: skip


def rent(figures: Figures) -> dict[str, Any] | None:
    """Our mean rent on the range that the market asks; None while there are too few contracts."""
    ours, market = figures["rent_asked"], figures["market_range"]
    bounds = _bounds(market["shown"])
    if _value(ours["shown"]) is None or bounds[0] is None:
        return None
    return {
        "code": "rent",
        "shape": "rent",
        "title": gettext("Our rent, against what the market asks"),
        "heads": [gettext("Rent"), gettext("A month")],
        "rows": [
            [gettext("The market asks"), wording.shown(market)],
            [gettext("We ask"), wording.shown(ours)],
        ],
        "values": [*bounds, ours["shown"]["value"]],
    }


def waiting(figures: Figures) -> dict[str, Any] | None:
    """How long the middle household waited from referral to keys; None for fewer than three."""
    figure = figures["time_to_home"]
    if figure["shown"]["telling"] != "band":
        return None
    edges = [0, *disclosure.WAITING_DAYS]
    return {
        "code": "waiting",
        "shape": "waiting",
        "title": gettext("Days from referral to keys: the middle household"),
        "heads": [gettext("Figure"), gettext("Value")],
        "rows": [[figure["name"], wording.shown(figure)]],
        "edges": edges,
        "band": edges.index(figure["shown"]["low"]),
        "unit": gettext("days"),
        "told": wording.shown(figure),
    }


def _value(shown: Mapping[str, Any]) -> int | None:
    return shown["value"] if shown["telling"] == "exact" else None


def _bounds(shown: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Low and high: the same where the figure is told, apart where there are bounds, else nothing."""
    if shown["telling"] == "exact":
        return shown["value"], shown["high"] if shown["high"] is not None else shown["value"]
    return (shown["low"], shown["high"]) if shown["telling"] == "band" else (None, None)
