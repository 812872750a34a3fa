"""What we wait to see at a bank: open it, cancel it, say what came. Owners are told when it is met.

A movement between two of our own bank accounts is opened as two halves (`transit`). Its state changes,
its day moves later, its name is forgotten, and nothing else: what came is derived from allocations.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import states
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from backend.treasury import discrepancies, references, transit
from backend.treasury.models import Expectation, SubAccount
from backend.treasury.specs import ExpectationSpec, Met
from backend.treasury.transit import IN, Places

__all__ = ["ExpectationSpec", "Met"]  # owners import them from here


class BadExpectation(Refused):
    code = "expectation.bad"


class OpenedOtherwise(Conflict):
    code = "expectation.opened_otherwise"


class OwnerWasTold(Conflict):
    code = "line.owner_was_told"


class OnTakenBack(Protocol):
    def __call__(self, met: Met, /, *, by: Actor, reason: str) -> object: ...


OnMet = Callable[[Sequence[Met]], object]
_owners: dict[str, OnMet] = {}
_going_back: dict[str, OnTakenBack | None] = {}


def register_owner(kind: str, on_met: OnMet, on_taken_back: OnTakenBack | None = None) -> None:
    """Say whom to tell when expectations of a kind of owner are met, in the same transaction.

    Called with all that one batch met; it may raise, and then its lines stay unexplained. An owner
    that can go back names `on_taken_back`; what met the others is returned, never taken back.
    """
    _owners[kind] = on_met
    _going_back[kind] = on_taken_back


def owners() -> list[str]:
    """The kinds of owner that are told."""
    return sorted(_owners)


def tell(met: Sequence[Met]) -> None:
    """Tell each kind of owner what met its expectations."""
    kinds = dict.fromkeys(one.expectation.owner_kind for one in met)
    for kind in kinds:
        # The half that leaves has no owner to tell: nobody waits for it but its other half.
        if kind in _owners:
            _owners[kind]([one for one in met if one.expectation.owner_kind == kind])


def tell_taken_back(met: Met, *, by: Actor, reason: str) -> None:
    """Tell an owner that what met its expectation was another's. Raises OwnerWasTold."""
    kind = met.expectation.owner_kind
    if kind not in _owners:
        return
    go_back = _going_back[kind]
    if go_back is None:
        raise OwnerWasTold(_("What met an expectation is returned, not taken back."))
    go_back(met, by=by, reason=reason)


def can_go_back(owner_kind: str) -> bool:
    """Whether what met an owner's expectation can be taken back, rather than returned."""
    return owner_kind not in _owners or _going_back[owner_kind] is not None


def open_one(*, spec: ExpectationSpec, at: dt.datetime) -> Expectation:
    """Open one expectation (see open_many)."""
    return open_many([spec], at=at)[0]


def open_many(specs: Sequence[ExpectationSpec], *, at: dt.datetime) -> list[Expectation]:
    """Open expectations and return them in order; safe to repeat.

    Of a movement between two of our bank accounts the half that arrives is returned. Raises
    BadExpectation when accounts, direction or amount do not fit, OpenedOtherwise when the reference
    is taken with another amount or other accounts.
    """
    places = _places(specs)
    for spec in specs:
        _refuse_bad(spec, places)
    transfers = [spec for spec in specs if transit.is_transfer(spec, places)]
    with transaction.atomic():
        leaving = _insert([(transit.leaving(spec, places), None) for spec in transfers], at)
        half_of = dict(zip(transfers, leaving, strict=True))
        return _insert(
            [
                (transit.arriving(spec, places), half_of[spec]) if spec in half_of else (spec, None)
                for spec in specs
            ],
            at,
        )


def cancel(
    *, expectation: Expectation, by: Actor, at: dt.datetime, reason: str = ""
) -> Expectation:
    """Wait no longer for one (see cancel_many)."""
    cancel_many(expectations=[expectation], by=by, at=at, reason=reason)
    return expectation


def cancel_many(
    *, expectations: Sequence[Expectation], by: Actor, at: dt.datetime, reason: str = ""
) -> None:
    """Wait no longer; what came stays booked, what comes from now on is a discrepancy."""
    if not expectations:
        return
    with transaction.atomic():
        states.move_many(records=expectations, to="cancelled", by=by, at=at, reason=reason)
        halves = [one.after for one in expectations if one.after is not None]
        open_halves = [half for half in halves if half.state == "open"]
        states.move_many(records=open_halves, to="cancelled", by=by, at=at, reason=reason)
        discrepancies.settle(by=by, at=at)


def postpone(*, owner_kind: str, due_on: Mapping[str, dt.date]) -> int:
    """Look for what still is to come from another day; `due_on` holds the days by owner. Returns how
    many moved."""
    waiting = Expectation.objects.filter(owner_kind=owner_kind, owner_key__in=due_on)
    moved = list(waiting.filter(state=Expectation.State.OPEN).order_by("pk"))
    for one in moved:
        one.due_on = due_on[one.owner_key]
    return Expectation.objects.bulk_update(moved, ["due_on"], batch_size=1000)


def forget(*, accounts: Collection[int], references: Collection[str] = ()) -> int:
    """Take the name from what was expected from or for some accounts (by id), and under some
    references; how many. What was expected stays."""
    theirs = Q(source__in=accounts) | Q(target__in=accounts) | Q(reference__in=references)
    return Expectation.objects.filter(theirs).exclude(counterparty="").update(counterparty="")


def received(*, owner_kind: str, owner_keys: Iterable[str]) -> dict[str, Money]:
    """How much was seen at the bank for each owner, in one query; owners without expectation are
    absent.
    """
    rows = Expectation.objects.filter(owner_kind=owner_kind, owner_key__in=list(owner_keys))
    sums: dict[str, Money] = {}
    for row in rows.with_received():
        amount = Money(row.received, row.amount.currency)
        sums[row.owner_key] = sums[row.owner_key] + amount if row.owner_key in sums else amount
    return sums


def is_met(expectation: Expectation) -> bool:
    """Whether all that was expected was seen at the bank by now, in one part or several."""
    (now,) = Expectation.objects.filter(pk=expectation.pk).with_received()
    return bool(now.received >= now.amount.amount)


def overdue(*, on: dt.date) -> QuerySet[Expectation]:
    """Outstanding expectations whose day has passed, oldest first: here, not there."""
    late = Expectation.objects.outstanding().filter(due_on__lt=on)
    return late.select_related("bank_account").order_by("due_on", "id")


def _places(specs: Sequence[ExpectationSpec]) -> Places:
    """At which bank account a ledger account has its money, for those that have it at one."""
    ids = {pk for spec in specs for pk in (spec.source.pk, spec.target.pk)}
    rows = SubAccount.objects.filter(account_id__in=ids).select_related("bank_account")
    return {row.account_id: row.bank_account for row in rows}


def _refuse_bad(spec: ExpectationSpec, places: Places) -> None:
    key = references.normal(spec.reference)
    if not spec.amount.amount > 0:
        raise _bad(spec, _("An expected amount is above zero."))
    if not references.SHORTEST_CODE <= len(key) <= references.LONGEST_CODE:
        raise _bad(spec, _("A reference has 8 to 35 letters and digits."))
    if spec.source.fund_id != spec.target.fund_id:
        raise _bad(spec, _("Money of one fund cannot be expected in another."))
    if not _stands_right(spec, places):
        raise _bad(spec, _("The expected money does not pass through this bank account."))


def _stands_right(spec: ExpectationSpec, places: Places) -> bool:
    """Money in must land in a sub-account of the bank account, money out must leave one."""
    from_bank, to_bank = places.get(spec.source.pk), places.get(spec.target.pk)
    if from_bank and to_bank:
        return from_bank != to_bank
    return spec.bank_account == (to_bank if spec.direction == IN else from_bank)


def _insert(
    asked: Sequence[tuple[ExpectationSpec, Expectation | None]], at: dt.datetime
) -> list[Expectation]:
    # Rows that exist are left alone and looked up, so that asking twice, or two at once, opens one.
    rows = [_row(spec, after, at) for spec, after in asked]
    Expectation.objects.bulk_create(rows, ignore_conflicts=True)
    keys = [row.key for row in rows]
    found = {_identity(one): one for one in Expectation.objects.filter(key__in=keys)}
    for row in rows:
        _refuse_other(row, found[_identity(row)])
    return [found[_identity(row)] for row in rows]


def _row(spec: ExpectationSpec, after: Expectation | None, at: dt.datetime) -> Expectation:
    key = references.normal(spec.reference)
    return Expectation(
        reference=spec.reference,
        key=key,
        is_ours=references.is_ours(key),
        direction=spec.direction,
        amount=spec.amount,
        counterparty=spec.counterparty,
        due_on=spec.due_on,
        bank_account=spec.bank_account,
        source=spec.source,
        target=spec.target,
        after=after,
        owner_kind=spec.owner_kind,
        owner_key=spec.owner_key,
        opened_at=at,
    )


def _identity(row: Expectation) -> tuple[str, int, str]:
    return (row.key, row.bank_account_id, row.direction)


def _refuse_other(asked: Expectation, found: Expectation) -> None:
    fields = ("amount", "source_id", "target_id", "owner_kind", "owner_key")
    if any(getattr(asked, name) != getattr(found, name) for name in fields):
        raise OpenedOtherwise(
            _("The reference %(reference)s is already used for something else.")
            % {"reference": references.shown(asked.reference)},
            expectation=found.pk,
        )


def _bad(spec: ExpectationSpec, sentence: Promise) -> BadExpectation:
    return BadExpectation(sentence, reference=spec.reference, owner=spec.owner_key)
