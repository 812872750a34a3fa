"""The books' own checks find what was forced past the guards."""

from backend.ledger import checks, seals
from tests.ledger import raw
from tests.ledger.chart import AT, Chart


def _failed() -> set[str]:
    return {check.name for check in checks.run() if not check.ok}


class TestRun:
    def test_finds_nothing_in_good_books(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        seals.seal(at=AT)

        assert _failed() == set()

    def test_finds_a_changed_amount(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        raw.force("UPDATE ledger_transfer SET amount = 5000")

        assert {
            "posted transfers are unchanged",
            "balances equal transfers",
        } <= _failed()

    def test_finds_a_changed_memo(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        raw.force("UPDATE ledger_entry SET memo = 'another story'")

        assert _failed() == {"posted transfers are unchanged"}

    def test_finds_a_change_with_a_new_hash_once_sealed(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        seals.seal(at=AT)
        raw.force(
            "UPDATE ledger_entry SET memo = 'another story'",
            "UPDATE ledger_transfer t SET content_hash = ledger_transfer_hash(e, t)"
            " FROM ledger_entry e WHERE e.id = t.entry_id",
        )

        assert _failed() == {"the chain of seals holds"}

    def test_finds_a_removed_entry(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        raw.force("DELETE FROM ledger_transfer")

        assert {"every entry moves money", "balances equal transfers"} <= _failed()

    def test_finds_money_forced_to_another_purpose(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        target = books["works"].pk
        raw.force(f"UPDATE ledger_transfer SET target_id = {target}")

        assert "money moved only where its fund allows" in _failed()

    def test_finds_a_guard_that_was_switched_off(self, books: Chart) -> None:
        raw.force("ALTER TABLE ledger_transfer DISABLE TRIGGER judge")

        assert "the guards stand" in _failed()

    def test_plans_each_check_once_a_session_and_finds_what_changed_since(
        self, books: Chart
    ) -> None:
        assert _failed() == _failed() == set()
        planned = checks.rows("SELECT name FROM pg_prepared_statements ORDER BY 1")
        books.move("payer", "held", "500.00")
        raw.force("UPDATE ledger_transfer SET amount = 400")

        assert "balances equal transfers" in _failed()
        assert checks.rows("SELECT name FROM pg_prepared_statements ORDER BY 1") == planned


class TestSeal:
    def test_chains_what_came_since_the_last_one(self, books: Chart) -> None:
        books.move("payer", "held", "1.00")
        seals.seal(at=AT)
        first = seals.head()
        books.move("payer", "held", "2.00")

        assert seals.seal(at=AT) == 1
        assert seals.head() != first
        assert seals.broken() == []

    def test_adds_nothing_when_nothing_came(self, books: Chart) -> None:
        books.move("payer", "held", "1.00")
        seals.seal(at=AT)

        assert seals.seal(at=AT) == 0
