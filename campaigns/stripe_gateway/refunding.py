"""Send money back through Stripe: of a charge, or cash that waits under a customer's name."""

from djmoney.money import Money

from backend.core.money import cents
from campaigns.stripe_gateway import client, told
from campaigns.stripe_gateway.told import RefundTold


def refund(*, charge: str, amount: Money, key: str) -> RefundTold:
    """Return money of a charge the way it came. A repeat with the same key is no second refund; the
    key stays with it, so that its events are known as ours."""
    asked = {"charge": charge, "amount": cents(amount), "metadata": {"key": key}}
    return told.refund_of(client.post("refunds", key=key, **asked))


def return_cash(*, customer: str, amount: Money, key: str) -> RefundTold:
    """Return cash that waits under a customer's name to the bank account that it came from."""
    asked = {
        "origin": "customer_balance",
        "customer": customer,
        "amount": cents(amount),
        "currency": "eur",
        "metadata": {"key": key},
    }
    return told.refund_of(client.post("refunds", key=key, **asked))


def refund_told(provider_id: str) -> RefundTold:
    """A refund as it stands now."""
    return told.refund_of(client.get(f"refunds/{provider_id}"))
