"""The attack of P6 with rates and means: what a percentage, its bounds, or a mean tells of few people.

The attacker holds all that everybody, investors and the city were told, quarter by quarter, and knows how
rates are rounded. A rate holds a numerator within half a step of its denominator; a mean, a sum. Counts told
beside them close the circle: so nothing that is small may be left with fewer than k values. Windows are
tried in whole numbers, for there are few of them and a fraction would hide what they tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from properties import disclosure
from properties.disclosure import PUBLIC, Audience, Shown, Telling
from properties.indicators import Facts, Outcome, Result, Stay
from properties.indicators.facts import Happening, HouseholdFact
from tests.properties.attacker import Attack
from tests.properties.test_people_attack import QUARTER, READERS, START, Published

HALF = Fraction(disclosure.COARSE, 2)
"""Half a step of a rate of fewer than a hundred, as all of these are."""


@dataclass(frozen=True)
class Family:
    """A household that comes in a quarter: how many, and how and when it leaves or grows."""

    people: int
    minors: int
    leaves: int | None
    how: str
    grows: int | None


FAMILIES = st.builds(
    Family,
    people=st.integers(2, 4),
    minors=st.integers(0, 2),
    leaves=st.sampled_from([None, None, None, None, 1, 3]),
    how=st.sampled_from(["MOVED_MARKET", "HOMELESS", "DECEASED", "EVICTED", ""]),
    grows=st.sampled_from([None, None, 1, 2]),
)
QUARTERS = st.lists(st.lists(FAMILIES, max_size=14), min_size=1, max_size=4)
MANY, FEW = st.lists(FAMILIES, min_size=5, max_size=10), st.lists(FAMILIES, max_size=3)
BEGINS = st.lists(FAMILIES, min_size=10, max_size=22)
LONG = st.builds(
    lambda first, *later: [first, *later], BEGINS, *[st.one_of(MANY, FEW) for _quarter in range(5)]
)
"""A year and a half: enough begin that they are told, then as many come each quarter, or few."""


def facts_of(quarters: Sequence[Sequence[Family]], now: int) -> Facts:
    """What is known at the end of a quarter; a family that grew has a child more."""
    stays, households, outcomes, evictions = [], [], [], []
    for quarter, came in enumerate(quarters[: now + 1]):
        day = START + quarter * QUARTER
        for one in came:
            who = len(households)
            born = int(one.grows is not None and quarter + one.grows <= now)
            people = one.people + born
            households.append(HouseholdFact(who, people, min(one.minors + born, people), "", ""))
            gone = None if one.leaves is None else day + one.leaves * QUARTER - timedelta(days=9)
            stays.append(Stay(who, who, people, day, gone, False, referred_on=day))
            if gone and one.how:
                outcomes.append(Outcome(who, one.how, gone))
            if gone and one.how == "EVICTED":
                evictions.append(Happening(who, gone))
    return Facts(
        stays=tuple(stays),
        households=tuple(households),
        outcomes=tuple(outcomes),
        evictions=tuple(evictions),
    )


def published(quarters: Sequence[Sequence[Family]], since: int = 0) -> Published:
    view = Published()
    for quarter in range(since, len(quarters)):
        view.publish(facts_of(quarters, quarter), quarter)
    return view


def heard(view: Published, readers: Iterable[Audience]) -> Iterator[tuple[str, int, Result, Shown]]:
    """What readers were told: the figure, the quarter it rests on, and what was shown of it."""
    return (
        (code, on, base, shown) for reader, code, on, base, shown in view.told if reader in readers
    )


class TestPeopleAndHouseholds:
    """Of each quarter: households, people, minors and grown, evicted people and others."""

    HOUSEHOLDS, PEOPLE, MINORS, GROWN, EVICTED, OTHERS, SIZE = range(7)

    def known(self, view: Published, readers: Iterable[Audience], quarters: int) -> Attack:
        known = Attack(quarters * self.SIZE)
        for base in range(0, quarters * self.SIZE, self.SIZE):
            known.learn_equal([base + self.MINORS, base + self.GROWN], [base + self.PEOPLE])
            known.learn_equal([base + self.EVICTED, base + self.OTHERS], [base + self.PEOPLE])
            known.learn_grows(base + self.HOUSEHOLDS, base + self.PEOPLE)
            if base:
                known.learn_grows(base - self.SIZE + self.HOUSEHOLDS, base + self.HOUSEHOLDS)
        for code, on, _base, shown in heard(view, readers):
            self.learn(known, code, on * self.SIZE, shown)
        return known

    def learn(self, known: Attack, code: str, base: int, shown: Shown) -> None:
        households, people = base + self.HOUSEHOLDS, base + self.PEOPLE
        counts = {
            "households_housed": households,
            "individuals_housed": people,
            "minors_housed": base + self.MINORS,
        }
        if shown.telling is Telling.FEWER_THAN and code in counts and shown.high is not None:
            known.learn_below([people if code == "minors_housed" else counts[code]], shown.high)
        elif shown.telling is Telling.EXACT and shown.value is not None:
            if code in counts:
                known.learn([counts[code]], shown.value)
            elif code == "household_size":
                known.learn_ratio({people: 10}, households, shown.value, Fraction(1, 2))
            elif code == "evicted":
                known.learn_ratio({base + self.EVICTED: 100}, people, shown.value, HALF)

    @settings(max_examples=12, deadline=None)
    @given(QUARTERS, st.sampled_from(sorted(READERS, key=str)))
    @pytest.mark.indicator("14", "15", "15c", "18a", "23")
    def test_no_few_newcomers_minors_or_evicted_are_pinned_down(
        self, quarters: list[list[Family]], audience: Audience
    ) -> None:
        self.hold(quarters, audience)

    @pytest.mark.thorough
    @settings(max_examples=60, deadline=None)
    @given(QUARTERS, st.sampled_from(sorted(READERS, key=str)))
    def test_nor_by_many_worlds(self, quarters: list[list[Family]], audience: Audience) -> None:
        self.hold(quarters, audience)

    def hold(self, quarters: list[list[Family]], audience: Audience) -> None:
        view = published(quarters)
        known = self.known(view, READERS[audience], len(quarters))
        worlds = [facts_of(quarters, quarter) for quarter in range(len(quarters))]

        for quarter, came in enumerate(quarters):
            if quarter and 0 < len(came) < audience.k:
                base = quarter * self.SIZE + self.HOUSEHOLDS
                newcomers = known.width_of({base: 1, base - self.SIZE: -1})
                assert newcomers is None or newcomers >= audience.k, f"came in {quarter}"
            minors = sum(one.minors for one in worlds[quarter].households)
            if minors < audience.k:
                width = known.width(quarter * self.SIZE + self.MINORS)
                assert width is None or width >= audience.k, f"minors of {quarter}"

    def test_a_mean_of_another_day_would_tell_who_came_since(self) -> None:
        """What the attack found: households of one quarter, people and their mean of the next."""
        known = Attack(2 * self.SIZE)
        self.learn(known, "households_housed", 0, disclosure.exact(10))
        self.learn(known, "individuals_housed", self.SIZE, disclosure.exact(36))
        self.learn(known, "household_size", self.SIZE, disclosure.exact(30))

        newcomers = known.width_of({self.SIZE: 1, 0: -1})

        assert newcomers is not None
        assert newcomers < 1

    def test_one_family_put_out_is_no_number_of_five(self) -> None:
        family = Family(people=4, minors=2, leaves=1, how="EVICTED", grows=1)
        stays = replace(family, leaves=None, grows=None)
        view = published([[family] + [stays] * 14, [stays] * 5])

        told = [shown for _a, code, _on, _base, shown in view.told if code == "evicted"]

        assert all(shown.telling is not Telling.EXACT for shown in told)


WINDOWS = {6: 2, 12: 5}
"""Months, and the quarters after which they are over for all who came in one."""


@dataclass(frozen=True)
class Window:
    """A window at a quarter as it may have been: how many stayed, and how many are in the rate."""

    stayed: int
    of: int


def exact(told: Mapping[tuple[str, int], Sequence[Shown]], code: str, on: int) -> int | None:
    """A count of a quarter as it was told, if it was."""
    return next((each.value for each in told.get((code, on), ()) if each.value is not None), None)


class TestWindows:
    """Whole numbers: the households due are told by two counts, the rates by what is told of them."""

    def due(
        self, told: Mapping[tuple[str, int], Sequence[Shown]], months: int, on: int
    ) -> int | None:
        """How many were due: of those housed all but who was not, or those housed so long before."""
        before = exact(told, "households_housed", on - WINDOWS[months])
        if before is not None:
            return before
        housed, not_due = exact(told, "households_housed", on), exact(told, f"not_due_{months}", on)
        return None if housed is None or not_due is None else housed - not_due

    def possible(
        self, told: Mapping[tuple[str, int], Sequence[Shown]], months: int, on: int, due: int
    ) -> set[Window]:
        """All that fits what was told of a window that so many were due in."""
        found = set()
        stays = told.get((f"sustained_{months}", on), ())
        well = told.get((f"housed_well_{months}", on), ())
        for of in range(1, due + 1):
            for stayed in range(of + 1):
                if not all(fits(stayed, of, one) for one in stays):
                    continue
                if all(any(fits(n, of, one) for n in range(stayed, of + 1)) for one in well):
                    found.add(Window(stayed, of))
        return found

    @settings(max_examples=40, deadline=None)
    @given(LONG, st.integers(0, 5), st.sampled_from(sorted(READERS, key=str)))
    @pytest.mark.indicator("20")
    def test_tell_neither_who_died_nor_few_who_were_lost_in_between(
        self, quarters: list[list[Family]], since: int, audience: Audience
    ) -> None:
        self.hold(quarters, since, audience)

    @pytest.mark.thorough
    @settings(max_examples=600, deadline=None)
    @given(LONG, st.integers(0, 5), st.sampled_from(sorted(READERS, key=str)))
    def test_nor_in_many_worlds(
        self, quarters: list[list[Family]], since: int, audience: Audience
    ) -> None:
        self.hold(quarters, since, audience)

    def test_one_lost_in_between_makes_a_band_of_the_later_window(self) -> None:
        stays = Family(people=3, minors=0, leaves=None, how="HOMELESS", grows=None)
        first = [replace(stays, leaves=1)] * 6 + [replace(stays, leaves=3)] + [stays] * 15

        view = published([first, [], [], [], [], []])

        told = {code: shown for code, _on, _base, shown in heard(view, [PUBLIC])}
        assert told["sustained_6"].value == 75
        assert told["sustained_12"].telling is Telling.BAND

    def hold(self, quarters: list[list[Family]], since: int, audience: Audience) -> None:
        view = published(quarters, since)
        told: dict[tuple[str, int], list[Shown]] = {}
        true: dict[tuple[int, int], Result] = {}
        for code, on, base, shown in heard(view, READERS[audience]):
            told.setdefault((code, on), []).append(shown)
            if code.startswith("sustained_"):
                true[int(code.removeprefix("sustained_")), on] = base
        for (months, on), base in true.items():
            due = self.due(told, months, on) if months in WINDOWS else None
            if due is None:
                continue
            worlds = self.possible(told, months, on, due)
            self.hold_left_out(worlds, due, base, audience)
            if months == 12 and base.lost:
                for earlier in range(on - 3, on + 1):
                    if (6, earlier) in true:
                        self.hold_lost(told, quarters, earlier, on, base.lost, audience)

    def hold_left_out(
        self, worlds: set[Window], due: int, base: Result, audience: Audience
    ) -> None:
        """Who died or is in care is in no rate, and no rate may say how many they are."""
        left_out = due - (base.of or 0)
        spread = {due - one.of for one in worlds}
        assert left_out in spread, "what was published contradicts itself"
        if left_out < audience.k <= due - 1:
            assert max(spread) - min(spread) >= audience.k, f"{left_out} left out of {due}"

    def hold_lost(
        self,
        told: Mapping[tuple[str, int], Sequence[Shown]],
        quarters: Sequence[Sequence[Family]],
        earlier: int,
        on: int,
        lost: int,
        audience: Audience,
    ) -> None:
        """Six months as told at any quarter, twelve at another: of those due in both few may be lost."""
        due, later = self.due(told, 6, earlier), self.due(told, 12, on)
        if due is None or later is None or lost >= audience.k:
            return
        beyond = sum(len(came) for came in quarters[on - 4 : earlier - 1])
        spread = {
            one.stayed - other.stayed - fresh
            for one, other, fresh in product(
                self.possible(told, 6, earlier, due),
                self.possible(told, 12, on, later),
                range(beyond + 1),
            )
            if one.stayed - other.stayed - fresh >= 0
        }
        assert lost in spread, "what was published contradicts itself"
        assert max(spread) - min(spread) >= audience.k, f"{lost} lost in between"


def fits(numerator: int, denominator: int, shown: Shown) -> bool:
    """Whether a numerator may be behind what was told of a rate."""
    if shown.telling is Telling.EXACT:
        return disclosure.percent(numerator, denominator) == shown.value
    if shown.telling is Telling.BAND and shown.low is not None and shown.high is not None:
        share = 100 * numerator
        return shown.low * denominator <= share <= shown.high * denominator
    return True


class TestPercent:
    @pytest.mark.parametrize(
        ("numerator", "of", "told"),
        [(16, 21, 75), (1, 3, 35), (99, 249, 40), (99, 250, 40), (98, 250, 39)],
    )
    def test_of_few_is_told_in_fives(self, numerator: int, of: int, told: int) -> None:
        assert disclosure.percent(numerator, of) == told

    def test_in_whole_points_would_tell_who_was_left_out(self) -> None:
        """76 % of at most 22, and of 20 at least, is 16 of 21: one of them died or is in care."""
        found = {of for of in range(20, 23) for n in range(of) if round(100 * n / of) == 76}
        in_fives = {
            of for of in range(10, 23) for n in range(of) if fits(n, of, disclosure.exact(75))
        }

        assert found == {21}
        assert len(in_fives) > PUBLIC.k
