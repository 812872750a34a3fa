"""A full disk is known by its error, whichever way it comes."""

import errno

import pytest
from django.db import OperationalError
from psycopg.errors import DiskFull

from backend.core import storage


def caused(problem: Exception, cause: BaseException) -> Exception:
    problem.__cause__ = cause
    return problem


class TestIsFull:
    @pytest.mark.parametrize(
        ("problem", "expected"),
        [
            (OSError(errno.ENOSPC, "No space left on device"), True),
            (OSError(errno.EFBIG, "File too large"), True),
            (OSError(errno.EACCES, "Permission denied"), False),
            (caused(OperationalError("disk full"), DiskFull()), True),
            (caused(ValueError("no"), OSError(errno.ENOSPC, "No space left")), True),
            (OperationalError("gone"), False),
            (None, False),
        ],
        ids=str,
    )
    def test_tells_it_from_other_faults(
        self, problem: BaseException | None, expected: bool
    ) -> None:
        assert storage.is_full(problem) is expected
