"""The PDF of a report: its frozen contents laid out by typst, with nothing added and nothing left out."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from backend.core import pdf
from properties import wording


def render(contents: Mapping[str, Any]) -> bytes:
    """The document; call it with the report's language active."""
    as_of = dt.date.fromisoformat(contents["as_of"])
    return pdf.render(
        template="investor_report",
        data={
            **contents,
            "day": [as_of.year, as_of.month, as_of.day],
            "as_of": wording.day(as_of),
            "version": str(contents["version"]),
            "snapshot_hash": contents["snapshot_hash"][:16],
            "seal": contents["seal"][:16],
            "money": _money(contents["money"]),
            "groups": _groups(contents["holdings"]),
            "figures": [[each["name"], each["text"]] for each in contents["figures"]],
            "formulas": [
                [each["name"], each["standard"], each["formula"]] for each in contents["figures"]
            ],
            "words": words(contents["k"]),
        },
    )


def words(k: int) -> dict[str, str]:
    """Headings and notes of the document."""
    return {
        "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED"),
        "for_reader": gettext("for"),
        "seal": gettext("Seal of the books"),
        "hash": gettext("figures"),
        "money": gettext("Where your money is"),
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
        "why_pooled": gettext("People are told of all homes together, and never fewer than %(k)s.")
        % {"k": k},
        "worse": gettext("What went worse than planned"),
        "nothing_worse": gettext("Nothing to tell this time."),
        "about": gettext("How to read this"),
        "as_of": gettext("As of"),
        "version": gettext("Version"),
        "formulas": gettext("Each figure is computed from dated facts:"),
    }


def _money(money: Mapping[str, int]) -> list[list[str]]:
    return [
        [gettext("Put in"), wording.cents(money["put_in_cents"])],
        [gettext("In homes"), wording.cents(money["in_homes_cents"])],
        [gettext("Not in a home yet"), wording.cents(money["waiting_cents"])],
    ]


def _groups(holdings: list[Mapping[str, Any]]) -> list[list[str]]:
    return [
        [group["label"], wording.cents(group["cents"]), wording.cents(group["own_cents"])]
        for each in holdings
        for group in each["groups"]
    ]
