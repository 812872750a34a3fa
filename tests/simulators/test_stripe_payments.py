"""Intents, charges and fees of the stand-in, asked by Stripe's own library."""

from typing import ClassVar

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from backend.simulators.stripe.account import Account, processing_fee
from backend.simulators.stripe.parameters import nested
from backend.simulators.stripe.shapes import API_VERSION
from tests.simulators.conftest import Client, Paid


class TestCreateIntent:
    def test_a_new_intent_waits_for_a_card(self, client: Client) -> None:
        intent = client.v1.payment_intents.create(
            {"amount": 50_000, "currency": "eur", "metadata": {"pledge": "7"}}
        )

        assert intent.status == "requires_payment_method"
        assert (intent.amount, intent.currency) == (50_000, "eur")
        assert intent.metadata["pledge"] == "7"
        assert intent.client_secret.startswith(f"{intent.id}_secret_")

    @pytest.mark.parametrize(
        ("amount", "code"),
        [(49, "amount_too_small"), ("x", "parameter_invalid_integer")],
    )
    def test_an_amount_that_cannot_be_paid_is_refused(
        self, client: Client, amount: object, code: str
    ) -> None:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            client.v1.payment_intents.create({"amount": amount, "currency": "eur"})

        assert refused.value.code == code
        assert refused.value.param == "amount"

    def test_a_live_key_is_refused(self, client: Client) -> None:
        with pytest.raises(stripe.AuthenticationError):
            client.v1.payment_intents.create(
                {"amount": 500, "currency": "eur"}, {"api_key": "sk_live_x"}
            )


class TestConfirmIntent:
    def test_a_paid_intent_has_a_charge_with_its_fee(self, client: Client, paid: Paid) -> None:
        intent = paid(50_000)

        found = client.v1.payment_intents.retrieve(
            intent.id, {"expand": ["latest_charge.balance_transaction"]}
        )
        movement = found.latest_charge.balance_transaction
        assert found.status == "succeeded"
        assert found.amount_received == 50_000
        assert (movement.amount, movement.fee, movement.net) == (50_000, 775, 49_225)
        assert movement.fee_details[0].amount == 775

    def test_a_declined_card_leaves_the_intent_open(self, client: Client) -> None:
        intent = client.v1.payment_intents.create({"amount": 500, "currency": "eur"})

        with pytest.raises(stripe.CardError) as refused:
            client.v1.payment_intents.confirm(
                intent.id, {"payment_method": "pm_card_chargeDeclined"}
            )

        assert refused.value.code == "card_declined"
        found = client.v1.payment_intents.retrieve(intent.id)
        assert found.status == "requires_payment_method"
        assert found.last_payment_error.code == "card_declined"
        assert client.v1.payment_intents.confirm(intent.id).status == "succeeded"

    def test_a_paid_intent_cannot_be_paid_again(self, client: Client, paid: Paid) -> None:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            client.v1.payment_intents.confirm(paid(500).id)

        assert refused.value.code == "payment_intent_unexpected_state"

    def test_a_cancelled_intent_cannot_be_paid(self, client: Client) -> None:
        intent = client.v1.payment_intents.create({"amount": 500, "currency": "eur"})
        client.v1.payment_intents.cancel(intent.id)

        with pytest.raises(stripe.InvalidRequestError):
            client.v1.payment_intents.confirm(intent.id)


class TestIdempotency:
    PARAMS: ClassVar = {"amount": 500, "currency": "eur"}

    def test_the_same_key_gives_the_same_intent(self, client: Client) -> None:
        options = {"idempotency_key": "pledge-7"}

        first = client.v1.payment_intents.create(self.PARAMS, options)
        second = client.v1.payment_intents.create(self.PARAMS, options)

        assert first.id == second.id
        assert second.last_response.headers["Idempotent-Replayed"] == "true"
        assert len(client.v1.payment_intents.list().data) == 1

    def test_the_same_key_for_something_else_is_refused(self, client: Client) -> None:
        options = {"idempotency_key": "pledge-7"}
        client.v1.payment_intents.create(self.PARAMS, options)

        with pytest.raises(stripe.IdempotencyError):
            client.v1.payment_intents.create(self.PARAMS | {"amount": 600}, options)


class TestLists:
    def test_pages_follow_each_other_newest_first(self, client: Client) -> None:
        made = [
            client.v1.payment_intents.create({"amount": 100 + n, "currency": "eur"}).id
            for n in range(5)
        ]

        page = client.v1.payment_intents.list({"limit": 2})

        assert page.has_more
        assert [intent.id for intent in page.auto_paging_iter()] == made[::-1]

    def test_charges_are_found_by_intent(self, client: Client, paid: Paid) -> None:
        intent, _other = paid(500), paid(600)

        found = client.v1.charges.list({"payment_intent": intent.id}).data

        assert [charge.amount for charge in found] == [500]

    def test_what_is_not_there_is_a_404(self, client: Client) -> None:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            client.v1.charges.retrieve("ch_nothing")

        assert refused.value.http_status == 404
        assert refused.value.code == "resource_missing"


class TestNested:
    def test_brackets_make_dicts_and_lists(self) -> None:
        sent = [("amount", "5"), ("metadata[a]", "1"), ("metadata[b]", "2")]
        sent += [
            ("expand[]", "x"),
            ("expand[]", "y"),
            ("types[0]", "z"),
            ("a[b][c]", "d"),
        ]

        assert nested(sent) == {
            "amount": "5",
            "metadata": {"a": "1", "b": "2"},
            "expand": ["x", "y"],
            "types": ["z"],
            "a": {"b": {"c": "d"}},
        }


class TestProcessingFee:
    @given(st.integers(min_value=50, max_value=10_000_000))
    def test_it_is_the_share_and_the_fixed_part_to_half_a_cent(self, cents: int) -> None:
        assert abs(processing_fee(cents) - (cents * 0.015 + 25)) <= 0.5001


def test_the_version_is_the_one_the_library_pins(account: Account) -> None:
    assert stripe.api_version == API_VERSION
