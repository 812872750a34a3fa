"""The time to change one's mind at its ends: seconds, nights when the clock changes, leap days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from campaigns import rules
from campaigns.rules import reflection
from tests.campaigns.rules.instants import ROME, SECOND, rome


@pytest.mark.rule("R47")
class TestEndForOrder:
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
        assert reflection.end_for_order(rome(placed)) == rome(ends)

    def test_the_night_that_has_25_hours_is_25_hours_long(self) -> None:
        placed = rome("2020-10-21T00:00")

        found = reflection.end_for_order(placed)

        assert found.astimezone(dt.UTC) - placed.astimezone(dt.UTC) == dt.timedelta(hours=121)

    @given(st.integers(1_546_300_800, 1_893_456_000))
    def test_it_is_never_shorter_than_the_days_promised(self, seconds: int) -> None:
        placed = dt.datetime.fromtimestamp(seconds, dt.UTC)

        there = reflection.end_for_order(placed).astimezone(ROME)

        assert (there.hour, there.minute) == (0, 0)
        assert (there.date() - placed.astimezone(ROME).date()).days == 5


@pytest.mark.rule("I3")
class TestEndOfWithdrawal:
    @pytest.mark.parametrize(
        ("placed", "ends"),
        [
            ("2020-09-01T10:00", "2020-09-09T00:00"),
            ("2020-10-18T23:59:59", "2020-10-26T00:00"),
            ("2020-10-24T12:00", "2020-11-01T00:00"),
            ("2021-03-27T12:00", "2021-04-04T00:00"),
            ("2020-02-22T12:00", "2020-03-01T00:00"),
        ],
    )
    def test_seven_days_and_the_rest_of_the_last(self, placed: str, ends: str) -> None:
        assert reflection.end_of_withdrawal(rome(placed)) == rome(ends)


class TestRegimes:
    @pytest.mark.parametrize(
        ("code", "promised", "days"),
        [("ecspr", 4, 4), ("ecspr", 10, 10), ("ecspr", 0, 4), ("consob_2020", 4, 7)],
    )
    def test_a_contract_may_promise_more_never_fewer(
        self, code: str, promised: int, days: int
    ) -> None:
        placed = rome("2026-11-10T15:00")

        end = rules.end_of_reflection(code=code, placed_at=placed, promised_days=promised)

        assert rules.days_of_reflection(code=code, promised_days=promised) == days
        assert end == reflection.end(placed, days)


@pytest.mark.rule("R51")
class TestEndForInterest:
    def test_is_a_period_of_its_own(self) -> None:
        expressed, converted = rome("2026-11-10T15:00"), rome("2026-11-12T09:00")

        assert reflection.end_for_interest(expressed) == rome("2026-11-15T00:00")
        assert reflection.end_for_order(converted) == rome("2026-11-17T00:00")


class TestEndAfterChange:
    @pytest.mark.rule("I3.new_fact")
    def test_seven_days_from_the_notice_under_the_rules_of_2020(self) -> None:
        assert reflection.end_of_revocation(rome("2020-10-20T10:00")) == rome("2020-10-28T00:00")

    @pytest.mark.rule("R47.new_fact")
    def test_four_days_from_the_notice_under_the_european_rules(self) -> None:
        assert reflection.end_after_change(rome("2026-10-20T10:00")) == rome("2026-10-25T00:00")


@pytest.mark.rule("R46")
class TestOwnerIsBound:
    END = rome("2026-12-01T00:00")

    @pytest.mark.parametrize(
        ("at", "promised", "is_bound"),
        [
            (END - SECOND, "0.00", True),
            (END, "0.00", False),
            (END - SECOND, "50000.00", True),
            (END - SECOND, "79999.99", True),
            (END - SECOND, "80000.00", False),
        ],
    )
    def test_until_the_announced_end_or_the_maximum_of_a_range(
        self, at: dt.datetime, promised: str, is_bound: bool
    ) -> None:
        offer = reflection.Running(self.END, euro("50000.00"), euro("80000.00"), euro(promised))

        assert reflection.owner_is_bound(offer, at) is is_bound
