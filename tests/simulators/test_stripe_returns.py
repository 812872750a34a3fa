"""Refunds and disputes of the stand-in: partial, too much, failed; withdrawn and reinstated."""

from typing import Any

import pytest
import stripe

from tests.simulators.conftest import Client, Line, Paid


def refunded(client: Client, intent: Any) -> tuple[int, bool]:
    charge = client.v1.charges.retrieve(str(intent.latest_charge))
    return charge.amount_refunded, charge.refunded


class TestCreateRefund:
    def test_parts_add_up_to_the_whole(self, client: Client, paid: Paid) -> None:
        intent = paid(1_000)

        client.v1.refunds.create({"payment_intent": intent.id, "amount": 300})
        assert refunded(client, intent) == (300, False)
        client.v1.refunds.create({"charge": str(intent.latest_charge)})

        assert refunded(client, intent) == (1_000, True)
        amounts = [refund.amount for refund in client.v1.refunds.list().data]
        assert amounts == [700, 300]

    def test_more_than_is_left_is_refused(self, client: Client, paid: Paid) -> None:
        intent = paid(1_000)
        client.v1.refunds.create({"payment_intent": intent.id, "amount": 300})

        with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
            client.v1.refunds.create({"payment_intent": intent.id, "amount": 701})

    def test_a_refunded_charge_is_not_refunded_again(self, client: Client, paid: Paid) -> None:
        intent = paid(1_000)
        client.v1.refunds.create({"payment_intent": intent.id})

        with pytest.raises(stripe.InvalidRequestError) as refused:
            client.v1.refunds.create({"payment_intent": intent.id})

        assert refused.value.code == "charge_already_refunded"

    def test_an_unpaid_intent_has_nothing_to_refund(self, client: Client) -> None:
        intent = client.v1.payment_intents.create({"amount": 500, "currency": "eur"})

        with pytest.raises(stripe.InvalidRequestError, match="no successful charge"):
            client.v1.refunds.create({"payment_intent": intent.id})


class TestFailRefund:
    def test_the_money_is_back_with_a_movement_of_its_own(
        self, client: Client, paid: Paid, line: Line
    ) -> None:
        intent = paid(1_000)
        refund = client.v1.refunds.create({"payment_intent": intent.id})

        line.ask("POST", f"/_control/refunds/{refund.id}/fail")

        found = client.v1.refunds.retrieve(refund.id, {"expand": ["failure_balance_transaction"]})
        assert found.status == "failed"
        assert found.failure_balance_transaction.net == 1_000
        assert refunded(client, intent) == (0, False)

    def test_it_fails_once(self, client: Client, paid: Paid, line: Line) -> None:
        refund = client.v1.refunds.create({"payment_intent": paid(1_000).id})
        line.ask("POST", f"/_control/refunds/{refund.id}/fail")

        assert line.raw("POST", f"/_control/refunds/{refund.id}/fail")[0] == 400


class TestDisputes:
    def test_the_money_and_a_fee_leave_at_once(
        self, client: Client, paid: Paid, line: Line
    ) -> None:
        charge = str(paid(50_000).latest_charge)

        dispute = line.ask("POST", f"/_control/charges/{charge}/dispute")

        assert [m["net"] for m in dispute["balance_transactions"]] == [-52_000]
        assert client.v1.charges.retrieve(charge).disputed

    @pytest.mark.parametrize(("status", "nets"), [("won", [-52_000, 50_000]), ("lost", [-52_000])])
    def test_the_fee_is_kept_even_when_it_is_won(
        self, paid: Paid, line: Line, status: str, nets: list[int]
    ) -> None:
        charge = str(paid(50_000).latest_charge)
        dispute = line.ask("POST", f"/_control/charges/{charge}/dispute")

        closed = line.ask("POST", f"/_control/disputes/{dispute['id']}/close", {"status": status})

        assert closed["status"] == status
        assert [m["net"] for m in closed["balance_transactions"]] == nets
