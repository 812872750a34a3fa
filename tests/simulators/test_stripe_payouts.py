"""Payouts of the stand-in: what they consist of, when they arrive, and that they may come back."""

import datetime as dt
from collections.abc import Iterator

import pytest
import stripe

from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Bank
from backend.simulators.stripe.account import Account
from backend.simulators.stripe.service import routes_of
from tests.simulators.conftest import Client, Line, Paid, serving

MONDAY = dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC)
IBAN = synthetic_iban(1)


@pytest.fixture
def line(account: Account, bank: Bank, bank_line: Line) -> Iterator[Line]:
    """The stand-in, paying out to an account at the bank's stand-in."""
    bank.open_account(IBAN, "Casa Mattone S.r.l.")
    account.store.tell_time(MONDAY)
    with serving(routes_of(account, bank=bank_line.url, iban=IBAN).answer) as found:
        yield found


def go_to(line: Line, day: int) -> list[dict[str, object]]:
    """Tell the time of January's day and let the day's payouts run."""
    line.ask("POST", "/_control/clock", {"now": MONDAY.replace(day=day).isoformat()})
    return list(line.ask("POST", "/_control/day"))


class TestRunDay:
    def test_nothing_is_paid_out_before_it_is_available(self, paid: Paid, line: Line) -> None:
        paid(50_000)

        assert go_to(line, 13) == []
        assert go_to(line, 14)[0]["amount"] == 49_225

    def test_a_payout_is_at_the_bank_a_day_later_and_once(
        self, paid: Paid, line: Line, bank: Bank
    ) -> None:
        paid(50_000)
        go_to(line, 14)
        assert bank.balance(IBAN) == 0

        go_to(line, 15)
        go_to(line, 15)

        assert bank.balance(IBAN) == 49_225

    def test_its_parts_add_up_to_it(self, client: Client, paid: Paid, line: Line) -> None:
        first, _second = paid(50_000), paid(100_000)
        client.v1.refunds.create({"payment_intent": first.id, "amount": 10_000})
        go_to(line, 14)
        (payout,) = go_to(line, 15)

        parts = client.v1.balance_transactions.list({"payout": str(payout["id"])}).data

        without_itself = [part.net for part in parts if part.type != "payout"]
        assert sum(without_itself) == payout["amount"] == 49_225 + 98_475 - 10_000
        assert sum(part.net for part in parts) == 0

    def test_its_parts_are_not_told_before_it_is_reconciled(
        self, client: Client, paid: Paid, line: Line
    ) -> None:
        paid(50_000)
        (payout,) = go_to(line, 14)

        with pytest.raises(stripe.InvalidRequestError, match="completed payouts"):
            client.v1.balance_transactions.list({"payout": str(payout["id"])})


class TestFailPayout:
    def test_a_paid_payout_may_come_back(self, client: Client, paid: Paid, line: Line) -> None:
        paid(50_000)
        go_to(line, 14)
        (payout,) = go_to(line, 15)

        line.ask("POST", f"/_control/payouts/{payout['id']}/fail")

        assert client.v1.payouts.retrieve(str(payout["id"])).status == "failed"
        assert client.v1.balance.retrieve().available[0].amount == 49_225


class TestCreatePayout:
    def test_by_hand_at_most_the_balance(self, client: Client, paid: Paid) -> None:
        paid(50_000)
        client.v1.payouts.create({"amount": 40_000, "currency": "eur"})

        with pytest.raises(stripe.InvalidRequestError) as refused:
            client.v1.payouts.create({"amount": 10_000, "currency": "eur"})

        assert refused.value.code == "balance_insufficient"
