"""The inbox of provider events: store first, answer at once, handle in a job.

Duplicates are counted, disorder is met by asking the provider how things stand now, unknown kinds
are kept and ignored. The same id with other content is a security finding; the first one stays.
"""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F

from backend.core import clock, jobs
from backend.core.money import from_cents
from campaigns import chargebacks, findings, payments, payouts, refunds, stripe_gateway
from campaigns.models import (
    Payment,
    ProviderFinding,
    RefusedDelivery,
    StripeEvent,
    StripeEventVariant,
)
from campaigns.stripe_gateway import ReadEvent

ENDPOINT = "stripe"
JOB = "campaigns.stripe_event"

Outcome = StripeEvent.Outcome


def store(*, event: ReadEvent, at: dt.datetime) -> StripeEvent:
    """Keep an event and have it handled. Delivered again it is counted, not handled twice."""
    with transaction.atomic():
        row, is_new = StripeEvent.objects.get_or_create(
            endpoint=ENDPOINT, event_id=event.event_id, defaults=_facts(event, at)
        )
        if is_new:
            jobs.enqueue(kind=JOB, key=f"{JOB}:{row.pk}", payload={"event": row.pk}, at=at)
            return row
        StripeEvent.objects.filter(pk=row.pk).update(deliveries=F("deliveries") + 1)
        if row.content_hash != event.content_hash:
            _flag(row, event, at)
    row.refresh_from_db()
    return row


def refuse(*, reason: str, at: dt.datetime) -> None:
    """Count a delivery that was refused at the door; its content is nobody's and is not kept."""
    counter, _created = RefusedDelivery.objects.get_or_create(
        endpoint=ENDPOINT, on=clock.day_of(at), reason=reason
    )
    RefusedDelivery.objects.filter(pk=counter.pk).update(count=F("count") + 1)


def handle(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Do what an event asks for, once (a job). An error leaves it waiting and it is tried again."""
    row = StripeEvent.objects.select_for_update().get(pk=payload["event"])
    if row.handled_at is not None:
        return
    act = _ACTS.get(row.kind)
    found = json.loads(row.raw).get("data", {}).get("object") if act else None
    outcome = act(found, at) if act and found else Outcome.IGNORED
    StripeEvent.objects.filter(pk=row.pk).update(handled_at=at, outcome=outcome)


def sweep(*, at: dt.datetime) -> int:
    """Fetch the events whose delivery failed at the provider; return how many were new to us."""
    known = StripeEvent.objects.filter(endpoint=ENDPOINT)
    new = 0
    for event in stripe_gateway.undelivered_events():
        if not known.filter(event_id=event.event_id).exists():
            store(event=event, at=at)
            new += 1
    return new


def _facts(event: ReadEvent, at: dt.datetime) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "api_version": event.api_version,
        "raw": event.raw,
        "content_hash": event.content_hash,
        "created_at": event.created_at,
        "received_at": at,
    }


def _flag(row: StripeEvent, event: ReadEvent, at: dt.datetime) -> None:
    StripeEventVariant.objects.get_or_create(
        event=row,
        content_hash=event.content_hash,
        defaults={"raw": event.raw, "received_at": at},
    )
    findings.open_one(
        kind=ProviderFinding.Kind.CONTRADICTION, key=row.event_id, told=row.kind, at=at
    )


# --- What each kind of event asks for; a kind that is not here is ignored ---------------------------


def _intent_succeeded(found: dict[str, Any], at: dt.datetime) -> str:
    return payments.confirm_card(intent_id=found["id"], at=at)


def _charge_updated(found: dict[str, Any], at: dt.datetime) -> str:
    """The fee may come with it, late."""
    intent = found.get("payment_intent")
    return payments.confirm_card(intent_id=intent, at=at) if intent else Outcome.IGNORED


def _intent_cancelled(found: dict[str, Any], at: dt.datetime) -> str:
    payments.note_cancelled(intent_id=found["id"], at=at)
    return Outcome.HANDLED


def _refund_told(found: dict[str, Any], at: dt.datetime) -> str:
    """Ours, or one that somebody made in the provider's dashboard: the same totals either way.

    It may be told before its payment, which is then booked first.
    """
    told = stripe_gateway.refund_told(found["id"])
    charge = Payment.objects.filter(provider_id=told.charge_id or "-")
    if told.intent_id and not charge.exists():
        payments.confirm_card(intent_id=told.intent_id, at=at)
    payment = charge.first()
    if payment is None:
        return Outcome.DISCREPANCY
    refunds.record(told=told, payment=payment, at=at)
    return Outcome.HANDLED


def _payout_told(found: dict[str, Any], at: dt.datetime) -> str:
    return payouts.record(provider_id=found["id"], at=at)


def _payout_failed(found: dict[str, Any], at: dt.datetime) -> str:
    payouts.note_failure(provider_id=found["id"], at=at)
    return Outcome.HANDLED


def _dispute_opened(found: dict[str, Any], at: dt.datetime) -> str:
    payment = Payment.objects.filter(provider_id=found.get("charge") or "-").first()
    findings.open_one(
        kind=ProviderFinding.Kind.DISPUTE,
        key=found["id"],
        told=f"{found['amount'] / 100:.2f} {found['currency'].upper()} {found['charge']}",
        pledge=payment.pledge if payment else None,
        at=at,
    )
    return Outcome.DISCREPANCY


def _funds_withdrawn(found: dict[str, Any], at: dt.datetime) -> str:
    """The disputed money left: a return before the allotment, what the investor owes after it."""
    payment = Payment.objects.filter(provider_id=found.get("charge") or "-").first()
    if payment is None:
        return Outcome.DISCREPANCY
    amount = from_cents(found["amount"], found["currency"].upper())
    chargebacks.withdraw(payment=payment, amount=amount, provider_id=found["id"], at=at)
    return Outcome.HANDLED


def _funds_reinstated(found: dict[str, Any], at: dt.datetime) -> str:
    chargebacks.reinstate(provider_id=found["id"], at=at)
    return Outcome.HANDLED


_ACTS: dict[str, Callable[[dict[str, Any], dt.datetime], str]] = {
    "payment_intent.succeeded": _intent_succeeded,
    "charge.updated": _charge_updated,
    "payment_intent.canceled": _intent_cancelled,
    "refund.created": _refund_told,
    "refund.updated": _refund_told,
    "refund.failed": _refund_told,
    "payout.created": _payout_told,
    "payout.paid": _payout_told,
    "payout.reconciliation_completed": _payout_told,
    "payout.failed": _payout_failed,
    "charge.dispute.created": _dispute_opened,
    "charge.dispute.funds_withdrawn": _funds_withdrawn,
    "charge.dispute.funds_reinstated": _funds_reinstated,
}
