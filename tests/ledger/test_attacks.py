"""Somebody with a console and the table owner's rights tries plain SQL, triggers left in place.

Each way must be refused at once or, where it is an act of people (a release, a policy), be found.
"""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.errors import CheckViolation

from backend.core.users import SYSTEM
from backend.ledger import accounts, checks, funds, seals
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import Account, Fund, FundPolicy
from backend.ledger.posting import FundRule
from tests import database
from tests.ledger import raw
from tests.ledger.chart import AT, DAY, Chart

pytestmark = pytest.mark.django_db

ENTRY = """INSERT INTO ledger_entry (key, kind, "on", at, by_label, memo, subject, posted_in)
    VALUES (%(key)s, 'x', '2026-03-02', '2026-03-02 09:00Z', 'x', '', '', 0)"""
COLUMNS = "entry_id, source_id, target_id, amount, amount_currency, pair, content_hash"
TRANSFER = f"INSERT INTO ledger_transfer ({COLUMNS})"
NEWEST = "currval('ledger_entry_id_seq')"
ONE = "%(s)s, %(t)s, 1, 'EUR', '', ''"

PLAIN = f"{ENTRY}; {TRANSFER} SELECT {NEWEST}, {ONE}"
MERGE = f"""
    {ENTRY};
    MERGE INTO ledger_transfer USING (SELECT 1) one ON false WHEN NOT MATCHED THEN
    INSERT ({COLUMNS}) VALUES ({NEWEST}, {ONE})
"""
WAYS = {
    "plain": PLAIN,
    "merged": MERGE,
    "both in one statement": f"""
        WITH e AS ({ENTRY} RETURNING id) {TRANSFER} SELECT id, {ONE} FROM e
    """,
    "a conflict that updates": f"""
        INSERT INTO ledger_transfer (id, {COLUMNS})
        SELECT id, entry_id, source_id, target_id, 1, 'EUR', '', '' FROM ledger_transfer
        ON CONFLICT (id) DO UPDATE SET source_id = %(s)s, target_id = %(t)s
    """,
    "a merge that updates": """
        MERGE INTO ledger_transfer USING (SELECT 1) one ON true WHEN MATCHED THEN
        UPDATE SET source_id = %(s)s, target_id = %(t)s
    """,
    "after the deferred were asked": f"""
        {ENTRY};
        {TRANSFER} SELECT {NEWEST}, source_id, target_id, 1, 'EUR', '', ''
        FROM ledger_transfer WHERE pair = 'payer>held' LIMIT 1;
        SET CONSTRAINTS ALL IMMEDIATE;
        {TRANSFER} SELECT {NEWEST}, {ONE}
    """,
}
REFUSED = "ledger: (no money may move|UPDATE of ledger_transfer is refused)"


def run(sql: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def by_hand(books: Chart, source: str, target: str, way: str = PLAIN) -> None:
    """A transfer of one euro, in a transaction of its own."""
    with transaction.atomic():
        run(way, key="by hand", s=books[source].pk, t=books[target].pk)
        database.check_deferred()


def broken() -> list[str]:
    return [check.name for check in checks.run() if not check.ok]


@pytest.fixture
def released(books: Chart) -> Chart:
    """Raised and released: 500 at the issuer's bank, 500 still on the restricted account."""
    books.post(("payer", "held", "500.00"), ("second payer", "held", "500.00"))
    books.release()
    books.move("held", "holding", "500.00")
    return books


class TestForbiddenPairs:
    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize(
        ("source", "target"), [("holding", "works"), ("holding", "own holding"), ("held", "price")]
    )
    def test_no_way_of_writing_moves_it(
        self, released: Chart, way: str, source: str, target: str
    ) -> None:
        with pytest.raises(IntegrityError, match=REFUSED):
            by_hand(released, source, target, WAYS[way])

    def test_rows_copied_in_are_judged_too(self, released: Chart) -> None:
        entry = released.move("held", "payer", "1.00")
        row = (entry.pk, released["holding"].pk, released["works"].pk, 1, "EUR", "", "")

        with (
            pytest.raises(CheckViolation, match=REFUSED),
            transaction.atomic(),
            connection.cursor() as cursor,
            cursor.copy(f"COPY ledger_transfer ({COLUMNS}) FROM STDIN") as copy,
        ):
            copy.write_row(row)

    def test_a_merge_that_is_allowed_is_counted(self, released: Chart) -> None:
        by_hand(released, "holding", "price", MERGE)

        assert released.balance("price") == "1.00"
        assert broken() == []


class TestTablesInFront:
    """A temporary table is found before a real one of its name, and anybody may make one."""

    def test_no_fund_looks_released_that_is_not(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        run("""CREATE TEMP TABLE ledger_fund ON COMMIT DROP AS
            SELECT id, code, name, is_restricted, is_held, now() AS released_at, organisation_id
            FROM public.ledger_fund""")

        with pytest.raises(IntegrityError, match=REFUSED):
            by_hand(books, "held", "holding")

    def test_no_policy_looks_wider_than_it_is(self, released: Chart) -> None:
        run("""CREATE TEMP TABLE ledger_fundpolicy ON COMMIT DROP AS
            SELECT id, 'works'::varchar(40) AS purpose, valid_from, valid_to, fund_id
            FROM public.ledger_fundpolicy""")

        with pytest.raises(IntegrityError, match=REFUSED):
            by_hand(released, "holding", "works")

    def test_no_balance_is_kept_elsewhere(self, released: Chart) -> None:
        run("CREATE TEMP TABLE ledger_balance (LIKE public.ledger_balance) ON COMMIT DROP")
        by_hand(released, "holding", "price")

        run("DROP TABLE pg_temp.ledger_balance")

        assert released.balance("price") == "1.00"


class TestFunds:
    def test_an_account_before_its_fund_is_refused(self, books: Chart) -> None:
        """Foreign keys wait for the commit: nobody's account must not stand until then."""
        unborn = Fund(pk=10**6, code="unborn", organisation=books.own.organisation)

        with pytest.raises(IntegrityError, match="organisation_id"), transaction.atomic():
            Account.objects.create(code="early:payer", kind="payer", fund=unborn)

    @pytest.mark.parametrize("table", ["ledger_fundpolicy", "ledger_fund CASCADE"])
    def test_is_not_emptied(self, books: Chart, table: str) -> None:
        database.check_deferred()

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            run(f"TRUNCATE {table}")

    def test_holds_what_is_held_though_it_is_not_restricted(self, books: Chart) -> None:
        kept = funds.open_fund(
            code="kept",
            name="Kept",
            organisation=books.own.organisation,
            is_restricted=False,
            is_held=True,
        )
        books.by_name["kept clearing"] = accounts.open_account(
            code="kept:clearing", kind="clearing", fund=kept
        )
        books.by_name["kept holding"] = accounts.open_account(
            code="kept:holding", kind="holding", fund=kept
        )

        with pytest.raises(FundRule):
            books.move("kept clearing", "kept holding", "1.00")

    def test_is_not_taken_for_one_of_another_nature(self, books: Chart) -> None:
        with pytest.raises(funds.OpenedOtherwise):
            funds.open_fund(
                code="own",
                name="Raised",
                organisation=books.own.organisation,
                is_restricted=True,
                is_held=True,
            )

    def test_a_release_by_hand_is_found(self, books: Chart) -> None:
        run("UPDATE ledger_fund SET released_at = '2026-03-02 09:00Z' WHERE code = 'raised'")

        assert broken() == ["funds are released and policies set on record"]

    def test_a_policy_by_hand_is_found(self, books: Chart) -> None:
        FundPolicy.objects.create(fund=books.raised, purpose="works", valid_from=DAY)

        assert broken() == ["funds are released and policies set on record"]

    def test_a_policy_set_twice_is_on_record_once(self, books: Chart) -> None:
        for _time in range(2):
            funds.allow(fund=books.raised, purposes=["works"], valid_from=DAY, by=SYSTEM, at=AT)

        assert broken() == []


class TestBalances:
    @pytest.mark.parametrize("change", ["floor = NULL", "ceiling = NULL", "floor = -1000"])
    def test_no_trigger_of_ones_own_lifts_a_bound(self, books: Chart, change: str) -> None:
        run(f"""
            CREATE TEMP TABLE lever (n int) ON COMMIT DROP;
            CREATE FUNCTION pg_temp.pull() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN UPDATE ledger_balance SET {change}; RETURN NULL; END $$;
            CREATE TRIGGER pull AFTER INSERT ON lever EXECUTE FUNCTION pg_temp.pull();
        """)

        assert raw.is_refused("INSERT INTO lever VALUES (1)")

    def test_two_inserts_of_one_statement_are_both_counted(self, released: Chart) -> None:
        two = f"""
            WITH e AS ({ENTRY} RETURNING id),
                one AS ({TRANSFER} SELECT id, {ONE} FROM e RETURNING id)
            {TRANSFER} SELECT id, {ONE} FROM e
        """
        by_hand(released, "holding", "price", two)

        assert released.balance("price") == "2.00"
        assert broken() == []

    def test_a_savepoint_gives_back_what_was_lent_in_it(self, released: Chart) -> None:
        released.move("holding", "price", "300.00")
        with transaction.atomic():
            released.move("price", "holding", "300.00")
            transaction.set_rollback(True)

        with pytest.raises(FundRule):
            released.move("holding", "taxes", "200.01")


class TestClaims:
    def test_a_fee_is_not_borne_in_another_currency(self, books: Chart) -> None:
        specs = [
            AccountSpec("yen:owed", "owed", books.own, currency="JPY"),
            AccountSpec("yen:fees", "use", books.own, "provider_fees", "JPY"),
        ]
        owed, fees = accounts.open_many(specs)

        def post() -> None:
            entry = books.post(("payer", "clearing", "500.00"), ("clearing", "due", "7.75"))
            values = f"({entry.pk}, {owed.pk}, {fees.pk}, 7.75, 'JPY', '', '')"
            run(f"{TRANSFER} VALUES {values}")

        assert not raw.commits(post)


REWRITTEN = {
    "ledger_pair_is_allowed": ("SELECT source.fund_id", "SELECT true OR source.fund_id"),
    "ledger_transfer_digest": ("amount::numeric", "1::numeric"),
    "ledger_judge_transfers": ("fits AND is_new", "true OR is_new"),
}


class TestFindings:
    """Whoever may do more than plain SQL is found out."""

    @pytest.mark.parametrize("number", [-5, 10**12])
    def test_no_number_of_a_transfer_escapes_the_seals(self, released: Chart, number: int) -> None:
        insert = TRANSFER.replace("(entry_id", "(id, entry_id")
        by_hand(released, "held", "payer", f"{ENTRY}; {insert} SELECT {number}, {NEWEST}, {ONE}")
        seals.seal(at=AT)

        raw.force(
            f"UPDATE ledger_transfer SET amount = 2 WHERE id = {number}",
            "UPDATE ledger_transfer t SET content_hash = ledger_transfer_hash(e, t)"
            " FROM ledger_entry e WHERE e.id = t.entry_id",
        )

        assert "the chain of seals holds" in broken()

    @pytest.mark.parametrize("name", REWRITTEN)
    def test_a_guard_that_was_rewritten_is_found(self, books: Chart, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
            [text] = cursor.fetchone()
            cursor.execute(text.replace(*REWRITTEN[name]))

        assert broken() == ["the guards stand"]

    def test_a_guard_that_looks_at_any_table_is_found(self, books: Chart) -> None:
        run("ALTER FUNCTION ledger_judge_transfers RESET search_path")

        assert broken() == ["the guards stand"]

    def test_a_guard_that_is_gone_is_found(self, books: Chart) -> None:
        run("DROP TRIGGER no_truncate ON ledger_fundpolicy")

        assert broken() == ["the guards stand"]


class TestEmptyEntries:
    """An entry that moves nothing is refused at the commit, whatever was done until then."""

    def test_forgetting_which_entries_are_to_be_judged_does_not_help(self, books: Chart) -> None:
        def post() -> None:
            run(ENTRY, key="nothing")
            run("DELETE FROM ledger_unjudged")

        assert not raw.commits(post)

    def test_one_among_many_is_found(self, books: Chart) -> None:
        books.post(("payer", "held", "500.00"))

        def post() -> None:
            run(ENTRY, key="nothing")
            books.post(("second payer", "held", "500.00"))

        assert not raw.commits(post)
        assert broken() == []


class TestReversals:
    def test_an_entry_reverses_none_that_is_not_there(self, books: Chart) -> None:
        reversal = ENTRY.replace("posted_in)", "posted_in, reverses_id)").replace(" 0)", " 0, -1)")

        with pytest.raises(IntegrityError, match="reverses none that is there"):
            run(reversal, key="reversal")
