"""How long people waited: the scale of bands, with the one in which the middle of the waits lies.

`edges` are days, `band` the number of the band that is told, null where none is.
"""

from collections.abc import Mapping
from typing import Any

from backend.reporting.charts import drawing as d

HEIGHT, TOP, BAR = 84, 30, 20


def draw(chart: Mapping[str, Any]) -> str:
    edges = chart["edges"]
    room = d.WIDTH // len(edges)
    marks = []
    for place, edge in enumerate(edges):
        x, is_told = place * room, place == chart["band"]
        marks.append(d.box(x, TOP, room - 3, BAR, "mark" if is_told else "ground"))
        marks.append(d.text(x, TOP + BAR + 18, str(edge), is_quiet=True))
    marks.append(d.text(d.WIDTH, TOP + BAR + 18, chart["unit"], anchor="end", is_quiet=True))
    at = (chart["band"] or 0) * room
    anchor = "end" if at > d.WIDTH // 2 else "start"
    marks.append(
        d.text(at + (room if anchor == "end" else 0), 20, chart["told"], anchor=anchor, is_key=True)
    )
    return d.svg(HEIGHT, marks)
