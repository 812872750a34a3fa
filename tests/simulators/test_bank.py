"""The bank's stand-in: what it books, what it refuses, and that its statements follow each other."""

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, iso11649

from backend.simulators.bank.ibans import _wrong_letter, is_synthetic, synthetic_iban
from backend.simulators.bank.ledger import Bank, BankRefusal, Order, Transfer, cents
from backend.simulators.bank.noise import LINE_LENGTH, STYLES, written
from backend.simulators.memory import Memory
from tests.simulators.conftest import Line

OURS, OTHER, OUTSIDE = (synthetic_iban(number) for number in (1, 2, 3))
REFERENCE = "RF18539007547034"
MONDAY = dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC)


@pytest.fixture
def open_bank(bank: Bank) -> Bank:
    """Two accounts, one with EUR 1,000.00 on it."""
    bank.tell_time(MONDAY)
    bank.open_account(OURS, "Casa Mattone S.r.l.", "1000.00")
    bank.open_account(OTHER, "Casa Mattone S.r.l. (2)")
    return bank


def transfer(amount: str, **facts: str) -> Transfer:
    return Transfer(OURS, amount, "Giulia Ferrero", OUTSIDE, **facts)


def order(amount: str, **facts: str) -> Order:
    return Order(
        **{"key": "o-1", "account": OURS, "name": "X", "iban": OTHER} | facts,
        amount=amount,
    )


def texts(body: bytes, name: str) -> list[str]:
    return re.findall(rf"<{name}[^>]*>([^<]*)</{name}>", body.decode())


class TestBook:
    def test_money_in_and_out_moves_the_balance(self, open_bank: Bank) -> None:
        open_bank.book(transfer("500.00"))
        open_bank.book(transfer("-20.50"))

        assert open_bank.balance(OURS) == 147_950

    def test_two_equal_transfers_are_two(self, open_bank: Bank) -> None:
        open_bank.book(transfer("500.00"))
        open_bank.book(transfer("500.00"))

        assert open_bank.balance(OURS) == 200_000

    def test_the_same_key_is_booked_once(self, open_bank: Bank) -> None:
        open_bank.book(transfer("500.00", key="po_1"))
        open_bank.book(transfer("500.00", key="po_1"))

        assert open_bank.balance(OURS) == 150_000

    def test_an_unknown_account_is_refused(self, open_bank: Bank) -> None:
        with pytest.raises(BankRefusal, match="No account"):
            open_bank.book(Transfer(OUTSIDE, "1.00", "X"))

    def test_a_part_of_a_cent_is_refused(self) -> None:
        with pytest.raises(BankRefusal, match="whole number of cents"):
            cents("1.005")


class TestOrders:
    def test_an_order_waits_for_the_run(self, open_bank: Bank) -> None:
        open_bank.take_order(order("300.00"))
        assert open_bank.balance(OURS) == 100_000

        assert open_bank.run_orders() == 1

        assert (open_bank.balance(OURS), open_bank.balance(OTHER)) == (70_000, 30_000)

    def test_it_is_executed_once(self, open_bank: Bank) -> None:
        open_bank.take_order(order("300.00"))
        open_bank.take_order(order("300.00"))
        open_bank.run_orders()

        assert open_bank.run_orders() == 0
        assert open_bank.balance(OURS) == 70_000

    def test_waiting_orders_count_against_the_balance(self, open_bank: Bank) -> None:
        open_bank.take_order(order("700.00"))

        with pytest.raises(BankRefusal, match="not enough money"):
            open_bank.take_order(order("400.00", key="o-2"))


class TestTell:
    def test_each_statement_opens_where_the_one_before_closed(self, open_bank: Bank) -> None:
        open_bank.book(transfer("500.00"))
        first = open_bank.tell(OURS)
        open_bank.book(transfer("-20.00"))
        second = open_bank.tell(OURS)

        statements = [open_bank.statement(OURS, number or 0) for number in (first, second)]

        assert [s.opening for s in statements] == [100_000, 150_000]
        assert [s.closing for s in statements] == [150_000, 148_000]
        assert [len(s.lines) for s in statements] == [1, 1]

    def test_without_movements_there_is_no_statement(self, open_bank: Bank) -> None:
        assert open_bank.tell(OURS) is None

    def test_a_movement_keeps_its_own_reference_of_the_bank(self, open_bank: Bank) -> None:
        for _ in range(3):
            open_bank.book(transfer("500.00"))
        number = open_bank.tell(OURS)

        lines = open_bank.statement(OURS, number or 0).lines

        assert len({line.servicer_reference for line in lines}) == 3

    def test_the_file_is_the_same_at_every_asking(self, open_bank: Bank, bank_line: Line) -> None:
        open_bank.book(transfer("500.00", reference=REFERENCE, style="structured"))
        told = bank_line.ask("POST", f"/accounts/{OURS}/statements")
        path = f"/accounts/{OURS}/statements/{told['number']}"

        first, second = bank_line.raw("GET", path)[1], bank_line.raw("GET", path)[1]

        assert first == second
        assert texts(first, "Ref") == [REFERENCE]
        assert texts(first, "Amt") == ["1000.00", "1500.00", "500.00", "500.00"]


class TestOverHttp:
    def ask(self, line: Line, path: str, body: object) -> Any:
        return line.ask("POST", path, body)

    def test_a_day_at_the_bank(self, bank_line: Line, bank: Bank) -> None:
        self.ask(bank_line, "/_control/clock", {"now": MONDAY.isoformat()})
        account = {"iban": OURS, "holder": "Casa Mattone", "opening": "10.00"}
        self.ask(bank_line, "/_control/accounts", {"accounts": [account]})
        told = {"account": OURS, "amount": "5.00", "name": "Giulia"}
        self.ask(bank_line, "/_control/transfers", {"transfers": [told]})

        assert bank_line.ask("GET", "/accounts")[0]["balance"] == "15.00"
        assert bank.today() == MONDAY.date()

    def test_what_cannot_be_paid_is_a_409(self, bank_line: Line, open_bank: Bank) -> None:
        status, _body, _headers = bank_line.raw(
            "POST", "/orders", {"orders": [vars(order("9000.00"))]}
        )

        assert status == 409

    def test_an_unknown_address_is_a_404(self, bank_line: Line) -> None:
        assert bank_line.raw("GET", "/nothing")[0] == 404


class TestWritten:
    @pytest.mark.parametrize("style", STYLES)
    def test_no_line_is_longer_than_the_bank_keeps(self, style: str) -> None:
        told = written(REFERENCE, "quota Casa Mattone, grazie di tutto", style)

        assert all(len(line) <= LINE_LENGTH for line in told.lines)

    def test_a_broken_reference_is_whole_again_when_joined(self) -> None:
        assert REFERENCE in "".join(written(REFERENCE, "quota", "broken").lines)

    def test_a_cut_reference_has_lost_its_end(self) -> None:
        (line,) = written(REFERENCE, "quota", "cut").lines

        assert REFERENCE not in line
        assert line.endswith(REFERENCE[:-6])

    @given(st.text(alphabet="0123456789ABCDEFGHJK", min_size=1, max_size=21))
    def test_a_typo_is_never_a_valid_reference(self, body: str) -> None:
        digits = "".join(str(int(c, 36)) for c in f"{body}RF00")
        reference = f"RF{98 - int(digits) % 97:02d}{body}"
        assert iso11649.is_valid(reference)

        (line,) = written(reference, "", "typo").lines

        assert not iso11649.is_valid(line)

    def test_an_unknown_style_is_refused(self) -> None:
        with pytest.raises(ValueError, match="No such style"):
            written(REFERENCE, "", "poetic")


class TestSyntheticIban:
    @given(st.integers(min_value=0, max_value=9_999_999))
    def test_software_takes_it_and_no_bank_gave_it(self, number: int) -> None:
        made = synthetic_iban(number)

        assert iban.is_valid(made)
        assert is_synthetic(made)
        assert made[5:10] == "99999"

    def test_the_national_check_letter_is_the_one_after_the_right_one(self) -> None:
        real = "X0542811101000000123456"  # the published example, whose right letter is X

        assert _wrong_letter(real[1:]) == "Y"

    def test_a_real_looking_one_is_not_ours(self) -> None:
        assert not is_synthetic("IT60X0542811101000000123456")


class TestTellTime:
    def test_the_clock_runs_on_from_what_it_was_told(self) -> None:
        memory = Memory()
        memory.tell_time(MONDAY)

        passed = memory.now() - MONDAY
        memory.close()

        assert dt.timedelta() <= passed < dt.timedelta(seconds=5)
