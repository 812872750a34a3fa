"""Indicators as pure functions of dated facts, and what may be told of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from properties import disclosure, indicators, wording
from properties.disclosure import INVESTOR, PUBLIC, Telling
from properties.indicators import (
    BY_CODE,
    REGISTRY,
    Facts,
    HomeFact,
    Outcome,
    Payment,
    Result,
    Span,
    Stay,
)
from properties.indicators.facts import (
    Amount,
    Answer,
    Baseline,
    Happening,
    HouseholdFact,
    Income,
    PlanFact,
    PlannedHome,
    RentAccount,
)

DAY = date(2025, 6, 30)
LATER = date(2025, 9, 30)
YEAR_AGO = DAY - timedelta(days=400)


def value(code: str, facts: Facts, as_of: date = DAY) -> int:
    return BY_CODE[code].compute(facts, as_of).value


def result(code: str, facts: Facts, as_of: date = DAY) -> Result:
    return BY_CODE[code].compute(facts, as_of)


def stay(household: int, *, on: date = DAY, people: int = 3, kept: bool = False) -> Stay:
    return Stay(household, household, people, on, None, kept, referred_on=date(2025, 5, 1))


class TestRegistry:
    @given(st.dates(date(2024, 1, 1), date(2027, 1, 1)))
    def test_no_facts_are_zero_on_any_day(self, as_of: date) -> None:
        assert all(each.compute(Facts(), as_of).value == 0 for each in REGISTRY)

    def test_every_number_of_the_standard_set_is_there(self) -> None:
        numbers = {int(each.number.partition(".")[0].rstrip("abcd")) for each in REGISTRY}

        assert numbers == set(range(1, 37))

    def test_what_is_projected_stands_apart(self) -> None:
        projected = {each.code for each in REGISTRY if each.is_projected}

        assert projected == {"units_financed", "individuals_projected"}

    def test_numbers_and_codes_are_told_apart(self) -> None:
        assert len(BY_CODE) == len({each.number for each in REGISTRY}) == len(REGISTRY)


@pytest.mark.indicator("1", "2a", "2b", "3", "4")
class TestMoney:
    def test_counts_until_the_day(self) -> None:
        facts = Facts(settled=(Payment(500, DAY), Payment(200, LATER)))

        assert value("capital_raised", facts) == 500
        assert value("capital_raised", facts, LATER) == 700

    def test_purchase_and_works_are_two_lines(self) -> None:
        facts = Facts(acquisition=(Payment(900, DAY, 1),), works=(Payment(50, DAY, 1),))

        assert value("deployed_in_purchases", facts) == 900
        assert value("deployed_in_works", facts) == 50
        assert value("capital_expenditure", facts) == 950

    def test_each_fund_that_paid_is_named(self) -> None:
        paid = (
            Payment(900, DAY, 1, "Raised"),
            Payment(50, DAY, 1, "Own"),
            Payment(30, LATER, 1, "Gift"),
        )
        found = result("deployed_in_purchases", Facts(acquisition=paid))
        shown = indicators.tell(BY_CODE["deployed_in_purchases"], found, PUBLIC)

        assert (shown.value, shown.parts) == (950, (("Own", 50), ("Raised", 900)))
        with translation.override("en"):
            assert wording.told(shown, "EUR") == "€9.50 (Own: €0.50 · Raised: €9.00)"

    def test_deployed_is_told_against_raised(self) -> None:
        facts = Facts(settled=(Payment(2000, DAY),), acquisition=(Payment(900, DAY, 1),))

        assert result("deployment_rate", facts).of == 2000
        assert (
            indicators.tell(
                BY_CODE["deployment_rate"], result("deployment_rate", facts), PUBLIC
            ).value
            == 45
        )


@pytest.mark.indicator("6", "7", "8")
class TestHomes:
    FACTS = Facts(
        homes=(
            HomeFact(1, Span(DAY), was_occupied=True),
            HomeFact(2, Span(DAY), works=(Span(DAY),)),
            HomeFact(3, Span(DAY), works=(Span(YEAR_AGO, DAY),)),
            HomeFact(4, Span(LATER)),
            HomeFact(5, None),
            HomeFact(6, Span(YEAR_AGO, DAY)),
            HomeFact(7, None, managed=Span(DAY)),
        )
    )

    def test_acquired_is_title_by_the_day(self) -> None:
        assert value("units_acquired", self.FACTS) == 3

    def test_improved_leaves_out_works_under_way(self) -> None:
        assert value("units_improved", self.FACTS) == 1

    def test_available_has_no_works_under_way(self) -> None:
        assert result("units_available", self.FACTS).members == (3, 7)

    def test_available_needs_a_lease_where_people_were(self) -> None:
        found = stay(1, kept=True)
        unleased = replace(self.FACTS, stays=(replace(found, has_lease=False),))
        leased = replace(self.FACTS, stays=(found,))

        assert result("units_available", unleased).members == (3, 7)
        assert result("units_available", leased).members == (1, 3, 7)

    def test_works_begun_later_leave_a_home_improved(self) -> None:
        again = replace(self.FACTS.homes[2], works=(Span(YEAR_AGO, DAY), Span(DAY)))
        facts = Facts(homes=(again,))

        assert (value("units_improved", facts), value("units_available", facts)) == (1, 0)


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


def who(number: int, *, ethos: str = "EL1", isee: str = "to_6241") -> HouseholdFact:
    return HouseholdFact(number, 3, 1, ethos, isee, has_disability=number == 1 or None)


@pytest.mark.indicator("5", "9", "11", "12", "13", "36")
class TestStock:
    HOME = HomeFact(
        *(1, Span(YEAR_AGO)), works=(Span(YEAR_AGO, DAY),),
        rooms=3, area=6250, year_built=1960, energy_class="C", energy_before=200, energy_after=80,
    )  # fmt: skip

    def test_planned_are_the_approved_that_go_on(self) -> None:
        planned = (
            PlannedHome(1, 3, YEAR_AGO, None),
            PlannedHome(2, 4, YEAR_AGO, DAY),
            PlannedHome(3, 2, LATER, None),
        )

        assert value("units_financed", Facts(planned=planned)) == 1
        assert value("individuals_projected", Facts(planned=planned)) == 3

    def test_an_old_empty_home_is_reused_when_its_works_are_done(self) -> None:
        assert value("vacant_stock_reused", Facts(homes=(self.HOME,))) == 6250

    def test_energy_is_saved_by_the_area(self) -> None:
        facts = Facts(homes=(self.HOME,), carbon_grams=200)

        assert value("energy_saved", facts) == 120 * 6250 // 100
        assert value("carbon_saved", facts) == 1500

    def test_homes_are_listed_by_rooms_and_class(self) -> None:
        facts = Facts(homes=(self.HOME,))

        assert result("housing_type", facts).labels == ("3",)
        assert result("energy_classes", facts).labels == ("C",)

    def test_a_home_is_empty_from_the_title_and_between_two_stays(self) -> None:
        first = Stay(1, 1, 3, YEAR_AGO + timedelta(days=10), DAY, False, YEAR_AGO)
        second = Stay(2, 1, 3, DAY + timedelta(days=30), None, False, YEAR_AGO)
        facts = Facts(homes=(self.HOME,), stays=(first, second))

        assert result("void_days_median", facts).each == (10,)
        assert (value("void_days_median", facts, LATER), value("void_days_mean", facts, LATER)) == (
            20,
            20,
        )
        assert result("void_days_mean", facts, LATER).contributions() == {1: 40}

    def test_a_released_home_is_empty_from_that_day(self) -> None:
        home = HomeFact(1, Span(YEAR_AGO), was_occupied=True, released_on=DAY)
        keys = Stay(2, 1, 3, DAY + timedelta(days=30), None, False, YEAR_AGO)

        assert value("void_days_mean", Facts(homes=(home,), stays=(keys,)), LATER) == 30


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

        assert (found.value, found.high, found.of) == (1, 2, 3)

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


@pytest.mark.indicator("10", "25", "26", "27", "28")
class TestRents:
    STAY = Stay(1, 1, 3, YEAR_AGO, None, False, YEAR_AGO, rent=300, charges=50, market=500)

    def test_savings_are_against_the_market(self) -> None:
        facts = Facts(stays=(self.STAY,))

        assert (value("rent_saving_rate", facts), result("rent_saving_rate", facts).of) == (
            200,
            500,
        )
        assert value("rent_saving", facts) == 200
        assert value("affordable", facts) == 1
        unnamed = replace(self.STAY, household=2, home=2, market=None)
        assert result("affordable", Facts(stays=(self.STAY, unnamed))).of == 2
        assert value("housing_spending", facts) == 350

    @pytest.mark.parametrize(("income", "is_too_much"), [(724, 1), (725, 0), (100, 1)])
    def test_overburden_is_net_of_the_allowance(self, income: int, is_too_much: int) -> None:
        """350 less 100 is 250: two fifths of 625, which is 725 less 100."""
        facts = Facts(stays=(self.STAY,), incomes=(Income(1, DAY, income, 100),))

        assert value("overburdened", facts) == is_too_much

    def test_arrears_are_told_against_a_year(self) -> None:
        accounts = (RentAccount(1, 600, 3600), RentAccount(2, 0, 2400))

        assert result("arrears_ratio", Facts(rent_accounts=accounts)).of == 6000


@pytest.mark.indicator("29", "30", "31", "32", "33", "34", "35")
class TestSupport:
    def test_plans_are_kept_or_not(self) -> None:
        plans = tuple(
            PlanFact(n, n, YEAR_AGO, state)
            for n, state in enumerate(("LIVE", "COMPLETED", "BREACHED", "CANCELLED"))
        )

        assert (
            value("plans_kept", Facts(plans=plans)),
            result("plans_kept", Facts(plans=plans)).of,
        ) == (2, 4)

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
