"""What is due each year, and after an offer: ends of months, leap years, the first year."""

import datetime as dt

import pytest

from campaigns.rules import yearly


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
