"""The PDF of a report: its frozen contents laid out by typst, with nothing added and nothing left out."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext

from backend.core import pdf
from backend.reporting import charts
from properties import disclosure, wording

COLUMNS = ("cents", "own_cents")
"""What is told of a group of homes: paid by all, and the reader's own part where there is a reader."""


def render(contents: Mapping[str, Any]) -> bytes:
    """The document; call it with the report's language active."""
    as_of = dt.date.fromisoformat(contents["as_of"])
    year = contents["year"] or {}
    drawn = [*contents["charts"], *([year["targets"]] if year.get("targets") else [])]
    return pdf.render(
        template="investor_report",
        data={
            **contents,
            "day": [as_of.year, as_of.month, as_of.day],
            "as_of": wording.day(as_of),
            "version": str(contents["version"]),
            "snapshot_hash": contents["snapshot_hash"][:16],
            "seal": contents["seal"][:16],
            "money": money(contents),
            "groups": _groups(contents["holdings"]),
            "charts": [_chart(each) for each in drawn],
            "figures": [[each["name"], each["text"]] for each in contents["figures"]],
            "restated": restated(contents["figures"]),
            "formulas": [
                [each["name"], each["standard"], each["formula"]] for each in contents["figures"]
            ],
            "year": year,
            "words": words(contents["k"]),
        },
    )


def words(k: int) -> dict[str, str]:
    """Headings and notes of the document; put together once a language, not once a reader."""
    return _words(k, get_language() or "it")


@lru_cache(maxsize=16)
def _words(k: int, _language: str) -> dict[str, str]:
    return {
        "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED"),
        "for_reader": gettext("for"),
        "seal": gettext("Seal of the books"),
        "hash": gettext("figures"),
        "money": gettext("Where your money is"),
        "money_of_all": gettext("Where the money is"),
        "where": gettext("Where"),
        "amount": gettext("Amount"),
        "homes": gettext("The homes"),
        "no_homes": gettext("No home may be told of yet. As soon as one may, it stands here."),
        "group": gettext("Homes"),
        "paid_by_all": gettext("Paid by all"),
        "your_part": gettext("Your part"),
        "why_groups": gettext(
            "Homes that people were living in are told in groups of three or more: a price alone "
            "would point at a door."
        ),
        "people": gettext("What became of homes and people"),
        "figure": gettext("Figure"),
        "value": gettext("Value"),
        "why_pooled": gettext(
            "People are told of all homes together, and never fewer than %(k)s; a percentage of fewer "
            "than %(few)s is told in steps of five."
        )
        % {"k": k, "few": disclosure.FINE_FROM},
        "worse": gettext("What went worse than planned"),
        "nothing_worse": gettext("Nothing to tell this time."),
        "corrected": gettext("What was corrected, and why"),
        "told_before": gettext("Told before"),
        "told_now": gettext("Now"),
        "economy": gettext("What the homes cost and bring"),
        "targets": gettext("Targets for next year"),
        "target": gettext("Target"),
        "set_late": gettext("Targets that were set or changed once their year had begun"),
        "about": gettext("How to read this"),
        "as_of": gettext("As of"),
        "version": gettext("Version"),
        "formulas": gettext("Each figure is computed from dated facts:"),
    }


def money(contents: Mapping[str, Any]) -> list[list[str]]:
    """Euros in words: a reader's own, or all that was raised, and where they are."""
    names = {
        "raised_cents": gettext("Raised"),
        "put_in_cents": gettext("Put in"),
        "in_homes_cents": gettext("In homes"),
        "waiting_cents": gettext("Not in a home yet"),
    }
    cents = contents["money"]
    rows = [[name, wording.cents(cents[code])] for code, name in names.items() if code in cents]
    if contents.get("share"):
        rows.append([gettext("Your part of all that was raised"), contents["share"]])
    return rows


def restated(figures: list[Mapping[str, Any]]) -> list[list[str]]:
    """The figures that a correction changed: name, what was told before, what is told now."""
    return [[each["name"], each["before"], each["text"]] for each in figures if each.get("before")]


def _chart(chart: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": chart["code"],
        "title": chart["title"],
        "svg": charts.draw(chart),
        "alternative": charts.alternative(chart),
    }


def _groups(holdings: list[Mapping[str, Any]]) -> list[list[str]]:
    return [
        [group["label"], *(wording.cents(group[key]) for key in COLUMNS if key in group)]
        for each in holdings
        for group in each["groups"]
    ]
