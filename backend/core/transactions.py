"""Transactions that wait for each other in a circle: the database ends one, and it begins anew.

Writers take their locks in one order where they can (campaign, expectation, owner, accounts); a
batch of many cannot always. What is repeated here must read anew all that it changes.
"""

import contextlib
import functools
import time
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

TRIES = 5
PAUSE_SECONDS = 0.05
DEADLOCK, SERIALIZATION = "40P01", "40001"

P = ParamSpec("P")
R = TypeVar("R")


def is_contention(problem: BaseException) -> bool:
    """Whether the database ended a transaction only for the sake of another one."""
    state = getattr(problem.__cause__, "sqlstate", None)
    return isinstance(problem, OperationalError) and state in (DEADLOCK, SERIALIZATION)


def plan_anew() -> None:
    """Prepare for a statement over thousands of rows, until the transaction ends.

    Plans of triggers and queries are forgotten: one that was made when a table had a few rows would look
    through all of it for each. And rows are sorted and grouped in memory, not in files.
    """
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL work_mem = '64MB'")


@contextlib.contextmanager
def one_look() -> Iterator[None]:
    """Make several reads one look: what others commit meanwhile is not seen (repeatable read).

    Inside a transaction it sees what that one sees.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def repeated(work: Callable[P, R]) -> Callable[P, R]:
    """Make a rule one transaction that is begun anew, a few times, when another one won its locks.

    Inside a transaction it does nothing: locks are kept until the outermost ends, so only that one
    can make way.
    """

    @functools.wraps(work)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return work(*args, **kwargs)
        for number in range(1, TRIES):
            try:
                with transaction.atomic():
                    return work(*args, **kwargs)
            except OperationalError as problem:
                if not is_contention(problem):
                    raise
            # At once, it could take its first lock again before who waits for that has woken up.
            time.sleep(number * PAUSE_SECONDS)
        with transaction.atomic():
            return work(*args, **kwargs)

    return whole
