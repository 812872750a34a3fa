"""Refunds at the card provider: asked of it, or made in its own dashboard; booked once it says so.

What is owed back, and the way by bank, is in `campaigns.refunds`.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.users import SYSTEM
from campaigns import books, certificates, refunds, stripe_gateway
from campaigns.models import Payment, Pledge, Refund
from campaigns.stripe_gateway import RefundTold


def send_by_card(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Ask the provider for a refund (a job). The key comes from our row, so a repeat is no second."""
    refund = Refund.objects.select_related("payment").get(pk=payload["refund"])
    if refund.returned_at is not None or refund.failed_at is not None:
        return
    told = stripe_gateway.refund(
        charge=refund.payment.provider_id, amount=refund.amount, key=key_of(refund)
    )
    record(told=told, payment=refund.payment, at=at)


def key_of(refund: Refund) -> str:
    """The key of our refund at the provider."""
    return f"refund-{refund.pk}"


def record(*, told: RefundTold, payment: Payment, at: dt.datetime) -> None:
    """Take in how a refund stands at the provider: ours, or one made in its dashboard. Repeatable.

    Ours may be told before we wrote down its number (a worker may die in between): its key tells.
    """
    ours = Refund.objects.filter(payment=payment, amount=told.amount, provider_id=None)
    for refund in ours:
        if key_of(refund) == told.key:
            ours.filter(pk=refund.pk).update(provider_id=told.provider_id)
    adopt(payment=payment, amount=told.amount, provider_id=told.provider_id, at=at)
    if told.has_succeeded:
        confirm(provider_id=told.provider_id, at=at)
    if told.has_failed:
        note_failure(provider_id=told.provider_id, at=at)


def confirm(*, provider_id: str, at: dt.datetime) -> Refund | None:
    """Book a refund that the provider says is done. Told twice it is booked once."""
    refund = Refund.objects.select_for_update().filter(provider_id=provider_id).first()
    # What has failed stays failed: its success is older news that came late.
    if refund is None or refund.returned_at is not None or refund.failed_at is not None:
        return refund
    books.refund_made(refund, at=at)
    refunds.mark_returned([refund], at)
    return refund


def note_failure(*, provider_id: str, at: dt.datetime) -> None:
    """The provider could not return the money: it is still due, and stays visible as such.

    A refund may fail days after it succeeded: then the money is back with the provider.
    """
    with transaction.atomic():
        open_ones = Refund.objects.select_for_update().filter(failed_at=None)
        refund = open_ones.filter(provider_id=provider_id).first()
        if refund is None:
            return
        if refund.returned_at is not None:
            books.refund_failed(refund, at=at)
        Refund.objects.filter(pk=refund.pk).update(failed_at=at, returned_at=None)
        audit.record(action="refund.failed", subject=refund, by=SYSTEM, at=at)
        certificates.follow([refund.payment.pledge], by=SYSTEM, at=at)


def adopt(*, payment: Payment, amount: Money, provider_id: str, at: dt.datetime) -> Refund:
    """Take in a refund that somebody made in the provider's own dashboard. Safe to repeat.

    Raises MoreThanPaid.
    """
    found = Refund.objects.filter(provider_id=provider_id).first()
    if found is not None:
        return found
    with transaction.atomic():
        # Whoever asks for refunds of a pledge holds its row: two never ask for the same money.
        Pledge.objects.select_for_update(no_key=True).get(pk=payment.pledge_id)
        if amount > refunds.left_of(payment):
            raise refunds.MoreThanPaid(_("More was returned than was paid."), payment=payment.pk)
        return Refund.objects.create(
            payment=payment,
            amount=amount,
            reason="made at the provider",
            provider_id=provider_id,
            requested_by=users.label(SYSTEM),
            requested_at=at,
        )
