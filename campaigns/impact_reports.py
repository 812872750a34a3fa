"""The impact reports of an issuer that is a benefit company: published by year, and what is missing.

What a report must say is pure (`rules.impact`). It is public, as the law wants it.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from campaigns.models import ImpactReport, IssuerStatus
from campaigns.rules import impact


class Incomplete(Refused):
    """`facts["missing"]` lists the parts that say nothing."""

    code = "impact_report.incomplete"


class NotDue(Conflict):
    code = "impact_report.not_due"


class BadDay(Refused):
    code = "impact_report.bad_day"


@dataclass(frozen=True)
class Told:
    """The report of a year, and when it was added to the accounts."""

    year: int
    parts: impact.Impact
    added_on: dt.date


def publish(*, issuer: Organisation, told: Told, by: Actor, at: dt.datetime) -> ImpactReport:
    """Publish the report of a year, or the next version of it (L. 208/2015, par. 382-383).

    Raises Incomplete with what is missing, NotDue for a year in which the issuer was no benefit
    company or that has not ended, BadDay when it was added before the year ended or in days to come.
    """
    if missing := impact.missing_parts(told.parts):
        listed = "; ".join(str(each) for each in missing)
        raise Incomplete(_("The report lacks: %(parts)s.") % {"parts": listed}, missing=listed)
    if told.year not in years_due(issuer, on=clock.day_of(at)):
        raise NotDue(_("For this year the issuer owes no impact report."), year=told.year)
    if not dt.date(told.year, 12, 31) < told.added_on <= clock.day_of(at):
        raise BadDay(
            _("It is added to the accounts after the year, on a day that has come."),
            field="added_on",
        )
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=issuer.pk)
        row = ImpactReport.objects.create(
            issuer=issuer,
            year=told.year,
            version=issuer.impact_reports.filter(year=told.year).count() + 1,
            added_on=told.added_on,
            published_at=at,
            by_label=users.label(by),
            **vars(told.parts),
        )
        facts = {"year": row.year, "version": row.version}
        audit.record(action="issuer.impact_reported", subject=issuer, by=by, at=at, facts=facts)
    return row


def in_force(issuer: Organisation) -> QuerySet[ImpactReport]:
    """The last version of each year, the newest year first."""
    return issuer.impact_reports.order_by("-year", "-version").distinct("year")


def years_due(issuer: Organisation, *, on: dt.date) -> list[int]:
    """The years for which a report is due; none of an issuer that never was a benefit company."""
    told = issuer.statuses.filter(status=IssuerStatus.Status.BENEFIT)
    newest = told.order_by("-recorded_at", "-id").first()
    return impact.years_due(since=newest.since, until=newest.until, on=on) if newest else []


def late(issuer: Organisation, *, on: dt.date) -> list[int]:
    """The years whose report should be there on a day and is not."""
    there = set(issuer.impact_reports.values_list("year", flat=True))
    due = (year for year in years_due(issuer, on=on) if impact.due_on(year) < on)
    return [year for year in due if year not in there]
