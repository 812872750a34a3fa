"""The economic side of a report in words: rents, costs and who paid them, result, book value, rights.

Takes what the snapshot froze (properties.economy); sentences are in the active language.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from backend.ledger.models import Purpose
from campaigns.rules import dates, tax_relief
from properties import wording
from properties.indicators import Unit


def told(frozen: Mapping[str, Any] | None, language: str) -> dict[str, Any]:
    """Rows of money and sentences of rights, JSON-ready; empty where nothing was frozen."""
    if not frozen:
        return {"rows": [], "notes": []}
    since = wording.day(dt.date.fromisoformat(frozen["since"]))
    return {
        "rows": _rows(frozen),
        "notes": [
            gettext(
                "Twelve months, from %(day)s. Rents are told as a band: an exact sum of few rents "
                "would tell one household's."
            )
            % {"day": since},
            gettext(
                "Book value is what was paid for purchases and works, not what the homes would sell "
                "for; no wear and tear is taken off here, the accounts do that."
            ),
            *(sentence for each in frozen["rights"] for sentence in rights(each, language)),
        ],
    }


def rights(row: Mapping[str, Any], language: str) -> list[str]:
    """What who holds shares of one offer may do, and until when."""
    offer = row["titles"][language]
    allotted = dt.date.fromisoformat(row["allotted_on"])
    safe = wording.day(dates.years_after(allotted, tax_relief.HOLDING_YEARS))
    return [
        _exit(row["exit_years"], offer),
        gettext(
            "“%(offer)s”: there is no market for these shares. Who took a tax relief keeps it by "
            "holding them until %(day)s at least."
        )
        % {"offer": offer, "day": safe},
        gettext("“%(offer)s”: the accounts are among its documents: %(accounts)s.")
        % {"offer": offer, "accounts": row["accounts"]}
        if row["accounts"]
        else gettext(
            "“%(offer)s”: no accounts are among its documents yet; those that are filed stand at the "
            "business register."
        )
        % {"offer": offer},
    ]


def _exit(years: int | None, offer: str) -> str:
    if not years:
        return gettext("“%(offer)s”: no right to leave is on record.") % {"offer": offer}
    return gettext(
        "“%(offer)s”: should control pass to others, who holds shares may leave, or sell with those "
        "who go, for %(years)s years from the end of the offer."
    ) % {"offer": offer, "years": years}


def _rows(frozen: Mapping[str, Any]) -> list[list[str]]:
    return [
        [gettext("Rents received"), _band(frozen["rents"])],
        *(
            [
                gettext("%(cost)s, paid by %(payer)s")
                % {"cost": Purpose(each["purpose"]).label, "payer": _payer(each)},
                wording.cents(each["cents"]),
            ]
            for each in frozen["costs"]
        ),
        [gettext("Rents less what own money paid"), _band(frozen["result"])],
        [
            gettext("Book value of the homes that may be told of"),
            wording.cents(frozen["book_cents"]),
        ],
    ]


def _payer(cost: Mapping[str, Any]) -> str:
    names = {
        "own": gettext("own money"),
        "raised": gettext("raised capital (%(fund)s)"),
        "grant": gettext("a grant (%(fund)s)"),
    }
    return names[cost["payer"]] % {"fund": cost["fund"]}


def _band(shown: Mapping[str, Any]) -> str:
    return wording.shown({"shown": shown, "unit": Unit.EUR.value})
