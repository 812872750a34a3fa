"""All indicators in the order of their numbers (housing.md 3.3, 36 numbers). A new one is a row more."""

import re

from properties.indicators import capital, homes, outcomes, people, rents, support, waits, windows
from properties.indicators.shapes import Indicator

_MODULES = (capital, homes, people, outcomes, windows, waits, rents, support)
_NUMBER = re.compile(r"(\d+)\.?(\d*)([a-z]?)")


def _place(row: Indicator) -> tuple[int, int, str]:
    found = _NUMBER.fullmatch(row.number)
    assert found, f"{row.number} is no number of an indicator"
    return int(found[1]), int(found[2] or 0), found[3]


REGISTRY: tuple[Indicator, ...] = tuple(
    sorted((row for module in _MODULES for row in module.ROWS), key=_place)
)
EVIDENCE = {row.code: module.EVIDENCE for module in _MODULES for row in module.ROWS}
"""By code the dated facts that a figure rests on, in a sentence."""
BY_CODE = {indicator.code: indicator for indicator in REGISTRY}
