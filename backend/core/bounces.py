"""Mails that came back: the reports of mail servers (RFC 3464) read, and put to the mail they are about.

A mail carries a name that we signed, so that a report cannot be made up about a mail that somebody
only guesses. What went wrong for a while is no bounce: the mail server tries again by itself.
"""

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from backend.core.models import Notice

PERMANENT = 500
NAME = re.compile(r"<notice\.(\d{1,18})\.([0-9a-f]{20})@")
LONGEST = 300


@dataclass(frozen=True)
class Bounce:
    """A mail that will never arrive, and why."""

    notice: int
    reason: str


def message_id(notice: int) -> str:
    """The name of a mail in its head."""
    return f"<notice.{notice}.{_signature(notice)}@{urlsplit(settings.SITE_URL).hostname}>"


def read(raw: bytes) -> list[Bounce]:
    """The bounces that a report of a mail server tells of; empty for any other mail."""
    told = email.message_from_bytes(raw, policy=email.policy.default)
    reasons = [reason for part in told.walk() for reason in _failures(part)]
    named = {int(pk) for pk, mark in NAME.findall(raw.decode("utf-8", errors="replace"))
             if constant_time_compare(mark, _signature(int(pk)))}  # fmt: skip
    return [Bounce(pk, reasons[0]) for pk in sorted(named)] if reasons else []


def record(raw: bytes, *, at: dt.datetime) -> int:
    """Mark the mails that a report says never arrived; return how many. Safe to repeat."""
    return sum(mark(each.notice, each.reason, at=at) for each in read(raw))


def mark(notice: int, reason: str, *, at: dt.datetime) -> int:
    """Mark one mail as come back, once: the first reason stands."""
    rows = Notice.objects.filter(pk=notice, bounced_at=None)
    return rows.update(bounced_at=at, bounce_reason=reason[:LONGEST])


def _failures(part: EmailMessage) -> Iterator[str]:
    """What a delivery status says of each recipient that was given up."""
    if part.get_content_type() != "message/delivery-status":
        return
    for fields in part.get_payload():
        if not isinstance(fields, EmailMessage):
            continue
        if str(fields.get("Action", "")).strip().lower() == "failed":
            said = fields.get("Diagnostic-Code") or fields.get("Status") or "failed"
            yield " ".join(str(said).split())


def _signature(notice: int) -> str:
    return salted_hmac("mattone.notice", str(notice)).hexdigest()[:20]
