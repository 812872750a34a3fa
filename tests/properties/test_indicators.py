"""Indicators of money and homes as pure functions of dated facts, and what may be told of them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from properties import disclosure, indicators, wording
from properties.disclosure import INVESTOR, PUBLIC, Telling
from properties.history.people import years_rent
from properties.indicators import (
    BY_CODE,
    REGISTRY,
    Facts,
    HomeFact,
    Outcome,
    Payment,
    Span,
    Stay,
)
from properties.indicators.facts import (
    Income,
    PlannedHome,
    RentAccount,
)
from tests.properties.facts import DAY, LATER, YEAR_AGO, result, stay, value


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

    @pytest.mark.parametrize(
        ("ends_on", "cents"), [(None, 360_000), (LATER, 360_000), (DAY, 0), (YEAR_AGO, 0)]
    )
    def test_a_contract_that_is_over_is_charged_no_year(
        self, ends_on: date | None, cents: int
    ) -> None:
        lease = (1, 1, 1, YEAR_AGO, ends_on, "FREE", Decimal("265.00"), Decimal("35.00"))

        assert years_rent(lease, DAY) == cents

    def test_arrears_are_told_against_a_year(self) -> None:
        accounts = (RentAccount(1, 600, 3600), RentAccount(2, 0, 2400))

        assert result("arrears_ratio", Facts(rent_accounts=accounts)).of == 6000
