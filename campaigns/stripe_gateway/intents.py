"""Payment intents: open one (card, direct debit, bank transfer), cancel it, ask how it stands.

Asked about many, it reads the movements of the days in question, a hundred a request, with the
charges inside; only what is not among them is asked for one by one.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from djmoney.money import Money

from backend.core.money import cents
from campaigns.stripe_gateway import client, told
from campaigns.stripe_gateway.client import ProviderRefused
from campaigns.stripe_gateway.told import Intent, IntentTold

# Below this it is quicker to ask for each.
FEW = 3
MARGIN = dt.timedelta(minutes=5)
TRANSFERS_FROM = "IT"


@dataclass(frozen=True)
class NewIntent:
    """A payment to be opened: our row's own key, so that a repeat opens no second one."""

    amount: Money
    key: str
    method: str
    customer: str = ""
    metadata: dict[str, str] = field(default_factory=dict)


def create_intent(asked: NewIntent) -> Intent:
    """Open a payment intent. A bank transfer's is confirmed at once: its instructions are wanted."""
    made = client.post(
        "payment_intents",
        key=asked.key,
        amount=cents(asked.amount),
        currency="eur",
        metadata=asked.metadata,
        **_ways(asked),
    )
    return Intent(made["id"], made.get("client_secret") or "", _instructions(made))


def create_customer(*, name: str, email: str, key: str) -> str:
    """Make the customer under whose name transfers arrive; return its id."""
    made = client.post("customers", key=key, name=name, email=email, metadata={"key": key})
    return str(made["id"])


def cancel_intent(provider_id: str) -> bool:
    """Cancel an intent that nobody paid; False where it can no longer be cancelled."""
    try:
        client.post(f"payment_intents/{provider_id}/cancel")
    except ProviderRefused:
        return False
    return True


def intent_told(intent_id: str) -> IntentTold:
    """How an intent stands, with its charge and the fee on it."""
    expand = ["latest_charge.balance_transaction"]
    return told.intent_of(client.get(f"payment_intents/{intent_id}", expand=expand))


def intents_told(
    ids: Collection[str], *, between: tuple[dt.datetime, dt.datetime] | None
) -> dict[str, IntentTold]:
    """How many intents stand; `between` are the instants that movements about them may be of."""
    found: dict[str, IntentTold] = {}
    if between is not None and len(ids) > FEW:
        found = _from_movements(set(ids), between)
    return found | {one: intent_told(one) for one in ids if one not in found}


def _ways(asked: NewIntent) -> dict[str, Any]:
    ways: dict[str, Any] = {"payment_method_types": [asked.method]}
    if asked.customer:
        ways["customer"] = asked.customer
    if asked.method == "customer_balance":
        transfer = {
            "type": "eu_bank_transfer",
            "eu_bank_transfer": {"country": TRANSFERS_FROM},
        }
        funding = {"funding_type": "bank_transfer", "bank_transfer": transfer}
        ways["payment_method_options"] = {"customer_balance": funding}
        ways["payment_method_data"] = {"type": "customer_balance"}
        ways["confirm"] = True
    return ways


def _instructions(made: dict[str, Any]) -> str:
    shown = (made.get("next_action") or {}).get("display_bank_transfer_instructions") or {}
    return str(shown.get("hosted_instructions_url") or "")


def _from_movements(
    ids: set[str], between: tuple[dt.datetime, dt.datetime]
) -> dict[str, IntentTold]:
    since, until = between[0] - MARGIN, between[1] + MARGIN
    span = {"gte": int(since.timestamp()), "lte": int(until.timestamp())}
    found: dict[str, IntentTold] = {}
    # A busy account has movements of others in between: after so many it is quicker to ask.
    most = 3 * len(ids) + client.PAGE
    movements = client.listed("balance_transactions", created=span, expand=["data.source"])
    for number, movement in enumerate(movements):
        if number >= most or len(found) == len(ids):
            break
        one = told.intent_of_movement(movement)
        if one is not None and one.intent_id in ids:
            found[one.intent_id] = one
    return found
