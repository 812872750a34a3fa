"""The relief for investing in a start-up: rate and ceiling, status, what ends it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import ZERO, euro, from_cents
from campaigns.rules import tax_relief
from campaigns.rules.tax_relief import Passed, Scheme, StartUp, Subscriber

DAY = dt.date(2024, 5, 6)
REGISTERED = dt.date(2021, 6, 15)
ORDINARY = Scheme(Decimal(30), euro("1000000.00"))
DE_MINIMIS = Scheme(Decimal(65), euro("100000.00"))


@pytest.mark.rule("I9")
class TestRelief:
    @pytest.mark.parametrize(
        ("paid", "before", "relief"),
        [
            ("500.00", "0.00", "150.00"),
            ("1000000.00", "0.00", "300000.00"),
            ("1000000.01", "0.00", "300000.00"),
            ("500.00", "999900.00", "30.00"),
            ("500.00", "1000000.00", "0.00"),
            ("0.05", "0.00", "0.01"),
        ],
    )
    def test_thirty_percent_up_to_the_ceiling_of_the_year(
        self, paid: str, before: str, relief: str
    ) -> None:
        assert tax_relief.relief(euro(paid), euro(before), ORDINARY) == euro(relief)

    @given(st.integers(0, 10**10), st.integers(0, 10**10))
    def test_two_payments_never_get_more_than_their_ceiling(self, one: int, other: int) -> None:
        first, second = from_cents(one), from_cents(other)

        total = tax_relief.relief(first, ZERO, DE_MINIMIS) + tax_relief.relief(
            second, first, DE_MINIMIS
        )

        assert total <= euro("65000.00")


@pytest.mark.rule("I9", "I10.de_minimis")
class TestByYear:
    def test_a_pledge_paid_over_two_tax_years_has_two_rates(self) -> None:
        before = Scheme(Decimal(50), euro("100000.00"))
        paid = [
            tax_relief.Payment(dt.date(2024, 12, 31), euro("300.00"), before),
            tax_relief.Payment(dt.date(2025, 1, 1), euro("200.00"), DE_MINIMIS),
        ]

        found = [(each.year, each.paid, each.relief) for each in tax_relief.by_year(paid)]

        assert found == [
            (2024, euro("300.00"), euro("150.00")),
            (2025, euro("200.00"), euro("130.00")),
        ]

    @given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 10**9)), max_size=8))
    def test_each_year_stays_under_its_ceiling_and_loses_no_payment(
        self, paid: list[tuple[int, int]]
    ) -> None:
        payments = [
            tax_relief.Payment(DAY + dt.timedelta(days), from_cents(amount), DE_MINIMIS)
            for days, amount in paid
        ]

        found = tax_relief.by_year(payments)

        assert all(each.relief <= euro("65000.00") for each in found)
        assert sum((e.paid for e in found), ZERO) == sum((p.amount for p in payments), ZERO)


@pytest.mark.rule("I9.holding")
class TestKeepsRelief:
    @pytest.mark.parametrize(
        ("paid", "sold", "keeps"),
        [
            (dt.date(2022, 3, 1), dt.date(2025, 2, 28), False),
            (dt.date(2022, 3, 1), dt.date(2025, 3, 1), True),
            (dt.date(2024, 2, 29), dt.date(2027, 2, 27), False),
            (dt.date(2024, 2, 29), dt.date(2027, 2, 28), True),
        ],
    )
    def test_after_three_years(self, paid: dt.date, sold: dt.date, keeps: bool) -> None:
        assert tax_relief.keeps_relief(paid_on=paid, sold_on=sold) is keeps


@pytest.mark.rule("I9.gift")
class TestBound:
    @pytest.mark.parametrize(
        ("passes", "bound"),
        [
            ([], {1}),
            ([Passed(DAY, 1, 2, is_gift=True)], {1, 2}),
            ([Passed(DAY, 1, 2, is_gift=True), Passed(DAY, 2, 3, is_gift=True)], {1, 2, 3}),
            ([Passed(DAY, 1, 2)], {1}),
            ([Passed(DAY, 1, 2, is_sale=True), Passed(DAY, 2, 3, is_gift=True)], {1}),
        ],
    )
    def test_by_gift_alone(self, passes: list[Passed], bound: set[int]) -> None:
        assert tax_relief.bound(1, passes) == bound


@pytest.mark.rule("I10")
class TestLacks:
    @pytest.mark.parametrize(
        ("on", "lacks"),
        [
            (dt.date(2021, 6, 14), 1),
            (REGISTERED, 0),
            (dt.date(2026, 6, 15), 0),  # five years are not more than five
            (dt.date(2026, 6, 16), 1),
        ],
    )
    def test_within_five_years_of_registration(self, on: dt.date, lacks: int) -> None:
        assert len(tax_relief.lacks(StartUp(REGISTERED), Subscriber(), on=on)) == lacks

    @pytest.mark.parametrize(
        ("who", "lacks"),
        [
            (Subscriber(Decimal(25), Decimal(25)), 0),
            (Subscriber(Decimal("25.01")), 1),
            (Subscriber(supplied_percent=Decimal("25.01")), 1),
        ],
    )
    def test_not_for_who_holds_or_supplies_more_than_a_quarter(
        self, who: Subscriber, lacks: int
    ) -> None:
        on = dt.date(2024, 12, 18)

        assert len(tax_relief.lacks(StartUp(REGISTERED), who, on=on)) == lacks

    def test_what_the_reform_asks_is_asked_of_payments_since_it(self) -> None:
        who, old = Subscriber(Decimal(50), Decimal(50)), StartUp(dt.date(2019, 12, 1))
        days = (dt.date(2024, 12, 17), dt.date(2024, 12, 18))

        assert [len(tax_relief.lacks(old, who, on=on)) for on in days] == [0, 3]

    @pytest.mark.parametrize(("raised", "lacks"), [("15000000.00", 0), ("15000000.01", 1)])
    def test_not_above_fifteen_million(self, raised: str, lacks: int) -> None:
        issuer = StartUp(REGISTERED, euro(raised))

        assert len(tax_relief.lacks(issuer, Subscriber(), on=REGISTERED)) == lacks

    def test_not_for_an_issuer_that_is_no_start_up(self) -> None:
        assert len(tax_relief.lacks(StartUp(None), Subscriber(), on=REGISTERED)) == 1


@pytest.mark.rule("I10.de_minimis")
class TestMayChooseDeMinimis:
    @pytest.mark.parametrize(
        ("on", "is_person", "may"),
        [
            (dt.date(2024, 6, 14), True, True),
            (dt.date(2024, 6, 15), True, False),
            (dt.date(2024, 6, 14), False, False),
        ],
    )
    def test_a_person_up_to_the_third_year(self, on: dt.date, is_person: bool, may: bool) -> None:
        issuer = StartUp(REGISTERED)

        assert tax_relief.may_choose_de_minimis(issuer, is_person=is_person, on=on) is may


@pytest.mark.rule("I11")
class TestCertified:
    @pytest.mark.parametrize(
        ("refunded", "states"), [("0.00", "500.00"), ("120.00", "380.00"), ("500.00", None)]
    )
    def test_what_was_not_refunded_or_nothing(self, refunded: str, states: str | None) -> None:
        found = tax_relief.certified(euro("500.00"), euro(refunded))

        assert found == (euro(states) if states else None)
