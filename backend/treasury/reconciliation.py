"""One look at everything unexplained: decide, book, tell the owners, open and settle discrepancies.

    begin -> advance, advance ... (a batch each, committed) -> the run with its totals

First all that an exact reference explains, in sets (`exact`); then the rest, line by line (`rest`).
A run is a row that says how far it got, so whoever comes after a crash goes on from there. Safe to
run at any time, again, and twice at once: batches take turns by row locks on the bank accounts, and
what one explained the next does not see.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from backend.core import clock, jobs, transactions, users
from backend.core.models import Organisation
from backend.core.users import SYSTEM, Actor
from backend.treasury import (
    bundles,
    discrepancies,
    exact,
    rest,
    returned_payments,
    sides,
    totals,
    unexplained,
)
from backend.treasury.exact import Range
from backend.treasury.models import Allocation, BankAccount, BankLine, ReconciliationRun
from backend.treasury.rest import Look

JOB = "treasury.reconcile"
# Lines of one commit in the first pass, which never holds them; the second holds them, and takes a part.
BATCH, REST = 20_000, 4


class _Rehearsed(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def run(
    *,
    by: Actor,
    at: dt.datetime,
    dry_run: bool = False,
    holder: Organisation | None = None,
    batch: int = BATCH,
) -> ReconciliationRun:
    """Look at all unexplained lines of a holder's bank accounts and return the run with its totals.

    The holder is by default the person's organisation; the system looks at all accounts. A dry run
    does the same and takes it back; owners are not told. Nothing ambiguous is booked (see `matching`).
    """
    one = begin(by=by, at=at, holder=holder, dry_run=dry_run)
    if dry_run:
        return _rehearse(one, by, at)
    while not advance(run=one, by=by, at=at, batch=batch):
        pass
    return one


def begin(
    *, by: Actor, at: dt.datetime, holder: Organisation | None = None, dry_run: bool = False
) -> ReconciliationRun:
    """Write down that a run begins; nothing is looked at yet."""
    person = users.person(by)
    holder = holder or (person.organisation if person else None)
    return ReconciliationRun.objects.create(
        holder=holder,
        is_dry_run=dry_run,
        ran_at=at,
        by_label=users.label(by),
        totals=totals.NOTHING,
        # Who has no organisation has no accounts: there is nothing to look at.
        finished_at=at if person is not None and holder is None else None,
    )


def ask(*, by: Actor, at: dt.datetime, dry_run: bool = False) -> ReconciliationRun:
    """Begin a run and do its first batch; where there is more, jobs do it (see `finished_at`)."""
    if dry_run:
        return run(by=by, at=at, dry_run=True)
    one = begin(by=by, at=at)
    if not advance(run=one, by=by, at=at):
        _enqueue([one], at)
    return one


@transactions.repeated
def advance(*, run: ReconciliationRun, by: Actor, at: dt.datetime, batch: int = BATCH) -> bool:
    """Do the next batch of a run in one transaction; True when it is finished. Safe to repeat."""
    now = ReconciliationRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    run.totals, run.reached = now.totals, now.reached
    run.is_second_pass, run.finished_at = now.is_second_pass, now.finished_at
    if run.finished_at is None:
        _step(run, Look(_locked_accounts(run), by, at, tells=not run.is_dry_run), batch)
        run.save(update_fields=["totals", "reached", "is_second_pass", "finished_at"])
    return run.finished_at is not None


def enqueue_all(*, at: dt.datetime) -> None:
    """Ask for a run for every holder of bank accounts, once a day at most, and for the end of runs
    that somebody began and a crash ended."""
    holders = Organisation.objects.filter(bank_accounts__isnull=False).distinct()
    day = clock.day_of(at)
    jobs.enqueue_many(
        jobs=[
            jobs.NewJob(JOB, f"{JOB}:{day}:{holder.pk}", {"holder": holder.pk})
            for holder in holders
        ],
        at=at,
    )
    _enqueue(list(ReconciliationRun.objects.filter(finished_at=None, is_dry_run=False)), at)


def key_of(file: int, holder: int) -> str:
    """The key of the job that a file asks for: one look at all its holder's lines."""
    return f"{JOB}:{file}:{holder}"


def run_job(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Do one batch of a run, and in the same commit ask for the next."""
    if "run" in payload:
        one = ReconciliationRun.objects.get(pk=payload["run"])
    else:
        one = begin(by=SYSTEM, at=at, holder=Organisation.objects.get(pk=payload["holder"]))
    if not advance(run=one, by=SYSTEM, at=at):
        _enqueue([one], at)


def _enqueue(runs: list[ReconciliationRun], at: dt.datetime) -> None:
    # With how far it got: a batch that was done is not asked for again.
    asked = [
        jobs.NewJob(JOB, f"{JOB}:run:{one.pk}:{one.is_second_pass}:{one.reached}", {"run": one.pk})
        for one in runs
    ]
    jobs.enqueue_many(jobs=asked, at=at)


def _rehearse(one: ReconciliationRun, by: Actor, at: dt.datetime) -> ReconciliationRun:
    """Do it all in one transaction and take it back; the totals and the row stay."""
    try:
        with transaction.atomic():
            while not advance(run=one, by=by, at=at):
                pass
            raise _Rehearsed
    except _Rehearsed:
        one.save()
    return one


def _locked_accounts(one: ReconciliationRun) -> dict[int, BankAccount]:
    rows = BankAccount.objects.select_related("outside", "suspense").order_by("id")
    if one.holder_id is not None:
        rows = rows.filter(holder=one.holder_id)
    return {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}


def _step(one: ReconciliationRun, look: Look, batch: int) -> None:
    """A batch of the pass it is in; what is left of it goes into the next pass, and to the end."""
    if not one.is_second_pass and _first_pass(one, look, batch):
        return
    if _second_pass(one, look, -(-batch // REST)):
        return
    _finish(one, look)


def _first_pass(one: ReconciliationRun, look: Look, most: int) -> bool:
    """Whether there may be more after this batch."""
    # Said of both: an allocation before what was reached is not even looked at, whatever the plan.
    begun = Allocation.objects.filter(line_id=OuterRef("id"), line_id__gt=one.reached)
    fresh = BankLine.objects.filter(
        ~Exists(begun), account__in=look.accounts, id__gt=one.reached
    ).exclude(key="")
    ids = list(fresh.order_by("id").values_list("id", flat=True)[:most])
    if ids:
        lines = Range(list(look.accounts), one.reached, ids[-1])
        for booked in exact.book(lines=lines, by=look.by, at=look.at, tells=look.tells):
            one.totals = totals.add(one.totals, totals.of_booked(booked))
        one.reached = ids[-1]
    if len(ids) == most:
        return True
    told: dict[str, Any] = {"accounts": look.accounts, "by": look.by, "at": look.at}
    if look.tells:
        returned_payments.take_in(**told)
    for booked in bundles.take_in(**told, tells=look.tells):
        one.totals = totals.add(one.totals, totals.of_booked(booked))
    one.is_second_pass, one.reached = True, 0
    return False


def _second_pass(one: ReconciliationRun, look: Look, most: int) -> bool:
    lines = unexplained.after(look.accounts, one.reached, most)
    if lines:
        # A transfer whose other half may come in a later batch is counted when all have been seen.
        seen = [s for s in rest.go_through(look, lines) if s.decision.reason != "waits"]
        _count(one, look, seen)
        one.reached = lines[-1].id
    return len(lines) == most


def _finish(one: ReconciliationRun, look: Look) -> None:
    _count(one, look, rest.go_through(look, unexplained.that_wait(look.accounts)))
    settled = discrepancies.settle(by=look.by, at=look.at)
    one.totals = totals.add(one.totals, {"discrepancies_settled": settled})
    day = clock.day_of(look.at)
    one.totals |= totals.standing(list(look.accounts.values()), day)
    one.totals |= sides.standing(one.holder, day)
    one.finished_at = look.at


def _count(one: ReconciliationRun, look: Look, seen: list[totals.Seen]) -> None:
    opened = {"discrepancies_opened": look.opened}
    one.totals = totals.add(totals.add(one.totals, totals.of_seen(seen)), opened)
    look.opened = 0
