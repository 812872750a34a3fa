"""Indicators of households as pure functions of dated facts: who they are, how they live, how they leave."""

from dataclasses import replace
from datetime import timedelta

import pytest

from properties import indicators
from properties.disclosure import INVESTOR
from properties.indicators import (
    BY_CODE,
    Facts,
    Outcome,
    Stay,
)
from properties.indicators.facts import (
    Amount,
    Answer,
    Baseline,
    Happening,
    PlanFact,
)
from tests.properties.facts import DAY, LATER, YEAR_AGO, result, stay, value, who


@pytest.mark.indicator("14", "15", "19", "24")
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

    def test_who_left_is_closed_though_nobody_was_asked(self) -> None:
        gone, there = stay(1, kept=True), stay(2, kept=True)
        facts = Facts(
            stays=(replace(gone, ends_on=LATER), there, stay(3, kept=True), stay(4, kept=True)),
            outcomes=(Outcome(3, "UNKNOWN", LATER), Outcome(4, "DECEASED", LATER)),
        )

        assert result("kept_the_home", facts, LATER).cells == (0, 1, 1)

    def test_the_wait_is_from_referral_to_the_first_keys(self) -> None:
        moved = stay(2, on=LATER)
        facts = Facts(stays=(stay(1), stay(2, kept=True), moved, stay(3)))

        assert value("time_to_home", facts, LATER) == 60
        assert result("waits_by_length", facts, LATER).cells == (0, 0, 0, 0, 2, 0, 0, 0, 0)
        assert result("waits_by_length", facts).labels[4:6] == ("31-60", "61-180")


@pytest.mark.indicator("16", "17", "18", "15b", "15c")
class TestWho:
    FACTS = Facts(
        stays=(stay(1), stay(2), stay(3, on=YEAR_AGO)),
        households=(who(1), who(2, ethos="EL7x", isee="to_26000"), who(3, isee="REFUSED")),
    )

    def test_homelessness_and_exclusion_are_never_one_number(self) -> None:
        assert value("access_from_homelessness", self.FACTS) == 2
        assert value("access_from_exclusion", self.FACTS) == 1

    def test_who_refused_to_say_has_no_low_income(self) -> None:
        assert value("low_income", self.FACTS) == 2
        assert value("very_low_income", self.FACTS) == 1

    def test_not_asked_is_not_no(self) -> None:
        assert result("with_disability", self.FACTS).cells == (1, 0, 2)
        assert result("displaced", self.FACTS).cells == (0, 0, 3)

    def test_minors_are_of_all_people(self) -> None:
        assert result("minors_housed", self.FACTS).cells == (3, 6)

    def test_new_is_within_a_year_and_size_in_tenths(self) -> None:
        assert value("households_new", self.FACTS) == 2
        assert value("household_size", self.FACTS) == 30


@pytest.mark.indicator("21", "22", "23")
class TestExits:
    def test_care_is_left_out_and_silence_is_a_bound(self) -> None:
        gone = [Stay(n, n, 2, YEAR_AGO, DAY - timedelta(days=5), False, YEAR_AGO) for n in range(4)]
        told = (
            Outcome(0, "MOVED_PUBLIC", DAY),
            Outcome(1, "HOMELESS", DAY),
            Outcome(2, "INSTITUTION", DAY, is_care=True),
        )
        found = result("positive_exits", Facts(stays=tuple(gone), outcomes=told))

        assert (found.value, found.of, found.high, found.high_of) == (1, 3, 1, 2)

    def test_silence_is_worst_counted_and_at_best_left_out(self) -> None:
        """Of 37 that left, 15 well, 10 badly, 12 silent: 15 of 37 at worst, told in fives; at best of 25."""
        left = DAY - timedelta(days=5)
        gone = tuple(Stay(n, n, 2, YEAR_AGO, left, False, YEAR_AGO) for n in range(37))
        told = tuple(Outcome(n, "MOVED_PUBLIC" if n < 15 else "HOMELESS", DAY) for n in range(25))

        found = result("positive_exits", Facts(stays=gone, outcomes=told))
        shown = indicators.tell(BY_CODE["positive_exits"], found, INVESTOR)

        assert (shown.value, shown.low, shown.high) == (40, 40, 60)

    @pytest.mark.parametrize(
        ("days", "code"), [(180, "returned_180"), (181, "returned_365"), (730, "returned_730")]
    )
    def test_a_return_is_counted_in_its_window(self, days: int, code: str) -> None:
        left = DAY - timedelta(days=730)
        told = (Outcome(1, "MOVED_MARKET", left), Outcome(1, "HOMELESS", left + timedelta(days)))
        gone = Stay(1, 1, 2, left - timedelta(days=90), left, False, YEAR_AGO)
        facts = Facts(stays=(gone,), outcomes=told)

        assert (value(code, facts), result(code, facts).of) == (1, 1)

    def test_who_came_back_to_us_stays_in_the_cohort(self) -> None:
        left = DAY - timedelta(days=800)
        gone = Stay(1, 1, 2, left - timedelta(days=90), left, False, YEAR_AGO)
        again = Stay(1, 1, 2, left + timedelta(days=300), DAY - timedelta(days=5), False, YEAR_AGO)
        told = (Outcome(1, "MOVED_MARKET", left), Outcome(1, "HOMELESS", left + timedelta(280)))
        facts = Facts(stays=(gone, again), outcomes=told)

        assert (value("returned_365", facts), result("returned_365", facts).of) == (1, 1)

    def test_people_evicted_are_of_people_housed(self) -> None:
        before = Happening(1, YEAR_AGO)
        facts = Facts(stays=(stay(1), stay(2, people=5)), evictions=(before, Happening(2, DAY)))

        assert (value("evicted", facts), result("evicted", facts).of) == (5, 8)


@pytest.mark.indicator("29", "30", "31", "32", "33", "34", "35")
class TestSupport:
    def test_plans_are_kept_or_not(self) -> None:
        plans = tuple(
            PlanFact(YEAR_AGO, n, n, state)
            for n, state in enumerate(("LIVE", "COMPLETED", "BREACHED", "CANCELLED"))
        )

        assert (
            value("plans_kept", Facts(plans=plans)),
            result("plans_kept", Facts(plans=plans)).of,
        ) == (2, 4)

    def test_a_household_counts_once_by_its_newest_plan(self) -> None:
        plans = (PlanFact(LATER, 2, 1, "LIVE"), PlanFact(YEAR_AGO, 1, 1, "BREACHED"))

        assert result("plans_kept", Facts(plans=plans)).members == (1,)
        assert value("plans_kept", Facts(plans=plans)) == 0
        assert value("plans_kept", Facts(plans=plans), LATER) == 1

    def test_amounts_are_summed_until_the_day(self) -> None:
        amounts = (Amount(1, 500, DAY), Amount(1, 200, DAY), Amount(2, 900, LATER))

        assert value("debt_relieved", Facts(relief=amounts)) == 700
        assert value("aid_obtained", Facts(aid=amounts)) == 700

    def test_work_is_found_by_those_supported(self) -> None:
        facts = Facts(
            advice=(Happening(1, DAY), Happening(1, DAY)),
            job_support=(Happening(1, DAY), Happening(2, DAY)),
            jobs_found=(Happening(2, DAY),),
        )

        assert (value("advised", facts), value("jobs_found", facts)) == (1, 1)
        assert result("placement_rate", facts).of == 2

    def test_satisfaction_is_promoters_less_detractors(self) -> None:
        scores = (10, 9, 8, 3, None)
        facts = Facts(answers=tuple(Answer(n, DAY, score) for n, score in enumerate(scores)))

        assert value("net_promoter_score", facts) == 25
        assert (value("response_rate", facts), result("response_rate", facts).of) == (4, 5)

    def test_what_the_city_was_spared_is_a_range(self) -> None:
        facts = Facts(
            stays=(stay(1, on=YEAR_AGO), stay(2, on=DAY - timedelta(days=10))),
            households=(who(1), who(2)),
            baseline=Baseline(180, 6000, 20, 50),
        )
        found = result("hotel_avoided", facts)

        assert (found.value, found.high) == (190 * 3000, 190 * 4800)
