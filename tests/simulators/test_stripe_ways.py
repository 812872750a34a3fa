"""The stand-in's slow ways to pay: debits, transfers to a customer's cash; and an API in trouble."""

import http.client
from typing import Any

import pytest
import stripe

from backend.simulators.stripe.account import Account
from tests.simulators.conftest import Client, Line


def kinds(account: Account) -> list[str]:
    """The kinds of events so far, oldest first."""
    return [event["type"] for event in reversed(account.store.of_kind("event"))]


def debit(client: Client) -> Any:
    asked = {"amount": 50_000, "currency": "eur", "payment_method_types": ["sepa_debit"]}
    return client.v1.payment_intents.confirm(client.v1.payment_intents.create(asked).id)


class TestDebit:
    def test_is_answered_after_days(self, client: Client, line: Line, account: Account) -> None:
        intent = debit(client)
        assert intent.status == "processing"

        line.ask("POST", "/_control/debits", {"intents": [intent.id]})

        assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"
        [movement] = client.v1.balance_transactions.list().data
        assert (movement.type, movement.reporting_category, movement.fee) == (
            "payment",
            "charge",
            35,
        )

    def test_that_fails_waits_for_another_try(self, client: Client, line: Line) -> None:
        intent = debit(client)

        line.ask("POST", "/_control/debits", {"intents": [intent.id], "outcome": "failed"})

        assert client.v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"
        assert client.v1.balance_transactions.list().data == []

    def test_called_back_the_money_leaves(
        self, client: Client, line: Line, account: Account
    ) -> None:
        intent = debit(client)
        line.ask("POST", "/_control/debits", {"intents": [intent.id]})
        charge = client.v1.payment_intents.retrieve(intent.id).latest_charge

        line.ask("POST", f"/_control/charges/{charge}/fail")

        nets = [movement.net for movement in client.v1.balance_transactions.list().data]
        assert nets == [-50_000, 49_965]
        assert kinds(account)[-1] == "charge.failed"


class TestCash:
    def opened(self, client: Client) -> Any:
        customer = client.v1.customers.create({"name": "Somebody"})
        return client.v1.payment_intents.create(
            {
                "amount": 50_000,
                "currency": "eur",
                "customer": customer.id,
                "payment_method_types": ["customer_balance"],
                "confirm": True,
            }
        )

    def test_a_short_transfer_funds_it_partly(
        self, client: Client, line: Line, account: Account
    ) -> None:
        intent = self.opened(client)
        line.ask("POST", "/_control/cash", {"customer": intent.customer, "amount": 30_000})
        found = client.v1.payment_intents.retrieve(intent.id)
        shown = found.next_action.display_bank_transfer_instructions
        assert (found.status, shown.amount_remaining) == ("requires_action", 20_000)
        assert kinds(account)[-1] == "payment_intent.partially_funded"

        line.ask("POST", "/_control/cash", {"customer": intent.customer, "amount": 25_000})

        assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"

    def test_what_is_left_goes_back(self, client: Client, line: Line, account: Account) -> None:
        customer = self.opened(client).customer
        line.ask("POST", "/_control/cash", {"customer": customer, "amount": 52_000})
        asked = {"origin": "customer_balance", "customer": customer, "currency": "eur"}

        client.v1.refunds.create({**asked, "amount": 2_000})

        assert kinds(account)[-2:] == [
            "customer_cash_balance_transaction.created",
            "refund.created",
        ]
        with pytest.raises(stripe.InvalidRequestError):
            client.v1.refunds.create({**asked, "amount": 1})


class TestTrouble:
    @pytest.mark.parametrize(
        ("status", "error"), [(429, stripe.RateLimitError), (500, stripe.APIError)]
    )
    def test_is_answered_until_it_is_over(
        self, client: Client, line: Line, status: int, error: type[Exception]
    ) -> None:
        line.ask("POST", "/_control/trouble", {"status": status})
        with pytest.raises(error):
            client.v1.balance.retrieve()

        line.ask("POST", "/_control/trouble", {})

        assert client.v1.balance.retrieve().object == "balance"

    def test_slowness_is_only_slow(self, line: Line) -> None:
        line.ask("POST", "/_control/trouble", {"seconds": 0.01})
        asked = http.client.HTTPConnection("127.0.0.1", line.port, timeout=5)

        asked.request("GET", "/v1/balance", headers={"Authorization": "Bearer sk_test_x"})

        assert asked.getresponse().status == 200
        asked.close()


class TestLists:
    def test_a_span_of_time_is_paged(self, client: Client, account: Account) -> None:
        made = [account.make("customer", "cus", {"created": second}) for second in range(1, 8)]

        found = client.v1.customers.list({"created": {"gte": 2, "lte": 6}, "limit": 2})

        ids = [one.id for one in found.auto_paging_iter()]
        assert ids == [one["id"] for one in reversed(made[1:6])]
