"""Above which sums an order of 2020 needed a check of appropriateness."""

import datetime as dt

import pytest

from backend.core.money import euro
from campaigns.rules import appropriateness
from campaigns.rules.appropriateness import Judged
from investors.suitability import Order, Standing

AT = dt.datetime(2020, 10, 1, 12, tzinfo=dt.UTC)
LARGE = Order(total=euro("5000.00"))


@pytest.mark.rule("I5")
class TestNeedsCheck:
    @pytest.mark.parametrize(
        ("order", "of_the_year", "is_person", "needs"),
        [
            ("500.00", "500.00", True, False),
            ("500.01", "500.01", True, True),
            ("500.00", "1000.00", True, False),
            ("500.00", "1000.01", True, True),
            ("10000.00", "20000.00", False, False),
            ("10000.01", "10000.01", False, True),
            ("1.00", "20000.01", False, True),
        ],
    )
    def test_above_the_bound_of_an_order_or_of_a_year(
        self, order: str, of_the_year: str, is_person: bool, needs: bool
    ) -> None:
        found = appropriateness.needs_check(
            order=euro(order), of_the_year=euro(of_the_year), is_person=is_person
        )

        assert found is needs


@pytest.mark.rule("I5.judged")
class TestMayStand:
    @pytest.mark.parametrize(
        ("found", "may"),
        [
            (None, False),
            (Judged(is_appropriate=True), True),
            (Judged(is_appropriate=False), False),
            (Judged(is_appropriate=False, was_warned=True), True),
        ],
    )
    def test_once_it_was_judged_and_who_should_not_was_warned(
        self, found: Judged | None, may: bool
    ) -> None:
        assert appropriateness.may_stand(found) is may


@pytest.mark.rule("I5.questionnaire")
class TestMissing:
    @pytest.mark.parametrize(
        ("standing", "codes"),
        [
            (Standing(), ["knowledge_test", "acknowledgement"]),
            (Standing(tested_at=AT), ["knowledge_test", "acknowledgement"]),
            (Standing(tested_at=AT, has_passed=True), ["acknowledgement"]),
            (Standing(is_sophisticated=True), ["knowledge_test", "acknowledgement"]),
            (Standing(is_professional=True, lacks_iban=True), ["iban"]),
        ],
    )
    def test_a_questionnaire_that_went_well_and_a_statement_and_no_simulation(
        self, standing: Standing, codes: list[str]
    ) -> None:
        found = appropriateness.missing(standing=standing, order=LARGE, at=AT)

        assert [need.code for need in found] == codes


class TestWarnings:
    def test_the_same_of_any_sum(self) -> None:
        known, professional = Standing(net_worth=euro("10.00")), Standing(is_professional=True)

        assert appropriateness.warnings(standing=known, order=LARGE) == [
            "loss_of_all",
            "bears_loss",
        ]
        assert appropriateness.warnings(standing=professional, order=LARGE) == ["loss_of_all"]
