"""Balances as of a day, statements and the trial balance: opening + movements = closing."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from backend.ledger import balances, statements
from backend.ledger.statements import DoesNotAddUp, EndsBeforeStart, Period
from tests.ledger import chart, raw
from tests.ledger.chart import DAY, Chart

NEXT = DAY + dt.timedelta(days=1)
APRIL = Period(dt.date(2026, 4, 1), dt.date(2026, 4, 30))
ALL = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def moved(books: Chart) -> Chart:
    """500 in March, of which 200 go back in April, and 50 by another payer in April."""
    books.move("payer", "held", "500.00", on=DAY)
    books.move("held", "payer", "200.00", on=dt.date(2026, 4, 2))
    books.move("second payer", "held", "50.00", on=dt.date(2026, 4, 9))
    return books


def figures(row: statements.Row) -> list[str]:
    return [f"{one.amount:.2f}" for one in (row.opening, row.came, row.gone, row.closing)]


@pytest.mark.money
class TestBalancesOn:
    @pytest.mark.parametrize(
        ("name", "day", "amount"),
        [
            ("held", dt.date(2026, 3, 1), "0.00"),
            ("held", DAY, "500.00"),
            ("held", dt.date(2026, 4, 2), "300.00"),
            ("held", dt.date(2027, 1, 1), "350.00"),
            ("payer", dt.date(2026, 4, 1), "-500.00"),
            ("payer", dt.date(2026, 4, 2), "-300.00"),
        ],
    )
    def test_are_those_at_the_end_of_the_day(
        self, moved: Chart, name: str, day: dt.date, amount: str
    ) -> None:
        assert f"{balances.balance_on(moved[name], day).amount:.2f}" == amount


@pytest.mark.money
class TestStatement:
    @pytest.mark.parametrize(
        ("name", "wanted"),
        [
            ("held", ["500.00", "50.00", "200.00", "350.00"]),
            ("payer", ["-500.00", "200.00", "0.00", "-300.00"]),
            ("clearing", ["0.00", "0.00", "0.00", "0.00"]),
        ],
    )
    def test_leads_from_opening_to_closing(
        self, moved: Chart, name: str, wanted: list[str]
    ) -> None:
        assert figures(statements.statement(account=moved[name], period=APRIL)) == wanted

    def test_lists_the_movements_by_day(self, moved: Chart) -> None:
        found = statements.movements(account=moved["held"], period=APRIL)

        assert [f"{one.amount.amount}" for one in found] == ["200.00", "50.00"]

    def test_refuses_days_that_end_before_they_start(self) -> None:
        with pytest.raises(EndsBeforeStart):
            Period(NEXT, DAY)


@pytest.mark.django_db
class TestKeptDaysThatWereChanged:
    def test_are_not_shown(self, moved: Chart) -> None:
        raw.force("UPDATE ledger_daytotal SET came = came + 1 WHERE account_id IS NOT NULL")

        with pytest.raises(DoesNotAddUp):
            statements.statement(account=moved["held"], period=ALL)
        with pytest.raises(DoesNotAddUp):
            statements.trial_balance(organisation=moved.own.organisation, period=ALL)


@pytest.mark.money
class TestTrialBalance:
    def test_pools_the_payers_of_a_fund(self, moved: Chart) -> None:
        rows = statements.trial_balance(organisation=moved.own.organisation, period=APRIL)

        assert [(row.account and row.account.code, figures(row)) for row in rows] == [
            (None, ["-500.00", "200.00", "50.00", "-350.00"]),
            ("held", ["500.00", "50.00", "200.00", "350.00"]),
        ]

    def test_shows_nothing_of_what_came_after(self, moved: Chart) -> None:
        period = Period(dt.date(2026, 1, 1), dt.date(2026, 2, 28))

        assert statements.trial_balance(organisation=moved.own.organisation, period=period) == []


class TestAnyBooks(TestCase):
    @settings(max_examples=15)
    @given(
        st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10**6), st.booleans()), max_size=12),
        st.integers(0, 40),
    )
    def test_as_of_a_day_equals_the_sum_until_then(
        self, moves: list[tuple[int, int, bool]], cut: int
    ) -> None:
        books = chart.draw()
        for days, cents, is_second in moves:
            payer = "second payer" if is_second else "payer"
            on = DAY + dt.timedelta(days=days)
            books.move(payer, "held", f"{cents / 100:.2f}", on=on)
        wanted = sum(cents for days, cents, _ in moves if days <= cut)

        day = DAY + dt.timedelta(days=cut)

        assert balances.balance_on(books["held"], day).amount * 100 == wanted
        rows = statements.trial_balance(
            organisation=books.own.organisation, period=Period(DAY, day)
        )
        assert sum(row.closing.amount for row in rows) == 0
