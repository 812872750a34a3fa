"""Which law governs an offer, by the day on which it opens."""

import datetime as dt

import pytest

from campaigns import rules


@pytest.mark.rule("I7")
class TestPossibleOn:
    @pytest.mark.parametrize(
        ("day", "codes"),
        [
            (dt.date(2020, 9, 1), {"consob_2020"}),
            (dt.date(2021, 11, 9), {"consob_2020"}),
            (dt.date(2021, 11, 10), {"consob_2020", "ecspr"}),
            (dt.date(2023, 11, 9), {"consob_2020", "ecspr"}),
            (dt.date(2023, 11, 10), {"ecspr"}),
            (dt.date(2026, 11, 22), {"ecspr"}),
        ],
    )
    def test_both_only_during_the_transition(self, day: dt.date, codes: set[str]) -> None:
        assert set(rules.possible_on(day)) == codes
