"""The case of one campaign before the rules of law, and what a rule finds in it, in words.

The finders stand beside: `offer`, `sheet`, `afterwards`.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import get_language
from djmoney.money import Money

from backend.core import clock
from backend.core.money import as_text
from campaigns import ceilings, rules, sheets
from campaigns.models import Campaign, InformationSheet, Suspension
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

    @property
    def is_running(self) -> bool:
        """Whether orders stand and nothing is decided yet."""
        return self.campaign.state in ceilings.RUNNING

    @cached_property
    def ceiling(self) -> ceilings.Standing:
        return ceilings.standing(self.campaign, at=self.at)

    @cached_property
    def sheet(self) -> InformationSheet | None:
        """The version in force."""
        return sheets.current(self.campaign)

    @cached_property
    def suspension(self) -> Suspension | None:
        return self.campaign.suspensions.filter(ended_at=None).first()


Find = Callable[[Case], Finding | None]
FINDERS: dict[str, Find] = {}


def find(rule: str, case: Case) -> Finding | None:
    """What a rule finds in a case; None for one that needs more than a campaign to compute."""
    finder = FINDERS.get(rule)
    return finder(case) if finder else None


def finds(*ids: str) -> Callable[[Find], Find]:
    """Register what finds for these rules."""

    def file(finder: Find) -> Find:
        FINDERS.update(dict.fromkeys(ids, finder))
        return finder

    return file


def _said(value: Any) -> str:
    language = get_language() or "it"
    if isinstance(value, Money):
        return as_text(value, language)
    if isinstance(value, dt.date):
        return format_date(value, "d MMMM y", locale=language[:2])
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
