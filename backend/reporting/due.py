"""Which quarters and years an issuer owes its investors a report of, and since when one is late.

Reporting cannot go silent: what is late is mailed, shown to everybody on the campaign, and blocks the
issuer's next offer. A period is told once figures as of its last day are published and every holder
of that day has the report; a slow city is no reason, for figures may go out unreviewed (housing.md
3.13). A correction that is still on its way does not make a period untold again.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Min, Q
from django.utils.translation import gettext_lazy as _

from backend.core import clock, notices, parameters, periods
from backend.core.models import Organisation, User
from backend.core.periods import Period, Quarter, Year
from backend.reporting import kinds, reached
from backend.reporting.reached import Pair, Progress
from campaigns.models import Campaign
from campaigns.obstacles import Blocker
from investors.models import InvestorReport
from properties.models import Snapshot

DUE_DAYS = "report.due_days"
YEARLY_DUE_DAYS = "report.yearly_due_days"
REMIND_BEFORE = dt.timedelta(days=14)
SHOWN_QUARTERS = 8
"""Two years back: what was owed before that is history, and every page would pay for it."""

Kind = InvestorReport.Kind
Told = set[tuple[dt.date, str]]
"""Last days of quarters, each with a kind of report that was told of them."""


@dataclass(frozen=True)
class DueReport:
    """A quarter or year that investors are owed a report of, until a day, and whether they have it."""

    period: Period
    due_on: dt.date
    is_told: bool

    @property
    def late_since(self) -> dt.date:
        """The day after the last one on which it would have been in time."""
        return self.due_on + dt.timedelta(days=1)

    def is_late(self, on: dt.date) -> bool:
        return not self.is_told and on >= self.late_since


def expected(
    *, allotted_on: dt.date, told: Collection[Quarter], on: dt.date, days: int
) -> list[DueReport]:
    """The quarters owed, newest first: from the first whole one after the allotment to the running one.

    A report is due so many days after its quarter ended.
    """
    first = periods.quarter_of(allotted_on)
    quarter = periods.quarter_of(on)
    found: list[DueReport] = []
    while quarter > first and len(found) < SHOWN_QUARTERS:
        due_on = quarter.last_day + dt.timedelta(days=days)
        found.append(DueReport(quarter, due_on, quarter in told))
        quarter = periods.previous(quarter)
    return found


def expected_years(
    *, allotted_on: dt.date, told: Collection[Year], on: dt.date, days: int
) -> list[DueReport]:
    """The years owed, newest first, once they are over: from the one of the allotment on."""
    years = [Year(on.year - back) for back in range(1, SHOWN_QUARTERS // 4 + 1)]
    return [
        DueReport(year, year.last_day + dt.timedelta(days=days), year in told)
        for year in years
        if year.last_day >= allotted_on
    ]


def of_issuer(issuer: Organisation, *, on: dt.date, known: Told | None = None) -> list[DueReport]:
    """The reports that an issuer owes, newest first; none before shares of it were allotted.

    `known` is what `told` says, where the caller asked it already.
    """
    # Of an offer that ended elsewhere, what was owed before it was taken over was told elsewhere.
    elsewhere = Max("openings__applied_at", filter=Q(openings__released_on__isnull=False))
    rows = Campaign.objects.filter(issuer=issuer, allotments__isnull=False)
    since = rows.annotate(first=Min("allotments__allotted_at"), taken_over=elsewhere)
    begins = [max(filter(None, told)) for told in since.values_list("first", "taken_over")]
    if not begins:
        return []
    first = min(begins)
    if known is None:
        pairs = asked(issuer, on=on)
        known = told(pairs, reached.progress(pairs))
    begun = clock.day_of(first)
    quarters = {periods.quarter_of(day) for day, kind in known if kind == Kind.QUARTERLY}
    years = {Year(day.year) for day, kind in known if kind == Kind.YEARLY}
    days, year_days = (int(parameters.value(code, on=on)) for code in (DUE_DAYS, YEARLY_DUE_DAYS))
    owed = [
        *expected(allotted_on=begun, told=quarters, on=on, days=days),
        *expected_years(allotted_on=begun, told=years, on=on, days=year_days),
    ]
    return sorted(owed, key=lambda each: (each.due_on, each.period.label), reverse=True)


def late(issuer: Organisation, *, on: dt.date) -> list[DueReport]:
    """The reports that are late, the oldest first."""
    return [each for each in reversed(of_issuer(issuer, on=on)) if each.is_late(on)]


def of_next_offer(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """Who is late with a report opens no other offer; one that runs is not held up by it."""
    if campaign.state == Campaign.State.SUSPENDED:
        return []
    sentence = _("The report of %(quarter)s is late since %(day)s: issue it first.")
    return [
        Blocker(
            "report_late",
            sentence % {"quarter": each.period.words, "day": f"{each.late_since:%d.%m.%Y}"},
        )
        for each in late(campaign.issuer, on=clock.day_of(at))
    ]


def remind(*, at: dt.datetime) -> int:
    """Write to the issuers' managers of what is due in two weeks, and every week of what is late."""
    today = clock.day_of(at)
    issuers = Organisation.objects.filter(campaigns__allotments__isnull=False).distinct()
    mails = [
        notice
        for issuer in issuers
        for each in of_issuer(issuer, on=today)
        for notice in _mails(issuer, each, today)
    ]
    notices.send_many(notices=mails, at=at)
    return len(mails)


def _mails(issuer: Organisation, due: DueReport, today: dt.date) -> list[notices.NewNotice]:
    if due.is_told or today < due.due_on - REMIND_BEFORE:
        return []
    weeks = (today - due.due_on).days // 7 if due.is_late(today) else -1
    template = "report_late" if due.is_late(today) else "report_due"
    key = f"{template}:{issuer.pk}:{due.period.label}:{weeks}"
    people = User.objects.filter(organisation=issuer, is_active=True)
    context = {"due": due, "issuer": issuer, "site": settings.SITE_URL}
    return [
        notices.NewNotice(f"{key}:{each.pk}", each.email, each.language, template, context)
        for each in people
        if each.may("report.issue")
    ]


def asked(issuer: Organisation, *, on: dt.date) -> list[tuple[Snapshot, str]]:
    """The published figures of the quarters that are looked at, with each kind of report of them."""
    quarters = [periods.quarter_of(on)]
    while len(quarters) < SHOWN_QUARTERS:
        quarters.append(periods.previous(quarters[-1]))
    published = Snapshot.objects.filter(
        organisation=issuer,
        state=Snapshot.State.PUBLISHED,
        as_of__in=[quarter.last_day for quarter in quarters],
    )
    return [(each, kind) for each in published.defer("data") for kind in kinds.of(each.as_of)]


def told(pairs: Iterable[tuple[Snapshot, str]], done: Mapping[Pair, Progress]) -> Told:
    """Of figures and kinds of report those that every holder of the day has."""
    return {(each.as_of, kind) for each, kind in pairs if done[each.pk, str(kind)].is_done}
