"""Differences as values, and as rows: two statements however many. What they mean, and how they end, is
in `discrepancies`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from djmoney.money import Money

from backend.core import users
from backend.core.users import Actor


@dataclass(frozen=True, slots=True)
class Difference:
    """A discrepancy to be opened, of a line or of an expectation, by their ids."""

    kind: str
    account: int
    amount: Money
    reason: str
    line: int | None = None
    expectation: int | None = None
    note: str = ""


def store(found: Sequence[Difference], *, at: dt.datetime) -> int:
    """Write down those that do not wait already; return how many are new."""
    told = {
        "kinds": [one.kind for one in found],
        "accounts": [one.account for one in found],
        "lines": [one.line for one in found],
        "expectations": [one.expectation for one in found],
        "amounts": [one.amount.amount for one in found],
        "currencies": [one.amount.currency.code for one in found],
        "reasons": [one.reason for one in found],
        "notes": [one.note for one in found],
        "at": at,
    }
    return _changed(STORE, told)


def end_changed(found: Sequence[Difference], *, by: Actor, at: dt.datetime) -> int:
    """End what waits for the same lines under another kind."""
    of_lines = [one for one in found if one.line is not None]
    told = {
        "lines": [one.line for one in of_lines],
        "kinds": [one.kind for one in of_lines],
        "by": users.label(by),
        "at": at,
    }
    return _changed(END_CHANGED, told)


def _changed(sql: str, told: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return int(cursor.rowcount)


STORE = """
    INSERT INTO treasury_discrepancy (kind, bank_account_id, line_id, expectation_id, amount,
        amount_currency, reason, note, opened_at, resolved_by_label, resolution)
    SELECT f.*, %(at)s, '', '' FROM unnest(%(kinds)s::text[], %(accounts)s::bigint[],
        %(lines)s::bigint[], %(expectations)s::bigint[], %(amounts)s::numeric[],
        %(currencies)s::text[], %(reasons)s::text[], %(notes)s::text[]) f
    ON CONFLICT DO NOTHING
"""

END_CHANGED = """
    UPDATE treasury_discrepancy d
    SET resolved_at = %(at)s, resolved_by_label = %(by)s, resolution = 'changed'
    FROM unnest(%(lines)s::bigint[], %(kinds)s::text[]) f (line, kind)
    WHERE d.line_id = f.line AND d.kind NOT IN ('short', f.kind) AND f.kind <> 'short'
        AND d.resolved_at IS NULL
"""
