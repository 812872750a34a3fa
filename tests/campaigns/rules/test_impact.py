"""The impact report of a benefit company: its parts, its years, its day."""

import datetime as dt
from dataclasses import replace

import pytest

from campaigns.rules import impact
from campaigns.rules.impact import Impact

WHOLE = Impact("goals", "the courts", "a standard", "a plan")


@pytest.mark.rule("I13")
class TestMissingParts:
    def test_a_whole_one_lacks_nothing(self) -> None:
        assert impact.missing_parts(WHOLE) == []

    @pytest.mark.parametrize("part", ["done", "slowed", "measured", "ahead"])
    def test_each_part_is_asked_for(self, part: str) -> None:
        assert len(impact.missing_parts(replace(WHOLE, **{part: "  "}))) == 1


@pytest.mark.rule("I13.years")
class TestYearsDue:
    @pytest.mark.parametrize(
        ("until", "on", "years"),
        [
            (None, dt.date(2020, 12, 31), []),
            (None, dt.date(2021, 1, 1), [2020]),
            (None, dt.date(2022, 12, 31), [2020, 2021]),
            (dt.date(2021, 1, 1), dt.date(2026, 1, 1), [2020]),
            (dt.date(2021, 1, 2), dt.date(2026, 1, 1), [2020, 2021]),
        ],
    )
    def test_each_ended_year_of_which_some_day_had_the_status(
        self, until: dt.date | None, on: dt.date, years: list[int]
    ) -> None:
        assert impact.years_due(since=dt.date(2020, 12, 31), until=until, on=on) == years


@pytest.mark.rule("I13.day")
class TestDueOn:
    @pytest.mark.parametrize(
        ("year", "day"), [(2022, dt.date(2023, 4, 30)), (2023, dt.date(2024, 4, 29))]
    )
    def test_120_days_after_the_year_also_before_a_leap_day(self, year: int, day: dt.date) -> None:
        assert impact.due_on(year) == day
