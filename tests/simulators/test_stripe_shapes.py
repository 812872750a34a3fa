"""Every object of the stand-in has exactly the keys that Stripe publishes for its kind."""

import json
from pathlib import Path

import pytest

from backend.simulators.stripe import payments, payouts, returns
from backend.simulators.stripe.account import Account
from backend.simulators.stripe.shapes import FIXTURES, fresh
from tests.simulators.conftest import Line

# Stripe's reference has these on a refund that failed; the published example is of one that did not.
ONLY_WHEN_FAILED = {"refund": {"failure_reason", "failure_balance_transaction"}}


def everything(account: Account) -> None:
    """One of each: a paid intent, refunds good and failed, a lost dispute, a payout on its way."""
    card = {"amount": "90000", "currency": "eur", "confirm": "true"}
    intent = payments.create_intent(account, card)
    other = payments.create_intent(account, card)
    returns.create_refund(account, {"payment_intent": intent["id"], "amount": "100"})
    refund = returns.create_refund(account, {"payment_intent": intent["id"], "amount": "200"})
    returns.fail_refund(account, refund["id"])
    dispute = returns.open_dispute(account, other["latest_charge"])
    returns.close_dispute(account, dispute["id"], "lost")
    payouts.create_payout(account, {"amount": "500", "currency": "eur"})


class TestShapes:
    @pytest.mark.parametrize(
        "kind",
        [
            "payment_intent",
            "charge",
            "refund",
            "dispute",
            "balance_transaction",
            "payout",
            "event",
        ],
    )
    def test_objects_have_the_published_keys(self, account: Account, kind: str) -> None:
        everything(account)
        published = frozenset(json.loads(FIXTURES.read_text())[kind])

        made = account.store.of_kind(kind)

        assert made
        assert {frozenset(set(v) - ONLY_WHEN_FAILED.get(kind, set())) for v in made} == {published}

    def test_the_balance_has_the_published_keys(self, line: Line, account: Account) -> None:
        everything(account)

        assert set(fresh("balance", {})) == set(json.loads(FIXTURES.read_text())["balance"])

    def test_a_key_that_stripe_does_not_know_is_our_mistake(self) -> None:
        with pytest.raises(KeyError):
            fresh("charge", {"pledge": 7})

    def test_the_licence_comes_with_the_examples(self) -> None:
        licence = Path(FIXTURES).with_name("fixtures.LICENSE").read_text()

        assert licence.startswith("The MIT License")
