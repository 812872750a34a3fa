"""Payment orders: two people, one file, nobody paid twice, and the statement finds each transfer."""

import hashlib
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from backend.core import approvals
from backend.core.approvals import SamePerson
from backend.core.models import Approval, AuditEvent
from backend.core.money import euro
from backend.ledger import balances
from backend.treasury import expectations, payment_orders
from backend.treasury.models import CreditTransfer, Expectation, PaymentOrder
from backend.treasury.payment_orders import (
    BadPayee,
    InThePast,
    NoFile,
    NothingToPay,
    NotPayable,
    StillAsked,
)
from tests.cast import Cast
from tests.treasury import orders
from tests.treasury.files import DAY
from tests.treasury.house import AT, House, Owner, waiting

pytestmark = pytest.mark.money


@pytest.fixture
def found(house: House, owner: Owner) -> list[Expectation]:
    """Two payers who get 500 euro back each."""
    return orders.owed(house, 1, 2)


class TestDraft:
    def test_asks_another_person(self, house: House, cast: Cast, found: list[Expectation]) -> None:
        order = orders.draft(house, cast, found)

        assert approvals.waiting(action=payment_orders.APPROVE, subject=order) is not None
        assert order.state == PaymentOrder.State.DRAFTED
        assert [one.end_to_end_id for one in order.transfers.order_by("number")] == [
            one.reference for one in found
        ]

    def test_pays_nothing_twice(self, house: House, cast: Cast, found: list[Expectation]) -> None:
        orders.draft(house, cast, found[:1])

        with pytest.raises(NotPayable) as refused:
            orders.draft(house, cast, found)

        assert refused.value.facts["expectations"] == [found[0].pk]
        assert CreditTransfer.objects.count() == 1

    def test_pays_nothing_that_was_paid_or_cancelled(
        self, house: House, cast: Cast, found: list[Expectation]
    ) -> None:
        orders.execute(house, 1)
        expectations.cancel(expectation=found[1], by=cast.finance, at=AT)

        for one in found:
            with pytest.raises(NotPayable):
                orders.draft(house, cast, [one])

    def test_wants_somebody_to_pay_on_a_day_to_come(
        self, house: House, cast: Cast, found: list[Expectation]
    ) -> None:
        with pytest.raises(NothingToPay):
            orders.draft(house, cast, [])
        with pytest.raises(InThePast):
            orders.draft(house, cast, found, execute_on=DAY)
        with pytest.raises(BadPayee):
            orders.draft(
                house, cast, found, payees=[payment_orders.Payee(found[0], "Anna", "IT00", "x")]
            )


class TestApprove:
    def test_makes_the_file_once_with_its_hash(
        self, house: House, cast: Cast, found: list[Expectation]
    ) -> None:
        order = orders.approve(orders.draft(house, cast, found), cast)

        first, again = (
            payment_orders.file_of(order=order, by=cast.finance, at=AT) for _ in range(2)
        )
        assert first == again
        assert hashlib.sha256(first).hexdigest() == order.sha256
        assert AuditEvent.objects.filter(action="payment_order.file_taken").count() == 2

    def test_is_of_another_person(self, house: House, cast: Cast, found: list[Expectation]) -> None:
        order = payment_orders.draft(new=orders.new_order(house, found), by=cast.owner, at=AT)
        asked = Approval.objects.get(subject_id=str(order.pk))

        with pytest.raises(SamePerson):
            approvals.approve(approval=asked, by=cast.owner, at=AT)
        with pytest.raises(NoFile):
            payment_orders.file_of(order=order, by=cast.owner, at=AT)

    def test_refuses_what_was_cancelled_meanwhile(
        self, house: House, cast: Cast, found: list[Expectation]
    ) -> None:
        order = orders.draft(house, cast, found)
        Expectation.objects.filter(pk=found[0].pk).update(state="cancelled")

        with pytest.raises(NotPayable):
            orders.approve(order, cast)

        order.refresh_from_db()
        assert (order.state, order.content) == ("drafted", None)


class TestDrop:
    def test_lets_it_be_ordered_anew(
        self, house: House, cast: Cast, found: list[Expectation]
    ) -> None:
        order = orders.draft(house, cast, found)
        with pytest.raises(StillAsked):
            payment_orders.drop(order=order, by=cast.finance, at=AT, reason="A wrong day.")
        asked = Approval.objects.get(subject_id=str(order.pk))
        approvals.refuse(approval=asked, by=cast.owner, at=AT, reason="A wrong day.")

        payment_orders.drop(order=order, by=cast.finance, at=AT, reason="A wrong day.")

        assert orders.draft(house, cast, found).message_id != order.message_id


class TestExecution:
    def test_each_line_finds_its_transfer(
        self, house: House, owner: Owner, cast: Cast, found: list[Expectation]
    ) -> None:
        orders.approve(orders.draft(house, cast, found), cast)

        orders.execute(house, 2)

        assert owner.told[-1] == ("refund:2", "500.00")
        assert balances.balance(house.held) == euro("500.00")
        assert balances.balance(house.payer(2)) == euro("0.00")

    def test_a_transfer_made_twice_is_seen(
        self, house: House, cast: Cast, found: list[Expectation]
    ) -> None:
        orders.approve(orders.draft(house, cast, found), cast)

        orders.execute(house, 1)
        orders.execute(house, 1)

        assert waiting() == {"duplicate": "500.00"}
        assert balances.balance(house.held) == euro("500.00")


class TestGuards:
    @pytest.fixture
    def order(self, house: House, cast: Cast, found: list[Expectation]) -> PaymentOrder:
        return orders.approve(orders.draft(house, cast, found), cast)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE treasury_credittransfer SET iban = 'IT76N0300203280123456789012'",
            "UPDATE treasury_credittransfer SET amount = 5000",
            "DELETE FROM treasury_credittransfer",
            "UPDATE treasury_paymentorder SET content = 'x'",
            "UPDATE treasury_paymentorder SET state = 'dropped'",
            "DELETE FROM treasury_paymentorder",
        ],
    )
    def test_nothing_of_an_approved_order_changes(self, order: PaymentOrder, sql: str) -> None:
        with pytest.raises(DatabaseError, match="treasury: "), transaction.atomic():
            connection.cursor().execute(sql)

    def test_nothing_is_added_to_an_approved_order(
        self, house: House, order: PaymentOrder, owner: Owner
    ) -> None:
        (late,) = orders.owed(house, 3)
        row: Callable[..., CreditTransfer] = CreditTransfer.objects.create

        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            row(order=order, number=9, expectation=late, amount=late.amount, iban="x", name="x")
