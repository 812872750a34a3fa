"""The end of reflection at its boundaries: seconds, nights when the clock changes, leap days."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import rules

ROME = ZoneInfo("Europe/Rome")


def rome(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ROME)


@pytest.mark.rule("R47")
class TestEndOfReflection:
    @pytest.mark.parametrize(
        ("placed", "ends"),
        [
            ("2026-11-10T15:00", "2026-11-15T00:00"),
            ("2026-11-10T00:00", "2026-11-15T00:00"),
            ("2026-11-10T23:59:59", "2026-11-15T00:00"),
            # The clock goes back on 2020-10-25 and forward on 2021-03-28.
            ("2020-10-21T12:00", "2020-10-26T00:00"),
            ("2020-10-25T02:30", "2020-10-30T00:00"),
            ("2021-03-24T12:00", "2021-03-29T00:00"),
            ("2021-03-28T03:30", "2021-04-02T00:00"),
            # Leap days.
            ("2024-02-25T12:00", "2024-03-01T00:00"),
            ("2023-02-25T12:00", "2023-03-02T00:00"),
        ],
    )
    def test_four_days_and_the_rest_of_the_last(self, placed: str, ends: str) -> None:
        found = rules.end_of_reflection(code="ecspr", placed_at=rome(placed), promised_days=4)

        assert found == rome(ends)

    def test_the_night_that_has_25_hours_is_25_hours_long(self) -> None:
        placed = rome("2020-10-21T00:00")

        found = rules.end_of_reflection(code="ecspr", placed_at=placed, promised_days=4)

        assert found.astimezone(dt.UTC) - placed.astimezone(dt.UTC) == dt.timedelta(hours=121)

    @pytest.mark.parametrize(
        ("code", "promised", "days"),
        [("ecspr", 4, 4), ("ecspr", 10, 10), ("ecspr", 0, 4), ("consob_2020", 4, 7)],
    )
    def test_a_contract_may_promise_more_never_fewer(
        self, code: str, promised: int, days: int
    ) -> None:
        assert rules.days_of_reflection(code=code, promised_days=promised) == days

    @given(st.integers(1_546_300_800, 1_893_456_000))
    def test_it_is_never_shorter_than_the_days_promised(self, seconds: int) -> None:
        placed = dt.datetime.fromtimestamp(seconds, dt.UTC)

        found = rules.end_of_reflection(code="ecspr", placed_at=placed, promised_days=4)

        there = found.astimezone(ROME)
        assert (there.hour, there.minute) == (0, 0)
        assert (there.date() - placed.astimezone(ROME).date()).days == 5
