"""The yearly impact report of a benefit company: what it says, for which years, and by when (I13)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import law
from campaigns.rules import dates

ARTICLE = "L. 208/2015, par. 382-383"


@dataclass(frozen=True)
class Impact:
    """The parts of a report of one year, in words."""

    done: str = ""
    slowed: str = ""
    measured: str = ""
    ahead: str = ""


@law.rule(
    id="I13",
    article=ARTICLE,
    valid_from=dates.BENEFIT_COMPANIES,
    says=_(
        "A benefit company adds to its accounts each year a report: its goals, how it pursued them "
        "and what slowed it, the impact measured by an external standard, goals for the next year."
    ),
    uncertain=_("The text of the law was not read in a source; the parts are those usually named."),
)
def missing_parts(found: Impact) -> list[str | Promise]:
    """What a report does not say yet; empty: it is complete."""
    parts: list[tuple[str, str | Promise]] = [
        (found.done, _("The goals of common benefit, and how they were pursued")),
        (found.slowed, _("What prevented or slowed it")),
        (found.measured, _("The impact that was measured, and by which standard")),
        (found.ahead, _("The goals for the next year")),
    ]
    return [label for text, label in parts if not text.strip()]


@law.rule(
    id="I13.years",
    article=ARTICLE,
    valid_from=dates.BENEFIT_COMPANIES,
    says=_("A report is due for each year in which the company was a benefit company."),
    uncertain=_("A part of a year is taken as a year: the first and the last are told too."),
)
def years_due(*, since: dt.date, until: dt.date | None, on: dt.date) -> list[int]:
    """The ended years for which a report is due on a day; `until` is the first day of no status."""
    last_day = min(until - dt.timedelta(days=1), on) if until else on
    last_year = min(last_day.year, on.year - 1)
    return list(range(since.year, last_year + 1))


@law.rule(
    id="I13.day",
    article="Civil code, art. 2364 and 2478-bis",
    valid_from=dates.BENEFIT_COMPANIES,
    says=_(
        "The report is there with the accounts, which are approved within 120 days of the year."
    ),
    uncertain=_("A statute may allow 180 days; we count 120."),
)
def due_on(year: int) -> dt.date:
    """The last day on which the accounts of a calendar year, and its report, are approved."""
    return dt.date(year, 12, 31) + dt.timedelta(days=120)
