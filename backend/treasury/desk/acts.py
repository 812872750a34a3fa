"""Explain, split, write off, give up, and undo each of them; above a limit another person decides.

What is asked is tried first and taken back, so nobody is asked to approve what the books refuse.
Undoing books counter-entries: nothing that was done is ever changed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, audit, clock, states, transactions, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval
from backend.core.users import Actor
from backend.ledger.models import Fund
from backend.treasury import discrepancies, expectations, lines
from backend.treasury.desk import limits
from backend.treasury.discrepancies import ReasonMissing
from backend.treasury.lines import BadClassification, Meaning
from backend.treasury.models import (
    Allocation,
    BankLine,
    DeskAct,
    DeskPart,
    Discrepancy,
    Expectation,
)

DO, UNDO, TAKE_BACK = "desk.do", "desk.undo", "desk.take_back"
Kind, State = DeskAct.Kind, DeskAct.State


class NothingSaid(Refused):
    code = "desk.nothing_said"


class TooMuch(Refused):
    code = "desk.too_much"


class AnotherWaits(Conflict):
    code = "desk.another_waits"


class NotAShortfall(Refused):
    code = "desk.not_a_shortfall"


class NotDone(Conflict):
    code = "desk.not_done"


@dataclass(frozen=True)
class Share:
    """What a part of a line is: it met an expectation, or is a fund's, with its purpose or its payer.

    Without an amount it is all that fits; only a share that stands alone may say none.
    """

    amount: Money | None = None
    expectation: Expectation | None = None
    fund: Fund | None = None
    purpose: str = ""
    payer: str = ""


@transactions.repeated
def explain(
    *, line: BankLine, shares: Sequence[Share], by: Actor, at: dt.datetime, reason: str
) -> DeskAct:
    """Explain a line by hand, whole or split over several expectations, funds and purposes.

    Returns the act, done or waiting for another person. Raises NothingSaid, AnotherWaits, and what
    `lines` raises; then nothing is booked of any share.
    """
    users.require(by, "line.classify")
    if not shares or (len(shares) > 1 and any(one.amount is None for one in shares)):
        raise NothingSaid(_("Say for each part what it is, and its amount."), field="amount")
    with transaction.atomic():
        _hold(line)
        parts = [_part(line, one, reason) for one in shares]
        kind = Kind.EXPLAIN if len(parts) == 1 else Kind.SPLIT
        return _start(_about(line, kind, _sum(parts), reason), parts, by, at)


@transactions.repeated
def write_off(*, line: BankLine, fund: Fund, by: Actor, at: dt.datetime, reason: str) -> DeskAct:
    """Let a fund bear or keep what is left of a line: an entry of its own kind, within a limit.

    Raises TooMuch above what may be written off at all, else as explain.
    """
    users.require(by, "line.classify")
    with transaction.atomic():
        _hold(line)
        left = lines.left(line)
        lines.refuse_strange(line, fund)
        part = DeskPart(amount=left, fund=fund, **lines.written_off_as(line))
        return _start(_about(line, Kind.WRITE_OFF, left, reason), [part], by, at)


@transactions.repeated
def give_up(*, discrepancy: Discrepancy, by: Actor, at: dt.datetime, reason: str) -> DeskAct:
    """Expect no more of what is missing. No money moves: what never came was never booked.

    Raises NotAShortfall for what is here and unexplained, AlreadyResolved, AnotherWaits.
    """
    users.require(by, "discrepancy.resolve")
    if discrepancy.expectation is None or discrepancy.kind != discrepancies.SHORT:
        raise NotAShortfall(
            _("The line is not explained yet. Explain it; then this ends by itself."),
            discrepancy=discrepancy.pk,
        )
    with transaction.atomic():
        Discrepancy.objects.select_for_update(no_key=True).get(pk=discrepancy.pk)
        act = DeskAct(
            kind=Kind.GIVE_UP,
            expectation=discrepancy.expectation,
            discrepancy=discrepancy,
            amount=discrepancy.amount,
            reason=reason.strip()[:300],
        )
        return _start(act, [], by, at)


@transactions.repeated
def undo(*, act: DeskAct, by: Actor, at: dt.datetime, reason: str) -> DeskAct:
    """Undo an act by counter-entries of today; the line, or what is missing, waits again.

    What two people did only two undo. Raises NotDone, ReasonMissing, OwnerWasTold, FundRule.
    """
    users.require(by, "line.classify")
    _refuse_silent(reason)
    if act.state != State.DONE:
        raise NotDone(_("Only what was done can be undone."), act=act.pk)
    with transaction.atomic():
        if not act.needs_second:
            return _undo(act, by, at, reason)
        _ask_to_go_back(UNDO, act, by, at, reason)
    return act


def is_undoable(act: DeskAct) -> bool:
    """Whether what was done can still be undone as far as its owners go: their money may be theirs."""
    owners = act.parts.exclude(expectation=None).values_list("expectation__owner_kind", flat=True)
    return act.state == State.DONE and all(expectations.can_go_back(owner) for owner in owners)


@transactions.repeated
def take_back(*, allocation: Allocation, by: Actor, at: dt.datetime, reason: str) -> DeskAct | None:
    """Undo what explained a part of a line, by whom or what ever: a person's act whole, a run's match
    by itself. Returns the act, if there is one.

    Raises as undo, and TakenBack the second time.
    """
    users.require(by, "line.classify")
    part = DeskPart.objects.filter(allocation=allocation).select_related("act").first()
    if part is not None and part.act.state == State.DONE:
        return undo(act=part.act, by=by, at=at, reason=reason)
    _refuse_silent(reason)
    alone = limits.on(clock.day_of(at))
    with transaction.atomic():
        if alone.needs_second(Kind.EXPLAIN, abs(allocation.amount.amount)):
            _ask_to_go_back(TAKE_BACK, allocation, by, at, reason)
        else:
            lines.take_back(allocation=allocation, by=by, at=at, reason=reason)
    return None


# --- What a decision of the second person does ------------------------------------------------------


def on_approved(act: DeskAct, /, *, by: Actor, at: dt.datetime) -> DeskAct:
    """Do what another person asked for. Raises what the books refuse by now."""
    return _do(act, by, at)


def on_refused(act: DeskAct, /, *, by: Actor, at: dt.datetime) -> DeskAct:
    """Leave the line as it is; somebody may ask for something else."""
    return states.move(record=act, to=State.REFUSED, by=by, at=at)


def on_undo_approved(act: DeskAct, /, *, by: Actor, at: dt.datetime) -> DeskAct:
    """Undo what another person asked to be undone."""
    return _undo(act, by, at, _asked_reason(UNDO, act))


def on_take_back_approved(allocation: Allocation, /, *, by: Actor, at: dt.datetime) -> Allocation:
    """Take back a match as another person asked."""
    reason = _asked_reason(TAKE_BACK, allocation)
    return lines.take_back(allocation=allocation, by=by, at=at, reason=reason)


# --- Steps -------------------------------------------------------------------------------------------


def _hold(line: BankLine) -> None:
    """Two people at one line take turns; the second sees what the first did or asked for."""
    BankLine.objects.select_for_update(no_key=True).get(pk=line.pk)


def _part(line: BankLine, share: Share, reason: str) -> DeskPart:
    if (share.expectation is None) == (share.fund is None):
        raise NothingSaid(_("Say which expectation it met, or of which fund it is."), field="fund")
    if share.fund is not None:
        meaning = Meaning(share.fund, share.purpose, share.payer.strip())
        lines.refuse_bad(meaning, reason)
        lines.refuse_strange(line, share.fund)
    fits = lines.fitting(line, share.expectation) if share.expectation else lines.left(line)
    amount = fits if share.amount is None else share.amount
    if not amount.amount > 0 or amount.currency != fits.currency:
        raise BadClassification(_("A part of a line is above zero."), field="amount")
    if amount > fits:
        raise BadClassification(
            _("That is more than fits: %(fits)s.") % {"fits": fits.amount}, field="amount"
        )
    return DeskPart(
        amount=amount,
        expectation=share.expectation,
        fund=share.fund,
        purpose=share.purpose,
        payer=share.payer.strip(),
    )


def _about(line: BankLine, kind: str, amount: Money, reason: str) -> DeskAct:
    waiting = Discrepancy.objects.waiting().filter(line=line).exclude(kind=discrepancies.SHORT)
    return DeskAct(
        kind=kind,
        line=line,
        discrepancy=waiting.first(),
        amount=amount,
        reason=reason.strip()[:300],
    )


def _start(act: DeskAct, parts: Sequence[DeskPart], by: Actor, at: dt.datetime) -> DeskAct:
    """Write down what is meant; do it, or try it and ask another person."""
    _refuse_silent(act.reason)
    _refuse_waiting(act)
    alone, before = limits.on(clock.day_of(at)), _before(act)
    if alone.is_too_much(act.kind, act.amount.amount, before.amount):
        raise TooMuch(
            _("At most %(most)s may be written off; find out what it is.")
            % {"most": alone.write_off_most},
            field="fund",
        )
    act.needs_second = alone.needs_second(act.kind, act.amount.amount, before.amount)
    act.asked_at, act.asked_by, act.by_label = at, users.person(by), users.label(by)
    _insert(act, parts)
    audit.record(action=f"desk.{act.kind}", subject=act, by=by, at=at, reason=act.reason)
    if not act.needs_second:
        return _do(act, by, at)
    _try(act, by, at)
    approvals.request(action=DO, subject=act, by=by, at=at, note=act.reason)
    return act


def _insert(act: DeskAct, parts: Sequence[DeskPart]) -> None:
    act.save(force_insert=True)
    for part in parts:
        part.act = act
    DeskPart.objects.bulk_create(parts)


def _refuse_waiting(act: DeskAct) -> None:
    """The line is held, so nobody asks meanwhile; the database refuses a second one all the same."""
    about = DeskAct.objects.filter(line=act.line_id, expectation=act.expectation_id)
    if about.filter(state=State.ASKED).exists():
        raise AnotherWaits(
            _("Another person must decide first what was asked for about this."), line=act.line_id
        )


def _before(act: DeskAct) -> Money:
    """What was done to the same line in the same way by one person, and stands."""
    nothing = act.amount * 0
    if act.line is None:
        return nothing
    done = DeskAct.objects.filter(line=act.line, state=State.DONE, needs_second=False)
    is_off = act.kind == Kind.WRITE_OFF
    return sum(
        (one.amount for one in done if (one.kind == Kind.WRITE_OFF) == is_off), start=nothing
    )


def _do(act: DeskAct, by: Actor, at: dt.datetime) -> DeskAct:
    with transaction.atomic():
        states.move(record=act, to=State.DONE, by=by, at=at, reason=act.reason)
        if act.kind == Kind.GIVE_UP:
            assert act.discrepancy is not None, "what is given up is a difference"
            discrepancies.resolve(discrepancy=act.discrepancy, by=by, at=at, reason=act.reason)
        for part in act.parts.select_related("expectation", "fund").order_by("id"):
            booked = _book(act, part, by, at)
            DeskPart.objects.filter(pk=part.pk).update(allocation=booked)
    return act


def _book(act: DeskAct, part: DeskPart, by: Actor, at: dt.datetime) -> Allocation:
    assert act.line is not None, "parts are of a line's acts alone"
    if part.expectation is not None:
        return lines.accept(
            line=act.line,
            expectation=part.expectation,
            by=by,
            at=at,
            reason=act.reason,
            amount=part.amount,
        )
    assert part.fund is not None, "the database holds it"
    if act.kind == Kind.WRITE_OFF:
        return lines.write_off(line=act.line, fund=part.fund, by=by, at=at, reason=act.reason)
    return lines.classify(
        line=act.line,
        fund=part.fund,
        by=by,
        at=at,
        reason=act.reason,
        purpose=part.purpose,
        payer=part.payer,
        amount=part.amount,
    )


def _try(act: DeskAct, by: Actor, at: dt.datetime) -> None:
    """Do it and take it back, all of it: what is refused is refused to who asks."""
    with transaction.atomic():
        _do(DeskAct.objects.get(pk=act.pk), by, at)
        transaction.set_rollback(True)


def _undo(act: DeskAct, by: Actor, at: dt.datetime, reason: str) -> DeskAct:
    with transaction.atomic():
        states.move(record=act, to=State.UNDONE, by=by, at=at, reason=reason)
        parts = act.parts.select_related("allocation__line", "allocation__expectation")
        for part in parts.order_by("-id"):
            assert part.allocation is not None, "what was done was booked"
            lines.take_back(allocation=part.allocation, by=by, at=at, reason=reason)
        if act.expectation_id is not None:
            discrepancies.open_shortfalls([act.expectation_id], by=by, at=at)
    return act


def _ask_to_go_back(
    action: str, subject: DeskAct | Allocation, by: Actor, at: dt.datetime, reason: str
) -> None:
    audit.record(action=f"{action}_asked", subject=subject, by=by, at=at, reason=reason)
    approvals.request(action=action, subject=subject, by=by, at=at, note=reason.strip())


def _asked_reason(action: str, subject: DeskAct | Allocation) -> str:
    about = Approval.objects.filter(
        action=action, subject_kind=audit.kind_of(subject), subject_id=str(subject.pk)
    )
    return about.latest("id").note


def _sum(parts: Sequence[DeskPart]) -> Money:
    return sum((part.amount for part in parts[1:]), start=parts[0].amount)


def _refuse_silent(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Say why: the next person will ask."), field="reason")
