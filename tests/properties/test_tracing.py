"""Tracing proved: exact margins, no negative lot, no dependence on order, and fast enough."""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from properties import tracing
from properties.tracing import Cost, Gain, Movement, Overspent, Pledge, Tracing

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


@dataclass
class Life:
    """A raise as it may go: money paid, come back, sold on, gained, returned; in cents."""

    pledges: dict[int, Pledge]
    movements: list[Movement] = field(default_factory=list)
    gains: list[Gain] = field(default_factory=list)

    @property
    def unspent(self) -> int:
        kept = sum(pledge.kept_cents for pledge in self.pledges.values())
        gained = sum(gain.cents for gain in self.gains)
        return kept + gained - sum(movement.cents for movement in self.movements)

    def spent_on(self, home: int) -> int:
        return sum(moved.cents for moved in self.movements if moved.home == home)

    def traced(self) -> Tracing:
        costs = tracing.costs_of(self.movements)
        return tracing.trace(pledges=self.pledges.values(), costs=costs, gains=self.gains)


class AnyLife(RuleBasedStateMachine):
    """Any sequence of what happens to a raise keeps both margins exact, restated each time."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life({number: Pledge(number, 50_000 * number) for number in range(1, 9)})
        self.day, self.number = DAY, 0

    def next_id(self) -> int:
        self.number += 1
        self.day += timedelta(days=self.number % 2)
        return self.number

    @rule(cents=st.integers(0, 10**7), home=st.integers(1, 3))
    def pay(self, cents: int, home: int) -> None:
        cents = min(cents, self.life.unspent)
        self.life.movements.append(Movement(self.next_id(), home, home, cents, self.day))

    @rule(cents=st.integers(0, 10**7), home=st.integers(1, 3))
    def correct(self, cents: int, home: int) -> None:
        cents = min(cents, self.life.spent_on(home))
        self.life.movements.append(Movement(self.next_id(), home, home, -cents, self.day))

    @rule(share=st.integers(0, 200), home=st.integers(1, 3))
    def sell(self, share: int, home: int) -> None:
        cost = self.life.spent_on(home)
        price = cost * share // 100
        back = min(price, cost)
        self.life.movements.append(Movement(self.next_id(), home, home, -back, self.day))
        if price > cost:
            self.life.gains.append(Gain(self.number, price - cost, self.day))

    @rule(cents=st.integers(0, 400_000), number=st.integers(1, 8))
    def refund(self, cents: int, number: int) -> None:
        pledge = self.life.pledges[number]
        # Only money that is there goes back, and a raise that gained nothing has no more than it got.
        most = min(
            pledge.kept_cents, max(self.life.unspent - sum(g.cents for g in self.life.gains), 0)
        )
        returned = pledge.returned_cents + min(cents, most)
        self.life.pledges[number] = Pledge(number, pledge.cents, returned)

    @invariant()
    def both_margins_are_exact(self) -> None:
        try:
            traced = self.life.traced()
        except ValueError:
            # All was returned and a gain is left: there is nobody whom it could be told to.
            assert not any(pledge.kept_cents for pledge in self.life.pledges.values())
            return
        assert [sum(row) for row in traced.rows] == [cost.cents for cost in traced.costs]
        assert sum(traced.unspent_cents) == self.life.unspent
        for pledge in traced.pledges:
            lots = traced.lots_of(pledge.id)
            has = traced.unspent_of(pledge.id) + sum(lots.values()) + pledge.returned_cents
            assert has == pledge.cents + traced.gained_of(pledge.id)
            assert min([*lots.values(), traced.unspent_of(pledge.id)]) >= 0


TestAnyLife = AnyLife.TestCase


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
