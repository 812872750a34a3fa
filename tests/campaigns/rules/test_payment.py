"""Fourteen days to pay, to the second, over the nights when the clock changes."""

import pytest

from campaigns.rules import payment
from tests.campaigns.rules.instants import rome


class TestEndOfWindow:
    @pytest.mark.parametrize(
        ("placed", "ends"),
        [
            ("2026-11-01T00:00", "2026-11-16T00:00"),
            ("2026-11-01T23:59:59", "2026-11-16T00:00"),
            ("2020-10-12T12:00", "2020-10-27T00:00"),
            ("2021-03-14T12:00", "2021-03-29T00:00"),
            ("2024-02-15T12:00", "2024-03-01T00:00"),
        ],
    )
    def test_is_the_end_of_the_fourteenth_day(self, placed: str, ends: str) -> None:
        assert payment.end_of_window(rome(placed)) == rome(ends)

    def test_a_campaign_may_say_otherwise(self) -> None:
        found = payment.end_of_window(rome("2026-11-01T09:00"), days=30)

        assert found == rome("2026-12-02T00:00")
