"""Mails: written as a row in the transaction that causes them, sent by a job after it committed.

A template `notices/<name>.txt` holds the subject on its first line, then the body. What is owed is
sent to everyone; news go to who wants them (`unwanted`). What comes back is read by `bounces`.
"""

import datetime as dt
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from backend.core import bounces, jobs, unwanted
from backend.core.models import Notice

JOB = "notice.send"
# Their links open an account: once sent they are nobody's to read, but in a demo, which sends nothing.
OPENING = "account_"


@dataclass(frozen=True)
class NewNotice:
    """A mail to be written; `context` feeds the template."""

    key: str
    to: str
    language: str
    template: str
    context: dict[str, Any]


def send(*, notice: NewNotice, at: dt.datetime) -> None:
    """Write and send one mail (see send_many)."""
    send_many(notices=[notice], at=at)


def send_many(*, notices: Sequence[NewNotice], at: dt.datetime) -> None:
    """Write mails, each in its reader's language, and have them sent after the commit.

    A key that exists already is not written again, so nobody gets the same mail twice. News are not
    written to an address that refused them.
    """
    notices = unwanted.wanted(notices)
    Notice.objects.bulk_create([_row(notice, at) for notice in notices], ignore_conflicts=True)
    jobs.enqueue_many(
        jobs=[jobs.NewJob(JOB, f"{JOB}:{notice.key}", {"key": notice.key}) for notice in notices],
        at=at,
    )


def deliver(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Send the mail of a job, unless it was sent already, or its address was refused for good."""
    notice = Notice.objects.select_for_update().get(key=payload["key"])
    if notice.sent_at is not None or notice.bounced_at is not None:
        return
    try:
        _message(notice).send()
    except smtplib.SMTPRecipientsRefused as problem:
        status, words = problem.recipients[notice.to]
        if status < bounces.PERMANENT:
            raise  # a full mailbox, a server that is down: tried again later
        bounces.mark(notice.pk, f"{status} {words.decode(errors='replace')}", at=at)
    else:
        is_kept = settings.DEMO or not notice.template.startswith(OPENING)
        body = notice.body if is_kept else ""
        Notice.objects.filter(pk=notice.pk).update(sent_at=at, body=body)


def readable() -> QuerySet[Notice]:
    """The mails that colleagues may read: not one that would open an account and is still to go."""
    if settings.DEMO:
        return Notice.objects.all()
    return Notice.objects.exclude(template__startswith=OPENING, sent_at=None)


def forget(address: str) -> None:
    """Take address and words from the mails that went to an address; that they went stays known."""
    sent = Notice.objects.filter(to__iexact=address)
    sent.update(to="erased@invalid.example", subject="", body="")
    unwanted.forget(address)


def _message(notice: Notice) -> EmailMessage:
    """The mail with a name of its own, by which a bounce finds it, and for news the way out."""
    return EmailMessage(
        notice.subject,
        notice.body,
        to=[notice.to],
        headers={
            "Message-ID": bounces.message_id(notice.pk),
            **unwanted.headers(notice.template, notice.to),
        },
    )


def _row(notice: NewNotice, at: dt.datetime) -> Notice:
    with translation.override(notice.language):
        text = render_to_string(f"notices/{notice.template}.txt", notice.context)
    subject, _, body = text.strip().partition("\n")
    return Notice(
        key=notice.key,
        to=notice.to,
        language=notice.language,
        template=notice.template,
        subject=subject.strip(),
        body=body.strip() + "\n" + unwanted.foot(notice),
        created_at=at,
    )
