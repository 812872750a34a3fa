"""Award a project its grant within the call's limits, with instalments and the reports it owes.

The limits are judged here with their reasons, and by the database again (guards_programmes.sql).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit
from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO, positive
from backend.core.users import Actor, label
from campaigns.models import (
    Call,
    Project,
    ProjectGrant,
    ProjectInstalment,
    ReportDuty,
)
from campaigns.programmes import calls


class TooMuch(Refused):
    code = "award.too_much"


class OwnShareTooSmall(Refused):
    code = "award.own_share_too_small"


class InstalmentsDiffer(Refused):
    code = "award.instalments_differ"


class BudgetSpent(Conflict):
    code = "award.budget_spent"


class ReportLate(Conflict):
    code = "award.report_late"


class AlreadyDone(Conflict):
    code = "award.already_done"


@dataclass(frozen=True)
class Part:
    """An instalment: how much, and when it is due."""

    amount: Money
    due_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Award:
    """What the agreement with a project says."""

    agreement: str
    amount: Money
    own_share: Money
    agreed_on: dt.date
    instalments: Sequence[Part]
    reports_due: Sequence[dt.date]


@dataclass(frozen=True)
class Limits:
    """What a call allows: None is no limit."""

    grant_maximum: Money | None
    own_share_percent: int | None
    left: Money | None


def judge(new: Award, limits: Limits) -> None:
    """Raise TooMuch, OwnShareTooSmall, BudgetSpent or InstalmentsDiffer with what would be allowed."""
    if limits.grant_maximum is not None and new.amount > limits.grant_maximum:
        sentence = _("The call gives a project at most %(most)s.")
        raise TooMuch(sentence % {"most": limits.grant_maximum}, field="amount")
    percent = limits.own_share_percent or 0
    if new.own_share * 100 < (new.amount + new.own_share) * percent:
        sentence = _("The bodies add at least %(percent)s %% of the whole cost.")
        raise OwnShareTooSmall(sentence % {"percent": percent}, field="own_share")
    if limits.left is not None and new.amount > limits.left:
        raise BudgetSpent(_("The call has %(left)s left.") % {"left": limits.left}, field="amount")
    if sum((each.amount for each in new.instalments), ZERO) != new.amount:
        raise InstalmentsDiffer(
            _("The instalments together are the grant, no less and no more."), field="instalments"
        )


def award(*, project: Project, new: Award, by: Actor, at: dt.datetime) -> ProjectGrant:
    """Fund a project: its grant, its instalments, its reporting duties.

    Raises what `judge` raises, NotOurs, and WrongState for a project that was not selected.
    """
    calls.require_own(project.call.programme, by)
    positive(new.amount)
    with transaction.atomic():
        call = Call.objects.select_for_update(no_key=True).get(pk=project.call_id)
        judge(new, _limits(call))
        calls.reach(project=project, to=Project.State.FUNDED, by=by, at=at)
        grant = ProjectGrant.objects.create(
            project=project,
            agreement=new.agreement,
            amount=new.amount,
            own_share=new.own_share,
            agreed_on=new.agreed_on,
            at=at,
            by_label=label(by),
        )
        _promise(grant, new)
        audit.record(action="project.awarded", subject=grant, by=by, at=at)
    return grant


def pay(
    *, instalment: ProjectInstalment, on: dt.date, by: Actor, at: dt.datetime
) -> ProjectInstalment:
    """Note that the city paid an instalment. Raises ReportLate while a report is overdue, AlreadyDone."""
    project = instalment.grant.project
    calls.require_own(project.call.programme, by)
    with transaction.atomic():
        if project.duties.filter(handed_in_on=None, due_on__lt=on).exists():
            raise ReportLate(_("A report of this project is overdue: it comes first."))
        unpaid = ProjectInstalment.objects.filter(pk=instalment.pk, paid_on=None)
        if not unpaid.update(paid_on=on):
            raise AlreadyDone(_("This instalment was paid already."))
        audit.record(action="project.instalment_paid", subject=instalment, by=by, at=at)
    instalment.refresh_from_db()
    return instalment


def hand_in(
    *, duty: ReportDuty, on: dt.date, evidence: str, by: Actor, at: dt.datetime
) -> ReportDuty:
    """Note that a project handed in a report, and where it is kept. Raises AlreadyDone."""
    calls.require_own(duty.project.call.programme, by)
    with transaction.atomic():
        waiting = ReportDuty.objects.filter(pk=duty.pk, handed_in_on=None)
        if not waiting.update(handed_in_on=on, evidence=evidence):
            raise AlreadyDone(_("This report was handed in already."))
        audit.record(action="project.report_handed_in", subject=duty, by=by, at=at)
    duty.refresh_from_db()
    return duty


def _limits(call: Call) -> Limits:
    granted = ProjectGrant.objects.filter(project__call=call).aggregate(all=Sum("amount"))["all"]
    left = None if call.budget is None else call.budget - Money(granted or 0, "EUR")
    return Limits(call.grant_maximum, call.own_share_percent, left)


def _promise(grant: ProjectGrant, new: Award) -> None:
    ProjectInstalment.objects.bulk_create(
        ProjectInstalment(grant=grant, number=number, amount=each.amount, due_on=each.due_on)
        for number, each in enumerate(new.instalments, start=1)
    )
    ReportDuty.objects.bulk_create(
        ReportDuty(project=grant.project, number=number, due_on=day)
        for number, day in enumerate(sorted(new.reports_due), start=1)
    )
