"""Whatever sequence of entries is tried, raised capital goes only where its policy lets it."""

import contextlib
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.ledger import balances, checks
from backend.ledger.models import Account
from backend.ledger.posting import DifferentContent, FundRule
from tests.ledger import chart, raw
from tests.ledger.chart import Chart

MOVES = st.tuples(
    st.sampled_from(sorted(chart.NAMES)),
    st.sampled_from(sorted(chart.NAMES)),
    st.sampled_from(["0.01", "1.00", "20.00", "499.99", "500.00"]),
)
STEPS = st.lists(st.lists(MOVES, min_size=1, max_size=3), max_size=25)


class Undo(Exception):
    """Leaves an example's transaction, so that the next starts from nothing."""


@pytest.mark.django_db
class TestLaundering:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(steps=STEPS, released_after=st.none() | st.integers(0, 25))
    def test_no_sequence_moves_raised_money_out_of_its_policy(
        self, steps: list[list[tuple[str, str, str]]], released_after: int | None
    ) -> None:
        with contextlib.suppress(Undo), transaction.atomic():
            books = chart.draw()
            books.post(("payer", "held", "500.00"), ("second payer", "clearing", "500.00"))
            for number, legs in enumerate(steps):
                if number == released_after:
                    books.release()
                _try(books, legs)
            _judge(
                books,
                was_released=released_after is not None and released_after < len(steps),
            )
            raise Undo


def _try(books: Chart, legs: list[tuple[str, str, str]]) -> None:
    """Post legs as one entry that commits by itself; a refusal undoes it."""
    moved = [leg for leg in legs if leg[0] != leg[1]]
    with contextlib.suppress(FundRule, DifferentContent):
        raw.commits(lambda: books.post(*moved))


def _judge(books: Chart, *, was_released: bool) -> None:
    now = {name: _amount(books[name]) for name in chart.NAMES}
    paid_in = -now["payer"] - now["second payer"]
    inside = ("held", "clearing", "holding", "due", "price", "taxes")
    assert now["works"] == 0
    assert sum(now[name] for name in inside) == paid_in
    assert now["due"] <= paid_in * Decimal("0.05") + 25
    if not was_released:
        assert now["holding"] == now["price"] == now["taxes"] == 0
    assert all(check.ok for check in checks.run())


def _amount(account: Account) -> Decimal:
    return balances.balance(account).amount
