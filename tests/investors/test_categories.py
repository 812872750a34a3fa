"""Annex II at its bounds: one criterion of a body, two of a person, income and portfolio as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro, from_cents
from investors import categories
from investors.categories import Criterion, EntityClaim, PersonClaim


@pytest.mark.rule("R23")
class TestMetByPerson:
    @pytest.mark.parametrize(
        ("claim", "met"),
        [
            (PersonClaim(income=euro("59999.99")), set()),
            (PersonClaim(income=euro("60000.00")), {Criterion.MEANS}),
            (PersonClaim(portfolio=euro("100000.00")), set()),
            (PersonClaim(portfolio=euro("100000.01")), {Criterion.MEANS}),
            (PersonClaim(months_in_finance=11, months_as_executive=11), set()),
            (PersonClaim(months_in_finance=12), {Criterion.PROFESSION}),
            (PersonClaim(months_as_executive=12), {Criterion.PROFESSION}),
            (PersonClaim(trades=(40, 0, 0, 0)), {Criterion.TRADES}),
            (PersonClaim(trades=(10, 10, 10, 9)), set()),
            (PersonClaim(trades=(20, 20, 20)), set()),
        ],
    )
    def test_each_criterion_at_its_bound(self, claim: PersonClaim, met: set[Criterion]) -> None:
        assert categories.met_by_person(claim) == met

    def test_income_and_portfolio_together_are_one(self) -> None:
        rich = PersonClaim(income=euro("90000.00"), portfolio=euro("900000.00"))

        assert not categories.is_enough(categories.met_by_person(rich), kind="person")

    def test_two_of_three_are_enough(self) -> None:
        claim = PersonClaim(income=euro("60000.00"), months_in_finance=12)

        assert categories.is_enough(categories.met_by_person(claim), kind="person")

    @given(st.integers(0, 10**8), st.integers(0, 10**8))
    def test_means_alone_never_suffice(self, income: int, portfolio: int) -> None:
        claim = PersonClaim(income=from_cents(income), portfolio=from_cents(portfolio))

        assert not categories.is_enough(categories.met_by_person(claim), kind="person")


@pytest.mark.rule("R22")
class TestMetByEntity:
    @pytest.mark.parametrize(
        ("claim", "met"),
        [
            (EntityClaim(own_funds=euro("99999.99")), set()),
            (EntityClaim(own_funds=euro("100000.00")), {Criterion.OWN_FUNDS}),
            (EntityClaim(turnover=euro("1999999.99")), set()),
            (EntityClaim(turnover=euro("2000000.00")), {Criterion.TURNOVER}),
            (EntityClaim(balance_sheet=euro("999999.99")), set()),
            (EntityClaim(balance_sheet=euro("1000000.00")), {Criterion.BALANCE_SHEET}),
        ],
    )
    def test_one_is_enough_at_its_bound(self, claim: EntityClaim, met: set[Criterion]) -> None:
        found = categories.met_by_entity(claim)

        assert found == met
        assert categories.is_enough(found, kind="entity") is bool(met)
