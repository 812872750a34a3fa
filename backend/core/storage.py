"""A disk that is full, here or under the database: what was asked is not done, and says why.

Nothing is half stored: a file is kept in the transaction that books it.
"""

import errno

from backend.core.errors import RuleBroken

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DATABASE_FULL = "53100"


class StorageFull(RuleBroken):
    """No room to store what was sent; nothing of it was kept."""

    code = "storage.full"
    status = 507


def is_full(problem: BaseException | None) -> bool:
    """Whether an error, or one of those that caused it, is a lack of room."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in FULL:
            return True
        if getattr(problem, "sqlstate", None) == DATABASE_FULL:
            return True
        problem = problem.__cause__ or problem.__context__
    return False
