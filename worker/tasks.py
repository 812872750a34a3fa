"""What the worker runs: a task reads the clock and calls one rule.

Every task may be run twice, late, or beside itself: the rule it calls makes that safe.
"""

import time

from celery.signals import worker_init, worker_ready
from django.db import connection

from backend.accounts import sessions
from backend.core import alerts, clock, health, jobs, periods
from backend.core.users import SYSTEM
from backend.ledger import seals
from backend.reporting import due, erasure
from backend.treasury import reconciliation, vitals
from backend.webhooks import deliveries
from campaigns import beginnings, deadlines, interests, pledges, stripe_gateway, tallies
from campaigns.grants import endings
from campaigns.provider import inbox, proofs
from investors import qualifications, representations
from properties import nightly, reminders, rents, snapshots
from worker.celery import app

LOOK_AGAIN_SECONDS = 0.3


@app.task(name="worker.drain")
def drain(kind: str) -> None:
    """Do one batch of a kind, and come again while batches are full."""
    if jobs.drain(kind=kind, at=clock.now()) == jobs.batch_of(kind):
        drain.delay(kind)


@app.task(name="worker.sweep")
def sweep() -> None:
    """Wake a drain for every kind that has work due."""
    for kind in jobs.kinds_waiting(at=clock.now()):
        drain.delay(kind)


@app.task(name="worker.pull_events")
def pull_events() -> None:
    """Ask the payment provider for what its webhooks did not bring."""
    if stripe_gateway.is_configured():
        inbox.sweep(at=clock.now())


@app.task(name="worker.prove_provider")
def prove_provider() -> None:
    """Ask whether the provider's balance equals the books; no answer is written down as none."""
    if stripe_gateway.is_configured():
        proofs.prove(by=SYSTEM, at=clock.now())


@app.task(name="worker.reconcile")
def reconcile() -> None:
    """Explain the bank lines of every holder."""
    reconciliation.enqueue_all(at=clock.now())


@app.task(name="worker.lapse_unpaid")
def lapse_unpaid() -> None:
    """Let orders go whose time to pay is over, and those that were begun and not finished."""
    at = clock.now()
    pledges.lapse_unpaid(at=at)
    beginnings.lapse(at=at)


@app.task(name="worker.fold_tallies")
def fold_tallies() -> None:
    """Make few of the many kept sums of offers."""
    tallies.fold()


@app.task(name="worker.end_offers")
def end_offers() -> None:
    """End the offers whose deadline has passed."""
    deadlines.end_offers(at=clock.now())


@app.task(name="worker.watch_suspensions")
def watch_suspensions() -> None:
    """Remind of offers that stand still; after thirty days cancel or resume them."""
    at = clock.now()
    deadlines.remind_of_suspensions(at=at)
    deadlines.cancel_uncorrected(at=at)
    deadlines.resume_overdue(at=at)


@app.task(name="worker.watch_interests")
def watch_interests() -> None:
    """Remind of invitations, and let those lapse that nobody answered."""
    interests.remind_all(at=clock.now())
    interests.lapse_unanswered(at=clock.now())


@app.task(name="worker.keep_investors")
def keep_investors() -> None:
    """End mandates whose day is over, tell of categories that end, erase what the law lets go."""
    at = clock.now()
    representations.end_due(at=at)
    qualifications.tell_of_ends(at=at)
    erasure.finish(at=at)


@app.task(name="worker.warn_of_grants")
def warn_of_grants() -> None:
    """Warn of grants that end while money of them remains."""
    endings.warn(at=clock.now())


@app.task(name="worker.seal")
def seal() -> None:
    """Chain the hashes of what was booked since the last seal."""
    seals.seal(at=clock.now())


@app.task(name="worker.watch_vitals")
def watch_vitals() -> None:
    """Write a mail about a figure that went beyond its limits."""
    alerts.watch(at=clock.now())


@app.task(name="worker.check_books")
def check_books() -> None:
    """Recompute every invariant of the books, and keep what was found for who watches."""
    vitals.check_books(at=clock.now())


@app.task(name="worker.forget_sessions")
def forget_sessions() -> None:
    """Delete the sessions that ended, with whose they were."""
    sessions.forget_ended()


@app.task(name="worker.forget_deliveries")
def forget_deliveries() -> None:
    """Delete what other systems were told of long ago."""
    deliveries.forget(at=clock.now())


@app.task(name="worker.charge_rents")
def charge_rents() -> None:
    """Expect this month's rents."""
    rents.enqueue_month(month=clock.today(), at=clock.now())


@app.task(name="worker.remind_of_homes")
def remind_of_homes() -> None:
    """Write mails about auctions, balances and papers of homes whose day is near."""
    reminders.remind(at=clock.now())


@app.task(name="worker.watch_reports")
def watch_reports() -> None:
    """Write mails about reports that are due or late."""
    due.remind(at=clock.now())


@app.task(name="worker.keep_households")
def keep_households() -> None:
    """Check repayment plans, count what expires, remove names that must go."""
    nightly.run(on=clock.today(), at=clock.now())


@app.task(name="worker.take_snapshots")
def take_snapshots() -> None:
    """Freeze the figures of the quarter that ended."""
    ended = periods.previous(periods.quarter_of(clock.today()))
    snapshots.request_all(as_of=ended.last_day, at=clock.now())


def _await_tables(**_: object) -> None:
    # A worker that comes before its migrations takes no work that they would fail.
    while health.database() == health.BEHIND:
        time.sleep(LOOK_AGAIN_SECONDS)
    connection.close()


def _look_at_once(**_: object) -> None:
    # What was left by a worker that was killed does not wait for the next sweep.
    sweep.delay()


worker_init.connect(_await_tables)
worker_ready.connect(_look_at_once)
