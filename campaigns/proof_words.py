"""How a proof is worded: title, lead, rows and notes of its document, in the active language.

What it states is gathered in `proof_facts`; here are only the frozen facts as a reader sees them.
"""

import datetime as dt
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext

from backend.core import clock
from backend.core.money import as_text, euro
from campaigns.models import Certificate

Kind = Certificate.Kind


def document(data: dict[str, Any], *, kind: str, language: str) -> dict[str, Any]:
    """What the document shows, in the active language."""
    facts = data["facts"]
    issued = dt.datetime.fromisoformat(data["issued_at"])
    day = clock.day_of(issued)
    return {
        "title": _titles()[kind],
        "language": language[:2],
        "issuer": facts["issuer"],
        "number": data["number"],
        "replaces": gettext("It replaces %(number)s, which was withdrawn.")
        % {"number": data["replaces"]}
        if data["replaces"]
        else "",
        "day": [day.year, day.month, day.day],
        "issued": _day(day.isoformat(), language),
        "lead": _leads()[kind] % {"issuer": facts["issuer"], "investor": facts["investor"]},
        "rows": _rows(facts, kind, language),
        "payments": [
            [_day(each["on"], language), as_text(euro(each["amount"]), language)]
            for each in facts["payments"]
        ],
        "notes": _notes(kind),
        "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED")
        if facts["is_synthetic"]
        else "",
        "words": {
            "payments": gettext("What was paid"),
            "day": gettext("Day"),
            "amount": gettext("Amount"),
            "number": gettext("Number"),
            "hash": gettext("hash of the contents"),
        },
    }


def _titles() -> dict[str, str]:
    return {
        Kind.CONTRACT: gettext("Subscription contract"),
        Kind.SUBSCRIPTION: gettext("Proof of subscription"),
        Kind.HOLDING: gettext("Proof of holding"),
        Kind.TAX_RELIEF: gettext("Certificate for the tax relief"),
    }


def _leads() -> dict[str, str]:
    return {
        Kind.CONTRACT: gettext(
            "%(investor)s subscribed the shares below, and %(issuer)s allotted them, on the terms of "
            "the offer in the version named here."
        ),
        Kind.SUBSCRIPTION: gettext(
            "%(issuer)s states that %(investor)s subscribed and paid the shares below and stands in "
            "the register of members."
        ),
        Kind.HOLDING: gettext(
            "%(issuer)s states that %(investor)s holds the shares below and stands in the register of "
            "members."
        ),
        Kind.TAX_RELIEF: gettext(
            "%(issuer)s states, for the tax relief of who invests in innovative start-ups, that "
            "%(investor)s made the payments below towards an increase of capital."
        ),
    }


def _notes(kind: str) -> list[str]:
    """What a reader must know of it."""
    if kind == Kind.CONTRACT:
        return [
            gettext("No right to a dividend follows while the issuer is an innovative start-up.")
        ]
    if kind in (Kind.SUBSCRIPTION, Kind.HOLDING):
        return [gettext("It is no security and cannot be traded; what counts is the register.")]
    return [
        gettext("Who sells within three years loses the relief, with interest."),
        gettext("It is void for whatever is paid back, and a new one is issued then."),
    ]


def _rows(facts: dict[str, Any], kind: str, language: str) -> list[list[str]]:
    rows = [
        [gettext("Investor"), facts["investor"]],
        [gettext("Tax code"), facts["tax_code"]],
        [gettext("Offer"), facts["campaign"]],
        [gettext("Number in the register"), str(facts["register_number"])],
        [gettext("Shares"), str(facts["shares"])],
        [gettext("Amount subscribed"), as_text(euro(facts["amount"]), language)],
        [gettext("Allotted on"), _day(facts["allotted_on"], language)],
    ]
    if kind == Kind.HOLDING:
        rows.append([gettext("As of"), _day(facts["held_on"], language)])
    else:
        rows.insert(-1, [gettext("Paid"), as_text(euro(facts["paid"]), language)])
    if kind == Kind.CONTRACT:
        rows.append([gettext("Version of the terms"), str(facts["terms_version"])])
    if kind == Kind.TAX_RELIEF:
        rows += [
            [gettext("Innovative start-up since"), _day(facts["registered_on"], language)],
            *[row for each in facts["years"] for row in _rows_of_year(each, language)],
            [gettext("Reason of the payment"), "versamento in conto aumento di capitale"],
        ]
    return rows


def _rows_of_year(each: dict[str, Any], language: str) -> list[list[str]]:
    """A tax year of the relief: what counts, what comes off at most, and the ceiling it is under."""
    paid, ceiling, off = (
        as_text(euro(each[name]), language) for name in ("paid", "yearly_ceiling", "relief")
    )
    named = {"year": each["year"]}
    return [
        [gettext("Paid in %(year)s, and its rate") % named, f"{paid}, {each['rate_percent']} %"],
        [gettext("Relief for %(year)s at most") % named, off],
        [gettext("At most counts in %(year)s, with what was invested elsewhere") % named, ceiling],
    ]


def _day(text: str, language: str) -> str:
    return format_date(dt.date.fromisoformat(text), "d MMMM y", locale=language[:2])
