"""Expectations: opened once, fitting their accounts, cancelled and never changed."""

from dataclasses import replace

import pytest

from backend.core.money import ZERO, euro
from backend.core.states import WrongState
from backend.ledger import accounts
from backend.treasury import bank_accounts, expectations, transit
from backend.treasury.expectations import BadExpectation, OpenedOtherwise
from backend.treasury.models import Expectation
from tests.cast import Cast
from tests.treasury.files import Move
from tests.treasury.house import AT, IN, OUT, OWNER, House, Owner, waiting

pytestmark = pytest.mark.money


class TestOpenMany:
    def test_returns_them_in_order(self, house: House) -> None:
        specs = [house.pledge(number) for number in (3, 1, 2)]

        opened = expectations.open_many(specs, at=AT)

        assert [one.owner_key for one in opened] == ["pledge:3", "pledge:1", "pledge:2"]

    def test_of_the_same_opens_it_once(self, house: House) -> None:
        assert house.expect(1) == house.expect(1)

    def test_refuses_a_reference_used_for_something_else(self, house: House) -> None:
        house.expect(1, "500.00")

        with pytest.raises(OpenedOtherwise):
            house.expect(1, "600.00")

    @pytest.mark.parametrize("reference", ["", "SHORT", "A" * 36, "--------"])
    def test_refuses_a_reference_that_is_none(self, house: House, reference: str) -> None:
        with pytest.raises(BadExpectation):
            house.expect(1, reference=reference)

    def test_refuses_no_money(self, house: House) -> None:
        with pytest.raises(BadExpectation):
            house.expect(1, "0.00")

    def test_refuses_what_does_not_pass_through_the_bank_account(self, house: House) -> None:
        wrong = (
            {"bank_account": house.ordinary},
            {"direction": OUT},
            {"target": house.held, "source": house.held},
            {"source": house.own_holding},
        )

        for more in wrong:
            with pytest.raises(BadExpectation):
                house.expect(1, **more)

    def test_refuses_one_fund_for_another(self, house: House) -> None:
        own_payer = accounts.open_account(code="partner", kind="payer", fund=house.own)

        with pytest.raises(BadExpectation):
            house.expect(1, source=own_payer)


class TestTransferBetweenAccounts:
    def test_is_opened_as_two_halves_through_transit(self, house: House) -> None:
        arrives = house.expect_release("900.00")

        leaves = arrives.after
        assert leaves is not None
        assert (leaves.direction, leaves.bank_account) == (OUT, house.restricted)
        assert (arrives.direction, arrives.bank_account) == (IN, house.ordinary)
        assert leaves.target == arrives.source
        assert (leaves.owner_kind, arrives.owner_kind) == (transit.OWNER, OWNER)

    def test_keeps_money_in_its_fund_and_kind_on_the_way(self, house: House) -> None:
        transit = house.expect_release("900.00").source

        assert (transit.fund, transit.kind) == (house.raised, "held")

    def test_is_opened_once(self, house: House) -> None:
        spec = replace(
            house.pledge(900), source=house.held, target=house.holding, bank_account=house.ordinary
        )

        first, second = (expectations.open_one(spec=spec, at=AT) for _ in range(2))

        assert first == second
        assert Expectation.objects.count() == 2

    def test_is_cancelled_whole(self, house: House, cast: Cast) -> None:
        arrives = house.expect_release("900.00")

        expectations.cancel(expectation=arrives, by=cast.owner, at=AT)

        assert set(Expectation.objects.values_list("state", flat=True)) == {"cancelled"}


class TestCancel:
    def test_ends_what_was_missing(self, house: House, owner: Owner, cast: Cast) -> None:
        expectation = house.expect(1)
        house.pay(1, "200.00")

        expectations.cancel(expectation=expectation, by=cast.owner, at=AT, reason="lapsed")

        assert waiting() == {}

    def test_happens_once(self, house: House, cast: Cast) -> None:
        expectation = house.expect(1)
        expectations.cancel(expectation=expectation, by=cast.owner, at=AT)

        with pytest.raises(WrongState):
            expectations.cancel(expectation=expectation, by=cast.owner, at=AT)


class TestReceived:
    def test_sums_by_owner(self, house: House, owner: Owner) -> None:
        for number in (1, 2, 3):
            house.expect(number)
        house.pay(1, "200.00")
        house.pay(1, "100.00")
        house.pay(2)

        keys = ["pledge:1", "pledge:2", "pledge:3", "pledge:4"]

        assert expectations.received(owner_kind=OWNER, owner_keys=keys) == {
            "pledge:1": euro("300"),
            "pledge:2": euro("500"),
            "pledge:3": ZERO,
        }


class TestOverdue:
    def test_lists_what_has_not_come_by_its_day(self, house: House, owner: Owner) -> None:
        late, _met, _in_time = house.expect(1), house.expect(2), house.expect(3, due_on=None)
        house.pay(2)

        day = late.due_on
        assert day is not None

        assert list(expectations.overdue(on=day)) == []
        assert list(expectations.overdue(on=day.replace(day=12))) == [late]


class TestBankAccounts:
    def test_are_opened_once(self, house: House) -> None:
        again = bank_accounts.open_bank_account(
            iban="it60 x054 2811 1010 0000 0123 456",
            holder=house.issuer,
            name="Again",
            kind="restricted",
        )

        assert again == house.restricted

    def test_are_not_opened_otherwise(self, house: House, cast: Cast) -> None:
        with pytest.raises(bank_accounts.OpenedOtherwise):
            bank_accounts.open_bank_account(
                iban=house.restricted.iban, holder=cast.rival, name="Mine", kind="restricted"
            )

    def test_need_an_iban(self, cast: Cast) -> None:
        with pytest.raises(bank_accounts.NotAnIban):
            bank_accounts.open_bank_account(
                iban="IT00X", holder=cast.issuer, name="No", kind="ordinary"
            )

    def test_do_not_hold_money_on_an_ordinary_account(self, house: House) -> None:
        with pytest.raises(bank_accounts.NeedsRestricted):
            bank_accounts.sub_account(bank_account=house.ordinary, fund=house.raised, kind="held")

    def test_show_suspense_as_money(self, house: House) -> None:
        house.bank(Move("12.00"))

        assert bank_accounts.balance(house.restricted) == euro("12.00")
