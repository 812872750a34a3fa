"""What an audience is told of people, and the attack of P6 on all that was published, over time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from properties import disclosure, indicators
from properties.disclosure import CITY, PUBLIC, WITHHELD, Audience, Telling
from properties.indicators import BY_CODE, Facts, Result, Stay
from properties.indicators.facts import HouseholdFact
from tests.properties.attacker import Attack

START = date(2024, 3, 31)
QUARTER = timedelta(days=91)
BRACKETS = ("to_6241", "to_26000", "over_26000")
SPLIT = ("low_income", "very_low_income")


def world(arrivals: Sequence[Sequence[int]]) -> Facts:
    """Households by the quarter in which they came, each with its income bracket."""
    stays, households = [], []
    for quarter, brackets in enumerate(arrivals):
        day = START + quarter * QUARTER
        for bracket in brackets:
            who = len(households)
            households.append(HouseholdFact(who, 3, 1, "EL1", BRACKETS[bracket]))
            stays.append(Stay(who, who, 3, day, None, False, referred_on=day))
    return Facts(stays=tuple(stays), households=tuple(households))


@dataclass
class Published:
    """What one audience was told, quarter by quarter, and what each figure rested on when."""

    audience: Audience
    last: dict[str, tuple[int, Result]] = field(default_factory=dict)
    told: list[dict[str, tuple[int, Result, disclosure.Shown]]] = field(default_factory=list)

    def publish(self, facts: Facts, quarter: int) -> None:
        now = {}
        for code in ("households_housed", *SPLIT):
            row = BY_CODE[code]
            fresh = row.compute(facts, START + quarter * QUARTER)
            since, last = self.last.get(code, (quarter, None))
            rests_on = indicators.settled(row, fresh, last, self.audience)
            since = quarter if rests_on is fresh else since
            self.last[code] = (since, rests_on)
            now[code] = (since, rests_on, indicators.tell(row, rests_on, self.audience))
        self.told.append(now)


def attack(views: Sequence[Published], quarters: int) -> Attack:
    """Everything that these views told, about the cells of every quarter: cell c of q is 3q + c."""
    known = Attack(3 * quarters)
    for cell in range(3 * (quarters - 1)):
        known.learn_grows(cell, cell + 3)
    for view in views:
        for now in view.told:
            for code, (since, _rests, shown) in now.items():
                places = {"households_housed": 3, "low_income": 2, "very_low_income": 1}[code]
                cells = [3 * since + cell for cell in range(places)]
                if shown.telling is Telling.EXACT and shown.value is not None:
                    known.learn(cells, shown.value)
                elif shown.telling is Telling.FEWER_THAN and shown.high is not None:
                    known.learn_below(cells, shown.high)
    return known


def hidden(view: Published) -> set[tuple[int, int]]:
    """Cells (quarter, place) that were withheld when their table was told."""
    found = set()
    for now in view.told:
        since, rests_on, _shown = now["very_low_income"]
        _total, cells = disclosure.parts(rests_on.cells, audience=view.audience)
        found |= {(since, at) for at, one in enumerate(cells) if one == WITHHELD}
    return found


QUARTERS = st.lists(st.lists(st.integers(0, 2), max_size=14), min_size=1, max_size=4)


class TestAttackOverTime:
    """The attacker holds every published view of every quarter, and knows that counts only grow."""

    @settings(max_examples=40, deadline=None)
    @given(QUARTERS, st.sampled_from([PUBLIC, CITY]))
    @pytest.mark.indicator("15", "17")
    def test_no_hidden_cell_is_pinned_down(
        self, arrivals: list[list[int]], audience: Audience
    ) -> None:
        facts = world(arrivals)
        view = Published(audience)
        for quarter in range(len(arrivals)):
            view.publish(facts, quarter)
        known = attack([view], len(arrivals))

        for quarter, cell in hidden(view):
            width = known.width(3 * quarter + cell)
            assert width is None or width >= audience.k

    @given(QUARTERS)
    def test_a_count_that_is_told_moves_by_k_or_not_at_all(self, arrivals: list[list[int]]) -> None:
        facts = world(arrivals)
        view = Published(PUBLIC)
        for quarter in range(len(arrivals)):
            view.publish(facts, quarter)

        said = [now["households_housed"][2].value for now in view.told]
        steps = [b - a for a, b in pairwise(said) if a is not None and b]
        assert all(step == 0 or step >= PUBLIC.k for step in steps)


class TestAttack:
    """The two cases of Statistics Norway: hidden cells that can only be 0 and 0, or 1 and 1 (P7)."""

    @pytest.mark.parametrize("total", [0, 2])
    def test_finds_two_cells_that_must_be_equal(self, total: int) -> None:
        known = Attack(4)
        known.learn([0, 1], total)
        known.learn([0, 2], total // 2)
        known.learn([1, 3], total // 2)
        known.learn([2, 3], 0)

        assert known.width(0) == 0

    def test_leaves_what_nothing_was_told_of(self) -> None:
        known = Attack(2)
        known.learn([0], 3)

        assert known.width(0) == 0
        assert known.width(1) is None


class TestTell:
    def test_a_rate_with_a_small_rest_is_a_band(self) -> None:
        result = Result(
            18, of=20, members=tuple(range(20)), each=(0,) * 18 + (1,) * 2, cells=(18, 2)
        )

        shown = indicators.tell(BY_CODE["kept_the_home"], result, PUBLIC)

        assert (shown.telling, shown.low, shown.high) == (Telling.BAND, 50, 100)

    def test_bounds_are_told_when_enough_could_not_be_asked(self) -> None:
        cells = (20, 6, 6, 8)
        result = Result(20, of=40, cells=cells, unsure=2, high=26)

        shown = indicators.tell(BY_CODE["sustained_12"], result, PUBLIC)

        assert (shown.value, shown.low, shown.high) == (50, 50, 65)

    def test_of_two_hidden_rates_of_one_split_only_one_is_a_band(self) -> None:
        result = Result(21, of=22, cells=(20, 1, 0, 1), picks=(0, 1), unsure=2, high=21)

        assert indicators.tell(BY_CODE["housed_well_12"], result, PUBLIC) == WITHHELD

    def test_a_sensitive_count_waits_for_twenty(self) -> None:
        cells = (12, 40, 0)
        result = Result(12, of=52, cells=cells)

        assert indicators.tell(BY_CODE["with_disability"], result, PUBLIC) == WITHHELD
        plain = Result(12, of=52, cells=(12, 40))
        assert indicators.tell(BY_CODE["minors_housed"], plain, PUBLIC).value == 12

    @given(st.lists(st.integers(0, 10**6), max_size=30))
    def test_an_amount_is_told_only_where_nobody_dominates(self, amounts: list[int]) -> None:
        result = Result(sum(amounts), members=tuple(range(len(amounts))), each=tuple(amounts))

        shown = indicators.tell(BY_CODE["aid_obtained"], result, PUBLIC)

        if shown != WITHHELD:
            largest = sorted(amounts)[-2:]
            assert len(amounts) >= 10
            assert sum(largest) < 0.9 * sum(amounts)
            # Who knows the second largest misses the largest by a tenth of it at least.
            assert sum(amounts) - sum(largest) >= 0.1 * largest[-1]


class TestSettled:
    def test_a_mean_stands_until_enough_people_moved(self) -> None:
        row = BY_CODE["rent_saving"]
        before = Result(100, members=tuple(range(12)), each=(100,) * 12)
        one_more = Result(108, members=tuple(range(13)), each=(*(100,) * 12, 200))
        many_more = Result(130, members=tuple(range(17)), each=(*(100,) * 12, *(200,) * 5))

        assert indicators.settled(row, one_more, before, PUBLIC) is before
        assert indicators.settled(row, many_more, before, PUBLIC) is many_more
