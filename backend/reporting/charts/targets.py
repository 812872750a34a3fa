"""What was meant beside what became of it: a bar for each figure, its target as a line across.

`values` are [actual, target] of each row, each row with a scale of its own; null is not told.
"""

from collections.abc import Mapping
from typing import Any

from backend.reporting.charts import drawing as d

ROW, BAR = 56, 16
ROOM = d.WIDTH - 20


def draw(chart: Mapping[str, Any]) -> str:
    marks: list[str] = []
    rows = zip(chart["rows"], chart["values"], strict=True)
    for place, ((label, said), (actual, target)) in enumerate(rows):
        y = place * ROW
        marks.append(d.text(0, y + 15, label))
        marks.append(d.text(d.WIDTH, y + 15, said, anchor="end", is_quiet=True))
        longest = max(actual or 0, target)
        marks.append(d.box(0, y + 24, ROOM, BAR, "ground"))
        marks.append(d.box(0, y + 24, d.place(actual or 0, of=longest, room=ROOM), BAR, "mark"))
        at = d.place(target, of=longest, room=ROOM)
        marks.append(d.line([(at, y + 20), (at, y + 24 + BAR + 4)], "goal", width=3))
    return d.svg(ROW * len(chart["rows"]), marks)
