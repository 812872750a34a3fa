"""Parameters that an installation starts with, written by migrations as plain rows.

An `INSERT` asks Django for no models as they once were: rendering all of them costs half a second
for each migration that does.
"""

import datetime as dt
from typing import NamedTuple

from django.db.migrations import RunSQL

SINCE = dt.date(2020, 1, 1)
INSERT = """
INSERT INTO core_parameter (code, value, valid_from, valid_to, source)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT (code, valid_from) DO NOTHING
"""
DELETE = "DELETE FROM core_parameter WHERE code = %s AND valid_from = %s"


class Row(NamedTuple):
    """A value, from a day on and before another, with the source that sets it."""

    code: str
    value: str
    source: str
    valid_from: dt.date = SINCE
    valid_to: dt.date | None = None


def set_parameters(*rows: Row) -> RunSQL:
    """The operation that writes `rows`, and leaves alone what stands already for the same day."""
    return RunSQL(
        [(INSERT, [r.code, r.value, r.valid_from, r.valid_to, r.source]) for r in rows],
        [(DELETE, [r.code, r.valid_from]) for r in rows],
    )
