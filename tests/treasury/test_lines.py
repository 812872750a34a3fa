"""Lines explained by hand: to a fund and purpose, to a payer, by another line; a fund's rules hold."""

from typing import Any

import pytest
from djmoney.money import Money

from backend.core import audit
from backend.core.money import euro
from backend.ledger import balances
from backend.ledger.posting import FundRule
from backend.treasury import allocations, lines
from backend.treasury.expectations import OwnerWasTold
from backend.treasury.lines import (
    BadClassification,
    DoesNotCancel,
    NothingLeft,
    TakenBack,
)
from backend.treasury.models import Allocation, BankAccount, BankLine
from tests.cast import Cast
from tests.treasury.files import Move
from tests.treasury.house import AT, House, Owner, waiting

pytestmark = pytest.mark.money


def line(house: House, amount: str, at: BankAccount | None = None) -> BankLine:
    """A line that no key explains, looked at once."""
    house.bank(Move(amount, "senza riferimento"), at=at or house.ordinary)
    house.run()
    return BankLine.objects.latest("id")


def classify(one: BankLine, cast: Cast, **more: Any) -> Allocation:
    return lines.classify(line=one, by=cast.finance, at=AT, **{"reason": "Known.", **more})


class TestClassify:
    def test_books_own_money_in_to_who_gave_it(self, house: House, cast: Cast) -> None:
        classify(line(house, "1000.00"), cast, fund=house.own, payer="Soci fondatori")

        assert balances.balance(house.own_holding) == euro("1000.00")
        assert waiting() == {}

    def test_books_own_money_out_for_a_purpose(self, house: House, cast: Cast) -> None:
        classify(line(house, "1000.00"), cast, fund=house.own, payer="Soci")

        classify(line(house, "-30.00"), cast, fund=house.own, purpose="running")

        assert balances.balance(house.own_holding) == euro("970.00")

    def test_takes_a_part_and_then_the_rest(self, house: House, cast: Cast) -> None:
        one = line(house, "1000.00")

        classify(one, cast, fund=house.own, payer="Anna", amount=euro("400"))
        still = waiting()
        classify(one, cast, fund=house.own, payer="Bruno")

        assert (still, waiting()) == ({"unexplained": "600.00"}, {})
        assert lines.BankLine.objects.unexplained().count() == 0

    def test_keeps_who_and_why(self, house: House, cast: Cast) -> None:
        one = line(house, "10.00")

        classify(one, cast, fund=house.own, payer="Anna", reason="Rang her up.")

        event = audit.history(one).get()
        assert (event.by, event.reason) == (cast.finance, "Rang her up.")

    def test_is_refused_when_all_is_explained(self, house: House, cast: Cast) -> None:
        one = line(house, "10.00")
        classify(one, cast, fund=house.own, payer="Anna")

        with pytest.raises(NothingLeft):
            classify(one, cast, fund=house.own, payer="Anna")

    def test_is_refused_for_more_than_the_line_has(self, house: House, cast: Cast) -> None:
        one = line(house, "10.00")

        with pytest.raises(allocations.AlreadyExplained):
            classify(one, cast, fund=house.own, payer="Anna", amount=euro("10.01"))

    @pytest.mark.parametrize(
        "said", [{}, {"purpose": "running", "payer": "Anna"}, {"payer": "Anna", "reason": " "}]
    )
    def test_needs_one_meaning_and_a_reason(
        self, house: House, cast: Cast, said: dict[str, str]
    ) -> None:
        one = line(house, "10.00")

        with pytest.raises(BadClassification):
            classify(one, cast, fund=house.own, **said)


class TestRestrictedFund:
    @pytest.fixture
    def raised(self, house: House, owner: Owner) -> House:
        """Nine hundred euro raised and released to the ordinary account."""
        house.expect(1, "900.00")
        house.pay(1, "900.00")
        reference = house.expect_release("900.00").reference
        house.bank(Move("-900.00", reference))
        house.bank(Move("900.00", reference), at=house.ordinary)
        house.run()
        return house

    def test_pays_for_what_its_policy_allows(self, raised: House, cast: Cast) -> None:
        one = line(raised, "-400.00")

        classify(one, cast, fund=raised.raised, purpose="insurance")

        assert balances.balance(raised.holding) == euro("500.00")

    def test_refuses_what_its_policy_does_not_allow(self, raised: House, cast: Cast) -> None:
        one = line(raised, "-400.00")

        with pytest.raises(FundRule):
            classify(one, cast, fund=raised.raised, purpose="running")

        assert waiting() == {"unexplained": "400.00"}

    def test_is_never_spent_while_held(self, house: House, owner: Owner, cast: Cast) -> None:
        house.expect(1, "900.00")
        house.pay(1, "900.00")
        one = line(house, "-400.00", at=house.restricted)

        with pytest.raises(FundRule):
            classify(one, cast, fund=house.raised, purpose="insurance")


class TestAccept:
    def test_books_a_recognised_line_and_tells_the_owner(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        expectation = house.expect(1)
        one = line(house, "500.00", at=house.restricted)

        lines.accept(line=one, expectation=expectation, by=cast.finance, at=AT, reason="Her name.")

        assert owner.told == [("pledge:1", "500.00")]
        assert waiting() == {}

    def test_takes_no_more_than_is_expected(self, house: House, owner: Owner, cast: Cast) -> None:
        expectation = house.expect(1)
        one = line(house, "700.00", at=house.restricted)

        made = lines.accept(
            line=one, expectation=expectation, by=cast.finance, at=AT, reason="Her name."
        )

        assert made.amount == euro("500.00")
        with pytest.raises(NothingLeft):
            lines.accept(line=one, expectation=expectation, by=cast.finance, at=AT, reason="Too.")

    def test_is_refused_at_another_account(self, house: House, owner: Owner, cast: Cast) -> None:
        expectation = house.expect(1)
        one = line(house, "500.00", at=house.ordinary)

        with pytest.raises(lines.AnotherMatter):
            lines.accept(line=one, expectation=expectation, by=cast.finance, at=AT, reason="No.")

    @pytest.mark.parametrize("amount", ["-500.00", "500.00"])
    def test_is_refused_in_another_direction_or_currency(
        self, house: House, owner: Owner, cast: Cast, amount: str
    ) -> None:
        expectation = house.expect(1)
        one = line(house, amount, at=house.restricted)
        # No account of ours moves dollars: the rule must hold before the books are asked.
        expectation.amount = Money("500.00", "USD" if one.is_in else "EUR")

        with pytest.raises(lines.AnotherMatter):
            lines.accept(line=one, expectation=expectation, by=cast.finance, at=AT, reason="No.")


class TestTakeBack:
    def explained(self, house: House, cast: Cast) -> Allocation:
        return classify(line(house, "1000.00"), cast, fund=house.own, payer="Soci")

    def test_puts_the_line_back_into_suspense(self, house: House, cast: Cast) -> None:
        made = self.explained(house, cast)

        lines.take_back(allocation=made, by=cast.owner, at=AT, reason="Wrong fund.")
        house.run()

        assert balances.balance(house.own_holding) == euro("0")
        assert waiting() == {"unexplained": "1000.00"}

    def test_lets_it_be_explained_again(self, house: House, cast: Cast) -> None:
        made = self.explained(house, cast)
        lines.take_back(allocation=made, by=cast.owner, at=AT, reason="Wrong payer.")

        classify(made.line, cast, fund=house.own, payer="Anna")

        assert balances.balance(house.own_holding) == euro("1000.00")
        assert Allocation.objects.count() == 3

    def test_happens_once(self, house: House, cast: Cast) -> None:
        made = self.explained(house, cast)
        undone = lines.take_back(allocation=made, by=cast.owner, at=AT, reason="Wrong.")

        for one in (made, undone):
            with pytest.raises(TakenBack):
                lines.take_back(allocation=one, by=cast.owner, at=AT, reason="Again.")

    def test_is_refused_when_the_money_was_spent(self, house: House, cast: Cast) -> None:
        made = self.explained(house, cast)
        classify(line(house, "-900.00"), cast, fund=house.own, purpose="running")

        with pytest.raises(FundRule):
            lines.take_back(allocation=made, by=cast.owner, at=AT, reason="Wrong.")

    def test_is_refused_when_an_owner_was_told(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        house.expect(1)
        house.pay(1)

        with pytest.raises(OwnerWasTold):
            lines.take_back(
                allocation=Allocation.objects.get(), by=cast.owner, at=AT, reason="Wrong."
            )


class TestOffset:
    def test_explains_money_that_was_sent_back(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        house.expect(1)
        came = house.pay(1, "600.00")
        went = line(house, "-100.00", at=house.restricted)

        lines.offset(came=came, went=went, by=cast.finance, at=AT, reason="Sent back.")

        assert waiting() == {}
        assert balances.balance(house.held) == euro("500.00")
        assert balances.balance(house.restricted.suspense) == euro("0")

    def test_is_refused_for_amounts_that_differ(self, house: House, cast: Cast) -> None:
        came, went = line(house, "100.00"), line(house, "-99.00")

        with pytest.raises(DoesNotCancel):
            lines.offset(came=came, went=went, by=cast.finance, at=AT, reason="Almost.")

    def test_is_refused_for_two_of_one_direction(self, house: House, cast: Cast) -> None:
        one, other = line(house, "100.00"), line(house, "100.00")

        with pytest.raises(DoesNotCancel):
            lines.offset(came=one, went=other, by=cast.finance, at=AT, reason="No.")
