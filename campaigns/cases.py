"""The case of one campaign before the rules of law: the values each rule needs, and its finding in words.

One small function per rule gathers, calls the pure rule and says what came out. No rule stands here.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock
from backend.core.money import as_text
from campaigns import ceilings, figures, reliefs, rules
from campaigns.models import Campaign, InformationSheet, Suspension
from campaigns.rules import reflection, sheets, suspension, tax_relief, yearly
from campaigns.rules.interface import Regime


@dataclass(frozen=True)
class Finding:
    """What a rule computed: a sentence with named values. `holds` None: there is nothing to decide."""

    template: str | Promise
    values: Mapping[str, Any] = field(default_factory=dict)
    holds: bool | None = None
    is_internal: bool = False

    @property
    def sentence(self) -> str:
        """The finding in the reader's language."""
        return str(self.template) % {name: _said(value) for name, value in self.values.items()}


@dataclass(frozen=True)
class Case:
    """A campaign at an instant, and what is looked up for it at most once."""

    campaign: Campaign
    at: dt.datetime

    @property
    def regime(self) -> Regime:
        return rules.regime(self.campaign.regime)

    @property
    def offer_day(self) -> dt.date:
        """The day on which the offer opened; of one without a day, today."""
        return self.campaign.opens_on or clock.day_of(self.at)

    @cached_property
    def figures(self) -> figures.CampaignFigures:
        return figures.of_campaign(self.campaign, at=self.at)

    @cached_property
    def ceiling(self) -> ceilings.Standing:
        return ceilings.standing(self.campaign, at=self.at)

    @cached_property
    def sheet(self) -> InformationSheet | None:
        """The newest version that anybody has written."""
        return self.campaign.sheets.first()

    @cached_property
    def suspension(self) -> Suspension | None:
        return self.campaign.suspensions.filter(ended_at=None).first()

    @property
    def running(self) -> reflection.Running | None:
        """The offer as it runs; None without a deadline."""
        if self.campaign.deadline_on is None:
            return None
        until = clock.end_of(self.campaign.deadline_on)
        sums = self.campaign.target, self.campaign.maximum
        return reflection.Running(until, *sums, self.figures.promised)


Find = Callable[[Case], Finding | None]
_FINDERS: dict[str, Find] = {}


def find(rule: str, case: Case) -> Finding | None:
    """What a rule finds in a case; None for one that needs more than a campaign to compute."""
    finder = _FINDERS.get(rule)
    return finder(case) if finder else None


def _finds(*ids: str) -> Callable[[Find], Find]:
    def file(finder: Find) -> Find:
        _FINDERS.update(dict.fromkeys(ids, finder))
        return finder

    return file


def _said(value: Any) -> str:
    language = get_language() or "it"
    if isinstance(value, Money):
        return as_text(value, language)
    if isinstance(value, dt.date):
        return format_date(value, "d MMMM y", locale=language[:2])
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _last_day(end: dt.datetime) -> dt.date:
    return clock.day_of(end - dt.timedelta(microseconds=1))


# --- Which law, how much ----------------------------------------------------------------------------


@_finds("I7")
def _which_law(case: Case) -> Finding:
    possible = rules.possible_on(case.offer_day)
    words = _("An offer that opens on %(day)s may be governed by: %(regimes)s.")
    names = [str(rules.regime(code).name) for code in possible]
    return Finding(
        words, {"day": case.offer_day, "regimes": names}, case.campaign.regime in possible
    )


@_finds("R2", "R2.ceiling", "I6")
def _ceiling(case: Case) -> Finding:
    found = case.ceiling
    words = _(
        "In the twelve months up to %(on)s the issuer offers %(total)s of at most %(ceiling)s."
    )
    values = {"on": found.on, "total": found.total, "ceiling": found.ceiling}
    return Finding(words, values, not found.is_over, is_internal=True)


@_finds("R46")
def _bound(case: Case) -> Finding | None:
    offer = case.running
    if offer is None:
        return None
    words = _(
        "Bound until 24:00 of %(last_day)s, or until %(maximum)s is promised; now it is %(promised)s."
    )
    values = {
        "last_day": case.campaign.deadline_on,
        "maximum": max(offer.target, offer.maximum),
        "promised": offer.promised,
        "is_bound": reflection.owner_is_bound(offer, case.at),
    }
    return Finding(words, values)


# --- The time to change one's mind ------------------------------------------------------------------


@_finds("R47", "I3")
def _order(case: Case) -> Finding:
    end = case.regime.end_for_order(case.at, promised_days=case.campaign.reflection_days)
    return _until(_("An order placed now may be taken back until 24:00 of %(last_day)s."), end)


@_finds("R51")
def _interest(case: Case) -> Finding:
    end = reflection.end_for_interest(case.at)
    return _until(_("The period of an interest left now ends at 24:00 of %(last_day)s."), end)


@_finds("R47.new_fact", "I3.new_fact")
def _change(case: Case) -> Finding:
    end = case.regime.end_after_change(case.at)
    words = _(
        "After a material change told now, orders may be revoked until 24:00 of %(last_day)s."
    )
    return _until(words, end)


@_finds("R17", "R17.cancel")
def _suspended(case: Case) -> Finding | None:
    if case.suspension is None:
        return None
    end = suspension.end(case.suspension.began_at)
    values = {
        "last_day": _last_day(end),
        "ends_at": end,
        "days": suspension.days_left(case.suspension.began_at, case.at),
    }
    words = _(
        "Suspended; it is cancelled unless corrected by 24:00 of %(last_day)s (%(days)s days)."
    )
    return Finding(words, values, not suspension.must_cancel(case.suspension.began_at, case.at))


def _until(words: str | Promise, end: dt.datetime) -> Finding:
    return Finding(words, {"last_day": _last_day(end), "ends_at": end})


# --- The information sheet --------------------------------------------------------------------------


@_finds("R12")
def _parts(case: Case) -> Finding:
    codes = [part.code for part in _needed(case)]
    return Finding(_("The sheet of this offer needs the parts %(parts)s."), {"parts": codes})


@_finds("R12.complete")
def _complete(case: Case) -> Finding:
    said = case.sheet.parts.get("it", {}) if case.sheet else {}
    missing = [part.code for part in sheets.missing_parts(_needed(case), said)]
    words = _("Nothing is said yet in the parts %(parts)s.") if missing else _("No part is empty.")
    return Finding(words, {"parts": missing}, not missing, is_internal=True)


@_finds("R13.pages")
def _pages(case: Case) -> Finding | None:
    papers = case.sheet.papers.all() if case.sheet else []
    longest = max((paper.pages for paper in papers), default=None)
    if longest is None:
        return None
    form = case.regime.sheet
    words = _("The sheet takes %(pages)s of at most %(most)s sides.")
    return Finding(words, {"pages": longest, "most": form.most_pages}, sheets.fits(form, longest))


@_finds("R18")
def _notice(case: Case) -> Finding:
    day = sheets.latest_day_to_send(case.offer_day)
    words = _("Where the authority asks for it, the sheet is sent by %(day)s.")
    return Finding(words, {"day": day}, is_internal=True)


@_finds("R20")
def _identifier(case: Case) -> Finding:
    told = case.campaign.offer_identifier
    words = _("The identifier of this offer is %(identifier)s.") if told else _("It has none yet.")
    return Finding(words, {"identifier": told})


def _needed(case: Case) -> tuple[sheets.Part, ...]:
    return sheets.parts(case.regime.sheet, is_spv=case.campaign.is_spv)


# --- What follows: authority, register, tax ---------------------------------------------------------


@_finds("R52")
def _list_due(case: Case) -> Finding:
    day = yearly.list_of_projects_due_on(case.offer_day.year)
    return _due(_("The list with this offer is due by %(day)s."), day)


@_finds("I8")
def _data_due(case: Case) -> Finding | None:
    day = yearly.structured_data_due_on(case.offer_day.year)
    return _due(_("The data on this offer are due by %(day)s."), day) if day else None


@_finds("I14")
def _certificate_due(case: Case) -> Finding | None:
    if case.campaign.deadline_on is None:
        return None
    day = yearly.certificate_expected_on(case.campaign.deadline_on)
    return _due(_("Closing at the deadline, it is expected by %(day)s."), day)


@_finds("I9")
def _relief(case: Case) -> Finding | None:
    scheme = reliefs.scheme(tax_relief.ORDINARY, is_person=True, on=clock.day_of(case.at))
    if scheme is None:
        return None
    words = _("Today it is %(rate)s %% for a person, on at most %(ceiling)s a year.")
    return Finding(words, {"rate": scheme.rate_percent, "ceiling": scheme.yearly_ceiling})


@_finds("I10")
def _status(case: Case) -> Finding:
    today = clock.day_of(case.at)
    issuer = reliefs.start_up(case.campaign.issuer, on=today)
    lacks = tax_relief.lacks(issuer, tax_relief.Subscriber(), on=today)
    words = _("The issuer's status opens the relief today.")
    return Finding("%(lacks)s" if lacks else words, {"lacks": [str(each) for each in lacks]})


def _due(words: str | Promise, day: dt.date) -> Finding:
    return Finding(words, {"day": day}, is_internal=True)
