"""The report of a year of a benefit company as it goes to the accounts: published, in force, late.

What it must say is pure (`campaigns.rules.impact`); its words are those of the year (`years`), which the
city reviews first. It is public, as the law wants it; a correction is a further version.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from campaigns.cases.case import Case, Finding, finds
from campaigns.models import Campaign, IssuerStatus
from campaigns.rules import impact
from properties import years
from properties.models import YearNote, YearReport


class Incomplete(Refused):
    """`facts["missing"]` lists the parts that say nothing."""

    code = "year_report.incomplete"


class NotDue(Conflict):
    code = "year_report.not_due"


class NotReviewed(Conflict):
    code = "year_report.not_reviewed"


class BadDay(Refused):
    code = "year_report.bad_day"


@dataclass(frozen=True)
class Told:
    """A version of the report of a year, with the words that it told."""

    report: YearReport
    notes: list[YearNote]


def publish(
    *, issuer: Organisation, year: int, added_on: dt.date, by: Actor, at: dt.datetime
) -> YearReport:
    """Publish the report of a year, or the next version of it (L. 208/2015, par. 382-383).

    Its words are frozen. Raises Incomplete with what is missing, NotReviewed before the city or a second
    person let them go, NotDue for a year in which the issuer was no benefit company or that has not
    ended, BadDay when it was added before the year ended or in days to come.
    """
    users.require(by, "snapshot.edit")
    _refuse_what_is_amiss(issuer, year, added_on, clock.day_of(at))
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=issuer.pk)
        row = YearReport.objects.create(
            organisation=issuer,
            year=year,
            version=issuer.year_reports.filter(year=year).count() + 1,
            added_on=added_on,
            published_at=at,
            by_label=users.label(by),
        )
        years.tell_words(issuer, year=year, at=at)
        facts = {"year": row.year, "version": row.version}
        audit.record(action="year.report_published", subject=issuer, by=by, at=at, facts=facts)
    return row


def _refuse_what_is_amiss(
    issuer: Organisation, year: int, added_on: dt.date, today: dt.date
) -> None:
    if year not in years_due(issuer, on=today):
        raise NotDue(_("For this year the issuer owes no report in its accounts."), year=year)
    if missing := impact.missing_parts(_parts(years.notes(issuer, year=year))):
        listed = "; ".join(str(each) for each in missing)
        raise Incomplete(_("The report lacks: %(parts)s.") % {"parts": listed}, missing=listed)
    if not dt.date(year, 12, 31) < added_on <= today:
        raise BadDay(
            _("It is added to the accounts after the year, on a day that has come."),
            field="added_on",
        )
    if years.unreleased(issuer, year=year):
        raise NotReviewed(
            _("The words wait for the city: it accepts them, or a second person lets them go.")
        )


def _parts(notes: list[YearNote]) -> impact.Impact:
    owed = {note.heading: note.text_it for note in notes if note.heading in YearNote.OWED}
    return impact.Impact(**owed)


def in_force(issuer: Organisation) -> list[Told]:
    """The last version of each year with what it told, the newest year first."""
    newest = issuer.year_reports.order_by("-year", "-version").distinct("year")
    return [_told(each) for each in newest]


def _told(row: YearReport) -> Told:
    told = years.told_notes(row.organisation, year=row.year, at=row.published_at)
    return Told(row, told)


def years_due(issuer: Organisation, *, on: dt.date) -> list[int]:
    """The years for which a report is due; none of an issuer that never was a benefit company."""
    told = issuer.statuses.filter(status=IssuerStatus.Status.BENEFIT)
    newest = told.order_by("-recorded_at", "-id").first()
    return impact.years_due(since=newest.since, until=newest.until, on=on) if newest else []


def late(issuer: Organisation, *, on: dt.date) -> list[int]:
    """The years whose report should be there on a day and is not."""
    there = set(issuer.year_reports.values_list("year", flat=True))
    due = (year for year in years_due(issuer, on=on) if impact.due_on(year) < on)
    return [year for year in due if year not in there]


def section(campaign: Campaign) -> dict[str, Any] | None:
    """The reports of the issuer on the page of an offer; None where there is none."""
    reports = in_force(campaign.issuer)
    return {"reports": reports} if reports else None


@finds("I13", "I13.years", "I13.day")
def _case(case: Case) -> Finding | None:
    today = clock.day_of(case.at)
    if not years_due(case.campaign.issuer, on=today):
        return None
    missing = late(case.campaign.issuer, on=today)
    there = _("The issuer is a benefit company: each report of a year that is due is there.")
    lacks = _("The issuer is a benefit company: of these years the report is missing: %(years)s.")
    return Finding(lacks if missing else there, {"years": missing}, holds=not missing)
