"""The manager's day: what is due or late across money, homes, people and reports, and what waits.

Reads only. Each duty leads to the page where it is done.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, DecimalField, F, Min, QuerySet, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from djmoney.money import Money

from backend.core import clock
from backend.core.models import User
from backend.reporting import due, kinds, reached
from backend.treasury.models import BankLine, Discrepancy, Expectation
from campaigns import deadlines, regulator
from campaigns.models import Campaign, Question, TranslationRequest
from investors.models import Complaint, InvestorReport
from properties import hard_dates, worktray
from properties.models import Household, Snapshot, Unit

SOON_DAYS = 14
# What nobody fixed by law: a question is answered within a week.
ASKED_WITHIN = dt.timedelta(days=7)
QUARTERLY = InvestorReport.Kind.QUARTERLY


@dataclass(frozen=True)
class Duty:
    """Something to do by a day, with the money it is about, and where it is done."""

    what: str | Promise
    about: str
    on: dt.date
    url: str
    amount: Money | None = None


@dataclass(frozen=True)
class Age:
    """Bank lines not explained, by how old they are."""

    label: str | Promise
    count: int
    amount: Money


@dataclass(frozen=True)
class Reports:
    """What of an issuer's reports was told, and the newest figures of which some wait to be issued."""

    told: due.Told
    unissued: list[Snapshot]


def reports_of(user: User, *, today: dt.date) -> Reports:
    """Both, of one count of who has a report."""
    own = Snapshot.objects.filter(organisation=user.organisation_id).defer("data")
    published = own.filter(kinds.QUARTERS_END, state=Snapshot.State.PUBLISHED)
    newest = published.order_by("-as_of")[:4]
    owed = due.asked(user.organisation, on=today) if user.organisation else []
    issued = [(row, QUARTERLY) for row in newest]
    done = reached.progress([*owed, *issued])
    unissued = [row for row, kind in issued if not done[row.pk, str(kind)].is_done]
    return Reports(due.told(owed, done), unissued)


def duties(user: User, *, today: dt.date, reports: Reports | None = None) -> list[Duty]:
    """What is late or due in the next two weeks, the earliest first.

    `reports` is what `reports_of` says, where the caller asked it already.
    """
    reports = reports or reports_of(user, today=today)
    until = today + dt.timedelta(days=SOON_DAYS)
    found = [
        *_hard_dates(user, until),
        *_costs(user, until),
        *_rents(user, today),
        *_people(user, until),
        *_closings(user, today),
        *_reports(user, today, reports),
        *_complaints(user),
        *_asked(user),
        *_files(user, today, until),
    ]
    return sorted((duty for duty in found if duty.on <= until), key=lambda duty: duty.on)


def reports_to_do(user: User, *, reports: Reports) -> list[tuple[str | Promise, Snapshot, str]]:
    """Figures and reports that wait for the issuer: to hand in, to answer, to publish, to issue."""
    words: dict[Snapshot.State, str | Promise] = {
        Snapshot.State.DRAFT: _("hand the figures to the city"),
        Snapshot.State.RETURNED: _("answer the city's questions"),
        Snapshot.State.ACCEPTED: _("publish the figures"),
    }
    own = Snapshot.objects.filter(organisation=user.organisation_id).defer("data")
    waiting: list[tuple[str | Promise, Snapshot, str]] = [
        (words[Snapshot.State(row.state)], row, reverse("review-snapshot", args=[row.pk]))
        for row in own.filter(state__in=words)
    ]
    page = reverse("report-issues")
    return waiting + [(_("issue the reports"), row, page) for row in reports.unissued]


def unexplained(user: User, *, today: dt.date) -> list[Age]:
    """What the bank shows and nobody explained, by age: fresh, over a week, over a month."""
    lines = list(BankLine.objects.visible_to(user).unexplained())
    week, month = today - dt.timedelta(days=7), today - dt.timedelta(days=30)
    ages = (
        (_("up to a week old"), [one for one in lines if one.booked_on > week]),
        (_("older than a week"), [one for one in lines if month < one.booked_on <= week]),
        (_("older than a month"), [one for one in lines if one.booked_on <= month]),
    )
    return [age for label, rows in ages if (age := _age(label, rows)).count]


def discrepancies(user: User) -> list[Discrepancy]:
    """Differences that wait for somebody, the largest first."""
    waiting = Discrepancy.objects.visible_to(user).waiting().select_related("line", "expectation")
    return list(waiting.order_by("-amount", "opened_at")[:10])


def _age(label: str | Promise, lines: Sequence[BankLine]) -> Age:
    return Age(label, len(lines), sum((line.size for line in lines), Money(0, "EUR")))


def _hard_dates(user: User, until: dt.date) -> list[Duty]:
    return [
        Duty(date.what, date.unit.code, date.on, _page_of(date.unit.pk))
        for date in hard_dates.upcoming(Unit.objects.visible_to(user), until=until)
    ]


def _costs(user: User, until: dt.date) -> list[Duty]:
    waiting = Expectation.objects.visible_to(user).outstanding()
    due = waiting.filter(cost_line__is_paid=False, due_on__lte=until)
    return [
        Duty(
            row.cost_line.get_kind_display(),
            row.cost_line.acquisition.unit.code,
            row.due_on,
            _page_of(row.cost_line.acquisition.unit_id),
            row.amount - Money(row.received, "EUR"),
        )
        for row in due.select_related("cost_line__acquisition__unit")
        if row.due_on is not None
    ]


def _rents(user: User, today: dt.date) -> list[Duty]:
    """Rents that are late, in one line: whom to call is the caseworker's."""
    waiting = Expectation.objects.visible_to(user).outstanding()
    # One line for all: a manager sees amounts, the names behind them are the caseworker's.
    late = waiting.filter(rent_charge__is_paid=False, due_on__lt=today)
    left = Sum(F("amount") - F("received"), output_field=DecimalField())
    found = late.aggregate(count=Count("pk"), first=Min("due_on"), left=left)
    if not found["count"]:
        return []
    about = ngettext("%(count)s rent", "%(count)s rents", found["count"]) % found
    amount = Money(found["left"], "EUR")
    return [Duty(_("Rents late"), about, found["first"], reverse("homes"), amount)]


ANSWER_WITHIN = dt.timedelta(days=worktray.DAYS["answer"])


def _people(user: User, until: dt.date) -> list[Duty]:
    """Households that wait, in two lines: who they are is the caseworker's to know."""
    open_ = Household.objects.visible_to(user).filter(closed_on=None, anonymised_at=None)
    referred = open_.filter(tenancies=None, was_living_in=None).aggregate(
        count=Count("pk"), first=Min("referred_on")
    )
    planned = open_.filter(next_step_on__lte=until).aggregate(
        count=Count("pk"), first=Min("next_step_on")
    )
    found = []
    if referred["count"]:
        found.append(
            (_("Referrals to answer"), referred["count"], referred["first"] + ANSWER_WITHIN)
        )
    if planned["count"]:
        found.append((_("Next steps with households"), planned["count"], planned["first"]))
    return [Duty(what, _households(count), on, reverse("households")) for what, count, on in found]


def _households(count: int) -> str:
    return ngettext("%(count)s household", "%(count)s households", count) % {"count": count}


def _closings(user: User, today: dt.date) -> list[Duty]:
    """Offers that have ended and wait for nothing since this morning: investors wait for a word."""
    ended = Campaign.objects.of_staff(user).filter(state=Campaign.State.COLLECTING)
    return [
        Duty(_("Close the campaign"), each.title, today, reverse("campaign-desk", args=[each.slug]))
        for each in deadlines.closable(ended, at=clock.start_of(today))
    ]


def _reports(user: User, today: dt.date, reports: Reports) -> list[Duty]:
    """Reports that investors are owed and do not have."""
    if user.organisation is None:
        return []
    owed = due.of_issuer(user.organisation, on=today, known=reports.told)
    return [
        Duty(_("Report to investors"), each.period.words, each.due_on, reverse("report-issues"))
        for each in owed
        if not each.is_told
    ]


def _complaints(user: User) -> list[Duty]:
    """Complaints to acknowledge, and those whose answer was promised for a day."""
    waiting = Complaint.objects.visible_to(user).filter(organisation=user.organisation_id)
    return [
        Duty(
            _("Acknowledge the complaint")
            if each.state == Complaint.State.RECEIVED
            else _("Answer the complaint"),
            each.number,
            each.due_on,
            reverse("complaint", args=[each.pk]),
        )
        for each in waiting.unfinished()
        if each.due_on is not None
    ]


def _asked(user: User) -> list[Duty]:
    """What visitors asked of an offer and nobody has answered: a line for each offer."""
    asked: list[tuple[str | Promise, str, QuerySet[Question] | QuerySet[TranslationRequest]]] = [
        (_("Answer questions"), "questions", Question.objects.filter(state=Question.State.ASKED)),
        (
            _("Answer who asked for a translation"),
            "translations",
            TranslationRequest.objects.waiting(),
        ),
    ]
    found = []
    for what, part, rows in asked:
        ours = rows.filter(campaign__in=Campaign.objects.of_staff(user))
        first = dict(ours.order_by().values_list("campaign").annotate(Min("asked_at")))
        for pk, each in Campaign.objects.in_bulk(first).items():
            page = reverse("campaign-desk-page", args=[each.slug])
            on = clock.day_of(first[pk]) + ASKED_WITHIN
            found.append(Duty(what, each.title, on, f"{page}#{part}"))
    return found


def _files(user: User, today: dt.date, until: dt.date) -> list[Duty]:
    """The yearly files for the authorities that were not made since their year ended."""
    if not user.may("regulator.file"):
        return []
    year = today.year - 1
    page = reverse("regulator-files-of", args=[year])
    return [
        Duty(_("File for the authority"), f"{kind.label}, {year}", on, page)
        for kind, on in regulator.owed(year=year, by=user).items()
        if on <= until
    ]


def _page_of(unit: int) -> str:
    return reverse("home-page", args=[unit])
