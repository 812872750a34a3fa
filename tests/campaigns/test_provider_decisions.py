"""What an intent, an event and a balance ask for: pure answers, in tables."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import ZERO, euro, from_cents
from campaigns.models import PaymentIntent
from campaigns.provider import occurrences, proofs
from campaigns.provider.decisions import Act, Decision, Ours, decide
from campaigns.provider.movements import Difference
from campaigns.provider.occurrences import Subject
from campaigns.stripe_gateway import BalanceTold, IntentTold, MovementTold
from campaigns.stripe_gateway import told as told_by

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
PAID = IntentTold("pi_1", "ch_1", "succeeded", euro("500.00"), euro("7.75"), NOW, "key")
MOVED = MovementTold("txn_1", "charge", "charge", "ch_1", ZERO, ZERO, ZERO, NOW, NOW, "pi_1")


def ours(state: str = "created") -> Ours:
    return Ours(state, euro("500.00"))


class TestDecide:
    @pytest.mark.parametrize("state", ["wanted", "created", "processing", "canceled"])
    def test_money_that_came_is_booked_whatever_we_thought(self, state: str) -> None:
        assert decide(ours(state), PAID) == Decision(Act.BOOK)

    @pytest.mark.parametrize(
        ("known", "told", "kind"),
        [
            (None, PAID, "unknown"),
            (ours(), replace(PAID, amount=euro("499.99")), "amount"),
            (ours(), replace(PAID, amount=ZERO), "amount"),
            (ours(), replace(PAID, amount=euro("-500.00")), "amount"),
            (ours(), replace(PAID, amount=euro("99999999999.99")), "amount"),
            (ours(), replace(PAID, amount=Money("500.00", "USD")), "currency"),
        ],
    )
    def test_another_amount_is_a_finding(
        self, known: Ours | None, told: IntentTold, kind: str
    ) -> None:
        assert decide(known, told) == Decision(Act.FIND, kind)

    def test_without_its_fee_it_waits(self) -> None:
        assert decide(ours(), replace(PAID, fee=None)).act == Act.WAIT

    @pytest.mark.parametrize(
        ("state", "status", "to"),
        [
            ("created", "processing", "processing"),
            ("processing", "requires_payment_method", "created"),
            ("created", "canceled", "canceled"),
            ("processing", "canceled", "canceled"),
        ],
    )
    def test_it_follows_the_provider(self, state: str, status: str, to: str) -> None:
        assert decide(ours(state), replace(PAID, status=status)) == Decision(Act.MOVE, to)

    @given(st.sampled_from(PaymentIntent.State.values), st.text(max_size=20))
    def test_it_asks_for_no_move_that_is_not_allowed(self, state: str, status: str) -> None:
        decided = decide(ours(state), replace(PAID, status=status))

        if decided.act == Act.MOVE:
            assert decided.what in PaymentIntent.MOVES[PaymentIntent.State(state)]

    @given(st.sampled_from(PaymentIntent.State.values))
    def test_what_succeeded_is_booked_at_most_once(self, state: str) -> None:
        is_done = state == PaymentIntent.State.SUCCEEDED

        assert (decide(ours(state), PAID).act == Act.NOTHING) == is_done


class TestOfEvent:
    @pytest.mark.parametrize(
        ("kind", "found", "subject"),
        [
            ("payment_intent.succeeded", {"id": "pi_1"}, Subject("intent", "pi_1")),
            ("charge.updated", {"payment_intent": "pi_1"}, Subject("intent", "pi_1")),
            ("charge.updated", {"payment_intent": None}, None),
            ("charge.dispute.closed", {"id": "dp_1"}, Subject("dispute", "dp_1")),
            ("payout.failed", {"id": "po_1"}, Subject("payout", "po_1")),
            ("refund.failed", {"id": 7}, None),
            ("plan.created", {"id": "plan_1"}, None),
        ],
    )
    def test_what_it_is_about(self, kind: str, found: object, subject: Subject | None) -> None:
        assert occurrences.of_event(kind, json.dumps({"data": {"object": found}})) == subject

    @given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=3))
    def test_nonsense_asks_for_nothing(self, nonsense: object) -> None:
        for raw in ({"data": nonsense}, {"data": {"object": nonsense}}, {}):
            assert occurrences.of_event("payment_intent.succeeded", json.dumps(raw)) is None


class TestOfMovement:
    @pytest.mark.parametrize(
        ("kind", "category", "subject"),
        [
            ("charge", "charge", Subject("intent", "pi_1")),
            ("payment", "charge", Subject("intent", "pi_1")),
            ("payment_refund", "refund", Subject("refund", "ch_1")),
            ("refund_failure", "refund_failure", Subject("refund", "ch_1")),
            ("payment_failure_refund", "charge_failure", Subject("charge", "ch_1")),
            ("adjustment", "dispute", Subject("dispute", "ch_1")),
            ("adjustment", "dispute_reversal", Subject("dispute", "ch_1")),
            ("payout_failure", "payout_reversal", Subject("payout", "ch_1")),
            ("stripe_fee", "fee", None),
            ("reserve_transaction", "risk_reserved_funds", None),
        ],
    )
    def test_what_it_is_about(self, kind: str, category: str, subject: Subject | None) -> None:
        movement = replace(MOVED, kind=kind, category=category)

        assert occurrences.of_movement(movement) == subject

    def test_a_charge_without_an_intent_is_a_strangers(self) -> None:
        assert occurrences.of_movement(replace(MOVED, intent_id="")) == Subject("stranger", "ch_1")


class TestCompare:
    @given(st.integers(-(10**9), 10**9), st.lists(st.integers(-(10**6), 10**6)), st.integers(0, 99))
    def test_what_is_named_leaves_nothing_unnamed(
        self, clearing: int, there: list[int], transit: int
    ) -> None:
        books = proofs.Books(from_cents(clearing), from_cents(transit))
        balance = BalanceTold(books.expected + from_cents(sum(there)), ())
        items = [Difference("there", "txn", "charge", "", each, NOW) for each in there]

        found = proofs.compare(balance, books, items)

        assert found.unnamed == ZERO
        assert found.is_equal == (sum(there) == 0)


class TestBalanceOf:
    def test_pending_and_available_are_ours_and_other_currencies_apart(self) -> None:
        def line(cents: int, currency: str = "eur") -> dict[str, object]:
            return {"amount": cents, "currency": currency}

        found = told_by.balance_of(
            {"available": [line(100), line(7, "usd")], "pending": [line(-30), line(0, "gbp")]}
        )

        assert found == BalanceTold(euro("0.70"), (Money("0.07", "USD"),))
