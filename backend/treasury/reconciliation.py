"""One look at everything unexplained: decide, book, tell the owners, open and settle discrepancies.

    unexplained lines -> the expectations they name (SQL) -> `matching.decide` (pure)
      -> `allocations` (suspense -> where it belongs; owners told) -> `discrepancies` -> totals

Safe to run at any time, again, and twice at once: runs take turns by row locks on their bank
accounts, and what one explained the next does not see. A run is one transaction, all or nothing.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from djmoney.money import Money

from backend.core import clock, jobs, transactions, users
from backend.core.errors import RuleBroken
from backend.core.models import Organisation
from backend.core.users import SYSTEM, Actor
from backend.treasury import allocations, discrepancies, matching, returned_payments, totals
from backend.treasury.allocations import Part
from backend.treasury.matching import Decision, Expected, Line
from backend.treasury.models import (
    BankAccount,
    BankLine,
    Discrepancy,
    Expectation,
    ReconciliationRun,
)
from backend.treasury.totals import Seen

JOB = "treasury.reconcile"
BATCH = 5000


@dataclass
class _Look:
    """A run in progress. `booked` counts what a dry run would have booked to each expectation."""

    accounts: dict[int, BankAccount]
    by: Actor
    at: dt.datetime
    is_dry: bool
    booked: dict[int, Money] = field(default_factory=dict)
    opened: int = 0
    settled: int = 0


@transactions.repeated
def run(
    *, by: Actor, at: dt.datetime, dry_run: bool = False, holder: Organisation | None = None
) -> ReconciliationRun:
    """Look at all unexplained lines of a holder's bank accounts and return the run with its totals.

    The holder is by default the person's organisation; the system looks at all accounts. A dry run
    decides and counts alike, and books nothing. Nothing ambiguous is booked (see `matching`).
    """
    person = users.person(by)
    holder = holder or (person.organisation if person else None)
    with transaction.atomic():
        look = _Look(_locked_accounts(holder, everyone=person is None), by, at, dry_run)
        if not dry_run:
            returned_payments.take_in(accounts=look.accounts, by=by, at=at)
        seen = _again(look, [one for lines in _batches(look) for one in _go_through(look, lines)])
        if not dry_run:
            look.settled = discrepancies.settle(by=by, at=at)
        return ReconciliationRun.objects.create(
            holder=holder,
            is_dry_run=dry_run,
            ran_at=at,
            by_label=users.label(by),
            totals=_totals(look, seen),
        )


def enqueue_all(*, at: dt.datetime) -> None:
    """Ask for a run for every holder of bank accounts, once a day at most."""
    holders = Organisation.objects.filter(bank_accounts__isnull=False).distinct()
    day = clock.day_of(at)
    jobs.enqueue_many(
        jobs=[
            jobs.NewJob(JOB, f"{JOB}:{day}:{holder.pk}", {"holder": holder.pk})
            for holder in holders
        ],
        at=at,
    )


def run_job(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Do one run that was asked for by a job."""
    run(by=SYSTEM, at=at, holder=Organisation.objects.get(pk=payload["holder"]))


def _totals(look: _Look, seen: Sequence[Seen]) -> dict[str, Any]:
    day = clock.day_of(look.at)
    counted = {"discrepancies_opened": look.opened, "discrepancies_settled": look.settled}
    return {**totals.of_run(seen, list(look.accounts.values()), day), **counted}


def _locked_accounts(holder: Organisation | None, everyone: bool) -> dict[int, BankAccount]:
    rows = BankAccount.objects.select_related("outside", "suspense").order_by("id")
    if holder is not None or not everyone:
        rows = rows.filter(holder=holder)
    return {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}


def _batches(look: _Look) -> Iterator[list[BankLine]]:
    """Unexplained lines in the order they were imported, some thousands at a time."""
    # By id and not by offset: lines that are booked leave the set while we walk through it.
    last = 0
    open_lines = BankLine.objects.unexplained().filter(account__in=look.accounts).order_by("id")
    while lines := list(open_lines.filter(id__gt=last)[:BATCH]):
        for line in lines:
            line.account = look.accounts[line.account_id]
        last = lines[-1].pk
        yield lines


def _again(look: _Look, seen: list[Seen]) -> list[Seen]:
    """Look once more at transfers whose other half came in a later batch."""
    waits = [one.line for one in seen if one.decision.reason == "waits"]
    if not waits:
        return seen
    second = {one.line.pk: one for one in _go_through(look, waits)}
    return [second.get(one.line.pk, one) for one in seen]


def _go_through(look: _Look, lines: list[BankLine]) -> list[Seen]:
    views = [discrepancies.as_seen(line) for line in lines]
    named = _named(look, views)
    decisions = matching.decide(views, [_as_expected(look, one) for one in named.values()])
    seen = [Seen(line, decision) for line, decision in zip(lines, decisions, strict=True)]
    if look.is_dry:
        _remember(look, seen)
        return seen
    # What the books refuse becomes a discrepancy too, so it is booked before those are opened.
    seen = _book(look, seen, named)
    rows = [_discrepancy(look, one) for one in seen if one.decision.open]
    look.opened += discrepancies.open_many(rows, by=look.by, at=look.at)
    return seen


def _named(look: _Look, views: Sequence[Line]) -> dict[int, Expectation]:
    """The expectations that lines name by reference, those of others' codes, and their other halves."""
    keys = {key for view in views for key in matching.keys(view)}
    # References of ours are looked up by key. Others' codes are few, and no index finds them in a
    # text, so all of them are loaded, and only when some line has no reference of ours.
    wanted = Q(key__in=keys)
    if any(not matching.keys(view) for view in views):
        wanted |= Q(is_ours=False)
    ours = Expectation.objects.filter(bank_account__in=look.accounts).with_received()
    ours = ours.select_related("source", "target")
    named = {one.pk: one for one in ours.filter(wanted)}
    halves = {one.after_id for one in named.values() if one.after_id} - named.keys()
    named.update({one.pk: one for one in ours.filter(pk__in=halves)})
    return named


def _as_expected(look: _Look, one: Expectation) -> Expected:
    currency = str(one.amount.currency)
    received = Money(one.received, currency)
    return Expected(
        id=one.pk,
        key=one.key,
        account=one.bank_account_id,
        is_in=one.direction == Expectation.Direction.IN,
        amount=one.amount,
        received=received + look.booked.get(one.pk, Money(0, currency)),
        is_open=one.state == Expectation.State.OPEN,
        is_ours=one.is_ours,
        after=one.after_id,
    )


def _remember(look: _Look, seen: Sequence[Seen]) -> None:
    """A dry run keeps in mind what it would have booked, for the batches that follow."""
    for one in seen:
        pk, amount = one.decision.expectation, one.booked
        if pk is not None and amount is not None:
            look.booked[pk] = look.booked[pk] + amount if pk in look.booked else amount


def _book(look: _Look, seen: Sequence[Seen], named: dict[int, Expectation]) -> list[Seen]:
    """Book what was decided; what the books or an owner refuse stays unexplained, with their words."""
    parts = [
        Part(one.line, one.booked, one.decision.reason, named[one.decision.expectation])
        for one in seen
        if one.booked is not None and one.decision.expectation is not None
    ]
    refused = dict(_allocate(look, parts))
    return [_refused(one, refused[pk]) if (pk := one.line.pk) in refused else one for one in seen]


def _allocate(look: _Look, parts: Sequence[Part]) -> Iterator[tuple[int, RuleBroken]]:
    """Allocate all together; when something is refused, halve until it stands alone."""
    try:
        allocations.allocate_many(parts, by=look.by, at=look.at)
    except RuleBroken as refused:
        # Each try is a savepoint; one bad line in five thousand costs thirteen more of them.
        if len(parts) == 1:
            yield parts[0].line.pk, refused
            return
        half = len(parts) // 2
        yield from _allocate(look, parts[:half])
        yield from _allocate(look, parts[half:])


def _refused(one: Seen, refused: RuleBroken) -> Seen:
    kind, left = matching.UNEXPLAINED, one.line.size
    decision = Decision(one.line.pk, "refused", open=kind, difference=left)
    return Seen(one.line, decision, str(refused))


def _discrepancy(look: _Look, one: Seen) -> Discrepancy:
    kind = one.decision.open
    return Discrepancy(
        kind=kind,
        bank_account=one.line.account,
        line=one.line,
        expectation_id=one.decision.expectation,
        amount=one.difference,
        reason=kind if kind in (matching.SHORT, matching.OVER) else one.decision.reason,
        note=one.note,
        opened_at=look.at,
    )
