"""Treasury under bad luck: what banks really send, what comes at the wrong time, hands that slip."""

import datetime as dt

import pytest

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import balances, checks
from backend.treasury import expectations, lines, references, statements
from backend.treasury.models import Allocation, BankLine, Discrepancy
from tests.cast import Cast
from tests.treasury.files import DAY, Move, paper
from tests.treasury.house import AT, House, Owner

pytestmark = pytest.mark.money


def broken() -> list[str]:
    return [check.name for check in checks.run() if not check.ok]


def upload(number: int, opening: str, *moves: Move, days: int = 1) -> None:
    """The statement of the `number`-th day, or of some days until then."""
    last = DAY + dt.timedelta(days=number)
    first = last - dt.timedelta(days=days - 1)
    raw = paper(*moves, opening=opening, id=f"S{number}", from_on=first, to_on=last)
    statements.upload(raw=raw, by=SYSTEM, at=AT)


def on(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


class TestIdsThatBeginAnewEachDay:
    def test_name_a_line_within_its_day(self, house: House) -> None:
        upload(0, "0.00", Move("500.00", bank_id="1"))
        upload(1, "500.00", Move("500.00", bank_id="1", on=on(1)))
        upload(2, "1000.00", Move("20.00", bank_id="1", on=on(2)))

        assert BankLine.objects.count() == 3
        assert broken() == []

    def test_lose_no_line_of_a_file_over_two_days(self, house: House) -> None:
        upload(1, "0.00", Move("500.00", bank_id="1", on=on(1)))
        both = Move("500.00", bank_id="1", on=on(1)), Move("500.00", bank_id="1", on=on(2))
        upload(2, "0.00", *both, days=2)

        assert BankLine.objects.count() == 2
        assert broken() == []


class TestReferences:
    def test_two_pledges_in_one_transfer_are_for_a_person(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        both = [house.expect(1), house.expect(2)]
        house.bank(Move("1000.00", " ".join(one.reference for one in both)))
        house.run()
        assert Discrepancy.objects.get().reason == "several"

        line = BankLine.objects.select_related("account").get()
        for one in both:
            lines.accept(line=line, expectation=one, by=cast.finance, at=AT, reason="Both hers.")

        assert len(owner.told) == 2
        assert not Discrepancy.objects.waiting().exists()

    def test_a_line_may_come_before_what_expects_it(self, house: House, owner: Owner) -> None:
        reference = references.creditor_reference("pledge:1")
        house.bank(Move("500.00", reference))
        house.run()
        assert Discrepancy.objects.get().reason == "unknown"

        house.expect(1)
        house.run()

        assert len(owner.told) == 1
        assert not Discrepancy.objects.waiting().exists()

    def test_what_comes_after_a_cancellation_waits(self, house: House, owner: Owner) -> None:
        expectation = house.expect(1)
        house.pay(1, "200.00")
        expectations.cancel(expectation=expectation, by=SYSTEM, at=AT)

        house.pay(1, "300.00")

        assert Discrepancy.objects.waiting().get().reason == "cancelled"
        assert balances.balance(house.held) == euro("200")

    def test_a_payment_that_is_sent_back_waits_for_its_owner(
        self, house: House, owner: Owner
    ) -> None:
        house.expect(1)
        house.pay(1)

        house.pay(1, "-500.00", return_reason="MD06")

        assert Discrepancy.objects.waiting().get().reason == "returned"
        assert balances.balance(house.held) == euro("500")


class TestByHand:
    @pytest.mark.parametrize("amount", ["0.00", "-10.00"])
    def test_no_amount_but_a_part_of_the_line(self, house: House, cast: Cast, amount: str) -> None:
        house.bank(Move("100.00"), at=house.ordinary)
        line = BankLine.objects.select_related("account").get()

        with pytest.raises(lines.BadClassification):
            lines.classify(
                line=line,
                fund=house.own,
                payer="Anna",
                amount=euro(amount),
                by=cast.finance,
                at=AT,
                reason="Hers.",
            )

        assert not Allocation.objects.exists()

    def test_not_to_a_fund_of_another_organisation(self, house: House, cast: Cast) -> None:
        house.bank(Move("100.00"), at=house.ordinary)
        line = BankLine.objects.select_related("account").get()
        house.own.organisation = cast.rival
        with pytest.raises(lines.BadClassification):
            lines.classify(
                line=line, fund=house.own, payer="Anna", by=cast.finance, at=AT, reason="x"
            )
