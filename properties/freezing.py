"""All figures of an issuer as of a day in one document: exact inside, suppressed per audience.

One computation; each audience's view is made of it here and nowhere else (architecture rule 13).
`snapshots` stores the document and never changes it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.utils import translation

from backend.core.models import Organisation
from backend.ledger import seals
from properties import bases, disclosure, economy, figures, groups, indicators
from properties.disclosure import AUDIENCES, Audience, Shown
from properties.figures import FundBook
from properties.groups import Told
from properties.indicators import REGISTRY, Facts, HomeFact, Indicator, Payment, Result
from properties.indicators.facts import Span
from properties.told import Before

FORMULAS = "2026.4"
"""Version of the formulas; a change of one is a restatement of what was published with the old."""


def document(organisation: Organisation, *, as_of: dt.date, before: Before) -> dict[str, Any]:
    """All figures as of a day, ready to be frozen; `before` is what was told already."""
    books = figures.fund_books(organisation, until=as_of)
    facts = figures.facts(organisation, as_of=as_of)
    grouped = {
        book.fund.pk: groups.of(
            book, told=before.groups.get(book.fund.pk, ()), later=before.later, as_of=as_of
        )
        for book in books
    }
    sold = frozenset(home.id for home in _sold(facts, as_of))
    raises = [_raise(book, grouped[book.fund.pk], sold) for book in books]
    paid = _told_payments(books, raises, as_of)
    outside = _outside(facts, books, grouped, paid, before, as_of)
    book_cents = sum(payment.cents for payment in (*outside.acquisition, *facts.works))
    return {
        "as_of": as_of.isoformat(),
        "issuer": organisation.name,
        "synthetic": organisation.is_synthetic,
        "formulas": FORMULAS,
        "thresholds": {each.name: each.k for each in AUDIENCES},
        "seal": seals.head(),
        "raises": raises,
        "homes_told": sorted(home.id for home in outside.homes),
        "setbacks": figures.setbacks(organisation, as_of=as_of),
        "economy": economy.of_issuer(organisation, as_of=as_of, book_cents=book_cents),
        "indicators": _indicators(facts, outside, before, as_of),
    }


def _outside(
    facts: Facts,
    books: Iterable[FundBook],
    grouped: Mapping[int, Sequence[Told]],
    paid: tuple[Payment, ...],
    before: Before,
    as_of: dt.date,
) -> Facts:
    """The facts that figures outside may rest on: money of told groups, homes that may be counted.

    The whole, less what is told, would be the price, or the rooms, of the home that is not (P27).
    """
    told = frozenset(home for each in grouped.values() for group in each for home in group.homes)
    counted = disclosure.counted_homes(
        [
            disclosure.Home(home.id, home.was_occupied)
            for home in facts.homes
            if home.is_owned(as_of) and home.id not in before.later
        ],
        grouped=told,
        raised={one.home for book in books for one in book.movements},
        before=before.counted,
    )
    sold = _sold(facts, as_of)
    counted -= _gone(sold, grouped, told)
    # What is not told as sold yet is told as ours. A home that is managed alone was not bought: no
    # price follows from it.
    homes = [_unsold(home) if home in sold else home for home in facts.homes]
    return replace(
        facts,
        acquisition=paid,
        homes=tuple(home for home in homes if home.id in counted or not home.owned),
        planned=tuple(one for one in facts.planned if not one.is_occupied),
        memo={},
    )


def _sold(facts: Facts, as_of: dt.date) -> list[HomeFact]:
    """Homes that were ours, in the order of the deeds by which they went."""
    over = [(home.owned.until, home) for home in facts.homes if home.owned and home.owned.until]
    gone = sorted(over, key=lambda each: (each[0], each[1].id))
    return [home for until, home in gone if until <= as_of]


def _unsold(home: HomeFact) -> HomeFact:
    return replace(home, owned=Span(home.owned.since)) if home.owned else home


def _gone(
    sold: Sequence[HomeFact], grouped: Mapping[int, Sequence[Told]], told: frozenset[int]
) -> frozenset[int]:
    """Homes that are counted no longer: sold, or in a group of which a home was sold."""
    ids = {home.id for home in sold}
    touched = (group.homes for each in grouped.values() for group in each if group.homes & ids)
    alone = disclosure.leaving(
        [disclosure.Home(home.id, home.was_occupied) for home in sold if home.id not in told]
    )
    return alone.union(*touched)


def _told_payments(
    books: Iterable[FundBook], raises: Iterable[Mapping[str, Any]], as_of: dt.date
) -> tuple[Payment, ...]:
    """What each fund paid for the homes of its told groups; nothing where there are none."""
    names = {book.fund.pk: book.fund.name for book in books}
    paid = [
        Payment(sum(group["cents"] for group in each["groups"]), as_of, fund=names[each["fund"]])
        for each in raises
    ]
    return tuple(paid) or (Payment(0, as_of),)


INSIDE = "inside"
FIGURE = ("number", "code", "standard", "unit", "projected", "name", "formula", "evidence")
"""What is told of a figure beside its value."""


def _raise(book: FundBook, grouped: Sequence[Told], sold: frozenset[int]) -> dict[str, Any]:
    told = groups.unbroken(grouped, sold)
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
                "sold": group.homes <= sold,
                "cents": max(sum(sums.get(group.number, ())) - _gained(book, group, sold), 0),
            }
            for group in told
        ],
    }


def _gained(book: FundBook, group: Told, sold: frozenset[int]) -> int:
    """What a group that is sold brought beyond its cost: taken off its losses, home by home untold."""
    return sum(
        gain.cents for gain in book.gains if gain.home in group.homes and group.homes <= sold
    )


def _indicators(
    facts: Facts, outside: Facts, before: Before, as_of: dt.date
) -> list[dict[str, Any]]:
    """All figures in the order of the registry, in which those that others are made of come first."""
    told: dict[str, bases.Bases] = {}
    found = []
    for each in REGISTRY:
        inside = each.compute(facts, as_of)
        abroad = inside if each.is_about_people else each.compute(outside, as_of)
        last = {
            one.name: bases.told_last(before.of(one == disclosure.CITY), each.code, one)
            for one in AUDIENCES
        }
        told[each.code] = bases.of(each, inside, abroad, last, told)
        found.append(_indicator(each, inside, told[each.code]))
    return found


def _indicator(indicator: Indicator, inside: Result, told: bases.Bases) -> dict[str, Any]:
    """One figure: exact inside, and per audience what is shown and what that rests on."""
    frozen = {name: bases.kept(one, inside) for name, one in (told | {INSIDE: inside}).items()}
    return {
        "number": indicator.number,
        "code": indicator.code,
        "standard": indicator.standard,
        "unit": indicator.unit.value,
        "projected": indicator.is_projected,
        "name": _in_both(indicator.name),
        "formula": _in_both(indicator.formula),
        "inside": asdict(frozen[INSIDE]),
        "evidence": _in_both(indicators.EVIDENCE[indicator.code]),
        "behind": {
            audience.name: _shown_json(indicators.behind(indicator, told[audience.name], audience))
            for audience in AUDIENCES
        },
        # Kept only where it differs: what was told before stands until enough people moved.
        "basis": {name: asdict(one) for name, one in frozen.items() if one != frozen[INSIDE]},
        **{
            audience.name: _shown_json(indicators.tell(indicator, told[audience.name], audience))
            for audience in AUDIENCES
        },
    }


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
            # Figures frozen before there was evidence have none to show.
            **{key: each.get(key, {}) for key in FIGURE},
            "shown": each[audience.name],
            "behind": each.get("behind", {}).get(audience.name),
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
        # What homes cost and bring is owed to those whose money is in them.
        **({"economy": data.get("economy")} if audience == disclosure.INVESTOR else {}),
    }


def _group_view(group: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in group.items() if key != "homes"}
