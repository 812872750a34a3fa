"""What the gateway reads from objects in Stripe's own published shape."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.core.money import euro
from campaigns import stripe_gateway
from tests.campaigns.provider import Provider

OBJECTS = json.loads(
    (Path(__file__).parents[1] / "payloads" / "stripe" / "objects.json").read_text()
)


def shaped(kind: str, **values: Any) -> dict[str, Any]:
    """A published example with some values of the test's own."""
    unknown = values.keys() - OBJECTS[kind].keys()
    assert not unknown, unknown
    return {**OBJECTS[kind], **values}


@pytest.mark.usefixtures("provider")
class TestIntentTold:
    def test_it_reads_amount_fee_and_key(self, provider: Provider) -> None:
        movement = provider.put(shaped("balance_transaction", fee=775, currency="eur"))
        charge = provider.put(shaped("charge", balance_transaction=movement["id"]))
        intent = provider.put(
            shaped(
                "payment_intent",
                amount_received=50000,
                currency="eur",
                status="succeeded",
                latest_charge=charge["id"],
                metadata={"key": "pledge-7-card-1"},
            )
        )

        found = stripe_gateway.intent_told(intent["id"])

        assert (found.amount, found.fee) == (euro("500.00"), euro("7.75"))
        assert (found.charge_id, found.key) == (charge["id"], "pledge-7-card-1")
        assert found.has_succeeded

    def test_an_example_as_published_is_not_paid(self, provider: Provider) -> None:
        intent = provider.put(OBJECTS["payment_intent"])

        found = stripe_gateway.intent_told(intent["id"])

        assert not found.has_succeeded
        assert (str(found.amount.currency), found.fee, found.key) == ("USD", None, "")


@pytest.mark.usefixtures("provider")
class TestPayout:
    def test_its_parts_are_told_once_it_is_reconciled(self, provider: Provider) -> None:
        told = provider.put(shaped("payout", currency="eur", reconciliation_status="completed"))
        part = provider.put(
            shaped("balance_transaction", net=49225, currency="eur", reporting_category="charge")
        )
        provider.account.store.put_into_payout(told["id"], part["id"])

        payout = stripe_gateway.payout(told["id"])
        [found] = stripe_gateway.movements_of_payout(told["id"])

        assert payout.has_parts
        assert (found.category, found.source, found.net) == (
            "charge",
            part["source"],
            euro("492.25"),
        )


class TestPayUrl:
    def test_only_a_demo_has_a_page_of_the_stand_in(self, settings: Any) -> None:
        settings.STRIPE_API_BASE, settings.DEMO = "http://127.0.0.1:9", False
        assert stripe_gateway.pay_url("pi_1", return_url="http://x/", language="it") == ""

        settings.DEMO = True
        found = stripe_gateway.pay_url("pi_1", return_url="http://x/", language="it")
        assert found == "http://127.0.0.1:9/pay/pi_1?lang=it&return_url=http%3A%2F%2Fx%2F"
