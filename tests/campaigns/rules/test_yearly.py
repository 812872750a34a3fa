"""What is due each year, and after an offer: ends of months, leap years, the first year."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import ZERO, euro, from_cents
from campaigns.rules import yearly
from campaigns.rules.yearly import Held, Part


@pytest.mark.rule("R52")
class TestListOfProjectsDueOn:
    @pytest.mark.parametrize(
        ("year", "due"), [(2022, dt.date(2023, 2, 28)), (2023, dt.date(2024, 2, 29))]
    )
    def test_the_last_of_february(self, year: int, due: dt.date) -> None:
        assert yearly.list_of_projects_due_on(year) == due


@pytest.mark.rule("I8")
class TestStructuredDataDueOn:
    @pytest.mark.parametrize(
        ("year", "due"), [(2024, None), (2025, dt.date(2026, 1, 31)), (2026, dt.date(2027, 1, 31))]
    )
    def test_the_last_of_january_since_the_duty_stands(
        self, year: int, due: dt.date | None
    ) -> None:
        assert yearly.structured_data_due_on(year) == due


@pytest.mark.rule("I14")
class TestCertificateExpectedOn:
    @pytest.mark.parametrize(
        ("closed", "expected"),
        [
            (dt.date(2026, 4, 15), dt.date(2026, 6, 15)),
            (dt.date(2026, 11, 30), dt.date(2027, 1, 30)),
            (dt.date(2026, 12, 31), dt.date(2027, 2, 28)),
            (dt.date(2026, 10, 31), dt.date(2026, 12, 31)),
        ],
    )
    def test_two_months_after_closing(self, closed: dt.date, expected: dt.date) -> None:
        assert yearly.certificate_expected_on(closed) == expected


HELD = st.builds(
    Held,
    investor=st.integers(1, 9),
    country=st.sampled_from(["IT", "FR", "DE"]),
    is_sophisticated=st.booleans(),
    amount=st.integers(0, 10**9).map(from_cents),
)


@pytest.mark.rule("R52.parts")
class TestParts:
    @given(st.lists(HELD))
    def test_lose_no_cent_and_count_nobody_twice(self, holdings: list[Held]) -> None:
        parts = yearly.parts(holdings)

        assert sum((part.amount for part in parts), ZERO) == sum(
            (held.amount for held in holdings), ZERO
        )
        assert sum(part.investors for part in parts) == len(
            {(held.investor, held.country, held.is_sophisticated) for held in holdings}
        )

    def test_an_investor_with_two_pledges_counts_once(self) -> None:
        twice = [Held(1, "IT", False, euro("500.00")), Held(1, "IT", False, euro("100.00"))]

        assert yearly.parts(twice) == [Part("IT", False, 1, euro("600.00"))]


@pytest.mark.rule("R52.figures")
class TestFigure:
    @pytest.mark.parametrize(
        ("amount", "told"),
        [("1234567.80", "1234567.80"), ("0.00", "0.00"), ("5000000.01", "5000000.01")],
    )
    def test_has_a_point_and_no_separator(self, amount: str, told: str) -> None:
        assert yearly.figure(euro(amount)) == told


@pytest.mark.rule("R52.owner")
class TestHashed:
    def test_is_one_mark_however_it_is_typed(self) -> None:
        assert yearly.hashed("it 01234567890") == yearly.hashed("IT01234567890")
        assert yearly.hashed("IT01234567890") != yearly.hashed("IT01234567891")
