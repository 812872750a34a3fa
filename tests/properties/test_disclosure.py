"""Attacks on what is told: nobody outside may work out a person, or an occupied home's price."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties import disclosure, tracing
from properties.disclosure import CITY, INVESTOR, PUBLIC, WITHHELD, Audience, Home, Shown, Telling

DAY = date(2025, 3, 3)


class TestAudience:
    def test_a_threshold_below_three_is_refused(self) -> None:
        with pytest.raises(ValueError, match="protects nobody"):
            Audience("curious", k=2, k_sensitive=10)


class TestCount:
    @pytest.mark.parametrize("value", range(10))
    def test_a_small_total_is_fewer_than_ten(self, value: int) -> None:
        shown = disclosure.count(value, audience=PUBLIC)

        assert shown == Shown(Telling.FEWER_THAN, high=10)

    def test_ten_are_ten(self) -> None:
        assert disclosure.count(10, audience=PUBLIC) == disclosure.exact(10)

    def test_a_sensitive_total_waits_for_twenty(self) -> None:
        assert disclosure.count(19, audience=PUBLIC, sensitive=True).value is None


class TestParts:
    @given(st.lists(st.integers(0, 30), min_size=2, max_size=6))
    def test_no_hidden_part_can_be_pinned_down(self, values: list[int]) -> None:
        total, shown = disclosure.parts(values, audience=INVESTOR)

        hidden = [value for value, one in zip(values, shown, strict=True) if one == WITHHELD]
        if total.telling is Telling.EXACT and hidden:
            # Each hidden part can be anything from 0 to their sum, which the attacker knows.
            assert len(hidden) >= 2
            assert sum(hidden) >= INVESTOR.k

    @given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
    def test_nothing_small_is_ever_shown(self, values: list[int]) -> None:
        _, shown = disclosure.parts(values, audience=INVESTOR)

        assert all(one.value is None or one.value >= INVESTOR.k for one in shown)

    def test_two_zeros_that_must_be_zero_take_a_third_with_them(self) -> None:
        _, shown = disclosure.parts([0, 0, 8, 20], audience=PUBLIC)

        assert shown == (WITHHELD, WITHHELD, WITHHELD, disclosure.exact(20))


class TestRate:
    @given(st.integers(0, 80).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))
    def test_a_band_always_leaves_k_values(self, case: tuple[int, int]) -> None:
        numerator, denominator = case

        shown = disclosure.rate(numerator, denominator, audience=PUBLIC)

        if shown.low is not None and shown.high is not None:
            low, high = shown.low * denominator, shown.high * denominator
            possible = [n for n in range(denominator + 1) if low <= 100 * n <= high]
            assert numerator in possible
            assert len(possible) > PUBLIC.k

    def test_nothing_is_told_of_fewer_than_ten(self) -> None:
        assert disclosure.rate(9, 9, audience=PUBLIC) == WITHHELD

    def test_both_sides_large_enough_are_exact(self) -> None:
        assert disclosure.rate(15, 20, audience=PUBLIC) == disclosure.exact(75)


class TestWaitingTime:
    def test_two_households_are_not_told_of(self) -> None:
        assert disclosure.waiting_time([40, 50], 50, audience=CITY) == WITHHELD

    def test_the_median_wait_is_a_band(self) -> None:
        assert disclosure.waiting_time([10, 45, 400], 45, audience=CITY) == Shown(
            Telling.BAND, low=30, high=60
        )
        assert disclosure.waiting_time([10, 45, 400], 45, audience=PUBLIC) == WITHHELD

    def test_the_longest_band_has_no_end(self) -> None:
        assert disclosure.waiting_time([800, 900, 990], 900, audience=CITY) == Shown(
            Telling.BAND, low=730
        )


@st.composite
def portfolios(draw: st.DrawFn) -> list[list[Home]]:
    """The same growing list of homes at a few dates, some purchases still under way at each."""
    occupied = draw(st.lists(st.booleans(), min_size=1, max_size=9))
    complete_from = [draw(st.integers(0, 3)) for _ in occupied]
    return [
        [
            Home(number, was, is_complete=complete_from[number] <= when)
            for number, was in enumerate(occupied)
        ]
        for when in range(4)
    ]


def publish_all(dates: Sequence[Sequence[Home]]) -> list[list[frozenset[int]]]:
    published: list[list[frozenset[int]]] = []
    for homes in dates:
        told = published[-1] if published else []
        published.append(disclosure.group_homes(homes, told=told))
    return published


class TestGroupHomes:
    @given(portfolios())
    def test_an_occupied_home_is_never_told_with_fewer_than_two_others(
        self, dates: list[list[Home]]
    ) -> None:
        was_occupied = {home.id for home in dates[-1] if home.was_occupied}

        for groups in publish_all(dates):
            assert all(len(group) >= 3 for group in groups if group & was_occupied)
            assert sum(map(len, groups)) == len(frozenset().union(*groups))

    @given(portfolios())
    def test_groups_once_told_never_change(self, dates: list[list[Home]]) -> None:
        published = publish_all(dates)

        for earlier, later in pairwise(published):
            assert later[: len(earlier)] == earlier

    @given(portfolios())
    def test_free_homes_wait_for_nothing_but_an_occupied_one(self, dates: list[list[Home]]) -> None:
        told = frozenset().union(*publish_all(dates)[-1])

        waiting = [home for home in dates[-1] if home.is_complete and home.id not in told]
        assert all(home.was_occupied for home in waiting)
        assert len(waiting) < 3

    def test_one_occupied_home_takes_in_two_free_ones(self) -> None:
        homes = [Home(1, False), Home(2, True), Home(3, False), Home(4, False)]

        groups = disclosure.group_homes(homes)

        assert groups == [frozenset({2, 3, 4}), frozenset({1})]

    def test_one_occupied_home_alone_is_not_told(self) -> None:
        assert disclosure.group_homes([Home(1, True), Home(2, False)]) == [frozenset({2})]


class TestCountedHomes:
    @given(portfolios(), st.sets(st.integers(0, 8)))
    def test_occupied_homes_enter_by_threes_or_with_their_group(
        self, dates: list[list[Home]], raised: set[int]
    ) -> None:
        before: frozenset[int] = frozenset()
        was_occupied = {home.id for home in dates[-1] if home.was_occupied}
        for homes, groups in zip(dates, publish_all(dates), strict=True):
            told = frozenset().union(*groups) & raised
            now = disclosure.counted_homes(homes, grouped=told, raised=raised, before=before)

            assert before <= now
            new = (now - before - told) & was_occupied
            assert not new or len(new) >= 3
            assert not (now - before - told) & raised
            before = now

    def test_one_free_home_is_counted_and_one_occupied_waits(self) -> None:
        homes = [Home(1, False), Home(2, True)]

        counted = disclosure.counted_homes(homes, grouped=(), raised=(), before=())

        assert counted == {1}


class TestLeaving:
    @pytest.mark.parametrize(
        ("sold", "gone"),
        [
            ([Home(1, False)], {1}),
            ([Home(1, True), Home(2, False), Home(3, True)], {2}),
            ([Home(n, True) for n in range(5)], {0, 1, 2}),
        ],
    )
    def test_homes_that_were_occupied_leave_the_counts_by_threes(
        self, sold: list[Home], gone: set[int]
    ) -> None:
        assert disclosure.leaving(sold) == gone


def rank(rows: list[list[Fraction]]) -> int:
    """Rank over the rationals: exact, so that "cannot be worked out" means exactly that."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for below in range(found + 1, len(rows)):
            factor = rows[below][column] / rows[found][column]
            rows[below] = [a - factor * b for a, b in zip(rows[below], rows[found], strict=True)]
        found += 1
    return found


def can_isolate(rows: list[list[Fraction]], homes: Sequence[int]) -> bool:
    """Whether some sum and difference of what was told speaks of these homes alone."""
    others = [[cell for at, cell in enumerate(row) if at not in homes] for row in rows]
    return rank(rows) > rank(others)


class TestAttackOnAllStatements:
    """The attacker has every statement of every quarter, and knows who pledged how much."""

    @given(portfolios())
    def test_one_or_two_occupied_homes_never_come_out(self, dates: list[list[Home]]) -> None:
        told: set[frozenset[int]] = set()
        for groups in publish_all(dates):
            told |= {*groups, frozenset().union(*groups)}
        rows = [[Fraction(home.id in one) for home in dates[-1]] for one in told]

        occupied = [home.id for home in dates[-1] if home.was_occupied]
        for few in chain(combinations(occupied, 1), combinations(occupied, 2)):
            assert not can_isolate(rows, few)

    def test_dividing_my_cents_by_my_share_gives_the_group_not_the_home(self) -> None:
        pledges = [tracing.Pledge(number, 100_000) for number in range(30)]
        prices = {1: 400_000, 2: 700_000, 3: 900_000}
        costs = [tracing.Cost(home, cents, DAY, home) for home, cents in prices.items()]
        traced = tracing.trace(pledges=pledges, costs=costs)

        [group] = disclosure.group_homes([Home(home, was_occupied=True) for home in prices])
        mine = sum(traced.homes_of(0)[home] for home in group)

        assert round(mine * 30, -2) == pytest.approx(sum(prices.values()), abs=100)
        assert all(abs(mine * 30 - price) > 100_000 for price in prices.values())
