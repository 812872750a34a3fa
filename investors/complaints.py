"""Complaints: left free of charge, acknowledged within ten working days, admissible or not, answered.

Every step is a letter to who complained and an audit row. How long an answer takes is not in the law
(a reasonable time): the acknowledgement names the day by which it is expected.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, notices, states, users
from backend.core.errors import Refused
from backend.core.models import Organisation, User
from backend.core.users import Actor
from investors.models import Complaint

State = Complaint.State
MAY_HANDLE = "complaint.handle"
NUMBERS_LOCK = 7_117_022  # one number at a time, so that the register has no gaps


class NoReason(Refused):
    code = "complaint.no_reason"


class NoDay(Refused):
    code = "complaint.no_day"


class NoAnswer(Refused):
    code = "complaint.no_answer"


@dataclass(frozen=True)
class Grievance:
    """The template as somebody filled it in: about what, what happened, what they ask for."""

    organisation: Organisation
    subject: str
    text: str
    wish: str = ""


@dataclass(frozen=True)
class Ruling:
    """Whether a complaint is admissible: if so, whom to ask and by when; if not, why not."""

    is_admissible: bool
    reason: str = ""
    contact: str = ""
    answer_due_on: dt.date | None = None


def leave(*, grievance: Grievance, user: User, by: Actor, at: dt.datetime) -> Complaint:
    """Write a complaint into the register and confirm at once that it came."""
    with transaction.atomic():
        year = clock.day_of(at).year
        complaint = Complaint.objects.create(
            year=year,
            serial=_next_serial(year),
            organisation=grievance.organisation,
            complainant=user,
            name=user.get_full_name() or user.get_username(),
            email=user.email,
            language=user.language,
            subject=grievance.subject,
            text=grievance.text,
            wish=grievance.wish,
            received_at=at,
        )
        audit.record(action="complaint.received", subject=complaint, by=by, at=at)
        _tell(complaint, "complaint_received", at)
    return complaint


def rule(*, complaint: Complaint, ruling: Ruling, by: Actor, at: dt.datetime) -> Complaint:
    """Acknowledge it and say whether it is admissible. Raises NoReason, NoDay, WrongState."""
    users.require(by, MAY_HANDLE)
    _refuse_unfounded(ruling, clock.day_of(at))
    to = State.ADMISSIBLE if ruling.is_admissible else State.INADMISSIBLE
    with transaction.atomic():
        complaint.acknowledged_at = at
        complaint.reason, complaint.contact = ruling.reason, ruling.contact
        complaint.answer_due_on = ruling.answer_due_on
        complaint.save(update_fields=["acknowledged_at", "reason", "contact", "answer_due_on"])
        states.move(record=complaint, to=to, by=by, at=at, reason=ruling.reason)
        _tell(complaint, f"complaint_{to}", at)
    return complaint


def answer(*, complaint: Complaint, text: str, by: Actor, at: dt.datetime) -> Complaint:
    """Answer an admissible complaint. Raises NoAnswer, WrongState."""
    users.require(by, MAY_HANDLE)
    if not text.strip():
        raise NoAnswer(_("Write the answer."), field="answer")
    with transaction.atomic():
        complaint.answer, complaint.answered_at = text, at
        complaint.save(update_fields=["answer", "answered_at"])
        states.move(record=complaint, to=State.ANSWERED, by=by, at=at)
        _tell(complaint, "complaint_answered", at)
    return complaint


def withdraw(*, complaint: Complaint, by: Actor, at: dt.datetime) -> Complaint:
    """Take a complaint back; it stays in the register."""
    return states.move(record=complaint, to=State.WITHDRAWN, by=by, at=at)


def _refuse_unfounded(ruling: Ruling, today: dt.date) -> None:
    if not ruling.is_admissible and not ruling.reason.strip():
        raise NoReason(_("Say why it is not admissible."), field="reason")
    if ruling.is_admissible and (ruling.answer_due_on is None or ruling.answer_due_on < today):
        raise NoDay(_("Name the day by which an answer is expected."), field="answer_due_on")


def _next_serial(year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERS_LOCK])
    last = Complaint.objects.filter(year=year).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


def _tell(complaint: Complaint, template: str, at: dt.datetime) -> None:
    notice = notices.NewNotice(
        key=f"{template}:{complaint.pk}",
        to=complaint.email,
        language=complaint.language,
        template=template,
        context={"complaint": complaint, "site": settings.SITE_URL},
    )
    notices.send(notice=notice, at=at)
