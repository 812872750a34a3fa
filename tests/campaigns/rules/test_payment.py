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


@pytest.mark.rule("R17.time")
class TestAfterStandstill:
    """An offer that stood still from the fourth to the fourteenth: ten days more."""

    @pytest.mark.parametrize(
        ("until", "later"),
        [
            ("2026-11-16T00:00", "2026-11-26T00:00"),
            ("2026-11-05T00:00", "2026-11-15T00:00"),  # it ended within the standstill
            ("2026-11-04T00:00", "2026-11-04T00:00"),  # it was over before
        ],
    )
    def test_what_was_left_is_left_again(self, until: str, later: str) -> None:
        began, ended = rome("2026-11-04T15:00"), rome("2026-11-14T09:00")

        assert payment.after_standstill(rome(until), began_at=began, ended_at=ended) == rome(later)

    @pytest.mark.parametrize(
        ("began", "ended", "until", "later"),
        [
            ("2020-10-24T23:30", "2020-10-26T00:30", "2020-10-25T00:00", "2020-10-27T00:00"),
            ("2021-03-27T12:00", "2021-03-28T12:00", "2021-03-28T00:00", "2021-03-29T00:00"),
            ("2024-02-28T12:00", "2024-03-01T12:00", "2024-02-29T00:00", "2024-03-02T00:00"),
        ],
    )
    def test_a_night_of_23_or_25_hours_is_a_day(
        self, began: str, ended: str, until: str, later: str
    ) -> None:
        found = payment.after_standstill(rome(until), began_at=rome(began), ended_at=rome(ended))

        assert found == rome(later)

    def test_one_that_went_on_the_same_day_moves_nothing(self) -> None:
        day = rome("2026-11-04T09:00"), rome("2026-11-04T18:00")

        assert payment.days_still(*day) == 0
