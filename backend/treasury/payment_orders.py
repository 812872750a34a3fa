"""Tell a bank to pay: draft a batch of credit transfers, have it approved by another person, one file.

What an order pays is what owners expect to leave an account (`expectations`, direction out): its
reference is the end-to-end id, so the statement's line finds it. Nobody is paid twice: an expectation
stands in one live order at most, and the database refuses a second. What the bank sends back, or did
not execute, is in `returned_payments`.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from stdnum import iban as ibans

from backend.core import approvals, audit, clock, states, transactions
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.users import Actor
from backend.treasury.bundles import Bundle
from backend.treasury.formats import pain
from backend.treasury.models import BankAccount, CreditTransfer, Expectation, PaymentOrder

APPROVE = "payment_order.approve"
OUT, OPEN = Expectation.Direction.OUT, Expectation.State.OPEN
# Banks take some thousands of transfers in a file; more are a further order.
MOST_TRANSFERS = 5000


class NothingToPay(Conflict):
    code = "payment_order.nothing_to_pay"


class BadPayee(Refused):
    code = "payment_order.bad_payee"


class NotPayable(Conflict):
    """`facts["expectations"]` are those that are cancelled, executed, or in another order."""

    code = "payment_order.not_payable"


class InThePast(Refused):
    code = "payment_order.in_the_past"


class StillAsked(Conflict):
    code = "payment_order.still_asked"


class NoFile(Conflict):
    code = "payment_order.no_file"


@dataclass(frozen=True)
class Payee:
    """Who gets what an expectation waits to see leave, and what is written on the transfer."""

    expectation: Expectation
    name: str
    iban: str
    text: str


@dataclass(frozen=True)
class NewOrder:
    """Transfers to leave one bank account on a day; `subject` is what they are about (`campaign:7`)."""

    bank_account: BankAccount
    title: str
    payees: Sequence[Payee]
    execute_on: dt.date
    subject: str = ""
    schema: str = PaymentOrder.Schema.V09


@transactions.repeated
def draft(*, new: NewOrder, by: User, at: dt.datetime) -> PaymentOrder:
    """Write an order down and ask another person to approve it.

    Raises NothingToPay, InThePast, BadPayee, or NotPayable for what is cancelled, was paid, or stands
    in another order; then nothing is ordered.
    """
    _refuse_bad(new, at)
    with transaction.atomic():
        # Orders of one account are written one after the other: their messages are numbered.
        BankAccount.objects.select_for_update(no_key=True).get(pk=new.bank_account.pk)
        _refuse_unpayable(new.bank_account, [one.expectation.pk for one in new.payees])
        order = PaymentOrder.objects.create(
            bank_account=new.bank_account,
            message_id=_message_id(new, at),
            title=new.title[:200],
            subject=new.subject,
            execute_on=new.execute_on,
            schema=new.schema,
            drafted_by=by,
            drafted_at=at,
        )
        _insert(order, new.payees)
        facts = {"transfers": len(new.payees)}
        audit.record(action="payment_order.drafted", subject=order, by=by, at=at, facts=facts)
        approvals.request(action=APPROVE, subject=order, by=by, at=at)
    return order


def approve(order: PaymentOrder, *, by: User, at: dt.datetime) -> PaymentOrder:
    """Make the file, once; follows a second person's approval.

    Raises NotPayable when something in it was cancelled or paid otherwise since it was drafted.
    """
    with transaction.atomic():
        transfers = list(order.transfers.order_by("number"))
        _refuse_unpayable(order.bank_account, [one.expectation_id for one in transfers], order)
        content = pain.write(_initiation(order, transfers, at))
        digest = hashlib.sha256(content).hexdigest()
        PaymentOrder.objects.filter(pk=order.pk, state=PaymentOrder.State.DRAFTED).update(
            approved_by=by, approved_at=at, content=content, sha256=digest
        )
        states.move(record=order, to=PaymentOrder.State.APPROVED, by=by, at=at, reason=digest)
    return order


@transactions.repeated
def drop(*, order: PaymentOrder, by: Actor, at: dt.datetime, reason: str) -> PaymentOrder:
    """Give up an order that was not approved; what it would have paid may be ordered anew.

    Raises StillAsked while a second person may still approve it: they refuse it first.
    """
    if approvals.waiting(action=APPROVE, subject=order) is not None:
        raise StillAsked(_("It waits for another person: have it refused first."), order=order.pk)
    with transaction.atomic():
        order.transfers.filter(ended_at=None).update(ended_at=at)
        return states.move(record=order, to=PaymentOrder.State.DROPPED, by=by, at=at, reason=reason)


def file_of(*, order: PaymentOrder, by: Actor, at: dt.datetime) -> bytes:
    """The file as it was made; each time it is taken is written down. Raises NoFile."""
    if order.content is None:
        raise NoFile(_("There is no file before another person approved the order."))
    content = bytes(order.content)
    facts = {"sha256": order.sha256}
    audit.record(action="payment_order.file_taken", subject=order, by=by, at=at, facts=facts)
    return content


def ordered(expectations: Sequence[Expectation]) -> set[int]:
    """The ids of those that stand in a live order."""
    live = CreditTransfer.objects.filter(expectation__in=expectations, ended_at=None)
    return set(live.values_list("expectation", flat=True))


def bundles(accounts: Sequence[int]) -> list[Bundle]:
    """Approved orders of which nothing was seen yet: a bank may debit one in a single sum."""
    orders = PaymentOrder.objects.filter(bank_account__in=accounts, state="approved")
    waiting = orders.filter(transfers__ended_at=None, transfers__expectation__allocations=None)
    live = CreditTransfer.objects.filter(order__in=waiting, ended_at=None)
    found: dict[str, list[int]] = defaultdict(list)
    for message, expectation in live.values_list("order__message_id", "expectation"):
        found[message].append(expectation)
    return [Bundle(message, ids) for message, ids in found.items()]


def _refuse_bad(new: NewOrder, at: dt.datetime) -> None:
    if not new.payees:
        raise NothingToPay(_("There is nothing to pay now."))
    if new.execute_on < clock.day_of(at):
        raise InThePast(_("A bank executes an order today or later."), field="execute_on")
    if len(new.payees) > MOST_TRANSFERS:
        raise BadPayee(_("An order holds at most %(most)s transfers.") % {"most": MOST_TRANSFERS})
    for one in new.payees:
        if not ibans.is_valid(one.iban) or not one.name.strip():
            raise BadPayee(_("A payee needs a name and an IBAN."), expectation=one.expectation.pk)


def _refuse_unpayable(
    bank_account: BankAccount, ids: Sequence[int], order: PaymentOrder | None = None
) -> None:
    """Lock what is to be paid, and refuse what is no longer, or already, or elsewhere ordered."""
    rows = Expectation.objects.filter(pk__in=ids, bank_account=bank_account, direction=OUT)
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    # A plain reading, after the lock: what met one of them in the meantime is seen.
    unmet = rows.filter(state=OPEN, amount_currency="EUR", allocations__isnull=True)
    payable = set(unmet.values_list("pk", flat=True))
    taken = CreditTransfer.objects.filter(expectation__in=ids, ended_at=None)
    if order is not None:
        taken = taken.exclude(order=order)
    bad = sorted({*ids} - payable | set(taken.values_list("expectation", flat=True)))
    if bad:
        raise NotPayable(
            _("Some of it was cancelled, paid, or ordered already: look again."), expectations=bad
        )


def _insert(order: PaymentOrder, payees: Sequence[Payee]) -> None:
    rows = [
        CreditTransfer(
            order=order,
            number=number,
            expectation=one.expectation,
            end_to_end_id=one.expectation.reference,
            amount=one.expectation.amount,
            name=pain.plain(one.name, 70),
            iban=ibans.compact(one.iban),
            text=pain.plain(one.text, 140),
        )
        for number, one in enumerate(payees, start=1)
    ]
    try:
        with transaction.atomic():
            CreditTransfer.objects.bulk_create(rows)
    except IntegrityError as problem:
        raise NotPayable(_("Somebody ordered some of this in the meantime.")) from problem


def _message_id(new: NewOrder, at: dt.datetime) -> str:
    """Ours, unique and the same for the same order; banks know a file sent twice by it."""
    count = PaymentOrder.objects.filter(bank_account=new.bank_account).count() + 1
    return f"MATTONE-{clock.day_of(at):%Y%m%d}-{new.bank_account.pk}-{count}"


def _initiation(
    order: PaymentOrder, transfers: Sequence[CreditTransfer], at: dt.datetime
) -> pain.Initiation:
    return pain.Initiation(
        schema=order.schema,
        message_id=order.message_id,
        created_at=at,
        debtor=order.bank_account.holder.name,
        iban=order.bank_account.iban,
        execute_on=order.execute_on,
        payments=[
            pain.Payment(one.end_to_end_id, one.amount.amount, one.name, one.iban, one.text)
            for one in transfers
        ],
    )
