"""Thresholds and rates as dated data: the value that was in force on a day, with its source.

Who reads a parameter registers how, so that a mistyped value is refused where it is written.
"""

import datetime as dt
from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused
from backend.core.models import Parameter

_readings: dict[str, Callable[[str], object]] = {}


class Unreadable(Refused):
    code = "parameter.unreadable"


def register(reading: Callable[[str], object], *codes: str) -> None:
    """Say how the values of some parameters are read; `reading` raises ValueError for a bad one."""
    _readings.update(dict.fromkeys(codes, reading))


def refuse_unreadable(*, code: str, value: str) -> None:
    """Raise Unreadable for a value that its readers could not use."""
    try:
        _readings.get(code, str)(value)
    except (ValueError, ArithmeticError) as problem:
        raise Unreadable(
            _("Nobody could read this value: write it as the one before."), field="value"
        ) from problem


def value(code: str, *, on: dt.date) -> str:
    """The value of a parameter in force on a day. Raises Parameter.DoesNotExist when none was."""
    in_force = Parameter.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), code=code, valid_from__lte=on
    )
    return in_force.latest("valid_from").value
