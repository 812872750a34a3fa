"""Lines of which a part waits in suspense, as the pure rules see them, a statement however many.

The first pass of a run never holds lines; the second reads them here and takes a part at a time. The
same of one line that a page shows is in `discrepancies.as_seen`.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from backend.core import money
from backend.treasury.matching import Line


def after(accounts: Iterable[int], last: int, most: int) -> list[Line]:
    """The accounts' lines in the order they were imported."""
    return _lines(AFTER, {"accounts": list(accounts), "last": last, "most": most})


def that_wait(accounts: Iterable[int]) -> list[Line]:
    """Transfers between own accounts that had not left the other one when they were looked at."""
    return _lines(THAT_WAIT, {"accounts": list(accounts)})


def _lines(sql: str, told: dict[str, Any]) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return [_line(*row) for row in rows]


def _line(
    pk: int,
    account: int,
    amount: Decimal,
    currency: str,
    allocated: Decimal,
    steps: int,
    *told: Any,
) -> Line:
    text, structured, end_to_end_id, instructed, is_returned, parts = told
    return Line(
        id=pk,
        account=account,
        amount=money.of(amount, currency),
        left=money.of(abs(amount) - allocated, currency),
        text=text,
        structured=structured,
        end_to_end_id=end_to_end_id,
        instructed=instructed,
        is_returned=is_returned,
        parts=parts,
        is_taken_back=steps > 0 and not allocated,
    )


# Summed a line at a time, so that a batch reads no further than it goes.
_OPEN = """
    SELECT l.id, l.account_id, l.amount, l.amount_currency, a.allocated, a.steps, l.text,
        l.creditor_reference, l.end_to_end_id, right(l.instructed, 3),
        l.is_reversal OR l.return_reason <> '', l.parts
    FROM treasury_bankline l CROSS JOIN LATERAL (
        SELECT coalesce(sum(amount), 0) AS allocated, count(*) AS steps
        FROM treasury_allocation WHERE line_id = l.id
    ) a
    WHERE l.account_id = ANY(%(accounts)s) AND a.allocated < abs(l.amount)
"""

AFTER = f"{_OPEN} AND l.id > %(last)s ORDER BY l.id LIMIT %(most)s"

THAT_WAIT = f"""{_OPEN} AND l.id IN (
        SELECT line_id FROM treasury_discrepancy WHERE resolved_at IS NULL AND reason = 'waits'
    ) ORDER BY l.id
"""  # noqa: S608 -- of constants
