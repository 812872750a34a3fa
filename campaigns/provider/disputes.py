"""Disputes as they stand at the provider: what was taken back, what was given back, what it costs.

The money itself is booked in `chargebacks`; a dispute is a finding until a person has looked at it.
"""

import datetime as dt

from backend.core.money import ZERO
from campaigns import chargebacks, findings
from campaigns.models import Payment, ProviderFinding, StripeEvent
from campaigns.provider import fees
from campaigns.stripe_gateway import DisputeTold

Outcome = StripeEvent.Outcome
CLOSED = frozenset({"won", "lost", "warning_closed", "prevented"})


def record(*, told: DisputeTold, payment: Payment, at: dt.datetime) -> str:
    """Take in how a dispute stands. Safe to repeat, in any order: what is decided before it is told of
    is booked out and back, as the provider's own statement shows it."""
    pledge = payment.pledge
    findings.open_one(
        kind=ProviderFinding.Kind.DISPUTE,
        key=told.provider_id,
        told=f"{told.amount.amount} {told.amount.currency} {told.charge_id}",
        pledge=pledge,
        at=at,
    )
    if told.withdrawn > ZERO:
        chargebacks.withdraw(
            payment=payment, amount=told.withdrawn, provider_id=told.provider_id, at=at
        )
    if not told.is_withdrawn:
        chargebacks.reinstate(provider_id=told.provider_id, at=at)
    fees.settle(
        provider_id=told.provider_id,
        amount=told.fee,
        campaign=pledge.campaign,
        pledge=pledge,
        at=at,
    )
    return Outcome.HANDLED if told.status in CLOSED else Outcome.DISCREPANCY
