"""Our rent on the range that the market asks, and how many may be told to stand behind a figure. Pure."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from properties import disclosure, indicators, wording
from properties.disclosure import INVESTOR, Telling
from properties.indicators import BY_CODE, Facts, Stay
from properties.indicators.shapes import Unit

DAY = date(2026, 6, 30)


def world(markets: list[int], *, rent: int = 32_000) -> Facts:
    stays = [
        Stay(
            who, who, 3, date(2025, 1, 1), None, False, date(2024, 12, 1), rent=rent, market=market
        )
        for who, market in enumerate(markets)
    ]
    return Facts(stays=tuple(stays))


class TestMarketRange:
    @pytest.mark.indicator("25c")
    def test_our_rent_is_the_mean_of_those_compared(self) -> None:
        found = BY_CODE["rent_asked"].compute(world([40_000, 50_000, 60_000]), DAY)

        assert (found.value, found.size) == (32_000, 3)

    @pytest.mark.indicator("25d")
    def test_is_the_middle_half_in_tens_of_euro(self) -> None:
        found = BY_CODE["market_range"].compute(world([30_000 + 2_000 * n for n in range(12)]), DAY)

        assert found.high is not None
        assert found.value % 1000 == found.high % 1000 == 0
        assert 30_000 < found.value < found.high < 52_000

    @pytest.mark.parametrize(("homes", "telling"), [(9, Telling.WITHHELD), (10, Telling.BAND)])
    def test_is_told_of_ten_contracts_or_more(self, homes: int, telling: Telling) -> None:
        row = BY_CODE["market_range"]

        found = row.compute(world([40_000 + 500 * n for n in range(homes)]), DAY)

        assert indicators.tell(row, found, INVESTOR).telling is telling


class TestMembers:
    @pytest.mark.parametrize(
        ("number", "sensitive", "low", "high"),
        [(0, False, None, 10), (9, False, None, 10), (10, False, 10, None), (49, False, 20, None),
         (19, True, None, 20), (20, True, 20, None), (20_000, False, 10_000, None)],
    )  # fmt: skip
    def test_are_told_in_steps(
        self, number: int, sensitive: bool, low: int | None, high: int | None
    ) -> None:
        shown = disclosure.members(number, audience=INVESTOR, sensitive=sensitive)

        assert (shown.low, shown.high) == (low, high)

    @given(st.integers(0, 3_000))
    def test_no_step_leaves_fewer_than_k_to_choose_from(self, number: int) -> None:
        same = [
            other
            for other in range(3_010)
            if disclosure.members(other, audience=INVESTOR)
            == disclosure.members(number, audience=INVESTOR)
        ]

        assert len(same) >= INVESTOR.k


class TestRents:
    @given(st.integers(0, 10**10))
    def test_lie_in_their_band(self, cents: int) -> None:
        shown = disclosure.rents(cents)

        assert shown.low is not None
        assert shown.low <= cents < shown.low + disclosure.RENTS_STEP == shown.high


class TestBandsInWords:
    @pytest.mark.parametrize(
        ("unit", "said"),
        [
            (Unit.EUR, "between €350.00 and €460.00"),
            (Unit.EUR_MONTH, "between €350.00 and €460.00 a month"),
            (Unit.DAYS, "between 35000 and 46000 days"),
        ],
    )
    def test_money_is_said_as_money(self, unit: Unit, said: str) -> None:
        band = {"telling": "band", "low": 35_000, "high": 46_000}

        with translation.override("en"):
            assert wording.shown({"unit": unit, "shown": band}) == said
