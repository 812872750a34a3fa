"""Thresholds and rates as dated data: the value that was in force on a day, with its source."""

import datetime as dt

from django.db.models import Q

from backend.core.models import Parameter


def value(code: str, *, on: dt.date) -> str:
    """The value of a parameter in force on a day. Raises Parameter.DoesNotExist when none was."""
    in_force = Parameter.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), code=code, valid_from__lte=on
    )
    return in_force.latest("valid_from").value
