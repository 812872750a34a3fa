"""A bank that debits a payment order in one sum: the line meets every transfer of it, or none."""

import pytest

from backend.core.users import SYSTEM
from backend.ledger import balances
from backend.treasury import bundles, references
from backend.treasury.models import Allocation, BankLine, PaymentOrder
from tests.cast import Cast
from tests.treasury import orders
from tests.treasury.files import Move
from tests.treasury.house import AT, House, Owner, waiting

pytestmark = pytest.mark.money


@pytest.fixture
def order(house: House, cast: Cast, owner: Owner) -> PaymentOrder:
    """Three payers get 500 euro each, in one order that the bank has."""
    found = orders.owed(house, 1, 2, 3)
    made = orders.approve(orders.draft(house, cast, found), cast)
    owner.told.clear()
    return made


def debit(house: House, text: str, amount: str = "-1500.00", **more: str) -> BankLine:
    house.bank(Move(amount, text, **more))
    house.run()
    return BankLine.objects.latest("id")


class TestTakeIn:
    def test_meets_each_transfer_with_the_one_debit(
        self, house: House, order: PaymentOrder, owner: Owner
    ) -> None:
        line = debit(house, f"DISTINTA {order.message_id} N.OPERAZIONI 3")

        parts = Allocation.objects.filter(line=line)
        assert [part.reason for part in parts] == ["bundle"] * 3
        assert owner.told == [(f"refund:{number}", "500.00") for number in (1, 2, 3)]
        assert balances.balance(house.held).amount == 0
        assert waiting() == {}

    def test_reads_the_banks_own_field_for_it(self, house: House, order: PaymentOrder) -> None:
        line = debit(house, "bonifici multipli", end_to_end=order.message_id)

        assert line.allocations.count() == 3

    def test_counts_in_a_dry_run_and_books_nothing(self, house: House, order: PaymentOrder) -> None:
        house.bank(Move("-1500.00", order.message_id))

        run = house.run(dry_run=True)

        assert run.totals["booked"] == {"count": 3, "amounts": {"EUR": "1500.00"}}
        assert run.totals["reasons"] == {"bundle": 3}
        assert not BankLine.objects.latest("id").allocations.exists()

    @pytest.mark.parametrize("amount", ["-1499.99", "-1000.00", "1500.00"])
    def test_leaves_another_sum_to_a_person(
        self, house: House, order: PaymentOrder, amount: str
    ) -> None:
        line = debit(house, order.message_id, amount)

        assert not line.allocations.exists()
        assert set(waiting()) == {"unexplained"}

    def test_leaves_what_names_no_order(self, house: House, order: PaymentOrder) -> None:
        assert not debit(house, "bonifici multipli").allocations.exists()

    def test_leaves_an_order_of_which_one_was_seen(self, house: House, order: PaymentOrder) -> None:
        orders.execute(house, 1)

        assert not debit(house, order.message_id).allocations.exists()

    def test_books_nothing_twice(self, house: House, order: PaymentOrder) -> None:
        debit(house, order.message_id)

        again = debit(house, order.message_id)

        assert not again.allocations.exists()
        assert bundles.take_in(accounts=[house.restricted.pk], by=SYSTEM, at=AT) == []

    def test_finds_a_code_that_the_bank_broke_in_two(
        self, house: House, order: PaymentOrder
    ) -> None:
        broken = f"{order.message_id[:12]}\n{order.message_id[12:]}"
        assert references.normal(order.message_id) in references.codes(broken)

        assert debit(house, broken).allocations.count() == 3
