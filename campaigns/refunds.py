"""Money that goes back: the way it came, in full, confirmed by bank or provider.

A refund is asked for here; it counts as returned only when the bank's line or the provider's word
says so. A card refund is a job, because it is a call to the outside (`card_refunds`).
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, jobs, transactions, users
from backend.core.errors import Conflict
from backend.core.money import ZERO, as_text
from backend.core.users import SYSTEM, Actor
from backend.ledger.models import Account
from backend.treasury import expectations, references, returned_payments
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import Expectation
from backend.treasury.returned_payments import Undone
from campaigns import certificates, destinations, letters, purses
from campaigns.models import Payment, Pledge, Refund

REFUND_OWNER = "campaigns.refund"
CARD_JOB = "campaigns.refund_card"


class MoreThanPaid(Conflict):
    code = "refund.more_than_paid"


class NotFailed(Conflict):
    code = "refund.not_failed"


class NoAccount(Conflict):
    code = "refund.no_account"


def return_all(
    *, pledges: Sequence[Pledge], by: Actor, at: dt.datetime, reason: str
) -> list[Refund]:
    """Have everything that came for pledges and was not returned yet sent back."""
    payments = _unreturned(Payment.objects.filter(pledge__in=pledges))
    return _ask([(payment, _left(payment)) for payment in payments], by, at, reason)


def return_surplus(*, payment: Payment, surplus: Money, by: Actor, at: dt.datetime) -> list[Refund]:
    """Have what a payment brought beyond the pledge sent back."""
    return _ask([(payment, surplus)], by, at, "paid more than pledged")


def under_way(pledge: Pledge) -> QuerySet[Refund]:
    """Refunds of a pledge that were asked for and neither arrived nor failed."""
    return Refund.objects.filter(payment__pledge=pledge, returned_at=None, failed_at=None)


def return_part(
    *, pledge: Pledge, amount: Money, by: Actor, at: dt.datetime, reason: str
) -> list[Refund]:
    """Have an amount of what came for a pledge sent back, the newest payments first."""
    parts = []
    for payment in reversed(_unreturned(Payment.objects.filter(pledge=pledge))):
        part = min(_left(payment), amount)
        if part > ZERO:
            parts.append((payment, part))
            amount -= part
    return _ask(parts, by, at, reason)


def left_of(payment: Payment) -> Money:
    """What of a payment was neither returned nor asked back."""
    return _left(_with_asked(Payment.objects.filter(pk=payment.pk)).get())


def failed(pledge: Pledge) -> QuerySet[Refund]:
    """Refunds of a pledge that failed, and in whose place none was asked for since."""
    rows = Refund.objects.filter(payment__pledge=pledge, replaced_by=None)
    return rows.filter(failed_at__isnull=False).order_by("id")


@transactions.repeated
def ask_again(*, refund: Refund, by: Actor, at: dt.datetime) -> Refund:
    """Owe a failed refund anew, by bank: one takes its place, once.

    Raises NotFailed, NoAccount when there is no account that may take it, MoreThanPaid.
    """
    with transaction.atomic():
        Pledge.objects.select_for_update(no_key=True).get(pk=refund.payment.pledge_id)
        known = failed(refund.payment.pledge).filter(pk=refund.pk)
        refund = _first(known.select_related("payment__pledge__campaign", "payment__pledge__payer"))
        if not destinations.of([refund]):
            raise NoAccount(
                _("There is no account that may take it: ask the investor for one."),
                refund=refund.pk,
            )
        if refund.amount > _left(_with_asked(Payment.objects.filter(pk=refund.payment_id)).get()):
            raise MoreThanPaid(_("More was returned than was paid."), payment=refund.payment_id)
        made = Refund.objects.create(
            payment=refund.payment,
            amount=refund.amount,
            reason=refund.reason,
            replaces=refund,
            requested_by=users.label(by),
            requested_at=at,
        )
        _order_transfers([made], at)
        audit.record(action="refund.asked_again", subject=made, by=by, at=at)
    return made


def on_undone(undone: Sequence[Undone]) -> None:
    """Transfers back did not reach their payers: the money is owed again, and they are asked where to."""
    by_key = {one.expectation.owner_key: one for one in undone}
    rows = Refund.objects.select_for_update(of=("self",)).filter(pk__in=by_key, failed_at=None)
    for refund in rows.select_related("payment__pledge__investor", "payment__pledge__campaign"):
        one = by_key[str(refund.pk)]
        Refund.objects.filter(pk=refund.pk).update(
            failed_at=one.at, returned_at=None, failure=one.reason
        )
        facts = {"reason": one.reason}
        audit.record(action="refund.failed", subject=refund, by=SYSTEM, at=one.at, facts=facts)
        certificates.follow([refund.payment.pledge], by=SYSTEM, at=one.at)
        if one.reason != returned_payments.NOT_EXECUTED:
            _ask_for_account(refund, one.at)


def on_met(met: Sequence[Met]) -> None:
    """Bank lines say that transfers went back to their payers; treasury booked them.

    One that goes back in parts is returned with the last.
    """
    keys = [int(one.expectation.owner_key) for one in met if expectations.is_met(one.expectation)]
    found = Refund.objects.select_for_update().filter(pk__in=keys, returned_at=None)
    mark_returned(list(found.select_related("payment__pledge__investor")), met[0].at)


def _ask(
    parts: Sequence[tuple[Payment, Money]], by: Actor, at: dt.datetime, reason: str
) -> list[Refund]:
    rows = Refund.objects.bulk_create(
        Refund(
            payment=payment,
            amount=amount,
            reason=reason[:200],
            requested_by=users.label(by),
            requested_at=at,
        )
        for payment, amount in parts
    )
    cards = [row for row in rows if row.payment.method in Payment.THROUGH_PROVIDER]
    jobs.enqueue_many(
        jobs=[jobs.NewJob(CARD_JOB, f"{CARD_JOB}:{row.pk}", {"refund": row.pk}) for row in cards],
        at=at,
    )
    _order_transfers([row for row in rows if row not in cards], at)
    return rows


def _order_transfers(rows: Sequence[Refund], at: dt.datetime) -> None:
    """Expect to see transfers leave the restricted account; set-based, because a failed offer has many.

    Whose payer's account the bank did not tell is asked for one.
    """
    for row in rows:
        row.reference = references.creditor_reference(f"refund:{row.pk}")
    Refund.objects.bulk_update(rows, ["reference"], batch_size=1000)
    campaigns = {row.payment.pledge.campaign_id: row.payment.pledge.campaign for row in rows}
    held = {pk: purses.held(campaign) for pk, campaign in campaigns.items()}
    expectations.open_many(
        [_spec(row, held[row.payment.pledge.campaign_id]) for row in rows], at=at
    )
    known = destinations.of(rows)
    for row in rows:
        if row.pk not in known:
            _ask_for_account(row, at)


def _ask_for_account(refund: Refund, at: dt.datetime) -> None:
    pledge = refund.payment.pledge
    letters.to_pledger(
        pledge,
        "account_wanted",
        at=at,
        occasion=str(refund.pk),
        returned=as_text(refund.amount, pledge.investor.language),
    )


def _first(rows: QuerySet[Refund]) -> Refund:
    found = rows.select_related("payment__pledge__investor").first()
    if found is None:
        raise NotFailed(_("This refund did not fail, or was sent again already."))
    return found


def _spec(refund: Refund, held: Account) -> ExpectationSpec:
    """The transfer back that finance orders at the bank: out of the restricted account."""
    pledge = refund.payment.pledge
    return ExpectationSpec(
        reference=refund.reference,
        direction=Expectation.Direction.OUT,
        amount=refund.amount,
        bank_account=purses.restricted_account(pledge.campaign),
        source=held,
        target=pledge.payer,
        owner_kind=REFUND_OWNER,
        owner_key=str(refund.pk),
        counterparty=pledge.investor.name,
        due_on=clock.day_of(refund.requested_at) + dt.timedelta(days=7),
    )


def mark_returned(found: Sequence[Refund], at: dt.datetime) -> None:
    """Note that money arrived where it came from, and tell its payers."""
    Refund.objects.filter(pk__in=[refund.pk for refund in found]).update(returned_at=at)
    certificates.follow([refund.payment.pledge for refund in found], by=SYSTEM, at=at)
    for refund in found:
        letters.to_pledger(
            refund.payment.pledge,
            "money_returned",
            at=at,
            occasion=str(refund.pk),
            returned=as_text(refund.amount, refund.payment.pledge.investor.language),
        )


def _unreturned(payments: QuerySet[Payment]) -> Any:
    """Payments of which something was neither returned nor asked back, with `asked` annotated."""
    return _with_asked(payments).filter(amount__gt=F("asked")).order_by("id")


def _with_asked(payments: QuerySet[Payment]) -> Any:
    asked = Coalesce(Sum("refunds__amount", filter=Q(refunds__failed_at=None)), ZERO.amount)
    related = payments.select_related("pledge__campaign", "pledge__investor", "pledge__payer")
    return related.annotate(asked=asked)


def _left(payment: Any) -> Money:
    """What was neither returned nor asked back, of a payment with `asked` annotated."""
    left: Money = payment.amount - Money(payment.asked, "EUR")
    return left
