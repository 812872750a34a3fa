"""The only package that talks to Stripe: what we ask of it, in values of ours.

`client` speaks HTTP through Stripe's library, `deliveries` checks what it sends us, `told` turns its
objects into values. The address comes from settings, so that the demo and the tests talk to the
stand-in over the same real HTTP.
"""

from campaigns.stripe_gateway.client import (
    PINNED_VERSION,
    ProviderRefused,
    ProviderUnreachable,
    is_configured,
)
from campaigns.stripe_gateway.deliveries import (
    BadEvent,
    BadSignature,
    ReadEvent,
    lasting_hash,
    read_event,
)
from campaigns.stripe_gateway.form import POLICY as FORM_POLICY
from campaigns.stripe_gateway.form import form_key, form_script, has_form, pay_url
from campaigns.stripe_gateway.happenings import events_since, undelivered_events
from campaigns.stripe_gateway.intents import (
    NewIntent,
    cancel_intent,
    create_customer,
    create_intent,
    intent_told,
    intents_told,
)
from campaigns.stripe_gateway.moneys import (
    balance,
    cash_told,
    charge_told,
    dispute_told,
    movements_of_payout,
    movements_since,
    payout,
)
from campaigns.stripe_gateway.refunding import refund, refund_told, return_cash
from campaigns.stripe_gateway.told import (
    BalanceTold,
    CashTold,
    ChargeTold,
    DisputeTold,
    Intent,
    IntentTold,
    MovementTold,
    PayoutTold,
    RefundTold,
)

__all__ = [
    "FORM_POLICY",
    "PINNED_VERSION",
    "BadEvent",
    "BadSignature",
    "BalanceTold",
    "CashTold",
    "ChargeTold",
    "DisputeTold",
    "Intent",
    "IntentTold",
    "MovementTold",
    "NewIntent",
    "PayoutTold",
    "ProviderRefused",
    "ProviderUnreachable",
    "ReadEvent",
    "RefundTold",
    "balance",
    "cancel_intent",
    "cash_told",
    "charge_told",
    "create_customer",
    "create_intent",
    "dispute_told",
    "events_since",
    "form_key",
    "form_script",
    "has_form",
    "intent_told",
    "intents_told",
    "is_configured",
    "lasting_hash",
    "movements_of_payout",
    "movements_since",
    "pay_url",
    "payout",
    "read_event",
    "refund",
    "refund_told",
    "return_cash",
    "undelivered_events",
]
