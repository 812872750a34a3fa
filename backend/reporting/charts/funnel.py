"""From money to homes to people: steps side by side, each a key figure and what it is."""

from collections.abc import Mapping
from typing import Any

from backend.reporting.charts import drawing as d

HEIGHT = 120
GAP = 26


def draw(chart: Mapping[str, Any]) -> str:
    """`rows` are the steps; the bar below them narrows by one step's share, whatever their units."""
    steps = chart["rows"]
    room = (d.WIDTH - GAP * (len(steps) - 1)) // len(steps)
    marks = []
    for place, (label, value) in enumerate(steps):
        x = place * (room + GAP)
        marks.append(d.box(x, 0, room, HEIGHT, "ground"))
        marks.append(d.box(x, 0, room, 5, "mark"))
        values = d.lines_of(value, room - 16)
        marks += [d.text(x + 10, 34 + 17 * n, words, is_key=True) for n, words in enumerate(values)]
        marks.append(d.paragraph(x + 10, 38 + 17 * len(values), label, room - 16))
        if place:
            marks.append(_chevron(x - GAP // 2))
    return d.svg(HEIGHT, marks)


def _chevron(x: int) -> str:
    return d.line(
        [(x - 4, HEIGHT // 2 - 8), (x + 4, HEIGHT // 2), (x - 4, HEIGHT // 2 + 8)], "goal"
    )
