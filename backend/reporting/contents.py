"""What a report says to one investor: frozen figures and sentences, in the investor's language.

Made of an investor's holdings and of the snapshot's view for investors alone, so that nothing gets
into a report that the view does not hold. What all readers of a language share is put together once
(`shared`), what is one reader's is added (`to_reader`): the same contents make page, PDF, CSV and JSON.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_percent
from django.utils.translation import gettext, ngettext

from backend.core import clock
from backend.core.periods import quarter_of
from backend.reporting import economy, year
from backend.reporting.charts import figures as chart_figures
from backend.reporting.holdings import Holding
from investors.models import InvestorReport
from properties import differences, disclosure, freezing, members, wording, worse
from properties.indicators import REGISTRY
from properties.models import Snapshot

Kind = InvestorReport.Kind
Figures = Mapping[str, Mapping[str, Any]]
ALWAYS = (
    *("capital_raised", "deployed_in_purchases", "deployed_in_works"),
    *("units_acquired", "units_improved", "units_available"),
    *("individuals_housed", "households_housed", "kept_the_home", "time_to_home"),
)
"""Figures that every report has, whether or not there is much to say; that of a year has them all."""
PEOPLE = frozenset(row.code for row in REGISTRY if row.is_about_people)


@dataclass(frozen=True)
class Reader:
    """To whom a report is written, and what they hold."""

    name: str
    holdings: Sequence[Holding] = ()


def shared(
    snapshot: Snapshot,
    *,
    kind: str,
    language: str,
    audience: disclosure.Audience = disclosure.INVESTOR,
) -> dict[str, Any]:
    """What every reader of a language is told, JSON-ready; call it with that language active."""
    view = freezing.view(snapshot.data, audience)
    before = _shown_before(snapshot, audience)
    figures = {
        each["code"]: _figure(each, language, before.get(each["code"]))
        for each in view["indicators"]
    }
    is_yearly = kind == Kind.YEARLY
    aimed = year.aimed(snapshot, figures) if is_yearly else []
    return {
        "kind": kind,
        "language": language,
        "synthetic": view["synthetic"],
        "issuer": view["issuer"],
        "title": title(snapshot, kind),
        "as_of": snapshot.as_of.isoformat(),
        "few": why_so_little(figures),
        "figures": [each for each in figures.values() if is_yearly or _is_worth_a_line(each)],
        "charts": chart_figures.of_figures(figures),
        "not_drawn": chart_figures.withheld(figures),
        "worse": worse_of(view, figures, aimed),
        "economy": economy.told(view.get("economy"), language),
        "year": year.told(snapshot, figures, language) if is_yearly else None,
        "review": " ".join([review(snapshot), *([year.review(snapshot)] if is_yearly else [])]),
        "version": snapshot.version,
        "restates": snapshot.restatement_reason,
        "snapshot_hash": snapshot.content_hash,
        "seal": view["seal"],
        "k": view["k"],
    }


def to_reader(shared: Mapping[str, Any], snapshot: Snapshot, reader: Reader) -> dict[str, Any]:
    """The report of one reader: what all are told, and where the reader's own money is."""
    figures = {each["code"]: each for each in shared["figures"]}
    holdings, language = reader.holdings, shared["language"]
    return {
        **shared,
        "investor": reader.name,
        "paragraph": paragraph(snapshot, holdings, figures),
        "money": _money(holdings),
        "share": _share(snapshot, holdings, language),
        "holdings": [_holding(each, language) for each in holdings],
        "charts": [_funnel(holdings, figures), *shared["charts"]],
        "worse": [*_waiting(holdings), *shared["worse"]],
    }


def title(snapshot: Snapshot, kind: str) -> str:
    """The name of a report: the quarter, or the year, that the snapshot closes."""
    if kind == Kind.YEARLY:
        return gettext("Your report for the year %(year)s") % {"year": snapshot.as_of.year}
    quarter = quarter_of(snapshot.as_of)
    return gettext("Your report for quarter %(number)s of %(year)s") % {
        "number": quarter.number,
        "year": quarter.year,
    }


def label(snapshot: Snapshot, kind: str) -> str:
    """The period in short: `2026`, `2026-Q2`."""
    return str(snapshot.as_of.year) if kind == Kind.YEARLY else quarter_of(snapshot.as_of).label


def _is_worth_a_line(figure: Mapping[str, Any]) -> bool:
    """What everybody looks for, and whatever else there is something to tell of."""
    shown = figure["shown"]
    says = shown["telling"] == "band" or (shown["telling"] == "exact" and bool(shown["value"]))
    return figure["code"] in ALWAYS or says


def _shown_before(snapshot: Snapshot, audience: disclosure.Audience) -> dict[str, Any]:
    """Of a restatement by code what the figures were that it corrects, where they differ."""
    if snapshot.restates is None:
        return {}
    now = freezing.view(snapshot.data, audience)
    then = freezing.view(snapshot.restates.data, audience)
    return {code: each.then for code, each in differences.of(now, then).items()}


def paragraph(snapshot: Snapshot, holdings: Sequence[Holding], figures: Figures) -> str:
    """The one paragraph that a person would write."""
    said = [_where_it_is(snapshot, holdings), who_lives_there(figures)]
    return " ".join(sentence for sentence in said if sentence)


def _waiting(holdings: Sequence[Holding]) -> list[str]:
    """What of the reader's money is in no home yet, first among what did not go as hoped."""
    waiting = sum(each.waiting for each in holdings)
    if not waiting:
        return []
    return [
        gettext("%(amount)s of yours is not in a home that may be told of yet.")
        % {"amount": wording.cents(waiting)}
    ]


def worse_of(
    view: Mapping[str, Any], figures: Figures, aimed: Sequence[year.Aimed] = ()
) -> list[str]:
    """What did not go as planned, targets first: what a year set out to do is what it answers for."""
    return [
        *worse.of_targets(aimed),
        *worse.of_homes(figures),
        *worse.of_people(figures),
        *worse.of_purchases(view["setbacks"]),
    ]


def review(snapshot: Snapshot) -> str:
    """Who looked at the figures before they went out."""
    if not snapshot.accepted_at:
        return gettext("Not yet reviewed by the city.")
    on = wording.day(clock.day_of(snapshot.accepted_at))
    return gettext("Reviewed and accepted by the city on %(day)s.") % {"day": on}


def _where_it_is(snapshot: Snapshot, holdings: Sequence[Holding]) -> str:
    put_in = sum(each.put_in for each in holdings)
    in_homes = sum(each.in_homes for each in holdings)
    parts = [part for each in holdings for part in each.parts if not part.is_sold]
    count = sum(part.group["count"] for part in parts)
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


def why_so_little(figures: Figures) -> str:
    """With few homes, one plain sentence on why little is told of people; empty with many."""
    if figures["households_housed"]["shown"]["telling"] == "exact":
        return ""
    return gettext(
        "The homes are still few: of the people in them little can be told without pointing "
        "at somebody, so we tell you about the homes and the money."
    )


def who_lives_there(figures: Figures) -> str:
    """How many households, or why that is not told."""
    if few := why_so_little(figures):
        return few
    count = figures["households_housed"]["shown"]["value"]
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


def _share(snapshot: Snapshot, holdings: Sequence[Holding], language: str) -> str:
    """What part of all raises is the reader's, of published sums alone (P8)."""
    raised = sum(each["raised_cents"] for each in snapshot.data["raises"])
    put_in = sum(each.put_in for each in holdings)
    if not raised:
        return ""
    part = Decimal(put_in) / raised
    return format_percent(part, format="#,##0.00 %", locale=language)


def _funnel(holdings: Sequence[Holding], figures: Figures) -> dict[str, Any]:
    money = _money(holdings)
    return chart_figures.funnel(
        [
            (gettext("put in by you"), wording.cents(money["put_in_cents"])),
            (gettext("of it in homes"), wording.cents(money["in_homes_cents"])),
            (gettext("homes, bought by all together"), figures["units_acquired"]["text"]),
            (gettext("households in them"), figures["households_housed"]["text"]),
        ]
    )


def _figure(figure: Mapping[str, Any], language: str, before: Any) -> dict[str, Any]:
    """One figure with all that opens when somebody asks why."""
    return {
        "number": figure["number"],
        "code": figure["code"],
        "unit": figure["unit"],
        "standard": figure["standard"],
        "name": figure["name"][language],
        "formula": figure["formula"][language],
        "evidence": figure["evidence"].get(language, ""),
        "behind": members.counted_over(figure),
        "shown": figure["shown"],
        "text": wording.shown(figure),
        "before": wording.shown({**figure, "shown": before}) if before else "",
        "is_about_people": figure["code"] in PEOPLE,
    }
