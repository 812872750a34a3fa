"""The checks find what they are for: a gap, a line changed past its triggers, a guard put to sleep."""

import pytest
from django.db import connection

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.treasury import bank_accounts, checks, statements
from backend.treasury.models import Allocation, BankLine
from tests.treasury.files import IBAN, Move, paper
from tests.treasury.house import AT, House

pytestmark = pytest.mark.django_db


def past_the_guards(sql: str) -> None:
    """What somebody with too many rights might do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


class TestBanks:
    def test_names_a_gap_between_statements(self, house: House) -> None:
        for opening, amount in (("0.00", "1.00"), ("3.00", "5.00")):
            raw = paper(Move(amount, opening), opening=opening)
            statements.upload(raw=raw, by=SYSTEM, at=AT)

        assert checks.banks() == [f"{IBAN}: books 6.00, bank 8.00"]
        assert bank_accounts.standings([house.restricted])[0].difference == euro("2.00")


class TestSuspense:
    def test_finds_a_line_that_was_changed(self, house: House) -> None:
        house.bank(Move("10.00"))

        past_the_guards("UPDATE treasury_bankline SET amount = 11")

        assert checks.suspense()

    def test_finds_a_line_that_was_added(self, house: House) -> None:
        house.bank(Move("10.00"))
        line = BankLine.objects.get()
        line.pk, line.identity = None, "forged"
        line.save(force_insert=True)

        assert checks.suspense()


class TestAllocated:
    def test_finds_more_than_there_is(self, house: House) -> None:
        house.expect(1)
        house.pay(1)

        past_the_guards("UPDATE treasury_allocation SET amount = 600")

        assert len(checks.allocated()) == 2
        assert checks.entries()


class TestGuards:
    def test_stand(self, house: House) -> None:
        assert checks.guards() == []

    def test_that_were_put_to_sleep_are_found(self, house: House) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE treasury_allocation DISABLE TRIGGER judge")

        assert checks.guards() == [
            "trigger judge on treasury_allocation is missing or switched off"
        ]
        assert not Allocation.objects.exists()
