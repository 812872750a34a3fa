"""Lines that name one reference of ours, decided and booked in sets: the first pass of a run.

    lines of a range -> the expectations they name (a join) -> the table `decided` -> allocations
      -> books -> owners told

It decides as `matching.decide` does, and only where that books; everything else, and everything that
the books or an owner refuse, is left to the second pass, which says why.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction

from backend.core import transactions, users
from backend.core.errors import RuleBroken
from backend.core.users import Actor
from backend.treasury import books, expectations
from backend.treasury.expectations import Met
from backend.treasury.models import BankLine, Expectation

# Below this many lines a range that was refused is not halved any more, but left.
FEWEST = 250
TOLD_AT_ONCE = 5_000


@dataclass(frozen=True)
class Range:
    """Lines of bank accounts: those after one id, up to another one."""

    accounts: Sequence[int]
    after: int
    until: int


@dataclass(frozen=True)
class Booked:
    """What a range came to, as JSON adds it up: lines explained whole, parts by reason and currency."""

    whole: int = 0
    opened: int = 0
    short: int = 0
    parts: tuple[tuple[str, str, int, str], ...] = ()  # reason, currency, count, sum


def book(*, lines: Range, by: Actor, at: dt.datetime, tells: bool = True) -> list[Booked]:
    """Book what a range's lines name exactly; what is refused stays, and its neighbours are booked.

    Call it in a transaction. Without `tells` the owners are not told (a rehearsal).
    """
    try:
        with transaction.atomic():
            return [_book(lines, by, at, tells)]
    except (RuleBroken, IntegrityError) as refused:
        if isinstance(refused, IntegrityError) and "treasury: " not in str(refused):
            raise
    middle = (lines.after + lines.until) // 2
    if lines.until - lines.after <= FEWEST:
        return []
    first = Range(lines.accounts, lines.after, middle)
    second = Range(lines.accounts, middle, lines.until)
    return [
        *book(lines=first, by=by, at=at, tells=tells),
        *book(lines=second, by=by, at=at, tells=tells),
    ]


def _book(lines: Range, by: Actor, at: dt.datetime, tells: bool) -> Booked:
    told: dict[str, Any] = {
        "accounts": list(lines.accounts), "after": lines.after, "until": lines.until,
        "at": at, "by": users.label(by),
    }  # fmt: skip
    transactions.plan_anew()
    with connection.cursor() as cursor:
        cursor.execute(DECIDE, told)
        cursor.execute("ANALYZE decided (line_id)")
        transactions.plan_anew()
        books.decided_explained(by=by, at=at)
        cursor.execute(ALLOCATE, told)
        cursor.execute(OPEN_SHORT, told)
        opened = cursor.rowcount
        cursor.execute(SUMS)
        parts = tuple(cursor.fetchall())
        cursor.execute(COUNTS)
        whole, short = cursor.fetchone()
        if tells:
            _tell(at)
        cursor.execute("DROP TABLE decided")
    return Booked(whole, opened, short, parts)


def _tell(at: dt.datetime) -> None:
    """Tell those owners who registered; the lines of others are not even loaded."""
    with connection.cursor() as cursor:
        cursor.execute(MET, [expectations.owners()])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    for start in range(0, len(rows), TOLD_AT_ONCE):
        some = rows[start : start + TOLD_AT_ONCE]
        lines = BankLine.objects.select_related("account").in_bulk([row[0] for row in some])
        wanted = Expectation.objects.select_related("source", "target", "bank_account")
        named = wanted.in_bulk([row[1] for row in some])
        expectations.tell(
            [
                Met(
                    named[due],
                    type(named[due].amount)(amount, named[due].amount.currency),
                    lines[line],
                    at,
                )
                for line, due, amount in some
            ]
        )


# A line that has been touched, or that something contradicts, is not in it. `free` is what its
# expectation still lacks when the lines before it have had their part. Lines, then expectations are
# locked, each in one order, and only then come the books: as everywhere.
DECIDE = """
    CREATE TEMP TABLE decided ON COMMIT DROP AS
    WITH looked AS MATERIALIZED (
        SELECT l.id, l.account_id, l.booked_on, l.key, l.key_reason, abs(l.amount) AS size,
            l.amount > 0 AS is_in, l.amount_currency, right(l.instructed, 3) AS instructed
        FROM treasury_bankline l
        WHERE l.id > %(after)s AND l.id <= %(until)s AND l.account_id = ANY(%(accounts)s)
            AND l.key <> '' AND l.parts = 1 AND NOT l.is_reversal AND l.return_reason = ''
            AND NOT EXISTS (SELECT 1 FROM treasury_allocation a WHERE a.line_id = l.id)
        ORDER BY l.id FOR NO KEY UPDATE OF l
    ), named AS MATERIALIZED (
        SELECT l.*, e.id AS expectation_id, e.source_id, e.target_id, e.reference, e.owner_kind,
            e.amount AS due
        FROM looked l JOIN treasury_expectation e
            ON e.key = l.key AND e.bank_account_id = l.account_id
                AND e.direction = CASE WHEN l.is_in THEN 'in' ELSE 'out' END
        WHERE e.is_ours AND e.state = 'open' AND e.after_id IS NULL
            AND e.amount_currency = l.amount_currency AND l.instructed IN ('', l.amount_currency)
        ORDER BY e.id, l.id FOR NO KEY UPDATE OF e
    ), fitting AS (
        SELECT *, due - coalesce((
                SELECT sum(a.amount) FROM treasury_allocation a
                WHERE a.expectation_id = named.expectation_id
            ), 0) - coalesce(sum(size) OVER (
                PARTITION BY expectation_id ORDER BY id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0) AS free
        FROM named
    )
    SELECT nextval('ledger_entry_id_seq') AS entry_id, id AS line_id, account_id, booked_on, is_in,
        expectation_id, source_id, target_id, reference, owner_kind, key_reason AS reason,
        amount_currency AS currency, least(size, free) AS booked, size, free
    FROM (SELECT * FROM fitting WHERE free > 0 ORDER BY id) ordered
"""

ALLOCATE = """
    INSERT INTO treasury_allocation (line_id, expectation_id, amount, amount_currency, entry_id,
        reason, allocated_at, by_label)
    SELECT line_id, expectation_id, booked, currency, entry_id, reason, %(at)s, %(by)s FROM decided
"""

# What is missing when all parts of the range are in; more of it may come, and then this ends.
OPEN_SHORT = """
    INSERT INTO treasury_discrepancy (kind, bank_account_id, line_id, expectation_id, amount,
        amount_currency, reason, note, opened_at, resolved_by_label, resolution)
    SELECT 'short', account_id, line_id, expectation_id, free - size, currency, 'short', '', %(at)s,
        '', ''
    FROM (
        SELECT DISTINCT ON (expectation_id) * FROM decided ORDER BY expectation_id, line_id DESC
    ) last WHERE size < free
    ON CONFLICT DO NOTHING
"""

SUMS = """
    SELECT reason, currency, count(*), sum(booked)::text FROM decided GROUP BY 1, 2 ORDER BY 1, 2
"""

COUNTS = """
    SELECT count(*) FILTER (WHERE booked = size), count(*) FILTER (WHERE size < free) FROM decided
"""

MET = """
    SELECT line_id, expectation_id, booked FROM decided WHERE owner_kind = ANY(%s) ORDER BY line_id
"""
