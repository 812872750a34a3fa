"""Households by circoscrizione: what is told of places, the map, the reasons of differences."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from properties import differences, disclosure, indicators
from properties.city import tiles
from properties.differences import Why
from properties.disclosure import CITY, PUBLIC, Audience
from properties.indicators import BY_CODE, Facts, Stay
from properties.indicators.facts import HomeFact, HouseholdFact, Span
from properties.models.unit import DISTRICTS
from tests.properties.attacker import Attack

DAY = date(2026, 6, 30)
QUARTER = timedelta(days=91)
ROW = BY_CODE["households_by_district"]


def world(sizes: list[int], restricted: int = 0) -> Facts:
    """So many households in each circoscrizione; the first ones are under protection."""
    homes: list[HomeFact] = []
    stays: list[Stay] = []
    households: list[HouseholdFact] = []
    for district, size in enumerate(sizes, 1):
        for _each in range(size):
            who = len(homes)
            homes.append(HomeFact(who, Span(DAY), district=district))
            stays.append(Stay(who, who, 3, DAY, None, False, referred_on=DAY))
            households.append(
                HouseholdFact(who, 3, 1, "EL1", "to_6241", is_restricted=who < restricted)
            )
    return Facts(homes=tuple(homes), stays=tuple(stays), households=tuple(households))


def told(facts: Facts, audience: Audience) -> disclosure.Shown:
    return indicators.tell(ROW, ROW.compute(facts, DAY), audience)


class TestHouseholdsByDistrict:
    @pytest.mark.indicator("15d")
    def test_tells_large_places_and_the_total(self) -> None:
        shown = told(world([0, 0, 0, 9, 12, 20, 0, 0]), CITY)

        assert shown.value == 41
        assert ("6", 20) in shown.parts

    @pytest.mark.indicator("15d")
    def test_who_is_protected_is_in_the_total_and_in_no_place(self) -> None:
        few, none = world([20, 20, 20], restricted=2), world([20, 20, 20])

        assert told(few, CITY).value == told(none, CITY).value == 60
        assert sum(count for _place, count in told(few, CITY).parts) < 58

    def test_too_few_in_all_are_told_as_fewer(self) -> None:
        shown = told(world([2, 1]), PUBLIC)

        assert (shown.telling, shown.parts) == (disclosure.Telling.FEWER_THAN, ())

    @given(st.lists(st.integers(0, 15), min_size=8, max_size=8), st.integers(0, 4))
    def test_what_is_hidden_is_never_one_number(self, sizes: list[int], restricted: int) -> None:
        shown = told(world(sizes, restricted), CITY)

        hidden = (shown.value or 0) - sum(count for _place, count in shown.parts)
        assert shown.value is None or len(shown.parts) < 8
        assert shown.value is None or hidden >= CITY.k
        assert all(count >= CITY.k for _place, count in shown.parts)

    @pytest.mark.indicator("11b")
    def test_homes_are_told_by_place(self) -> None:
        row = BY_CODE["homes_by_district"]

        shown = indicators.tell(row, row.compute(world([2, 0, 1]), DAY), PUBLIC)

        assert shown.parts == (("1", 2), ("3", 1))


def arrived(quarters: list[list[int]]) -> Facts:
    """Households by the quarter in which they came and the place: 1 to 3, or 0 under protection."""
    homes: list[HomeFact] = []
    stays: list[Stay] = []
    households: list[HouseholdFact] = []
    for quarter, places in enumerate(quarters):
        day = DAY + quarter * QUARTER
        for place in places:
            who = len(homes)
            homes.append(HomeFact(who, Span(day), district=place or 1))
            stays.append(Stay(who, who, 3, day, None, False, referred_on=day))
            households.append(HouseholdFact(who, 3, 1, "EL1", "to_6241", is_restricted=not place))
    return Facts(homes=tuple(homes), stays=tuple(stays), households=tuple(households))


def learnt(facts: Facts, quarters: int, audience: Audience) -> tuple[Attack, set[int]]:
    """What the tables and totals of all quarters tell, and which cells they hide: place p of quarter
    q is 4q + p. Who knows where homes stand (11b) knows that elsewhere nobody lives."""
    known, hidden = Attack(4 * quarters), set()
    for cell in range(4 * (quarters - 1)):
        known.learn_grows(cell, cell + 4)
    last: dict[str, tuple[int, indicators.Result]] = {}
    for quarter in range(quarters):
        for row in (ROW, BY_CODE["households_housed"]):
            fresh = row.compute(facts, DAY + quarter * QUARTER)
            since, before = last.get(row.code, (quarter, None))
            rests_on = indicators.settled(row, fresh, before, audience)
            last[row.code] = (quarter if rests_on is fresh else since, rests_on)
            shown = indicators.tell(row, rests_on, audience)
            cells = range(4 * last[row.code][0], 4 * last[row.code][0] + 4)
            if shown.value is not None:
                known.learn(cells, shown.value)
                told = {cells[int(place)]: count for place, count in shown.parts if int(place) < 4}
                for cell, count in told.items():
                    known.learn([cell], count)
                hidden |= set(cells) - told.keys() if row is ROW else set()
    return known, hidden


class TestPlacesWithNoHomes:
    @pytest.mark.indicator("15d")
    def test_hide_nobody_who_is_under_protection(self) -> None:
        """Three under protection, and places without homes: what is hidden must be of two places."""
        shown = told(world([12, 9, 7], restricted=3), CITY)

        assert shown.value == 28
        assert dict(shown.parts) == {"1": 9, "2": 9}


class TestPlacesOverTime:
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.lists(st.integers(0, 3), max_size=14), min_size=1, max_size=3),
        st.sampled_from([PUBLIC, CITY]),
    )
    @pytest.mark.indicator("11b", "15d")
    def test_no_hidden_place_is_pinned_down(
        self, quarters: list[list[int]], audience: Audience
    ) -> None:
        known, hidden = learnt(arrived(quarters), len(quarters), audience)

        for cell in hidden:
            width = known.width(cell)
            assert width is None or width >= audience.k


class TestLayOut:
    def test_draws_every_circoscrizione_apart(self) -> None:
        found = tiles.lay_out({6: 4, 7: 1})

        assert [tile.number for tile in found] == list(DISTRICTS)
        assert len({(tile.x, tile.y) for tile in found}) == 8

    @pytest.mark.parametrize(
        ("value", "most", "said"), [(0, 9, 0), (1, 9, 1), (9, 9, 4), (0, 0, 0)]
    )
    def test_is_darker_where_there_is_more(self, value: int, most: int, said: int) -> None:
        assert tiles.shade(value, most) == said


def view(shown: object, formulas: str = "1") -> dict[str, object]:
    return {"formulas": formulas, "indicators": [{"code": "x", "shown": shown}]}


EXACT, OTHER, HIDDEN = (
    {"telling": "exact", "value": 7},
    {"telling": "exact", "value": 9},
    {"telling": "withheld", "value": None},
)


class TestDifferences:
    @pytest.mark.parametrize(
        ("now", "before", "is_restated", "why"),
        [
            (view(OTHER), view(EXACT), False, Why.EVENTS),
            (view(OTHER), view(EXACT), True, Why.RESTATED),
            (view(OTHER, "2"), view(EXACT), False, Why.FORMULA),
            (view(OTHER), view(HIDDEN), False, Why.NOW_TOLD),
            (view(HIDDEN), view(EXACT), False, Why.NO_LONGER_TOLD),
            (view(EXACT), None, False, Why.NEW),
        ],
    )
    def test_says_why_a_figure_changed(
        self, now: dict[str, object], before: dict[str, object] | None, is_restated: bool, why: Why
    ) -> None:
        found = differences.of(now, before, is_restated=is_restated)

        assert found["x"].why is why

    def test_leaves_out_what_stayed(self) -> None:
        assert differences.of(view(EXACT), view(EXACT)) == {}
