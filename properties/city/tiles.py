"""The tile map of the eight circoscrizioni: a square each, about where it lies. Pure geometry.

Numbers in, positions out; templates draw them as SVG attributes, and a table says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from properties.models.unit import DISTRICTS

SIDE, GAP = 200, 10
PLACES = {5: (0, 0), 6: (1, 0), 4: (0, 1), 1: (1, 1), 7: (2, 1), 3: (0, 2), 2: (1, 2), 8: (2, 2)}
"""Column and row of each: five and six north, seven and eight beyond the Po, one in the middle."""
STEPS = 4
HOMES = "homes_by_district"
"""The figure of homes that the map shows."""


@dataclass(frozen=True)
class Tile:
    """A square: where it is drawn, how dark (0 to STEPS), and what is written in it."""

    number: int
    name: str
    x: int
    y: int
    shade: int
    text: str

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def line(self) -> int:
        return self.y + SIDE // 2 + 36


def counts(shown: Mapping[str, Any] | None) -> dict[int, int]:
    """By number the homes or people of a figure by circoscrizione, as an audience is told it; what is
    withheld is not there."""
    parts = shown["parts"] if shown else ()
    return {int(label): count for label, count in parts if label.isdecimal() and count is not None}


def lay_out(values: Mapping[int, int]) -> list[Tile]:
    """A tile for each circoscrizione in the order of their numbers; none is told as a dash."""
    most = max(values.values(), default=0)
    return [
        Tile(
            number,
            name,
            PLACES[number][0] * (SIDE + GAP),
            PLACES[number][1] * (SIDE + GAP),
            shade(values.get(number, 0), most),
            str(values[number]) if number in values else "–",
        )
        for number, name in DISTRICTS.items()
    ]


def shade(value: int, most: int) -> int:
    """0 for nothing, else 1 to STEPS in equal parts of the largest."""
    return -(-STEPS * value // most) if most > 0 and value > 0 else 0
