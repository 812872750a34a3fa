"""What every stand-in needs to remember: one SQLite file, whole requests, a clock that was told to it.

A request is one transaction, so a stand-in killed at any moment comes back with whole requests only.
"""

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWN_TABLES = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER);
CREATE TABLE IF NOT EXISTS told_times (id INTEGER PRIMARY KEY, ahead_seconds REAL);
"""


class Memory:
    """One SQLite file; a path of None keeps everything in memory alone."""

    tables = ""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._base = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None
        )
        self._base.executescript(OWN_TABLES + self.tables)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all of the block or nothing of it."""
        with self._lock:
            self.rows("BEGIN")
            try:
                yield
            except BaseException:
                self.rows("ROLLBACK")
                raise
            self.rows("COMMIT")

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with self._lock:
            return self._base.execute(sql, values).fetchall()

    def close(self) -> None:
        with self._lock:
            self._base.close()

    def count(self, name: str) -> int:
        """The next number of a counter, from 1."""
        rows = self.rows(
            "INSERT INTO counters VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
            name,
        )
        return int(rows[0][0])

    def tell_time(self, moment: dt.datetime) -> None:
        """Keep how far the demo's clock is from the machine's; it runs on from there."""
        ahead = (moment - dt.datetime.now(dt.UTC)).total_seconds()
        self.rows("INSERT OR REPLACE INTO told_times VALUES (1, ?)", ahead)

    def now(self) -> dt.datetime:
        """The present instant by the clock that was told last, or the machine's."""
        told = self.rows("SELECT ahead_seconds FROM told_times")
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=told[0][0] if told else 0)
