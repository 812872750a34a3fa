"""What Stripe tells, as values of ours: cents become Money, seconds become instants. Pure.

The readers take Stripe's own objects as dicts; an expanded field may be an id or the object.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from djmoney.money import Money

from backend.core.money import ZERO, from_cents

Obj = dict[str, Any]

CHARGES = frozenset({"charge", "payment"})
# What a dispute moves; its money comes and goes under these names.
WITHDRAWN, REINSTATED = "dispute", "dispute_reversal"


@dataclass(frozen=True)
class Intent:
    """A payment intent as it was opened; `page` is where a bank transfer's instructions stand."""

    provider_id: str
    client_secret: str
    page: str = ""


@dataclass(frozen=True)
class IntentTold:
    """How an intent stands. `fee` is None until the provider has written its movement."""

    intent_id: str
    charge_id: str
    status: str
    amount: Money
    fee: Money | None
    paid_at: dt.datetime
    key: str

    @property
    def has_succeeded(self) -> bool:
        return self.status == "succeeded"


@dataclass(frozen=True)
class ChargeTold:
    """A charge as it stands; one that failed after it succeeded has its money taken back."""

    provider_id: str
    intent_id: str
    amount: Money
    has_failed: bool
    is_taken_back: bool


@dataclass(frozen=True)
class RefundTold:
    """A refund as the provider tells it now; `key` is ours, empty where somebody made it there."""

    provider_id: str
    charge_id: str
    intent_id: str
    amount: Money
    key: str
    state: str

    @property
    def has_succeeded(self) -> bool:
        return self.state == "succeeded"

    @property
    def has_failed(self) -> bool:
        return self.state in ("failed", "canceled")


@dataclass(frozen=True)
class DisputeTold:
    """A dispute as it stands: what was taken, what came back, what the provider charges for it."""

    provider_id: str
    charge_id: str
    intent_id: str
    amount: Money
    status: str
    withdrawn: Money
    reinstated: Money
    fee: Money

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn > self.reinstated


@dataclass(frozen=True)
class MovementTold:
    """One movement of the balance: what kind, about which object, gross less fee is net.

    `intent_id` is known where the object came with it.
    """

    provider_id: str
    kind: str
    category: str
    source: str
    gross: Money
    fee: Money
    net: Money
    occurred_at: dt.datetime
    available_at: dt.datetime
    intent_id: str = ""


@dataclass(frozen=True)
class PayoutTold:
    """A payout as the provider tells it; its parts are known once it is reconciled."""

    provider_id: str
    amount: Money
    created_at: dt.datetime
    arrives_on: dt.date
    has_parts: bool
    has_failed: bool
    failure: str


@dataclass(frozen=True)
class BalanceTold:
    """What the provider says it holds for us: in euro, and whatever else in other currencies."""

    euro: Money
    others: tuple[Money, ...]


@dataclass(frozen=True)
class CashTold:
    """A movement of the cash that waits at the provider under a customer's name."""

    provider_id: str
    customer: str
    kind: str
    net: Money
    ending: Money
    intent_id: str
    reference: str
    sender: str
    occurred_at: dt.datetime


def intent_of(found: Obj) -> IntentTold:
    """An intent with its latest charge and that one's movement expanded."""
    charge = found.get("latest_charge") or {}
    movement = (charge.get("balance_transaction") if isinstance(charge, dict) else None) or {}
    return IntentTold(
        intent_id=found["id"],
        charge_id=charge["id"] if charge else "",
        status=found["status"],
        amount=_money(found["amount_received"], found),
        fee=_money(movement["fee"], movement) if movement else None,
        paid_at=_instant(charge.get("created") or found["created"]),
        key=(found.get("metadata") or {}).get("key", ""),
    )


def intent_of_movement(movement: Obj) -> IntentTold | None:
    """The paid intent behind a movement whose source is expanded; None for any other movement.

    A charge carries its intent's metadata, so the key is the same.
    """
    charge = movement["source"]
    if movement["type"] not in CHARGES or not isinstance(charge, dict):
        return None
    if not charge.get("payment_intent") or charge["status"] != "succeeded":
        return None
    return IntentTold(
        intent_id=charge["payment_intent"],
        charge_id=charge["id"],
        status="succeeded",
        amount=_money(charge["amount_captured"], charge),
        fee=_money(movement["fee"], movement),
        paid_at=_instant(charge["created"]),
        key=(charge.get("metadata") or {}).get("key", ""),
    )


def charge_of(found: Obj) -> ChargeTold:
    return ChargeTold(
        provider_id=found["id"],
        intent_id=found.get("payment_intent") or "",
        amount=_money(found["amount"], found),
        has_failed=found["status"] == "failed",
        is_taken_back=bool(found.get("failure_balance_transaction")),
    )


def refund_of(found: Obj) -> RefundTold:
    return RefundTold(
        provider_id=found["id"],
        charge_id=found.get("charge") or "",
        intent_id=found.get("payment_intent") or "",
        amount=_money(found["amount"], found),
        key=(found.get("metadata") or {}).get("key", ""),
        state=found["status"],
    )


def dispute_of(found: Obj) -> DisputeTold:
    """A dispute with its own movements inside: none, one, or one and its return."""
    moved = found.get("balance_transactions") or []
    return DisputeTold(
        provider_id=found["id"],
        charge_id=found["charge"],
        intent_id=found.get("payment_intent") or "",
        amount=_money(found["amount"], found),
        status=found["status"],
        withdrawn=_sum(-one["amount"] for one in moved if one["amount"] < 0),
        reinstated=_sum(one["amount"] for one in moved if one["amount"] > 0),
        fee=_sum(one["fee"] for one in moved),
    )


def movement_of(found: Obj) -> MovementTold:
    source = found.get("source")
    return MovementTold(
        provider_id=found["id"],
        kind=found["type"],
        category=found["reporting_category"],
        source=(source["id"] if isinstance(source, dict) else source) or "",
        gross=_money(found["amount"], found),
        fee=_money(found["fee"], found),
        net=_money(found["net"], found),
        occurred_at=_instant(found["created"]),
        available_at=_instant(found["available_on"]),
        intent_id=(source.get("payment_intent") or "") if isinstance(source, dict) else "",
    )


def payout_of(found: Obj) -> PayoutTold:
    return PayoutTold(
        provider_id=found["id"],
        amount=_money(found["amount"], found),
        created_at=_instant(found["created"]),
        arrives_on=_instant(found["arrival_date"]).date(),
        has_parts=found["reconciliation_status"] == "completed",
        has_failed=found["status"] in ("failed", "canceled"),
        failure=found.get("failure_code") or "",
    )


def balance_of(found: Obj) -> BalanceTold:
    """Available and still pending together: both are ours."""
    sums: dict[str, int] = {}
    for line in [*found["available"], *found["pending"]]:
        currency = line["currency"].upper()
        sums[currency] = sums.get(currency, 0) + line["amount"]
    others = [from_cents(n, name) for name, n in sorted(sums.items()) if name != "EUR" and n]
    return BalanceTold(from_cents(sums.get("EUR", 0)), tuple(others))


def cash_of(found: Obj) -> CashTold:
    funded = (found.get("funded") or {}).get("bank_transfer") or {}
    intents = [
        (found.get(name) or {}).get("payment_intent")
        for name in ("applied_to_payment", "unapplied_from_payment")
    ]
    bank = funded.get("eu_bank_transfer") or {}
    return CashTold(
        provider_id=found["id"],
        customer=found["customer"],
        kind=found["type"],
        net=_money(found["net_amount"], found),
        ending=_money(found["ending_balance"], found),
        intent_id=next((one for one in intents if one), ""),
        reference=(funded.get("reference") or "")[:140],
        sender=(bank.get("sender_name") or "")[:140],
        occurred_at=_instant(found["created"]),
    )


def _money(cents: int, of: Obj) -> Money:
    return from_cents(cents, of["currency"].upper())


def _sum(cents: Any) -> Money:
    return sum((from_cents(each) for each in cents), ZERO)


def _instant(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
