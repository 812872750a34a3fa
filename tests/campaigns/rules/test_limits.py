"""The ceiling of twelve months: to the cent, and to the day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from campaigns import rules
from campaigns.rules import dates, limits

DAY = dt.date(2026, 11, 22)


def offer(opened_on: dt.date, amount: str) -> limits.Offer:
    return limits.Offer(opened_on, euro(amount))


@pytest.mark.rule("R2")
class TestSumOfTwelveMonths:
    @pytest.mark.parametrize(
        ("opened_on", "counts"),
        [
            (dt.date(2025, 11, 22), False),
            (dt.date(2025, 11, 23), True),
            (DAY, True),
            (DAY + dt.timedelta(days=1), False),
        ],
    )
    def test_counts_the_offers_of_a_rolling_year(self, opened_on: dt.date, counts: bool) -> None:
        found = limits.sum_of_twelve_months([offer(opened_on, "100.00")], on=DAY)

        assert found == euro("100.00" if counts else "0.00")

    def test_adds_up_what_lies_on_several_platforms(self) -> None:
        offers = [offer(DAY, "4000000.00"), offer(dt.date(2026, 1, 5), "1000000.01")]

        assert limits.sum_of_twelve_months(offers, on=DAY) == euro("5000000.01")

    @pytest.mark.parametrize(
        ("opened_on", "counts"), [(dt.date(2023, 2, 28), False), (dt.date(2023, 3, 1), True)]
    )
    def test_a_year_that_ends_on_a_leap_day(self, opened_on: dt.date, counts: bool) -> None:
        assert limits.counts(offer(opened_on, "1.00"), on=dt.date(2024, 2, 29)) is counts

    @given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
    def test_a_window_holds_a_year_of_days(self, day: dt.date) -> None:
        days = [day - dt.timedelta(days=back) for back in range(370)]

        assert sum(limits.counts(limits.Offer(each, euro("1.00")), on=day) for each in days) in (
            365,
            366,
        )


@pytest.mark.rule("R2.ceiling")
class TestIsOver:
    @pytest.mark.parametrize(
        ("total", "is_over"),
        [("4999999.99", False), ("5000000.00", False), ("5000000.01", True)],
    )
    def test_only_above_five_million(self, total: str, is_over: bool) -> None:
        ceiling = rules.regime("ecspr").ceiling(DAY)

        assert limits.is_over(euro(total), ceiling) is is_over


@pytest.mark.rule("I6")
class TestItalianCeiling:
    @pytest.mark.parametrize(
        ("on", "ceiling"),
        [
            (dt.date(2020, 9, 1), "8000000.00"),
            (dates.TRANSITION_ENDS - dt.timedelta(days=1), "8000000.00"),
            (dates.TRANSITION_ENDS, "5000000.00"),
        ],
    )
    def test_was_eight_million_and_is_five(self, on: dt.date, ceiling: str) -> None:
        assert rules.regime("consob_2020").ceiling(on) == euro(ceiling)
