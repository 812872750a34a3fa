"""The quick way through all migrations ends where Django's own way ends: at the same tables."""

import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from backend import embedded
from backend.embedded.user import binaries
from tests import database

MIGRATE = "import django; django.setup(); from backend.core import migrating; migrating.migrate()"
RANDOM = ("\\restrict", "\\unrestrict")
"""Lines of a dump that differ each time."""


@pytest.fixture
def empty(db: None) -> Iterator[dict[str, str]]:
    """The environment of a process that finds an empty database of its own."""
    environment = database.child_environment()
    address, _, name = environment["DATABASE_URL"].rpartition("/")
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {name}_quick")
        line.execute(f"CREATE DATABASE {name}_quick")
        yield {**environment, "DATABASE_URL": f"{address}/{name}_quick"}
        line.execute(f"DROP DATABASE {name}_quick WITH (FORCE)")


def tables(url: str) -> list[str]:
    """Every table, constraint, index, function and trigger, in SQL."""
    command = [binaries() / "pg_dump", "--schema-only", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line for line in said.splitlines() if not line.startswith(RANDOM)]


class TestMigrate:
    def test_ends_at_the_tables_of_djangos_own_command(self, empty: dict[str, str]) -> None:
        subprocess.run(
            [sys.executable, "-c", MIGRATE], env=empty, cwd=embedded.BASE_DIR, check=True
        )

        assert tables(empty["DATABASE_URL"]) == tables(database.child_environment()["DATABASE_URL"])

    def test_writes_the_rows_that_migrations_bring(self, empty: dict[str, str]) -> None:
        subprocess.run(
            [sys.executable, "-c", MIGRATE], env=empty, cwd=embedded.BASE_DIR, check=True
        )

        brought = (
            "SELECT count(*) FROM core_parameter UNION ALL SELECT count(*) FROM django_migrations"
        )
        with psycopg.connect(empty["DATABASE_URL"]) as quick, connection.cursor() as whole:
            whole.execute(brought)
            assert quick.execute(brought).fetchall() == whole.fetchall()
