"""Payments that a bank sends back or never executes: booked, owed again, told to their owner."""

from collections.abc import Iterator

import pytest

from backend.core import approvals
from backend.core.models import Approval
from backend.core.money import euro
from backend.ledger import balances
from backend.treasury import returned_payments
from backend.treasury.models import BankLine, Expectation
from backend.treasury.returned_payments import NOT_EXECUTED, NotAReturn, Undone, WasExecuted
from tests import kept
from tests.cast import Cast
from tests.treasury import house as houses
from tests.treasury import orders
from tests.treasury.files import Move
from tests.treasury.house import AT, House, Owner, waiting

pytestmark = pytest.mark.money


@pytest.fixture
def told() -> Iterator[list[Undone]]:
    with orders.owner_told() as told:
        yield told


@pytest.fixture(scope="module")
def kept_sent(kept_house: House, kept_cast: Cast) -> list[Expectation]:
    """Two transfers, of which the bank executed the first."""
    with houses.owner_told(), orders.owner_told():
        found = orders.owed(kept_house, 1, 2)
        orders.approve(orders.draft(kept_house, kept_cast, found), kept_cast)
        orders.execute(kept_house, 1)
    return kept.checked(found)


@pytest.fixture
def house(kept_sent: list[Expectation], kept_house: House, copied: kept.Copied, db: None) -> House:
    """Each test stands on what was sent."""
    return copied(kept_house)


@pytest.fixture
def sent(
    kept_sent: list[Expectation], copied: kept.Copied, owner: Owner, told: list[Undone], db: None
) -> list[Expectation]:
    return copied(kept_sent)


class TestTakeIn:
    def test_books_the_money_back_and_tells_the_owner(
        self, house: House, sent: list[Expectation], told: list[Undone]
    ) -> None:
        orders.send_back(house, 1)

        assert [(one.expectation, one.reason) for one in told] == [(sent[0], "AC04")]
        assert balances.balance(house.payer(1)) == euro("-500.00")
        assert balances.balance(house.held) == euro("1000.00")
        assert waiting() == {}

    def test_happens_once(self, house: House, sent: list[Expectation], told: list[Undone]) -> None:
        orders.send_back(house, 1)
        orders.send_back(house, 1)

        assert len(told) == 1
        assert waiting() == {"unexplained": "500.00"}

    @pytest.mark.parametrize("amount", ["499.00", "501.00"])
    def test_leaves_another_amount_to_a_person(
        self, house: House, sent: list[Expectation], told: list[Undone], amount: str
    ) -> None:
        house.bank(Move(amount, end_to_end=orders.reference(1), return_reason="AC04"))
        house.run()

        assert told == []
        assert waiting() == {"unexplained": amount}

    def test_knows_only_what_was_sent(
        self, house: House, sent: list[Expectation], told: list[Undone]
    ) -> None:
        orders.send_back(house, 2)

        assert told == []
        assert waiting() == {"unexplained": "500.00"}


class TestAccept:
    def test_books_a_return_that_has_no_sign_of_one(
        self, house: House, sent: list[Expectation], told: list[Undone], cast: Cast
    ) -> None:
        orders.send_back(house, 1, return_reason="")
        line = BankLine.objects.latest("id")
        assert told == []

        returned_payments.accept(line=line, by=cast.finance, at=AT, reason="It says reso.")

        assert [one.expectation for one in told] == [sent[0]]
        assert waiting() == {}

    def test_refuses_what_returns_nothing(
        self, house: House, sent: list[Expectation], cast: Cast
    ) -> None:
        house.bank(Move("500.00", "ciao"))
        line = BankLine.objects.latest("id")

        with pytest.raises(NotAReturn):
            returned_payments.accept(line=line, by=cast.finance, at=AT, reason="Reso.")


class TestGiveUp:
    def test_owes_again_what_the_bank_did_not_execute(
        self, house: House, sent: list[Expectation], told: list[Undone], cast: Cast
    ) -> None:
        transfer = sent[1].credit_transfers.get()
        asked = returned_payments.ask_to_give_up(
            transfer=transfer, by=cast.finance, at=AT, reason="pain.002 says RJCT."
        )
        approvals.approve(approval=asked, by=cast.owner, at=AT)

        sent[1].refresh_from_db()
        assert sent[1].state == Expectation.State.CANCELLED
        assert [(one.expectation, one.reason) for one in told] == [(sent[1], NOT_EXECUTED)]

    def test_refuses_what_was_executed(
        self, house: House, sent: list[Expectation], cast: Cast
    ) -> None:
        transfer = sent[0].credit_transfers.get()

        with pytest.raises(WasExecuted):
            returned_payments.ask_to_give_up(
                transfer=transfer, by=cast.finance, at=AT, reason="Nothing came."
            )

    def test_refuses_what_was_executed_while_it_was_asked(
        self, house: House, sent: list[Expectation], told: list[Undone], cast: Cast
    ) -> None:
        transfer = sent[1].credit_transfers.get()
        returned_payments.ask_to_give_up(
            transfer=transfer, by=cast.finance, at=AT, reason="Nothing came."
        )
        orders.execute(house, 2)

        with pytest.raises(WasExecuted):
            approvals.approve(approval=Approval.objects.get(decision=""), by=cast.owner, at=AT)
        assert told == []

    def test_makes_a_late_execution_a_discrepancy(
        self, house: House, sent: list[Expectation], told: list[Undone], cast: Cast
    ) -> None:
        transfer = sent[1].credit_transfers.get()
        asked = returned_payments.ask_to_give_up(
            transfer=transfer, by=cast.finance, at=AT, reason="Nothing came."
        )
        approvals.approve(approval=asked, by=cast.owner, at=AT)

        orders.execute(house, 2)

        assert waiting() == {"unexplained": "500.00"}
