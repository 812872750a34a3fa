"""What happened, by whom, when and why: one row per act, in the same transaction as the act."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from backend.core import users
from backend.core.models import AuditEvent
from backend.core.users import Actor

SHOWN = "identity.read"
"""Somebody was shown who a person is. Such rows go after two years, others never."""
Reader = Callable[[Sequence[AuditEvent]], None]
_readers: list[Reader] = []


def kind_of(subject: Model) -> str:
    """The subject's kind as it is written in rows about it: `campaigns.pledge`."""
    return subject._meta.label_lower


def record(  # the audit row is all of these; a value object would only move the list
    *,
    action: str,
    subject: Model,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one audit row. Call it in the transaction of the act."""
    row = _row(action, subject, by, at)
    row.reason, row.facts = reason, facts or {}
    return write([row])[0]


def record_many(
    *,
    action: str,
    subjects: Iterable[Model],
    by: Actor,
    at: dt.datetime,
    facts_of: Callable[[Model], dict[str, Any]] = lambda _subject: {},
) -> list[AuditEvent]:
    """Write one audit row for each subject, in one statement; `facts_of` says what is particular."""
    rows = []
    for subject in subjects:
        row = _row(action, subject, by, at)
        row.facts = facts_of(subject)
        rows.append(row)
    return write(rows)


def write(rows: Sequence[AuditEvent]) -> list[AuditEvent]:
    """Write audit rows, and let those read them who registered, in the same transaction."""
    written = AuditEvent.objects.bulk_create(rows)
    for read in _readers:
        read(written)
    return written


def register_reader(reader: Reader) -> None:
    """Let a function see all rows as they are written; it writes what follows, and does no more."""
    _readers.append(reader)


def history(subject: Model) -> QuerySet[AuditEvent]:
    """All rows about a subject, oldest first."""
    return AuditEvent.objects.filter(
        subject_kind=kind_of(subject), subject_id=str(subject.pk)
    ).order_by("id")


def _row(action: str, subject: Model, by: Actor, at: dt.datetime) -> AuditEvent:
    return AuditEvent(
        at=at,
        by=users.person(by),
        by_label=users.label(by),
        action=action,
        subject_kind=kind_of(subject),
        subject_id=str(subject.pk),
    )
