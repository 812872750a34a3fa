"""Indicators as pure functions of dated facts, and what may be told of them."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from properties import disclosure, indicators
from properties.disclosure import INVESTOR, PUBLIC, Telling
from properties.indicators import BY_CODE, REGISTRY, Facts, HomeFact, Outcome, Payment, Stay

DAY = date(2025, 6, 30)
LATER = date(2025, 9, 30)


def value(code: str, facts: Facts, as_of: date = DAY) -> int:
    return BY_CODE[code].compute(facts, as_of).value


def stay(household: int, *, on: date = DAY, people: int = 3, kept: bool = False) -> Stay:
    return Stay(household, household, people, on, None, kept, referred_on=date(2025, 5, 1))


class TestRegistry:
    @given(st.dates(date(2024, 1, 1), date(2027, 1, 1)))
    def test_no_facts_are_zero_on_any_day(self, as_of: date) -> None:
        assert all(each.compute(Facts(), as_of).value == 0 for each in REGISTRY)

    def test_numbers_and_codes_are_told_apart(self) -> None:
        assert len(BY_CODE) == len({each.number for each in REGISTRY}) == len(REGISTRY)


class TestMoney:
    def test_counts_until_the_day(self) -> None:
        facts = Facts(settled=(Payment(500, DAY), Payment(200, LATER)))

        assert value("capital_raised", facts) == 500
        assert value("capital_raised", facts, LATER) == 700

    def test_purchase_and_works_are_two_lines(self) -> None:
        facts = Facts(acquisition=(Payment(900, DAY, 1),), works=(Payment(50, DAY, 1),))

        assert value("deployed_in_purchases", facts) == 900
        assert value("deployed_in_works", facts) == 50


class TestHomes:
    FACTS = Facts(
        homes=(
            HomeFact(1, DAY, True, False, None),
            HomeFact(2, DAY, False, True, None),
            HomeFact(3, DAY, False, True, DAY),
            HomeFact(4, LATER, False, False, None),
            HomeFact(5, None, False, False, None),
        )
    )

    def test_acquired_is_title_by_the_day(self) -> None:
        assert value("units_acquired", self.FACTS) == 3

    def test_improved_leaves_out_works_under_way(self) -> None:
        assert value("units_improved", self.FACTS) == 1

    def test_available_has_no_works_under_way(self) -> None:
        assert BY_CODE["units_available"].compute(self.FACTS, DAY).members == (1, 3)


class TestPeople:
    def test_a_household_that_moved_is_counted_once(self) -> None:
        facts = Facts(stays=(stay(1), stay(1, on=LATER), stay(2, people=2)))

        assert value("households_housed", facts, LATER) == 2
        assert value("individuals_housed", facts, LATER) == 5

    def test_kept_the_home_is_the_newest_outcome_of_those_asked(self) -> None:
        facts = Facts(
            stays=(stay(1, kept=True), stay(2, kept=True), stay(3, kept=True), stay(4)),
            outcomes=(
                Outcome(1, "EVICTED", DAY),
                Outcome(1, "KEPT_NO_AID", LATER),
                Outcome(2, "MOVED_MARKET", LATER),
                Outcome(4, "KEPT_NO_AID", LATER),
            ),
        )
        result = BY_CODE["kept_the_home"].compute(facts, LATER)

        assert (result.value, result.of) == (1, 2)

    def test_the_wait_is_from_referral_to_keys(self) -> None:
        assert value("time_to_home", Facts(stays=(stay(1), stay(2, kept=True)))) == 60


class TestTell:
    def test_few_people_are_fewer_than_ten(self) -> None:
        result = BY_CODE["households_housed"].compute(Facts(stays=(stay(1),)), DAY)

        shown = indicators.tell(BY_CODE["households_housed"], result, PUBLIC)

        assert (shown.telling, shown.high) == (Telling.FEWER_THAN, 10)

    def test_a_rate_of_few_is_withheld(self) -> None:
        facts = Facts(stays=(stay(1, kept=True),), outcomes=(Outcome(1, "EVICTED", DAY),))
        result = BY_CODE["kept_the_home"].compute(facts, DAY)

        assert indicators.tell(BY_CODE["kept_the_home"], result, INVESTOR) == disclosure.WITHHELD

    def test_money_is_exact(self) -> None:
        result = BY_CODE["capital_raised"].compute(Facts(settled=(Payment(7, DAY),)), DAY)

        assert indicators.tell(BY_CODE["capital_raised"], result, PUBLIC).value == 7


class TestSettledCount:
    @given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
    def test_what_is_told_moves_by_at_least_k_or_not_at_all(self, values: list[int]) -> None:
        told: list[int] = []
        for now in values:
            last = told[-1] if told else None
            told.append(disclosure.settled_count(now, last=last, audience=PUBLIC))

        steps = [abs(b - a) for a, b in pairwise(told)]
        assert all(step == 0 or step >= PUBLIC.k for step in steps)
        assert all(abs(now - said) < PUBLIC.k for now, said in zip(values, told, strict=True))
