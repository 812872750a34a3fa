"""The invariants of the books, by name. `manage.py check_books` and every money test run them.

Each check looks for rows that must not be and returns a line for each; floors above register their
own (bank equals ledger, lots equal costs ...). Nothing here repairs anything.
"""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_noop as _

from backend.ledger import seals

Finder = Callable[[], list[str]]


@dataclass(frozen=True)
class Check:
    """A named invariant and what speaks against it (empty when it holds)."""

    name: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Add an invariant of a floor above."""
    _finders[name] = finder


def run() -> list[Check]:
    """Check every invariant, in the order they were registered."""
    return [Check(name, tuple(find())) for name, find in _finders.items()]


def rows(sql: str) -> list[str]:
    """One line for each row that a query finds; at most twenty, so that output stays readable."""
    with connection.cursor() as cursor:
        cursor.execute(_planned(sql, cursor) if connection.settings_dict.get("PREPARES") else sql)
        return [" ".join(str(value) for value in row) for row in cursor.fetchmany(20)]


def _planned(sql: str, cursor: CursorWrapper) -> str:
    """What executes a query that this session planned when it was first asked: while books are small,
    to plan a check takes several times as long as to do it."""
    name = f"check_{hashlib.sha256(sql.encode()).hexdigest()[:16]}"
    planned = _planned_by.setdefault(connection.connection, set())
    if name not in planned:
        cursor.execute(f"PREPARE {name} AS {sql}")
        planned.add(name)
    return f"EXECUTE {name}"


_planned_by: WeakKeyDictionary[object, set[str]] = WeakKeyDictionary()


EMPTY_ENTRIES = """
    SELECT 'entry', e.key, 'moves nothing' FROM ledger_entry e
    WHERE NOT EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.entry_id = e.id)
"""

BALANCES = """
    SELECT a.code, 'balance', b.amount, 'transfers', coalesce(moved.sum, 0)
    FROM ledger_account a LEFT JOIN ledger_balance b ON b.account_id = a.id
    LEFT JOIN (SELECT account_id, sum(delta) AS sum FROM (
        SELECT source_id AS account_id, -amount AS delta FROM ledger_transfer
        UNION ALL SELECT target_id, amount FROM ledger_transfer) legs GROUP BY account_id) moved
    ON moved.account_id = a.id
    WHERE b.amount IS DISTINCT FROM coalesce(moved.sum, 0)
        OR b.floor IS DISTINCT FROM CASE WHEN a.kind IN ('held','holding','use','due') THEN 0 END
        OR b.ceiling IS DISTINCT FROM CASE WHEN a.kind IN ('payer','owed') THEN 0 END
"""

HASHES = """
    SELECT 'transfer', t.id, 'of', e.key, 'was changed after it was posted'
    FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
    WHERE t.content_hash <> ledger_transfer_hash(e, t)
"""

PAIRS = """
    SELECT e.key, 'moves', t.amount, 'from', s.code, 'to', g.code
    FROM ledger_transfer t
        JOIN ledger_entry e ON e.id = t.entry_id
        JOIN ledger_account s ON s.id = t.source_id
        JOIN ledger_account g ON g.id = t.target_id
        LEFT JOIN ledger_fund f ON f.id = s.fund_id
    WHERE NOT ledger_pair_is_allowed(s, g, f, e."on") OR t.pair <> s.kind || '>' || g.kind
        OR t.pair IN ('held>holding', 'held>due') AND e.at < f.released_at
"""

RAISED = """
    SELECT f.code, 'cash, due and spent', sum(b.amount) FILTER (WHERE a.kind <> 'payer'),
        'paid in', -sum(b.amount) FILTER (WHERE a.kind = 'payer')
    FROM ledger_fund f JOIN ledger_account a ON a.fund_id = f.id
        JOIN ledger_balance b ON b.account_id = a.id
    WHERE f.is_restricted GROUP BY f.code HAVING sum(b.amount) <> 0
"""

DAYS = """
    SELECT coalesce('account ' || moved.account, 'payers of fund ' || moved.fund, 'nobody'),
        moved."on", 'moved', moved.came, moved.gone, 'kept', d.came, d.gone
    FROM ledger_daytotal d FULL JOIN (
        SELECT CASE WHEN a.kind <> 'payer' THEN a.id END AS account,
            CASE WHEN a.kind = 'payer' THEN a.fund_id END AS fund,
            a.currency, e."on", sum(legs.came) AS came, sum(legs.gone) AS gone
        FROM (
            SELECT entry_id, source_id AS account_id, 0 AS came, amount AS gone FROM ledger_transfer
            UNION ALL SELECT entry_id, target_id, amount, 0 FROM ledger_transfer) legs
            JOIN ledger_account a ON a.id = legs.account_id
            JOIN ledger_entry e ON e.id = legs.entry_id
        GROUP BY 1, 2, 3, 4) moved
    ON coalesce(d.account_id, 0) = coalesce(moved.account, 0)
        AND coalesce(d.fund_id, 0) = coalesce(moved.fund, 0)
        AND d.currency = moved.currency AND d."on" = moved."on"
    WHERE (d.came, d.gone) IS DISTINCT FROM (moved.came, moved.gone)
"""

CLOSED = """
    SELECT m.first_day, 'of organisation', m.organisation_id, 'was closed with', m.transfers::text,
        'transfers, and now has', now.transfers::text, 'or others'
    FROM ledger_month m, LATERAL ledger_month_content(m) now
    WHERE m.closed_at IS NOT NULL AND (m.transfers, m.digest) <> (now.transfers, now.digest)
    UNION ALL
    SELECT b.closed_until, 'of organisation', b.organisation_id, 'is the end of no closed month',
        '', '', '', ''
    FROM ledger_books b WHERE b.closed_until IS DISTINCT FROM (
        SELECT max(m.first_day + interval '1 month' - interval '1 day')::date
        FROM ledger_month m WHERE m.organisation_id = b.organisation_id AND m.closed_at IS NOT NULL)
    UNION ALL
    SELECT m.first_day, 'of organisation', m.organisation_id, 'was not closed by two people',
        '', '', '', ''
    FROM ledger_month m WHERE m.closed_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM core_approval a
        WHERE a.action = 'month.close' AND a.subject_kind = 'ledger.month'
            AND a.subject_id = m.id::text AND a.decision = 'approved'
            AND a.decided_at = m.closed_at AND a.decided_by_id <> a.requested_by_id)
"""

ON_RECORD = """
    SELECT f.code, 'was released at', f.released_at, 'but not on record'
    FROM ledger_fund f
    WHERE f.released_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM core_auditevent a
        WHERE a.subject_kind = 'ledger.fund' AND a.subject_id = f.id::text
            AND a.action = 'fund.released' AND a.at = f.released_at)
    UNION ALL
    SELECT f.code, 'may pay for', p.valid_from, p.purpose
    FROM ledger_fundpolicy p JOIN ledger_fund f ON f.id = p.fund_id
    WHERE NOT EXISTS (SELECT 1 FROM core_auditevent a
        WHERE a.subject_kind = 'ledger.fund' AND a.subject_id = f.id::text
            AND a.action = 'fund.policy_set' AND a.facts->'purposes' ? p.purpose
            AND a.facts->>'valid_from' = p.valid_from::text)
"""

GUARDS = """
    SELECT 'trigger', wanted.name, 'on', wanted.relation, 'is missing or switched off'
    FROM (VALUES ('append_only', 'ledger_entry'), ('append_only', 'ledger_transfer'),
        ('append_only', 'ledger_account'), ('append_only', 'ledger_seal'),
        ('no_truncate', 'ledger_entry'), ('no_truncate', 'ledger_transfer'),
        ('no_truncate', 'ledger_account'), ('no_truncate', 'ledger_balance'),
        ('no_truncate', 'ledger_fund'), ('no_truncate', 'ledger_fundpolicy'),
        ('no_truncate', 'ledger_seal'), ('stamp', 'ledger_account'),
        ('guard', 'ledger_daytotal'), ('no_truncate', 'ledger_daytotal'),
        ('guard', 'ledger_books'), ('no_truncate', 'ledger_books'),
        ('guard', 'ledger_month'), ('no_truncate', 'ledger_month'),
        ('open_balance', 'ledger_account'),
        ('guard', 'ledger_balance'), ('guard_update', 'ledger_balance'),
        ('guard', 'ledger_fund'), ('guard', 'ledger_fundpolicy'),
        ('judge', 'ledger_transfer'), ('stamp', 'ledger_transfer'), ('judge_claim', 'ledger_transfer'),
        ('remember', 'ledger_entry'), ('judge_entries', 'ledger_unjudged'),
        ('stamp', 'ledger_entry')) AS wanted(name, relation)
    WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgname = wanted.name
        AND t.tgrelid = wanted.relation::regclass AND t.tgenabled IN ('O', 'A'))
"""

FUNCTIONS = """
    SELECT proname, prosrc, prorettype = 'trigger'::regtype AND NOT EXISTS (
        SELECT 1 FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%%, pg_temp')
    FROM pg_proc WHERE proname LIKE %s ORDER BY proname
"""


def rewritten(*, migrations: Path, named: str) -> list[str]:
    """Guards whose text is not the one of their migration, or that would look at a temporary table
    put in front of a real one. `named` is a pattern of LIKE."""
    written = _written(migrations)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS, [named])
        found = cursor.fetchall()
    return [
        f"function {name} is not as it was written"
        for name, text, is_open in found
        if is_open or text not in written
    ]


@functools.cache
def _written(migrations: Path) -> str:
    """What stands in the files; they do not change while we run."""
    return "".join(file.read_text(encoding="utf-8") for file in migrations.glob("*.sql"))


def _guards() -> list[str]:
    migrations = Path(__file__).with_name("migrations")
    return rows(GUARDS) + rewritten(migrations=migrations, named="ledger\\_%")


register(_("every entry moves money"), lambda: rows(EMPTY_ENTRIES))
register(_("balances equal transfers"), lambda: rows(BALANCES))
register(_("posted transfers are unchanged"), lambda: rows(HASHES))
register(_("the chain of seals holds"), seals.broken)
register(_("money moved only where its fund allows"), lambda: rows(PAIRS))
register(_("cash + due + spent = raised"), lambda: rows(RAISED))
register(_("balances as of a day equal transfers"), lambda: rows(DAYS))
register(_("closed months are unchanged, and closed by two people"), lambda: rows(CLOSED))
register(_("funds are released and policies set on record"), lambda: rows(ON_RECORD))
register(_("the guards stand"), _guards)
