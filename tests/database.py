"""The database under test: the embedded server made fast, and a flush that append-only tables allow.

Used by conftest.py alone. A test that needs real commits gets a truncated database each time, in
which the rows that migrations brought (parameters, policies) stand again.
"""

import os
from collections.abc import Sequence

import dj_database_url
from django.db import connection, connections, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

from backend import embedded


def use_embedded() -> None:
    """Point Django at an embedded server of the tests' own: fast, and apart from any demo."""
    if os.environ.get("DATABASE_URL"):
        return
    os.environ["MATTONE_DATA"] = str(embedded.data_folder() / "test")
    os.environ["MATTONE_PG_FAST"] = "1"
    found = dj_database_url.parse(embedded.ensure())
    connections["default"].settings_dict.update(HOST=found["HOST"], USER=found["USER"])


def child_environment() -> dict[str, str]:
    """The environment of a process that is to see the very database of this test."""
    whole = embedded.environment()
    address, _, _ = whole["DATABASE_URL"].rpartition("/")
    return {**whole, "DATABASE_URL": f"{address}/{connection.settings_dict['NAME']}"}


def let_flush_pass_append_only_tables() -> None:
    """Make Django's flush put the migrations' rows back, with the append-only triggers at rest.

    It empties the tables that hold something: to truncate them all makes two thousand files anew.
    """
    tables = [t for t in connection.introspection.table_names() if t != "django_migrations"]
    kept = {table: _rows(table) for table in _filled(tables)}

    def execute(_self: DatabaseOperations, _truncate_all: Sequence[str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            # A session in this role fires no triggers: neither the refusal nor the books' checks.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in _filled(tables):
                cursor.execute(f'DELETE FROM "{table}"')
            for table, rows in kept.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copy:
                    copy.write(rows)

    DatabaseOperations.execute_sql_flush = execute  # type: ignore[method-assign]


def _filled(tables: Sequence[str]) -> list[str]:
    """Those with a row."""
    asks = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asks))
        return [table for (table,) in cursor.fetchall()]


def _rows(table: str) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy,
    ):
        return b"".join(copy)


def check_deferred() -> None:
    """Fire the constraint triggers that wait for a commit, which a rolled-back test never reaches."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
