"""All figures of an issuer as of a day in one document: exact inside, suppressed per audience.

One computation; each audience's view is made of it here and nowhere else (architecture rule 13).
`snapshots` stores the document and never changes it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils import translation

from backend.core.models import Organisation
from backend.ledger import seals
from properties import disclosure, figures, groups, indicators
from properties.disclosure import AUDIENCES, Audience, Shown
from properties.figures import FundBook
from properties.indicators import REGISTRY, Indicator, Result, Unit

FORMULAS = "2025.1"
"""Version of the formulas; a change of one is a restatement of what was published with the old."""


def document(
    organisation: Organisation, *, as_of: dt.date, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """All figures as of a day, ready to be frozen; `before` is what was published last."""
    books = figures.fund_books(organisation, until=as_of)
    raises = [_raise(book, before, as_of) for book in books]
    told_cents = sum(group["cents"] for each in raises for group in each["groups"])
    facts = figures.facts(organisation, as_of=as_of)
    results = {each.code: each.compute(facts, as_of) for each in REGISTRY}
    return {
        "as_of": as_of.isoformat(),
        "issuer": organisation.name,
        "synthetic": organisation.is_synthetic,
        "formulas": FORMULAS,
        "thresholds": {each.name: each.k for each in AUDIENCES},
        "seal": seals.head(),
        "raises": raises,
        "setbacks": figures.setbacks(organisation, as_of=as_of),
        "indicators": [
            _indicator(each, results[each.code], told_cents, before) for each in REGISTRY
        ],
    }


def _raise(book: FundBook, before: Mapping[str, Any] | None, as_of: dt.date) -> dict[str, Any]:
    told = groups.of(book, told=_told_before(book, before), as_of=as_of)
    traced = book.trace()
    sums = traced.summed_by(lambda cost: groups.label(told, cost))
    return {
        "fund": book.fund.pk,
        "campaign": book.campaign.slug,
        "titles": {"it": book.campaign.title_it, "en": book.campaign.title_en},
        "raised_cents": sum(pledge.cents for pledge in traced.pledges),
        "spent_cents": sum(cost.cents for cost in traced.costs),
        "groups": [
            {
                **group.as_json(),
                **groups.description(group),
                "cents": sum(sums.get(group.number, ())),
            }
            for group in told
        ],
    }


def _told_before(book: FundBook, before: Mapping[str, Any] | None) -> list[groups.Told]:
    for each in (before or {}).get("raises", ()):
        if each["fund"] == book.fund.pk:
            return groups.from_json(each["groups"])
    return []


def _indicator(
    indicator: Indicator, result: Result, told_cents: int, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    return {
        "number": indicator.number,
        "code": indicator.code,
        "standard": indicator.standard,
        "unit": indicator.unit.value,
        "name": _in_both(indicator.name),
        "formula": _in_both(indicator.formula),
        "inside": {"value": result.value, "of": result.of, "members": list(result.members)},
        **{
            audience.name: _shown_json(_tell(indicator, result, audience, told_cents, before))
            for audience in AUDIENCES
        },
    }


def _tell(
    indicator: Indicator,
    result: Result,
    audience: Audience,
    told_cents: int,
    before: Mapping[str, Any] | None,
) -> Shown:
    if indicator.code == "deployed_in_purchases" and audience != disclosure.CITY:
        # The whole, less what is told, would be the price of the home that is not told (P27).
        return disclosure.exact(told_cents)
    if indicator.unit in (Unit.PEOPLE, Unit.HOUSEHOLDS):
        last = shown_before(before, indicator.code, audience)
        value = disclosure.settled_count(result.value, last=last, audience=audience)
        return indicators.tell(indicator, Result(value), audience)
    return indicators.tell(indicator, result, audience)


def shown_before(before: Mapping[str, Any] | None, code: str, audience: Audience) -> int | None:
    """The exact value of a figure that an audience was last told, if it was."""
    for each in (before or {}).get("indicators", ()):
        if each["code"] == code:
            value: int | None = each[audience.name]["value"]
            return value
    return None


def _shown_json(shown: Shown) -> dict[str, Any]:
    return {**asdict(shown), "telling": shown.telling.value}


def _in_both(text: Any) -> dict[str, str]:
    said = {}
    for language in ("it", "en"):
        with translation.override(language):
            said[language] = str(text)
    return said


def view(data: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
    """The document as one audience may read it: nothing from inside, no home by its number."""
    raises = [
        {
            "campaign": each["campaign"],
            "titles": each["titles"],
            "raised_cents": each["raised_cents"],
            "groups": [_group_view(group) for group in each["groups"]],
        }
        for each in data["raises"]
    ]
    figures_told = [
        {
            **{key: each[key] for key in ("number", "code", "standard", "unit", "name", "formula")},
            "shown": each[audience.name],
        }
        for each in data["indicators"]
    ]
    kept = ("as_of", "issuer", "synthetic", "formulas", "seal", "setbacks")
    k = data["thresholds"][audience.name]
    return {
        **{key: data[key] for key in kept},
        "k": k,
        "raises": raises,
        "indicators": figures_told,
    }


def _group_view(group: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in group.items() if key != "homes"}


def differences(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """The figures of a view that changed since an earlier one: by code, what was shown then."""
    then = {each["code"]: each["shown"] for each in (before or {}).get("indicators", ())}
    return {
        each["code"]: then.get(each["code"])
        for each in now["indicators"]
        if each["shown"] != then.get(each["code"])
    }
