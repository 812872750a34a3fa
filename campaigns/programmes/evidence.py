"""Until when the evidence of a funded project is kept, and what a night finds about it (P19).

Three years from the 31 December after the accounts that include the spending, two for an operation of a
million or more (Reg. 1303/2013 art. 140), ten for state aid and de minimis; proceedings stop the clock.
Nothing is removed here: the files lie with the office, which is told once when they may go.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, notices, parameters
from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO
from backend.core.notices import NewNotice
from backend.core.roles import Role
from backend.core.users import Actor, label
from campaigns.models import Proceedings, Project, ProjectAccounts
from campaigns.programmes import calls

State = Project.State
SMALL, LARGE, AID = "evidence.small_years", "evidence.large_years", "evidence.state_aid_years"
LARGE_FROM = "evidence.large_from"
AWAITED, RUNNING, PAUSED, OVER = "awaited", "running", "paused", "over"
"""Accounts not handed in yet; the term runs; proceedings stop it; the evidence may go."""


class NotReported(Conflict):
    code = "evidence.not_reported"


class OpenAlready(Conflict):
    code = "evidence.proceedings_open_already"


class NoneOpen(Conflict):
    code = "evidence.no_proceedings_open"


class BadDay(Refused):
    code = "evidence.bad_day"


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stood still; without an end it stands still."""

    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True)
class Term:
    """How it stands with a project's evidence on a day; `until` is the last day to keep it."""

    standing: str
    until: dt.date | None = None


def kept_until(*, accounts_on: dt.date, years: int, pauses: Iterable[Pause]) -> dt.date | None:
    """The last day to keep evidence; None while a pause has no end. Pure.

    Pauses that overlap stop the clock once; one that begins after the term is too late to stop it.
    """
    until = dt.date(accounts_on.year + years, 12, 31)
    counted_to = dt.date.min
    for pause in sorted(pauses, key=lambda each: each.starts_on):
        starts_on = max(pause.starts_on, counted_to)
        if starts_on > until:
            continue
        if pause.ends_on is None:
            return None
        until += max(pause.ends_on - starts_on, dt.timedelta(0))
        counted_to = max(counted_to, pause.ends_on)
    return until


def term_of(project: Project, *, on: dt.date) -> Term:
    """How it stands with one project's evidence."""
    accounts = getattr(project, "accounts", None)
    if accounts is None:
        return Term(AWAITED)
    pauses = [Pause(each.starts_on, each.ends_on) for each in project.proceedings.all()]
    years = _years(project, accounts, on)
    until = kept_until(accounts_on=accounts.accounts_on, years=years, pauses=pauses)
    if until is None:
        return Term(PAUSED)
    return Term(OVER if until < on else RUNNING, until)


@transaction.atomic
def tell_accounts(
    *, project: Project, accounts_on: dt.date, is_state_aid: bool, by: Actor, at: dt.datetime
) -> ProjectAccounts:
    """Say when the accounts with a project's spending were handed in; a later word replaces it.

    Raises NotOurs, NotReported.
    """
    calls.require_own(project.call.programme, by)
    if project.state not in (State.REPORTED, State.CLOSED):
        raise NotReported(_("The project has not handed in its final report yet."))
    told, _created = ProjectAccounts.objects.update_or_create(
        project=project,
        defaults={
            "accounts_on": accounts_on,
            "is_state_aid": is_state_aid,
            "at": at,
            "by_label": label(by),
        },
    )
    facts = {"accounts_on": accounts_on.isoformat(), "is_state_aid": is_state_aid}
    audit.record(action="project.accounts_told", subject=project, by=by, at=at, facts=facts)
    return told


@transaction.atomic
def begin_proceedings(
    *, project: Project, reference: str, on: dt.date, by: Actor, at: dt.datetime
) -> Proceedings:
    """Stop the clock of a project's evidence. Raises NotOurs, OpenAlready."""
    calls.require_own(project.call.programme, by)
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if project.proceedings.filter(ends_on=None).exists():
        raise OpenAlready(_("There are proceedings already that have not ended."))
    begun = Proceedings.objects.create(
        project=project, reference=reference, starts_on=on, at=at, by_label=label(by)
    )
    audit.record(action="project.proceedings_begun", subject=project, by=by, at=at)
    return begun


@transaction.atomic
def end_proceedings(*, project: Project, on: dt.date, by: Actor, at: dt.datetime) -> Proceedings:
    """Let the clock go on. Raises NotOurs, NoneOpen, BadDay."""
    calls.require_own(project.call.programme, by)
    standing = project.proceedings.select_for_update().filter(ends_on=None).first()
    if standing is None:
        raise NoneOpen(_("There are no proceedings that have not ended."))
    if on < standing.starts_on:
        raise BadDay(_("Proceedings end after they begin."), field="on")
    standing.ends_on = on
    standing.save(update_fields=["ends_on"])
    audit.record(action="project.proceedings_ended", subject=project, by=by, at=at)
    return standing


def judge_all(*, on: dt.date, at: dt.datetime) -> dict[str, int]:
    """Count how it stands with all evidence, and tell each office once what may go. Repeatable."""
    counts = dict.fromkeys((AWAITED, RUNNING, PAUSED, OVER), 0)
    for project in _reported():
        term = term_of(project, on=on)
        counts[term.standing] += 1
        if term.standing == OVER:
            notices.send_many(notices=_mails(project, term), at=at)
    return counts


def _reported() -> QuerySet[Project]:
    own = Project.objects.filter(call__programme__organisation__isnull=False)
    reported = own.filter(state__in=(State.REPORTED, State.CLOSED)).order_by("pk")
    told = reported.select_related("call__programme__organisation", "grant", "accounts")
    return told.prefetch_related("proceedings")


def _years(project: Project, accounts: ProjectAccounts, on: dt.date) -> int:
    if accounts.is_state_aid:
        return int(parameters.value(AID, on=on))
    grant = getattr(project, "grant", None)
    cost = grant.amount + grant.own_share if grant else ZERO
    is_large = cost >= Money(parameters.value(LARGE_FROM, on=on), "EUR")
    return int(parameters.value(LARGE if is_large else SMALL, on=on))


def _mails(project: Project, term: Term) -> list[NewNotice]:
    office = project.call.programme.organisation
    assert office is not None, "only projects of an office of ours are judged"
    officers = office.members.filter(is_active=True, roles__contains=[Role.PROGRAMME_OFFICER])
    return [
        NewNotice(
            key=f"evidence_over:{project.pk}:{term.until}:{officer.pk}",
            to=officer.email,
            language=officer.language,
            template="evidence_over",
            context={"project": project, "until": term.until, "site": settings.SITE_URL},
        )
        for officer in officers.order_by("pk")
    ]
