"""Spans of days that may not overlap, as the database refuses them without any extension.

GiST compares ranges alone, so a key stands as a range of one number, and a text as that of its hash.
"""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.expressions import Combinable


def no_overlap(name: str, field: str) -> ExclusionConstraint:
    """Of one row of another table at most one span at a time, from `starts_on` to `ends_on`."""
    return _exclusion(name, F(field))


def no_overlap_of_text(name: str, field: str) -> ExclusionConstraint:
    """The same for a text, by its hash of 64 bits."""
    number = Func(F(field), Value(0), function="hashtextextended", output_field=BigIntegerField())
    return _exclusion(name, number)


def _exclusion(name: str, number: Combinable) -> ExclusionConstraint:
    pairs: list[tuple[Any, Any]] = [
        (_one_of(number), RangeOperators.EQUAL),
        (_time(), RangeOperators.OVERLAPS),
    ]
    return ExclusionConstraint(name=name, expressions=pairs)


def _one_of(number: Combinable) -> Func:
    return Func(
        number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField()
    )


def _time() -> Func:
    return Func(
        F("starts_on"),
        F("ends_on"),
        Value("[)"),
        function="daterange",
        output_field=DateRangeField(),
    )
