"""However the same payments are ordered, cut into files and looked at, the books end the same."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.money import from_cents
from backend.ledger import balances, checks
from backend.treasury import bank_accounts, expectations
from tests.treasury.files import Move
from tests.treasury.house import OWNER, House, Owner

pytestmark = pytest.mark.money
DUE = 50_000
PLEDGES = (1, 2, 3)

Payment = tuple[int, int]
PAYMENTS = st.lists(
    st.tuples(st.sampled_from((*PLEDGES, 99)), st.sampled_from((DUE, DUE // 2, 1, DUE + 7))),
    max_size=8,
)


class Undone(Exception):
    """Rolls an example back."""


def move(house: House, payment: Payment, number: int) -> Move:
    pledge, cents = payment
    text = house.pledge(pledge).reference if pledge in PLEDGES else "senza causale"
    return Move(f"{from_cents(cents).amount:.2f}", text, bank_id=f"id-{number}")


def play(house: House, payments: list[Payment], cuts: set[int]) -> dict[str, object]:
    """Hand in the payments, a new file and a run at each cut; what the books say at the end."""
    fresh = replace(house, closings={}, uploads=0)
    for pledge in PLEDGES:
        fresh.expect(pledge)
    batch: list[Move] = []
    for number, payment in enumerate(payments):
        batch.append(move(fresh, payment, number))
        if number in cuts:
            fresh.bank(*batch)
            fresh.run()
            batch = []
    fresh.bank(*batch)
    fresh.run()
    assert [check for check in checks.run() if not check.ok] == []
    keys = [f"pledge:{pledge}" for pledge in PLEDGES]
    return {
        "received": expectations.received(owner_kind=OWNER, owner_keys=keys),
        "held": balances.balance(fresh.held),
        "suspense": balances.balance(fresh.restricted.suspense),
        "bank": bank_accounts.balance(fresh.restricted),
    }


def in_a_savepoint(house: House, payments: list[Payment], cuts: set[int]) -> dict[str, object]:
    result: dict[str, object] = {}
    try:
        with transaction.atomic():
            result = play(house, payments, cuts)
            raise Undone
    except Undone:
        return result


class TestPayments:
    @given(PAYMENTS, st.sets(st.integers(0, 7)), st.randoms(use_true_random=False))
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_end_in_the_same_books_however_they_come(
        self, house: House, owner: Owner, payments: list[Payment], cuts: set[int], chance: Random
    ) -> None:
        shuffled = list(payments)
        chance.shuffle(shuffled)

        assert in_a_savepoint(house, payments, cuts) == in_a_savepoint(house, shuffled, set())

    @given(PAYMENTS)
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_never_give_a_pledge_more_than_came_or_was_due(
        self, house: House, owner: Owner, payments: list[Payment]
    ) -> None:
        came: Counter[int] = Counter()
        for pledge, cents in payments:
            came[pledge] += cents

        books = in_a_savepoint(house, payments, set())

        due = {pledge: min(DUE, came[pledge]) for pledge in PLEDGES}
        assert books["received"] == {f"pledge:{p}": from_cents(cents) for p, cents in due.items()}
        assert books["suspense"] == from_cents(came.total() - sum(due.values()))
