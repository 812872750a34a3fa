"""Working days over Easter, Christmas and the holidays that the law moves."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import working_days

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2040, 1, 1))


class TestIsWorking:
    @pytest.mark.parametrize(
        ("day", "is_working"),
        [
            (dt.date(2026, 11, 20), True),
            (dt.date(2026, 11, 21), False),
            (dt.date(2026, 11, 22), False),
            (dt.date(2026, 4, 6), False),  # Easter Monday
            (dt.date(2026, 6, 2), False),
            (dt.date(2026, 6, 24), True),  # Turin's patron saint: a working day elsewhere
            (dt.date(2027, 10, 4), False),  # Saint Francis, a holiday again since 2026
            (dt.date(2024, 10, 4), True),
        ],
    )
    def test_knows_weekends_and_holidays_of_the_country(
        self, day: dt.date, is_working: bool
    ) -> None:
        assert working_days.is_working(day) is is_working


class TestAfter:
    @pytest.mark.parametrize(
        ("day", "ends"),
        [
            (dt.date(2026, 11, 2), dt.date(2026, 11, 16)),
            (dt.date(2026, 11, 7), dt.date(2026, 11, 20)),
            (dt.date(2026, 12, 21), dt.date(2027, 1, 7)),
            (dt.date(2026, 3, 30), dt.date(2026, 4, 14)),
        ],
    )
    def test_ten_working_days(self, day: dt.date, ends: dt.date) -> None:
        assert working_days.after(day, 10) == ends

    @given(DAYS, st.integers(1, 40))
    def test_passes_as_many_working_days_as_asked_both_ways(
        self, day: dt.date, number: int
    ) -> None:
        for end in (working_days.after(day, number), working_days.before(day, number)):
            step = dt.timedelta(days=1 if end > day else -1)
            passed = [day + step * each for each in range(1, abs((end - day).days) + 1)]

            assert sum(map(working_days.is_working, passed)) == number
            assert working_days.is_working(end)
