"""Work that must happen once although processes die: a row per job, drained in batches.

The row is written in the transaction that causes the work and is marked done in the commit that
does it. The broker only wakes a drain (`wakes`); a lost wake-up costs a minute, until the schedule
sweeps. Rows that are facts themselves, as the events of the inbox, are a queue of their own.
"""

import contextlib
import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import DatabaseError, transaction
from django.db.models import Count, Min, Q

from backend.core import transactions, wakes
from backend.core.models import Job

log = logging.getLogger(__name__)

BATCH = 100
LONGEST_WAIT = dt.timedelta(hours=1)


class Handler(Protocol):
    def __call__(self, payload: dict[str, Any], *, at: dt.datetime) -> object: ...


class Queue(Protocol):
    """Rows of another table that wait to be handled, in batches, as they stand."""

    batch: int

    def drain(self, *, at: dt.datetime, limit: int) -> int:
        """Handle up to `limit` rows; return how many were tried."""

    def is_waiting(self, *, at: dt.datetime) -> bool:
        """Whether a row is due."""


@dataclass(frozen=True)
class NewJob:
    """A job to be enqueued; the key makes it happen once."""

    kind: str
    key: str
    payload: dict[str, Any] = field(default_factory=dict)
    run_after: dt.datetime | None = None


_is_unheard: ContextVar[bool] = ContextVar("unheard", default=False)
_handlers: dict[str, Handler] = {}
_batches: dict[str, int] = {}
_drains: dict[str, int] = {}
_queues: dict[str, Queue] = {}
_outward: set[str] = set()


def register(
    kind: str, handler: Handler, *, batch: int = BATCH, drains: int = 1, is_outward: bool = False
) -> None:
    """Say who does jobs of a kind. The handler runs in a savepoint and may be run again.

    Heavy jobs take a smaller `batch`, each of which is a commit, and several `drains` side by side.
    What goes outside (`is_outward`) is not taken back by a rollback: each job is a commit of its own.
    """
    _handlers[kind], _batches[kind], _drains[kind] = handler, batch, drains
    if is_outward:
        _outward.add(kind)


def register_queue(kind: str, queue: Queue) -> None:
    """Say whose rows are drained under the name of a kind."""
    _queues[kind] = queue


def batch_of(kind: str) -> int:
    """How many of a kind one drain does at most."""
    return _queues[kind].batch if kind in _queues else _batches.get(kind, BATCH)


def enqueue(*, kind: str, key: str, payload: dict[str, Any], at: dt.datetime) -> None:
    """Enqueue one job (see enqueue_many)."""
    enqueue_many(jobs=[NewJob(kind, key, payload)], at=at)


def enqueue_many(*, jobs: Sequence[NewJob], at: dt.datetime) -> None:
    """Write rows in the caller's transaction and wake one drain per kind on commit.

    A key that exists already is left as it is, so asking twice does the work once.
    """
    rows = [
        Job(
            key=job.key,
            kind=job.kind,
            payload=job.payload,
            created_at=at,
            run_after=job.run_after or at,
        )
        for job in jobs
    ]
    Job.objects.bulk_create(rows, ignore_conflicts=True)
    for kind, number in sorted(Counter(job.kind for job in jobs).items()):
        for _drain_of_several in range(min(number, _drains.get(kind, 1))):
            wake(kind)


def wake(kind: str) -> None:
    """Ask a worker to drain a kind once the present transaction has committed."""
    if not _is_unheard.get():
        transaction.on_commit(lambda: wakes.send(kind))


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Wake nobody: for who does the work himself, as a bench does."""
    token = _is_unheard.set(True)
    try:
        yield
    finally:
        _is_unheard.reset(token)


def drain(*, kind: str, at: dt.datetime, limit: int | None = None) -> int:
    """Do up to `limit` waiting jobs of a kind; return how many were tried.

    Rows are taken with SKIP LOCKED, so drains side by side share the work. A job that fails is
    kept with its error and tried again later, at most an hour apart. When another transaction needs
    what the batch has locked, the batch is given up and its jobs are done one by one.
    """
    limit = limit or batch_of(kind)
    if kind in _queues:
        return _queues[kind].drain(at=at, limit=limit)
    if kind in _outward:
        return _drain_singly(kind, at, limit)
    try:
        return _drain(kind, at, limit)
    except DatabaseError as problem:
        if not transactions.is_contention(problem):
            raise
    return _drain_singly(kind, at, limit)


def drain_all(*, at: dt.datetime) -> int:
    """Drain every kind until nothing is due; what a sweep, a test or a simulator calls."""
    done = 0
    while tried := sum(drain(kind=kind, at=at) for kind in kinds_waiting(at=at)):
        done += tried
    return done


def kinds_waiting(*, at: dt.datetime) -> list[str]:
    """The kinds that have a job due."""
    due = Job.objects.filter(done_at=None, run_after__lte=at)
    queues = [kind for kind, queue in _queues.items() if queue.is_waiting(at=at)]
    return sorted([*due.values_list("kind", flat=True).distinct(), *queues])


def pending(kind: str) -> int:
    """How many jobs of a kind are not done."""
    return Job.objects.filter(kind=kind, done_at=None).count()


@dataclass(frozen=True)
class Standing:
    """How the jobs of one work stand: how many wait, how many of them failed, when the next is tried."""

    waiting: int = 0
    failed: int = 0
    next_try_at: dt.datetime | None = None

    def __add__(self, other: "Standing") -> "Standing":
        tries = [one for one in (self.next_try_at, other.next_try_at) if one is not None]
        return Standing(
            self.waiting + other.waiting, self.failed + other.failed, min(tries, default=None)
        )


def standing(kind: str, **which: Any) -> Standing:
    """How those jobs of a kind stand that are not done; `which` are further conditions on their rows."""
    rows = Job.objects.filter(kind=kind, done_at=None, **which)
    has_failed = Q(attempts__gt=0)
    return Standing(
        **rows.aggregate(
            waiting=Count("pk"),
            failed=Count("pk", filter=has_failed),
            next_try_at=Min("run_after", filter=has_failed),
        )
    )


def _drain(kind: str, at: dt.datetime, limit: int, *, is_patient: bool = False) -> int:
    with transaction.atomic():
        rows = Job.objects.select_for_update(skip_locked=True).filter(
            kind=kind, done_at=None, run_after__lte=at
        )
        jobs = list(rows.order_by("id")[:limit])
        for job in jobs:
            _do(job, at, is_patient)
        Job.objects.bulk_update(jobs, ["done_at", "attempts", "last_error", "run_after"])
    return len(jobs)


def _drain_singly(kind: str, at: dt.datetime, limit: int) -> int:
    """Each a commit; no job holds locks for the next: who meets a circle all the same comes later."""
    done = 0
    while done < limit and _drain(kind, at, 1, is_patient=True):
        done += 1
    return done


def _do(job: Job, at: dt.datetime, is_patient: bool) -> None:
    job.attempts += 1
    try:
        with transaction.atomic():
            _handlers[job.kind](job.payload, at=at)
    except Exception as problem:
        # The locks of the jobs before are in the way of another transaction: let all of them go.
        if transactions.is_contention(problem) and not is_patient:
            raise
        log.exception("job %s failed (attempt %s)", job.key, job.attempts)
        job.last_error = repr(problem)[:2000]
        job.run_after = at + min(dt.timedelta(seconds=2**job.attempts), LONGEST_WAIT)
    else:
        job.done_at = at
        job.last_error = ""
