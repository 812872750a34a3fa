"""The bank's stand-in takes the very files that payment orders make, and sends a transfer back."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest

from backend.simulators.bank import ibans, pain
from backend.simulators.bank.ledger import Bank, BankRefusal
from backend.treasury.formats import pain as ours
from backend.treasury.formats.pain import Initiation, Payment

AT = dt.datetime(2026, 4, 2, 9, tzinfo=dt.UTC)
ACCOUNT = ibans.synthetic_iban(1)


def file(schema: str = "pain.001.001.09") -> bytes:
    payments = [
        Payment(f"RF00TEST{number}", Decimal("500.00"), "Anna", ibans.synthetic_iban(5), "reso")
        for number in (1, 2)
    ]
    day = dt.date(2026, 4, 2)
    return ours.write(Initiation(schema, "M-1", AT, "Casa", ACCOUNT, day, payments))


@pytest.fixture
def bank() -> Iterator[Bank]:
    bank = Bank()
    bank.tell_time(AT)
    bank.open_account(ACCOUNT, "Casa", "1000.00")
    yield bank
    bank.close()


class TestRead:
    @pytest.mark.parametrize("schema", ["pain.001.001.03", "pain.001.001.09"])
    def test_every_transfer_is_an_order(self, schema: str) -> None:
        orders = pain.read(file(schema))

        assert [order.key for order in orders] == ["RF00TEST1", "RF00TEST2"]
        assert {order.account for order in orders} == {ACCOUNT}

    def test_a_file_that_does_not_add_up_is_refused(self) -> None:
        with pytest.raises(BankRefusal):
            pain.read(file().replace(b"<CtrlSum>1000.00", b"<CtrlSum>1000.01"))


class TestSendBack:
    def test_is_a_line_with_its_reason_once(self, bank: Bank) -> None:
        for order in pain.read(file()):
            bank.take_order(order)
        with pytest.raises(BankRefusal):
            bank.send_back("RF00TEST1", "AC04")
        bank.run_orders()

        for _ in range(2):
            bank.send_back("RF00TEST1", "AC04")

        statement = bank.statement(ACCOUNT, bank.tell(ACCOUNT) or 0)
        (back,) = [line for line in statement.lines if line.return_reason]
        assert (back.cents, back.end_to_end_id) == (50000, "RF00TEST1")
        assert statement.closing == 50000
