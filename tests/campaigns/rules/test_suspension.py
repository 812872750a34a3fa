"""Thirty days of suspension, to the second, over the nights when the clock changes."""

import pytest

from campaigns.rules import suspension
from tests.campaigns.rules.instants import SECOND, rome


@pytest.mark.rule("R17")
class TestEnd:
    @pytest.mark.parametrize(
        ("since", "ends"),
        [
            ("2026-11-01T09:00", "2026-12-02T00:00"),
            ("2020-10-01T09:00", "2020-11-01T00:00"),
            ("2021-03-01T23:59:59", "2021-04-01T00:00"),
            ("2024-01-31T12:00", "2024-03-02T00:00"),
        ],
    )
    def test_thirty_days_after_the_day(self, since: str, ends: str) -> None:
        assert suspension.end(rome(since)) == rome(ends)


@pytest.mark.rule("R17.cancel")
class TestMustCancel:
    def test_from_the_instant_at_which_thirty_days_are_over(self) -> None:
        since, end = rome("2020-10-01T09:00"), rome("2020-11-01T00:00")

        assert not suspension.must_cancel(since, end - SECOND)
        assert suspension.must_cancel(since, end)


class TestDaysLeft:
    @pytest.mark.parametrize(
        ("at", "left"),
        [
            ("2026-11-01T09:00", 30),
            ("2026-11-30T00:00", 1),
            ("2026-12-01T23:59:59", 0),
            ("2026-12-02T00:00", -1),
        ],
    )
    def test_counts_down_to_the_last_day(self, at: str, left: int) -> None:
        assert suspension.days_left(rome("2026-11-01T09:00"), rome(at)) == left
