"""The inbox of provider events: store first, answer at once, handle in batches.

An event's row is its work, too: what is not handled waits. Duplicates are counted, disorder is met by
asking how things stand now (`provider.subjects`), unknown kinds are kept and ignored, events of an
account that is not ours are kept and marked. The same id with other content is a security finding.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from backend.core import audit, clock, transactions, wakes
from backend.core.errors import RuleBroken
from backend.core.users import SYSTEM
from campaigns import findings, stripe_gateway
from campaigns.models import ProviderFinding, RefusedDelivery, StripeEvent, StripeEventVariant
from campaigns.provider import occurrences, subjects
from campaigns.provider.intents import Result, Span
from campaigns.provider.occurrences import Subject
from campaigns.stripe_gateway import PINNED_VERSION, ReadEvent

log = logging.getLogger(__name__)

ENDPOINT = "stripe"
JOB = "campaigns.stripe_event"
BATCH = 500
LONGEST_WAIT = dt.timedelta(hours=1)

Outcome = StripeEvent.Outcome
Told = Iterable[ReadEvent]

# One statement, one round trip: a delivery is answered as fast as the database can write a row.
STORE = f"""
    INSERT INTO campaigns_stripeevent (endpoint, event_id, kind, api_version, account, is_ours, raw,
        content_hash, created_at, received_at, try_after, deliveries, attempts, outcome, last_error)
    VALUES ('{ENDPOINT}', %(id)s, %(kind)s, %(version)s, %(account)s, %(ours)s, %(raw)s,
        %(hash)s, %(made)s, %(at)s, %(at)s, 1, 0, '', '')
    ON CONFLICT (endpoint, event_id) DO UPDATE SET deliveries = campaigns_stripeevent.deliveries + 1
    RETURNING id, deliveries, content_hash
"""  # noqa: S608 -- our own constant


def store(*, event: ReadEvent, at: dt.datetime) -> int:
    """Keep an event and have it handled; return its row's id. Delivered again it is counted."""
    with connection.cursor() as cursor:
        cursor.execute(STORE, _columns(event, at))
        pk, deliveries, content_hash = cursor.fetchone()
    if content_hash != event.content_hash:
        _compare(pk, event, at)
    if deliveries == 1:
        transaction.on_commit(lambda: wakes.nudge(JOB))
    return int(pk)


def store_missing(events: Sequence[ReadEvent], *, at: dt.datetime) -> int:
    """Keep those of some events that never came; return how many that were."""
    names = [event.event_id for event in events]
    rows = StripeEvent.objects.filter(endpoint=ENDPOINT, event_id__in=names)
    known = set(rows.values_list("event_id", flat=True))
    missing = [event for event in events if event.event_id not in known]
    for event in missing:
        store(event=event, at=at)
    return len(missing)


def refuse(*, reason: str, at: dt.datetime) -> None:
    """Count a delivery that was refused at the door; its content is nobody's and is not kept."""
    counter, _created = RefusedDelivery.objects.get_or_create(
        endpoint=ENDPOINT, on=clock.day_of(at), reason=reason
    )
    RefusedDelivery.objects.filter(pk=counter.pk).update(count=F("count") + 1)


def sweep(*, at: dt.datetime) -> int:
    """Fetch the events whose delivery failed at the provider; return how many were new to us."""
    return store_missing(list(stripe_gateway.undelivered_events()), at=at)


class Waiting:
    """The events that wait, as a queue (core.jobs)."""

    batch = BATCH

    def drain(self, *, at: dt.datetime, limit: int) -> int:
        """Handle up to `limit` events together; where that fails, one by one.

        So one event that cannot be handled, or two writers who wait for each other, keep nobody.
        """
        try:
            with transaction.atomic():
                rows = self._take(at, limit)
                _handle(rows, at)
                return len(rows)
        except Exception as problem:
            if not (isinstance(problem, DatabaseError) and transactions.is_contention(problem)):
                log.exception("a batch of events failed, each is tried alone")
        return self._singly(at, limit)

    def is_waiting(self, *, at: dt.datetime) -> bool:
        """Whether an event is due."""
        return StripeEvent.objects.filter(handled_at=None, try_after__lte=at).exists()

    def _take(self, at: dt.datetime, limit: int) -> list[StripeEvent]:
        rows = StripeEvent.objects.select_for_update(skip_locked=True)
        return list(rows.filter(handled_at=None, try_after__lte=at).order_by("id")[:limit])

    def _singly(self, at: dt.datetime, limit: int) -> int:
        done = 0
        while done < limit and self._one(at):
            done += 1
        return done

    def _one(self, at: dt.datetime) -> int:
        with transaction.atomic():
            rows = self._take(at, 1)
            try:
                with transaction.atomic():
                    _handle(rows, at)
            except Exception as problem:
                log.exception("event %s failed", rows[0].event_id)
                _put_off(rows[0], problem, at)
            return len(rows)


def _handle(rows: Sequence[StripeEvent], at: dt.datetime) -> None:
    """Do what events ask for, each subject once, and mark them in the same commit."""
    ours = [row for row in rows if row.is_ours]
    about = {row.pk: occurrences.of_event(row.kind, row.raw) for row in ours}
    wanted = {one for one in about.values() if one is not None}
    found = subjects.look_at(wanted, at=at, between=_span(ours)) if wanted else {}
    results = {row.pk: _result(row, about.get(row.pk), found) for row in rows}
    for outcome in sorted({one for one in results.values() if isinstance(one, str)}):
        done = [pk for pk, result in results.items() if result == outcome]
        StripeEvent.objects.filter(pk__in=done).update(
            handled_at=at, outcome=outcome, attempts=F("attempts") + 1, last_error=""
        )
    for row in rows:
        result = results[row.pk]
        if isinstance(result, RuleBroken):
            _put_off(row, result, at)
    _report_strange(rows, at)


def _result(row: StripeEvent, about: Subject | None, found: Mapping[Subject, Result]) -> Result:
    if not row.is_ours:
        return str(Outcome.FOREIGN)
    return str(Outcome.IGNORED) if about is None else found[about]


def _put_off(row: StripeEvent, problem: Exception, at: dt.datetime) -> None:
    """Keep an event with what it waits for; it is tried again, at most an hour apart."""
    attempts = row.attempts + 1
    StripeEvent.objects.filter(pk=row.pk).update(
        attempts=attempts,
        last_error=repr(problem)[:300],
        try_after=at + min(dt.timedelta(seconds=2 ** min(attempts, 20)), LONGEST_WAIT),
    )


def _span(rows: Sequence[StripeEvent]) -> Span | None:
    """The instants that the news is of; what brought none is asked about by itself."""
    made = [row.created_at for row in rows if row.created_at is not None]
    return (min(made), max(made)) if made else None


def _report_strange(rows: Sequence[StripeEvent], at: dt.datetime) -> None:
    """Events that are not ours, or in another version than we read: a finding for each source."""
    for account in sorted({row.account or "-" for row in rows if not row.is_ours}):
        findings.open_one(
            kind=ProviderFinding.Kind.FOREIGN, key=account, told=f"account {account}", at=at
        )
    versions = {row.api_version for row in rows if row.is_ours} - {"", PINNED_VERSION}
    for version in sorted(versions):
        words = f"{version} / {PINNED_VERSION}"
        findings.open_one(kind=ProviderFinding.Kind.VERSION, key=version, told=words, at=at)


def _compare(pk: int, event: ReadEvent, at: dt.datetime) -> None:
    """Look whether other bytes say other things: a redelivery may count differently, and no more.

    If so, somebody may have learnt our secret, or changed a row of ours: both contents are kept.
    """
    row = StripeEvent.objects.get(pk=pk)
    now = stripe_gateway.lasting_hash(event.raw)
    if now == stripe_gateway.lasting_hash(row.raw):
        return
    with transaction.atomic():
        StripeEventVariant.objects.get_or_create(
            event=row, content_hash=now, defaults={"raw": event.raw, "received_at": at}
        )
        findings.open_one(
            kind=ProviderFinding.Kind.CONTRADICTION, key=row.event_id, told=row.kind, at=at
        )
        facts = {"first": row.content_hash, "now": event.content_hash}
        audit.record(action="event.contradicted", subject=row, by=SYSTEM, at=at, facts=facts)


def _columns(event: ReadEvent, at: dt.datetime) -> dict[str, Any]:
    return {
        "id": event.event_id,
        "kind": event.kind,
        "version": event.api_version,
        "account": event.account,
        "ours": event.is_ours,
        "raw": event.raw,
        "hash": event.content_hash,
        "made": event.created_at,
        "at": at,
    }
