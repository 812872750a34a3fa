"""A filed dossier in the words of the active language: for the page and for the PDF, the same.

Takes frozen values, and whether they were restated since, and returns texts; decides nothing about what
is told.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from backend.core import clock, languages, pdf
from properties import wording, worse
from properties.city import avoided, context, dossiers
from properties.models import Dossier, Household, ReviewNote, Snapshot


def told(dossier: Dossier) -> dict[str, Any]:
    """Everything that a dossier says, as texts."""
    data = dossier.data
    language = languages.active()
    referred = data["referrals"]
    return {
        **{key: data[key] for key in ("issuer", "synthetic", "version", "k", "seal")},
        "language": language,
        "title": gettext("Dossier on homes and people"),
        "protocol": dossier.protocol,
        "protocol_on": wording.day(dossier.protocol_on),
        "as_of": wording.day(_day(data["as_of"])),
        "restated": _restated(dossiers.restated_by(dossier)),
        "stands": gettext(
            "Counts of people are as of %(day)s, or of an earlier quarter: what was told stands until so "
            "many moved that nobody can be told by the difference."
        )
        % {"day": wording.day(_day(data["as_of"]))},
        "hash": dossier.content_hash,
        "snapshot_hash": data["snapshot_hash"],
        "figures": [
            [each["number"], each["name"][language], wording.shown(each)]
            for each in data["indicators"]
        ],
        "setbacks": [
            *worse.of_people({each["code"]: each for each in data["indicators"]}),
            *worse.of_purchases(data["setbacks"]),
        ],
        "referred_as_of": wording.day(_day(referred["as_of"])),
        "referrals": _referrals(referred),
        "avoided": wording.shown({"shown": data["avoided"], "unit": "EUR"}),
        "assumptions": [
            [str(avoided.ASSUMED[each["code"]][0]), each["text"], each["source"]]
            for each in data["assumptions"]
        ],
        "context": [
            [
                str(context.NAMES[each["code"]]),
                str(each["value"]),
                str(each["year"]),
                each["source"],
            ]
            for each in data["context"]
        ],
        "notes": [
            [ReviewNote.Kind(each["kind"]).label, wording.day(_day(each["at"][:10])), each["text"]]
            for each in data["notes"]
        ],
    }


def fate(code: str) -> str:
    """What became of a referral."""
    if code == "HOUSED":
        return gettext("Housed")
    return gettext("Waiting") if code == "WAITING" else str(Household.Closed(code).label)


def render(dossier: Dossier) -> bytes:
    """The PDF of a dossier: the same texts, laid out."""
    on = dossier.protocol_on
    data = {**told(dossier), "day": [on.year, on.month, on.day], "words": _words()}
    return pdf.render(template="city_dossier", data=data)


def _referrals(referred: Mapping[str, Any]) -> list[list[str]]:
    rows = [(gettext("Received"), referred["total"], "households")]
    rows += [(fate(row["code"]), row["shown"], "households") for row in referred["rows"]]
    rows += [(gettext("Days from referral to keys"), referred["wait"], "days")]
    return [[name, wording.shown({"shown": shown, "unit": unit})] for name, shown, unit in rows]


def _restated(newer: Snapshot | None) -> str:
    """That other figures of this day hold now, since when and why; empty where these do."""
    if newer is None:
        return ""
    since = newer.published_at or newer.accepted_at or newer.taken_at
    return gettext(
        "These figures were restated on %(day)s: version %(version)s holds. Why: %(reason)s"
    ) % {
        "day": wording.day(clock.day_of(since)),
        "version": newer.version,
        "reason": newer.restatement_reason,
    }


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _words() -> dict[str, str]:
    return {
        "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED"),
        "protocol": gettext("Protocol"),
        "of": gettext("of"),
        "as_of": gettext("As of"),
        "version": gettext("Version"),
        "referrals": gettext("Households that the city referred"),
        "figures": gettext("Figures"),
        "number": gettext("Number"),
        "figure": gettext("Figure"),
        "value": gettext("Value"),
        "worse": gettext("What went worse than planned"),
        "nothing_worse": gettext("Nothing to tell this time."),
        "avoided": gettext("Temporary accommodation that was spared"),
        "assumed": gettext("It assumes"),
        "context": gettext("Evictions, from other sources"),
        "year": gettext("Year"),
        "source": gettext("Source"),
        "asked": gettext("Questions and answers"),
        "nothing_asked": gettext("Nothing was asked."),
        "why": gettext("Small numbers are not told, to protect people."),
        "hash": gettext("Hash of the dossier"),
        "seal": gettext("Seal of the books"),
    }
