"""How an information sheet is laid out: the terms frozen in it as rows, and its PDF in each language.

The fixed words stand under the title (R13); nothing is computed here that the sheet does not hold.
"""

import datetime as dt
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.translation import gettext
from djmoney.money import Money

from backend.core import languages, pdf
from backend.core.money import as_text
from backend.core.templatetags.mattone import long_day
from campaigns import instruments, rules
from campaigns.models import Campaign, InformationSheet
from campaigns.rules import sheets as law
from campaigns.rules.sheet_forms import Part

LANGUAGES = ("it", "en")


@dataclass(frozen=True)
class Paper:
    """A document that was made, and how many sides of A4 it has."""

    pdf: bytes
    pages: int


def facts_of(campaign: Campaign) -> dict[str, Any]:
    """The terms of an offer as they are now, ready to be frozen: texts and numbers alone."""
    sums = ("price_per_share", "nominal_per_share", "capital_before", *instruments.SUMS)
    plain = ("regime", "instrument", "use_of_funds", "mode", "min_shares", "reflection_days")
    money = {name: _amount(getattr(campaign, name)) for name in sums}
    days = {
        name: day.isoformat() if (day := getattr(campaign, name)) else ""
        for name in ("opens_on", "deadline_on")
    }
    return {
        **money,
        **days,
        **{name: getattr(campaign, name) for name in plain},
        "stakes": [
            {
                "at": each.at,
                "percent": str(each.percent),
                "capital_after": _amount(each.capital_after),
            }
            for each in instruments.of(campaign)
        ],
        "issuer": campaign.issuer.name,
        "title": {"it": campaign.title_it, "en": campaign.title_en},
        "offer_identifier": campaign.offer_identifier,
        "terms_version": campaign.terms_version,
        "is_synthetic": campaign.is_synthetic,
    }


def rows(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The frozen terms in words, in the language that is active."""
    found = [
        (gettext("Issuer"), facts["issuer"]),
        (gettext("Identifier of the offer"), facts["offer_identifier"]),
        (gettext("What is sold"), _choice(Campaign.Instrument, facts["instrument"])),
        (gettext("Price of one share"), _money(facts["price_per_share"])),
        (gettext("of which nominal value"), _money(facts["nominal_per_share"])),
        (gettext("Minimum"), _money(facts["minimum"])),
        (gettext("Target"), _money(facts["target"])),
        (gettext("Maximum"), _money(facts["maximum"])),
        *_capital(facts),
        (gettext("Deadline"), _day(facts["deadline_on"])),
        (gettext("Use of funds"), _choice(Campaign.UseOfFunds, facts["use_of_funds"])),
        (gettext("Days to change one's mind"), str(_days(facts))),
    ]
    return [(label, text) for label, text in found if text]


def texts(sheet: InformationSheet) -> list[tuple[Part, str]]:
    """The parts with what they say in the active language, in the order of the law."""
    said = sheet.parts.get(languages.active(), {})
    form = rules.regime(sheet.regime or sheet.campaign.regime).sheet
    written = (*form.parts, *((form.annex,) if form.annex else ()))
    return [(part, text) for part in written if (text := _said(part, said))]


def _said(part: Part, said: Mapping[str, str]) -> str:
    """What a part says: its points one after another, each with what it asks; older ones as they are."""
    points = [(each.asks, said[each.code]) for each in part.points if said.get(each.code)]
    answers = [f"{asks}: {text}" for asks, text in points]
    return "\n\n".join(answers) or said.get(part.code, "")


def fixed_words(sheet: InformationSheet) -> list[str]:
    """The words of the law that stand under the title, in the active language."""
    form = rules.regime(sheet.regime or sheet.campaign.regime).sheet
    return law.fixed_words(form, languages.active())


def render(sheet: InformationSheet) -> dict[str, Paper]:
    """The documents by language; an annex counts for no page. The sheet holds its facts already."""
    made = {}
    for language in LANGUAGES:
        with translation.override(language):
            contents = _contents(sheet, language)
            document = whole = _document(json.dumps(contents, cls=DjangoJSONEncoder))
            if contents["annex"]:
                document = _document(json.dumps(contents | {"annex": []}, cls=DjangoJSONEncoder))
        made[language] = Paper(whole, pdf.pages(document))
    return made


@functools.lru_cache(maxsize=8)
def _document(contents: str) -> bytes:
    """A sheet, set once while it says the same: a draft is counted, looked at and counted again."""
    return pdf.render(template="information_sheet", data=json.loads(contents))


def pages_of(sheet: InformationSheet) -> dict[str, int]:
    """How many sides of A4 a draft would take now, by language."""
    facts, sheet.facts = sheet.facts, facts_of(sheet.campaign)
    try:
        return {language: paper.pages for language, paper in render(sheet).items()}
    finally:
        sheet.facts = facts


def _contents(sheet: InformationSheet, language: str) -> dict[str, Any]:
    form = rules.regime(sheet.regime or sheet.campaign.regime).sheet
    day = sheet.declared_at or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    return {
        "language": language,
        "name": str(form.name),
        "article": form.article,
        "title": sheet.facts["title"][language],
        "issuer": sheet.facts["issuer"],
        "synthetic": sheet.facts["is_synthetic"],
        "version": str(sheet.version),
        "day": [day.year, day.month, day.day],
        "fixed": fixed_words(sheet),
        "rows": [list(row) for row in rows(sheet.facts)],
        "parts": [[p.code, str(p.title), text] for p, text in texts(sheet) if p != form.annex],
        "annex": [[str(p.title), text] for p, text in texts(sheet) if p == form.annex],
        "responsible": [[each["name"], each["function"]] for each in sheet.responsible],
        "words": words(),
    }


def words() -> dict[str, str]:
    """Headings and notes of the document."""
    return {
        "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED"),
        "version": gettext("Version"),
        "part": gettext("Part"),
        "terms": gettext("The offer in short"),
        "term": gettext("Term"),
        "value": gettext("Value"),
        "responsible": gettext("Who answers for this sheet"),
        "declaration": gettext(
            "They declare that, to their knowledge, what this sheet says is true and that nothing is "
            "left out that could change its meaning."
        ),
    }


def _capital(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Capital before, and after each of the three sums, with the new part in percent."""
    labels = {
        "minimum": gettext("Capital after, at the minimum"),
        "target": gettext("Capital after, at the target"),
        "maximum": gettext("Capital after, at the maximum"),
    }
    found = [(gettext("Capital before the offer"), _money(facts["capital_before"]))]
    for each in facts["stakes"]:
        new = gettext("new shares: %(percent)s %%") % {"percent": _number(each["percent"])}
        found.append((labels[each["at"]], f"{_money(each['capital_after'])} ({new})"))
    return found


def _days(facts: Mapping[str, Any]) -> int:
    return rules.days_of_reflection(code=facts["regime"], promised_days=facts["reflection_days"])


def _amount(money: Money | None) -> str:
    return f"{money.amount:.2f}" if money is not None else ""


def _euro(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def _money(amount: str) -> str:
    return as_text(_euro(amount), languages.active()) if amount else ""


def _number(text: str) -> str:
    return text.replace(".", ",") if languages.active() == "it" else text


def _day(text: str) -> str:
    return long_day(dt.date.fromisoformat(text)) if text else ""


def _choice(choices: Any, code: str) -> str:
    return str(choices(code).label) if code else ""
