"""Explain a bank line by hand: to a fund and a purpose, to who paid it, or to the line it cancels.

What no key explains a person explains, with a reason. The fund's rules are the same for a person.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, transactions
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from backend.ledger import accounts
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import ACQUISITION, Account, Fund, Purpose
from backend.treasury import allocations, bank_accounts, books, discrepancies
from backend.treasury.allocations import Part
from backend.treasury.models import Allocation, BankLine, Expectation

MOST_OPPOSITES = 200
NOBODY = "nobody known"  # whose money it was that came and that nobody explained


class BadClassification(Refused):
    code = "line.bad_classification"


class NothingLeft(Conflict):
    code = "line.nothing_left"


class TakenBack(Conflict):
    code = "line.taken_back"


class AnotherMatter(Refused):
    code = "line.another_matter"


class DoesNotCancel(Refused):
    code = "line.does_not_cancel"


@dataclass(frozen=True)
class Meaning:
    """What a line is: money of a fund that came from or went to a payer, or was spent for a purpose.

    Exactly one of purpose and payer; money in with a purpose is money given back by who was paid.
    """

    fund: Fund
    purpose: str = ""
    payer: str = ""


@transactions.repeated
def classify(  # the plan's signature; the first four are one Meaning of one line
    *,
    line: BankLine,
    fund: Fund,
    by: Actor,
    at: dt.datetime,
    reason: str,
    purpose: str = "",
    payer: str = "",
    amount: Money | None = None,
) -> Allocation:
    """Explain what is left of a line (or `amount` of it) by hand.

    Raises BadClassification, NothingLeft, or FundRule when the fund may not receive or spend so.
    """
    meaning = Meaning(fund, purpose, payer.strip())
    refuse_bad(meaning, reason)
    refuse_strange(line, fund)
    if amount is not None and not amount.amount > 0:
        raise BadClassification(_("A part of a line is above zero."), field="amount")
    with transaction.atomic():
        part = _part(line, meaning, left(line) if amount is None else amount, reason)
        return _allocate([part], by=by, at=at, reason=reason)[0]


@transactions.repeated
def accept(
    *,
    line: BankLine,
    expectation: Expectation,
    by: Actor,
    at: dt.datetime,
    reason: str,
    amount: Money | None = None,
) -> Allocation:
    """Book a line (or `amount` of it) to an expectation that a person recognised; tell its owner.

    Without an amount, as much as fits. Raises AnotherMatter when account, direction or currency
    differ, NothingLeft when nothing is awaited any more, AlreadyExplained when it does not fit.
    """
    _refuse_other(line, expectation)
    with transaction.atomic():
        fits = fitting(line, expectation)
        part = Part(line, fits if amount is None else amount, reason, expectation)
        return _allocate([part], by=by, at=at, reason=reason)[0]


@transactions.repeated
def write_off(*, line: BankLine, fund: Fund, by: Actor, at: dt.datetime, reason: str) -> Allocation:
    """Let a fund bear, or keep, what is left of a line and nobody will explain: an entry of its own
    kind. How much may be written off, and by whom, is the desk's (`desk.limits`).

    Raises as classify does; a restricted fund bears no running costs.
    """
    meaning = Meaning(fund, **written_off_as(line))
    refuse_bad(meaning, reason)
    refuse_strange(line, fund)
    with transaction.atomic():
        part = replace(_part(line, meaning, left(line), reason), kind=books.WRITTEN_OFF)
        return _allocate([part], by=by, at=at, reason=reason)[0]


def fitting(line: BankLine, expectation: Expectation) -> Money:
    """How much of a line fits what an expectation still awaits. Raises NothingLeft."""
    # The database refuses more than is expected; a person gets what fits and sees the rest.
    received = sum(
        (one.amount for one in expectation.allocations.all()), start=expectation.amount * 0
    )
    amount: Money = min(left(line), expectation.amount - received)
    if not amount.amount > 0:
        raise NothingLeft(_("This was paid in full already."), expectation=expectation.pk)
    return amount


@transactions.repeated
def offset(
    *, came: BankLine, went: BankLine, by: Actor, at: dt.datetime, reason: str
) -> list[Allocation]:
    """Explain two lines of one account by each other: money that came and was sent back, or a reversal.

    Raises DoesNotCancel unless what is left of them is equal and opposite.
    """
    with transaction.atomic():
        amount = left(came)
        is_pair = came.account_id == went.account_id and came.is_in and not went.is_in
        if not is_pair or left(went) != amount:
            raise DoesNotCancel(_("These two lines do not cancel each other."), line=came.pk)
        parts = [Part(came, amount, reason), Part(went, amount, reason)]
        return _allocate(parts, by=by, at=at, reason=reason)


def opposites(line: BankLine) -> list[BankLine]:
    """Unexplained lines of the account that what is left of this one (annotated) would cancel."""
    wanted = -line.left if line.is_in else line.left
    others = BankLine.objects.filter(account=line.account_id).unexplained()
    # A line of which a part is explained may fit as well, so amounts are compared by what is left.
    opposite = others.filter(amount__lt=0) if line.is_in else others.filter(amount__gt=0)
    near = (
        opposite.filter(amount__lte=wanted) if line.is_in else opposite.filter(amount__gte=wanted)
    )
    found = near.select_related("account").order_by("-booked_on", "-id")[:MOST_OPPOSITES]
    return [one for one in found if one.left == line.left]


@transactions.repeated
def take_back(*, allocation: Allocation, by: Actor, at: dt.datetime, reason: str) -> Allocation:
    """Undo what explained a line, by a counter-entry of today; the line waits again.

    Raises TakenBack the second time, OwnerWasTold for what met an expectation whose owner cannot go
    back (the remedy is then its own, a refund), FundRule when the money was spent meanwhile.
    """
    if not reason.strip():
        raise BadClassification(_("Say why: the next person will ask."))
    with transaction.atomic():
        made = allocations.take_back(allocation=allocation, by=by, at=at, reason=reason.strip())
        if made is None:
            raise TakenBack(_("This was taken back already."), allocation=allocation.pk)
        audit.record(action="line.taken_back", subject=made.line, by=by, at=at, reason=reason)
        discrepancies.open_again(line=made.line, by=by, at=at)
        discrepancies.open_shortfalls(_met([made]), by=by, at=at)
    return made


def is_open(line: BankLine) -> bool:
    """Whether a part of a line is in suspense."""
    return BankLine.objects.unexplained().filter(pk=line.pk).exists()


def is_untouched(line: BankLine) -> bool:
    """Whether nothing of a line is explained."""
    return left(line) == line.size if is_open(line) else False


def left(line: BankLine) -> Money:
    """How much of a line is in suspense. Raises NothingLeft when it is explained."""
    rest = BankLine.objects.with_allocated().get(pk=line.pk).left
    if not rest.amount > 0:
        raise NothingLeft(_("This line is explained already."), line=line.pk)
    return rest


def _allocate(parts: list[Part], *, by: Actor, at: dt.datetime, reason: str) -> list[Allocation]:
    made = allocations.allocate_many(parts, by=by, at=at)
    for part in parts:
        audit.record(action="line.explained", subject=part.line, by=by, at=at, reason=reason)
    discrepancies.settle(by=by, at=at)
    discrepancies.resize(part.line for part in parts)
    discrepancies.open_shortfalls(_met(made), by=by, at=at)
    return made


def _met(made: Sequence[Allocation]) -> list[int]:
    return [one.expectation_id for one in made if one.expectation_id is not None]


def refuse_bad(meaning: Meaning, reason: str) -> None:
    """Raise BadClassification for a meaning that says nothing, or too much, or without a reason."""
    if bool(meaning.purpose) == bool(meaning.payer):
        raise BadClassification(_("Say either what it was spent for or whose money it is."))
    if meaning.purpose in ACQUISITION and meaning.fund.is_restricted:
        raise BadClassification(
            _("A purchase is booked to its home: commit the cost there, then recognise the line."),
            field="purpose",
        )
    if not reason.strip():
        raise BadClassification(_("Say why: the next person will ask."))


def written_off_as(line: BankLine) -> dict[str, str]:
    """What a fund keeps is from nobody known, what it bears is a running cost."""
    return {"payer": NOBODY} if line.is_in else {"purpose": Purpose.RUNNING}


def refuse_strange(line: BankLine, fund: Fund) -> None:
    """Raise BadClassification for a fund of another holder than the account's."""
    if fund.organisation_id != line.account.holder_id:
        raise BadClassification(_("This fund is not of those whose account this is."), field="fund")


def _refuse_other(line: BankLine, expectation: Expectation) -> None:
    """The database refuses the same; a person is told what to look at."""
    is_in = expectation.direction == Expectation.Direction.IN
    if (
        line.account_id != expectation.bank_account_id
        or line.is_in != is_in
        or line.amount.currency != expectation.amount.currency
    ):
        raise AnotherMatter(
            _("This line is of another account, direction or currency than what is expected."),
            line=line.pk,
            expectation=expectation.pk,
        )


def _part(line: BankLine, meaning: Meaning, amount: Money, reason: str) -> Part:
    # Money of a fund that nothing holds waits for no release, at whichever bank account it is.
    kind = "" if meaning.fund.is_held else Account.Kind.HOLDING
    here = bank_accounts.sub_account(bank_account=line.account, fund=meaning.fund, kind=kind)
    there = accounts.open_many([_other_side(meaning, line.account.currency)])[0]
    source, target = (there, here) if line.is_in else (here, there)
    return Part(line, amount, reason.strip(), None, source, target)


def _other_side(meaning: Meaning, currency: str) -> AccountSpec:
    code = meaning.fund.code
    if meaning.purpose:
        return AccountSpec(
            f"fund:{code}:use:{meaning.purpose}",
            Account.Kind.USE,
            meaning.fund,
            meaning.purpose,
            currency,
        )
    payer = slugify(meaning.payer)[:40] or "unnamed"
    return AccountSpec(f"fund:{code}:payer:{payer}", Account.Kind.PAYER, meaning.fund, "", currency)
