"""Guesses at the desk: from what is outstanding, from what an account paid before, in few queries."""

import pytest
from django.db import connection, transaction

from backend.core.users import SYSTEM
from backend.treasury import allocations, guesses
from backend.treasury.models import BankLine
from tests.treasury.files import Move
from tests.treasury.house import AT, House

pytestmark = pytest.mark.money

CARLO = "IT40S0542811101000000123456"


class TestOf:
    def test_names_the_likely_expectation_with_reasons(self, house: House) -> None:
        expectation = house.expect(1)
        house.expect(2, "20.00", counterparty="Bruno Neri")
        house.bank(Move("500.00", "senza causale", name="VERDI ANNA"))

        found = guesses.of(BankLine.objects.unexplained())

        ((line_id, likely),) = found.items()
        assert line_id == BankLine.objects.get().pk
        assert [(one, guess.reasons) for one, guess in likely] == [
            (expectation, ("name", "amount"))
        ]

    def test_costs_few_queries_however_many_lines(self, house: House) -> None:
        house.expect(1)
        house.bank(*(Move("500.00") for _ in range(9)))
        lines = list(BankLine.objects.unexplained())
        before = len(connection.queries_log)

        with transaction.atomic():
            assert len(guesses.of(lines)) == 9

        assert len(connection.queries_log) - before <= 4

    def test_knows_the_account_that_paid_for_somebody_before(self, house: House) -> None:
        house.expect(1, counterparty="Anna Verdi")
        house.expect(2, counterparty="Anna Verdi")
        house.expect(3, counterparty="Bruno Neri")
        house.pay(1, name="Carlo Verdi", iban=CARLO)

        house.bank(Move("500.00", "senza causale", name="CARLO VERDI", iban=CARLO))
        (line,) = BankLine.objects.unexplained()

        assert [(one.owner_key, each.reasons) for one, each in guesses.of([line])[line.pk]] == [
            ("pledge:2", ("iban", "amount"))
        ]

    def test_forgets_an_account_whose_match_was_taken_back(self, house: House) -> None:
        house.expect(1, counterparty="Anna Verdi", owner_kind="tests.nobody")
        line = house.pay(1, name="Carlo", iban=CARLO)
        found = line.allocations.get()
        allocations.take_back(allocation=found, by=SYSTEM, at=AT, reason="not hers")

        (waits,) = BankLine.objects.unexplained()

        assert [each.reasons for _one, each in guesses.of([waits])[waits.pk]] == [
            ("named", "amount")
        ]
