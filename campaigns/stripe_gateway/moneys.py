"""What Stripe holds and moved: its balance, its movements, payouts, charges, disputes, waiting cash."""

import datetime as dt
from collections.abc import Iterator

from campaigns.stripe_gateway import client, told
from campaigns.stripe_gateway.told import (
    BalanceTold,
    CashTold,
    ChargeTold,
    DisputeTold,
    MovementTold,
    PayoutTold,
)


def balance() -> BalanceTold:
    """What the provider holds for us at this moment."""
    return told.balance_of(client.get("balance"))


def movements_since(since: dt.datetime | None) -> Iterator[MovementTold]:
    """The movements of the balance since an instant, newest first; all there are for None."""
    span = {"created": {"gte": int(since.timestamp())}} if since else {}
    for found in client.listed("balance_transactions", expand=["data.source"], **span):
        yield told.movement_of(found)


def movements_of_payout(provider_id: str) -> list[MovementTold]:
    """The movements that a reconciled payout consists of, its own movement aside."""
    found = client.listed("balance_transactions", payout=provider_id, expand=["data.source"])
    return [told.movement_of(one) for one in found if one["type"] != "payout"]


def payout(provider_id: str) -> PayoutTold:
    """A payout as it stands now."""
    return told.payout_of(client.get(f"payouts/{provider_id}"))


def charge_told(provider_id: str) -> ChargeTold:
    """A charge as it stands now."""
    return told.charge_of(client.get(f"charges/{provider_id}"))


def dispute_told(provider_id: str) -> DisputeTold:
    """A dispute as it stands now."""
    return told.dispute_of(client.get(f"disputes/{provider_id}"))


def cash_told(customer: str, provider_id: str) -> CashTold:
    """A movement of the cash that waits under a customer's name."""
    path = f"customers/{customer}/cash_balance_transactions/{provider_id}"
    return told.cash_of(client.get(path))
