"""Hand-made SQL against the books, as somebody with a console would try it."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection, transaction


def is_refused(sql: str, *values: Any) -> bool:
    """Whether the database refuses a statement; what it did is undone only if it was refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


def commits(act: Callable[[], object]) -> bool:
    """Whether an act passes the deferred guards of its commit; it is undone if not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            act()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except DatabaseError:
        return False
    return True


def force(*statements: str) -> None:
    """Run statements past the triggers, as a superuser with bad intent could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
