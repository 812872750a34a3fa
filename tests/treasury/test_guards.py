"""What the database refuses, whoever asks: rewriting what a bank said, explaining more than there is."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from backend.ledger.models import Entry
from backend.treasury.models import Allocation, BankLine, Expectation
from tests.treasury.house import AT, House, Owner

pytestmark = pytest.mark.django_db

APPEND_ONLY = (
    "treasury_statementfile",
    "treasury_statementrefusal",
    "treasury_bankstatement",
    "treasury_bankline",
    "treasury_allocation",
)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def paid(house: House, owner: Owner) -> House:
    """A pledge of 500 met by a line of 600."""
    house.expect(1)
    house.pay(1, "600.00")
    return house


def again(**changed: object) -> None:
    """One more allocation like the first, but for what is changed, past every rule in Python."""
    row = Allocation.objects.latest("id")
    row.pk, row.allocated_at, row.entry = None, AT, Entry.objects.get(kind="bank_lines")
    for name, value in changed.items():
        setattr(row, name, value)
    with transaction.atomic():
        row.save(force_insert=True)


class TestAppendOnly:
    @pytest.mark.parametrize("table", APPEND_ONLY)
    def test_tables_refuse_truncate(self, db: None, table: str) -> None:
        with pytest.raises(DatabaseError, match="append-only"):
            run(f"TRUNCATE {table} CASCADE")

    @pytest.mark.parametrize("table", ["treasury_bankline", "treasury_allocation"])
    def test_rows_refuse_change_and_removal(self, paid: House, table: str) -> None:
        for sql in (f"UPDATE {table} SET amount = 1", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"):
                run(sql)

    def test_a_statement_keeps_its_balances(self, paid: House) -> None:
        with pytest.raises(DatabaseError, match="append-only"):
            run("UPDATE treasury_bankstatement SET closing = 0")

    @pytest.mark.parametrize(
        "change", ["amount = 600", "key = 'X'", "target_id = source_id", "owner_key = 'x'"]
    )
    def test_an_expectation_is_never_rewritten_to_what_came(self, paid: House, change: str) -> None:
        with pytest.raises(DatabaseError, match="never changed"):
            run(f"UPDATE treasury_expectation SET {change}")

    def test_who_was_expected_may_be_forgotten_and_not_replaced(self, paid: House) -> None:
        run("UPDATE treasury_expectation SET counterparty = ''")

        with pytest.raises(DatabaseError, match="never changed"):
            run("UPDATE treasury_expectation SET counterparty = 'Another'")

    def test_an_expectation_may_be_cancelled(self, paid: House) -> None:
        run("UPDATE treasury_expectation SET state = 'cancelled'")

        assert Expectation.objects.get().state == "cancelled"


class TestAllocation:
    def refused(self, **changed: object) -> str:
        with pytest.raises(IntegrityError) as refused:
            again(**changed)
        return str(refused.value)

    def test_never_explains_more_than_the_line_has(self, paid: House) -> None:
        assert "than it has" in self.refused(expectation=None, amount="100.01")

    def test_is_not_judged_by_a_table_put_in_front(self, paid: House) -> None:
        run(
            "CREATE TEMP TABLE treasury_bankline ON COMMIT DROP AS SELECT id, statement_id,"
            " account_id, 9999.00 AS amount, amount_currency FROM public.treasury_bankline"
        )

        assert "than it has" in self.refused(expectation=None, amount="100.01")

    def test_never_meets_more_than_was_expected(self, paid: House) -> None:
        assert "than was expected" in self.refused(amount="0.01")

    def test_is_positive(self, paid: House) -> None:
        assert "allocation_sign" in self.refused(amount="-1.00")

    def test_keeps_the_currency(self, paid: House) -> None:
        assert "does not fit" in self.refused(amount_currency="USD", expectation=None)

    def test_keeps_the_direction_and_the_account(self, paid: House) -> None:
        line = BankLine.objects.get()
        line.pk, line.identity, line.amount = None, "other", -line.amount
        line.save(force_insert=True)

        assert "does not fit" in self.refused(line=line)

    def test_never_meets_what_was_cancelled(self, paid: House) -> None:
        run("UPDATE treasury_expectation SET state = 'cancelled'")

        assert "does not fit" in self.refused(amount="1.00")

    def test_has_an_entry(self, paid: House) -> None:
        assert "does not fit" in self.refused(entry_id=0, expectation=None, amount="1.00")

    def test_takes_back_what_was_there_and_no_more(self, paid: House) -> None:
        first = Allocation.objects.get()

        assert "does not fit" in self.refused(reverses=first, amount="-499.00")


class TestLine:
    def test_stands_once_in_an_account(self, paid: House) -> None:
        line = BankLine.objects.get()
        line.pk = None

        with pytest.raises(IntegrityError, match="bank_line_once"), transaction.atomic():
            line.save(force_insert=True)
