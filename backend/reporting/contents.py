"""What a report says to one investor: frozen figures and sentences, in the investor's language.

Made of an investor's holdings and of the snapshot's view for investors alone, so that nothing gets
into a report that the view does not hold. The same contents make the page, the PDF and the JSON.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from backend.core import clock
from backend.core.periods import quarter_of
from backend.reporting.holdings import Holding
from properties import disclosure, freezing, wording
from properties.indicators import REGISTRY
from properties.models import Snapshot

ALWAYS = (
    *("capital_raised", "deployed_in_purchases", "deployed_in_works"),
    *("units_acquired", "units_improved", "units_available"),
    *("individuals_housed", "households_housed", "kept_the_home", "time_to_home"),
)
"""Figures that every report has, whether or not there is much to say."""
PEOPLE = frozenset(row.code for row in REGISTRY if row.is_about_people)


def contents(
    snapshot: Snapshot, *, investor: str, holdings: Sequence[Holding], language: str
) -> dict[str, Any]:
    """The report as JSON-ready data; call it with the investor's language active."""
    view = freezing.view(snapshot.data, disclosure.INVESTOR)
    figures = {each["code"]: each for each in view["indicators"]}
    return {
        "language": language,
        "synthetic": view["synthetic"],
        "issuer": view["issuer"],
        "investor": investor,
        "title": title(snapshot),
        "as_of": snapshot.as_of.isoformat(),
        "paragraph": paragraph(snapshot, holdings, figures),
        "money": _money(holdings),
        "holdings": [_holding(each, language) for each in holdings],
        "figures": [
            _figure(each, language) for each in view["indicators"] if _is_worth_a_line(each)
        ],
        "worse": [*worse(holdings, figures), *setbacks(view)],
        "review": review(snapshot),
        "version": snapshot.version,
        "restates": snapshot.restatement_reason,
        "snapshot_hash": snapshot.content_hash,
        "seal": view["seal"],
        "k": view["k"],
    }


def _is_worth_a_line(figure: Mapping[str, Any]) -> bool:
    """What everybody looks for, and whatever else there is something to tell of."""
    shown = figure["shown"]
    says = shown["telling"] == "band" or (shown["telling"] == "exact" and bool(shown["value"]))
    return figure["code"] in ALWAYS or says


def title(snapshot: Snapshot) -> str:
    """The name of a report: the quarter that the snapshot closes."""
    quarter = quarter_of(snapshot.as_of)
    return gettext("Your report for quarter %(number)s of %(year)s") % {
        "number": quarter.number,
        "year": quarter.year,
    }


def paragraph(
    snapshot: Snapshot, holdings: Sequence[Holding], figures: Mapping[str, Mapping[str, Any]]
) -> str:
    """The one paragraph that a person would write."""
    said = [_where_it_is(snapshot, holdings), _who_lives_there(figures)]
    return " ".join(sentence for sentence in said if sentence)


def worse(holdings: Sequence[Holding], figures: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What did not go as hoped, first and simply; empty when there is nothing to tell."""
    found = []
    waiting = sum(each.waiting for each in holdings)
    if waiting:
        found.append(
            gettext("%(amount)s of yours is not in a home that may be told of yet.")
            % {"amount": wording.cents(waiting)}
        )
    idle = _value(figures["units_acquired"]) - _value(figures["units_available"])
    if idle > 0:
        found.append(
            ngettext(
                "%(count)s home that we bought cannot be lived in yet.",
                "%(count)s homes that we bought cannot be lived in yet.",
                idle,
            )
            % {"count": idle}
        )
    return found


def setbacks(view: Mapping[str, Any]) -> list[str]:
    """Purchases that went wrong, a sentence for each kind."""
    counts: Mapping[str, int] = view["setbacks"]
    return [wording.setback(kind, count) for kind, count in sorted(counts.items())]


def review(snapshot: Snapshot) -> str:
    """Who looked at the figures before they went out."""
    if not snapshot.accepted_at:
        return gettext("Not yet reviewed by the city.")
    on = wording.day(clock.day_of(snapshot.accepted_at))
    return gettext("Reviewed and accepted by the city on %(day)s.") % {"day": on}


def _where_it_is(snapshot: Snapshot, holdings: Sequence[Holding]) -> str:
    put_in = sum(each.put_in for each in holdings)
    in_homes = sum(each.in_homes for each in holdings)
    count = sum(part.group["count"] for each in holdings for part in each.parts)
    on = wording.day(snapshot.as_of)
    if not in_homes:
        return gettext(
            "You put in %(put_in)s. On %(day)s none of it was in a home that may be told of."
        ) % {"put_in": wording.cents(put_in), "day": on}
    return gettext("You put in %(put_in)s. On %(day)s, %(in_homes)s of it was in %(homes)s.") % {
        "put_in": wording.cents(put_in),
        "day": on,
        "in_homes": wording.cents(in_homes),
        "homes": wording.homes(count),
    }


def _who_lives_there(figures: Mapping[str, Mapping[str, Any]]) -> str:
    households = figures["households_housed"]
    if households["shown"]["telling"] != "exact":
        return gettext(
            "The homes are still few: of the people in them little can be told without pointing "
            "at somebody, so we tell you about the homes and the money."
        )
    count = households["shown"]["value"]
    return ngettext(
        "%(count)s household lives or has lived in our homes.",
        "%(count)s households live or have lived in our homes.",
        count,
    ) % {"count": count}


def _money(holdings: Sequence[Holding]) -> dict[str, int]:
    return {
        "put_in_cents": sum(each.put_in for each in holdings),
        "in_homes_cents": sum(each.in_homes for each in holdings),
        "waiting_cents": sum(each.waiting for each in holdings),
    }


def _holding(holding: Holding, language: str) -> dict[str, Any]:
    return {
        "campaign": holding.campaign,
        "title": holding.titles[language],
        "put_in_cents": holding.put_in,
        "waiting_cents": holding.waiting,
        "groups": [
            {
                "label": wording.group(part.group),
                "count": part.group["count"],
                "kind": part.group["kind"],
                "cents": part.group["cents"],
                "own_cents": part.cents,
            }
            for part in holding.parts
        ],
    }


def _figure(figure: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "number": figure["number"],
        "code": figure["code"],
        "standard": figure["standard"],
        "name": figure["name"][language],
        "formula": figure["formula"][language],
        "shown": figure["shown"],
        "text": wording.shown(figure),
        "is_about_people": figure["code"] in PEOPLE,
    }


def _value(figure: Mapping[str, Any]) -> int:
    value: int = figure["shown"]["value"] or 0
    return value
