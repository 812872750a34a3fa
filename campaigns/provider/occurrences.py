"""What an event or a movement is about: an object at the provider that is to be looked at. Pure.

Nothing else of an event counts: how the object stands is asked, so that order, repeats and old news
change nothing. A kind that is not here asks for nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.stripe_gateway import MovementTold

INTENT, CHARGE, REFUND, DISPUTE, PAYOUT, CASH, STRANGER = (
    "intent",
    "charge",
    "refund",
    "dispute",
    "payout",
    "cash",
    "stranger",
)

# The field of the event's object that names what to look at, by the event's kind.
_EVENTS: dict[str, tuple[str, str]] = {
    "payment_intent.succeeded": (INTENT, "id"),
    "payment_intent.processing": (INTENT, "id"),
    "payment_intent.payment_failed": (INTENT, "id"),
    "payment_intent.partially_funded": (INTENT, "id"),
    "payment_intent.canceled": (INTENT, "id"),
    # The fee may come with it, late.
    "charge.updated": (INTENT, "payment_intent"),
    "charge.failed": (CHARGE, "id"),
    "charge.refund.updated": (REFUND, "id"),
    "refund.created": (REFUND, "id"),
    "refund.updated": (REFUND, "id"),
    "refund.failed": (REFUND, "id"),
    "charge.dispute.created": (DISPUTE, "id"),
    "charge.dispute.updated": (DISPUTE, "id"),
    "charge.dispute.closed": (DISPUTE, "id"),
    "charge.dispute.funds_withdrawn": (DISPUTE, "id"),
    "charge.dispute.funds_reinstated": (DISPUTE, "id"),
    "payout.created": (PAYOUT, "id"),
    "payout.updated": (PAYOUT, "id"),
    "payout.paid": (PAYOUT, "id"),
    "payout.failed": (PAYOUT, "id"),
    "payout.canceled": (PAYOUT, "id"),
    "payout.reconciliation_completed": (PAYOUT, "id"),
    "customer_cash_balance_transaction.created": (CASH, "id"),
}

CHARGES = frozenset({"charge", "payment"})
REFUNDS = frozenset({"refund", "payment_refund", "refund_failure", "payment_refund_failure"})
DISPUTES = frozenset({"dispute", "dispute_reversal"})
TAKEN_BACK = frozenset({"payment_failure_refund", "charge_failure"})
PAYOUTS = frozenset({"payout", "payout_reversal"})
FEES = frozenset({"fee", "tax", "network_cost"})


@dataclass(frozen=True, order=True)
class Subject:
    """An object at the provider; `of` is the customer of waiting cash."""

    kind: str
    provider_id: str
    of: str = ""


def of_event(kind: str, raw: str) -> Subject | None:
    """What an event asks us to look at; None where it asks for nothing."""
    if kind not in _EVENTS:
        return None
    about, field = _EVENTS[kind]
    found = _object(json.loads(raw))
    name, of = found.get(field), found.get("customer")
    if not isinstance(name, str) or not name:
        return None
    return Subject(about, name, of if about == CASH and isinstance(of, str) else "")


def of_movement(movement: MovementTold) -> Subject | None:
    """What a movement asks us to look at; None where it explains itself."""
    about = {movement.kind, movement.category}
    if about & CHARGES:
        if movement.intent_id:
            return Subject(INTENT, movement.intent_id)
        return Subject(STRANGER, movement.source)
    for kinds, kind in (
        (TAKEN_BACK, CHARGE),
        (REFUNDS, REFUND),
        (DISPUTES, DISPUTE),
        (PAYOUTS, PAYOUT),
    ):
        if about & kinds and movement.source:
            return Subject(kind, movement.source)
    return None


def of_movements(movements: Sequence[MovementTold]) -> list[Subject]:
    """What movements ask us to look at, each once, in a fixed order."""
    return sorted({one for each in movements if (one := of_movement(each)) is not None})


def _object(event: dict[str, Any]) -> dict[str, Any]:
    told = event.get("data")
    found = told.get("object") if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}
