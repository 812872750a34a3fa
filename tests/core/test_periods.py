"""Calendar quarters."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from backend.core import periods
from backend.core.periods import Quarter

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


class TestQuarterOf:
    @given(day=DAYS)
    def test_holds_the_day(self, day: dt.date) -> None:
        quarter = periods.quarter_of(day)

        assert quarter.first_day <= day <= quarter.last_day

    @given(day=DAYS)
    def test_leaves_no_gap_to_its_neighbours(self, day: dt.date) -> None:
        quarter = periods.quarter_of(day)

        assert periods.previous(quarter).last_day + dt.timedelta(days=1) == quarter.first_day
        assert periods.following(periods.previous(quarter)) == quarter

    def test_is_labelled_by_year_and_number(self) -> None:
        assert Quarter(2026, 3).label == "2026-Q3"
