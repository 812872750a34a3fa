"""Tracing proved: exact margins, no negative lot, no dependence on order, and fast enough."""

import time
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties import tracing
from properties.tracing import Cost, Movement, Overspent, Pledge

DAY = date(2025, 3, 3)


@st.composite
def books(draw: st.DrawFn) -> tuple[list[Pledge], list[Cost]]:
    amounts = draw(st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
    left = sum(amounts)
    costs = []
    for number in range(draw(st.integers(0, 12))):
        cents = draw(st.integers(0, left))
        left -= cents
        day = DAY + timedelta(days=draw(st.integers(0, 5)))
        costs.append(Cost(number, cents, day, home=draw(st.integers(1, 4))))
    return [Pledge(number, cents) for number, cents in enumerate(amounts)], costs


class TestTrace:
    @given(books())
    def test_each_pledge_is_its_lots_and_its_unspent_rest(
        self, given_books: tuple[list[Pledge], list[Cost]]
    ) -> None:
        pledges, costs = given_books

        traced = tracing.trace(pledges=pledges, costs=costs)

        for pledge in pledges:
            lots = traced.lots_of(pledge.id)
            assert sum(lots.values()) + traced.unspent_of(pledge.id) == pledge.cents
            assert min(lots.values(), default=0) >= 0
            assert traced.unspent_of(pledge.id) >= 0
            assert sum(traced.homes_of(pledge.id).values()) == sum(lots.values())

    @given(books())
    def test_each_cost_is_the_sum_of_its_lots(
        self, given_books: tuple[list[Pledge], list[Cost]]
    ) -> None:
        pledges, costs = given_books

        traced = tracing.trace(pledges=pledges, costs=costs)

        assert [sum(row) for row in traced.rows] == [cost.cents for cost in traced.costs]

    @given(books(), st.randoms(use_true_random=False))
    def test_order_of_input_changes_nothing(
        self, given_books: tuple[list[Pledge], list[Cost]], random: Random
    ) -> None:
        pledges, costs = given_books
        traced = tracing.trace(pledges=pledges, costs=costs)

        random.shuffle(pledges)
        random.shuffle(costs)

        assert tracing.trace(pledges=pledges, costs=costs) == traced

    @given(books())
    def test_no_lot_is_a_cent_away_from_its_fair_share(
        self, given_books: tuple[list[Pledge], list[Cost]]
    ) -> None:
        pledges, costs = given_books

        traced = tracing.trace(pledges=pledges, costs=costs)

        left = [pledge.cents for pledge in traced.pledges]
        for cost, row in zip(traced.costs, traced.rows, strict=True):
            whole = max(sum(left), 1)
            assert all(
                abs(lot * whole - cost.cents * had) < whole
                for lot, had in zip(row, left, strict=True)
            )
            left = [had - lot for had, lot in zip(left, row, strict=True)]

    def test_three_equal_pledges_share_a_euro_to_the_cent(self) -> None:
        pledges = [Pledge(number, 50_000) for number in (3, 1, 2)]

        traced = tracing.trace(pledges=pledges, costs=[Cost(1, 100, DAY, home=7)])

        assert [traced.homes_of(number) for number in (1, 2, 3)] == [{7: 34}, {7: 33}, {7: 33}]

    def test_more_paid_than_raised_is_refused(self) -> None:
        with pytest.raises(Overspent):
            tracing.trace(pledges=[Pledge(1, 100)], costs=[Cost(1, 101, DAY, home=1)])

    def test_ten_thousand_pledges_and_a_thousand_costs_take_seconds(self) -> None:
        pledges = [Pledge(number, 50_000 * (1 + number % 10)) for number in range(10_000)]
        costs = [Cost(number, 2_500_013, DAY, home=number) for number in range(1_000)]
        began = time.process_time()

        traced = tracing.trace(pledges=pledges, costs=costs)

        assert time.process_time() - began < 20
        assert sum(traced.unspent_cents) == sum(p.cents for p in pledges) - 2_500_013_000


class TestCostsOf:
    def test_a_returned_deposit_bought_nothing(self) -> None:
        movements = [
            Movement(1, account=9, home=7, cents=400_000, day=DAY),
            Movement(2, account=9, home=7, cents=-400_000, day=DAY + timedelta(days=30)),
        ]

        assert tracing.costs_of(movements) == []

    def test_money_back_undoes_the_latest_payment_first(self) -> None:
        movements = [
            Movement(1, account=9, home=7, cents=100, day=DAY),
            Movement(2, account=9, home=7, cents=50, day=DAY + timedelta(days=1)),
            Movement(3, account=9, home=7, cents=-70, day=DAY + timedelta(days=2)),
        ]

        assert tracing.costs_of(movements) == [Cost(1, 80, DAY, home=7)]

    def test_more_back_than_paid_is_refused(self) -> None:
        with pytest.raises(Overspent):
            tracing.costs_of([Movement(1, account=9, home=7, cents=-1, day=DAY)])
