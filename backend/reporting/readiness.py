"""What stands against issuing reports, as reasons that a person can act on; empty when nothing does.

A slow city is no reason: after the days of `review.fallback_days` figures go out unreviewed.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core import clock, parameters
from backend.ledger import checks
from backend.reporting import kinds
from investors.models import InvestorReport
from properties import consents, snapshots, wording, years
from properties.models import Snapshot, YearNote

Reason = str | Promise
State = Snapshot.State


def obstacles(snapshot: Snapshot, *, kind: str, at: dt.datetime) -> list[Reason]:
    """Reasons of the figures and of the year; the books are looked at apart, for that takes a while."""
    if kind not in kinds.of(snapshot.as_of):
        return [_of_another_day(kind)]
    return [*_of_figures(snapshot, at), *(_of_year(snapshot) if _is_yearly(kind) else ())]


def faults_of_books() -> list[Reason]:
    """The invariants of the books that do not hold now: no report leaves before they do."""
    return [
        gettext("The books are not clean (%(check)s): mend them before anybody is told anything.")
        % {"check": gettext(check.name)}
        for check in checks.run()
        if not check.ok
    ]


def _of_figures(snapshot: Snapshot, at: dt.datetime) -> list[Reason]:
    newest = snapshots.newest_published(snapshot.organisation, as_of=snapshot.as_of)
    if newest is not None and newest.version > snapshot.version:
        return [_("These figures were restated: issue the reports of the newer version.")]
    if snapshot.state == State.PUBLISHED:
        return []
    words: dict[str, Reason] = {
        State.DRAFT: _("The figures were not handed to the city yet."),
        State.RETURNED: _("The city asked questions that were not answered yet."),
        State.ACCEPTED: _("The city accepted the figures: publish them first."),
    }
    return [
        _("Reports are issued from published figures only."),
        words.get(snapshot.state) or _fallback(snapshot, at),
    ]


def _fallback(snapshot: Snapshot, at: dt.datetime) -> str:
    """With the city: until when it has time, or that a second person may let the figures go."""
    days = int(parameters.value(snapshots.FALLBACK_DAYS, on=clock.day_of(at)))
    since = clock.day_of(snapshot.submitted_at or at)
    until = since + dt.timedelta(days=days)
    if clock.day_of(at) <= until:
        return gettext("The city has until %(day)s to answer.") % {"day": wording.day(until)}
    return gettext("The city did not answer in time: ask a second person to publish the figures.")


def _of_another_day(kind: str) -> Reason:
    if _is_yearly(kind):
        return _("The report of a year is made of the figures of its last day.")
    return _("The report of a quarter is made of the figures of its last day.")


def _is_yearly(kind: str) -> bool:
    return kind == InvestorReport.Kind.YEARLY


def _of_year(snapshot: Snapshot) -> list[Reason]:
    year = snapshot.as_of.year
    if consents.to_remove(snapshot.organisation).exists():
        return [
            _(
                "A household took back its consent to a story or a picture: take it out of the words "
                "of the year, and say in its case that it is gone."
            )
        ]
    if missing := years.missing(snapshot.organisation, year=year):
        sentence = gettext("Write first what the report of %(year)s says under: %(headings)s.")
        return [sentence % {"year": year, "headings": _listed(missing)}]
    if waiting := years.unreleased(snapshot.organisation, year=year):
        sentence = gettext(
            "The city did not review the words of %(year)s under: %(headings)s. After its days a "
            "second person may let them go."
        )
        return [sentence % {"year": year, "headings": _listed(each.heading for each in waiting)}]
    return []


def _listed(headings: Iterable[str]) -> str:
    return ", ".join(str(YearNote.Heading(each).label) for each in headings)
