"""Our rent on the range that the market asks: a bar from low to high, our own as a mark.

`values` are low, high and ours, in cents a month.
"""

from collections.abc import Mapping
from typing import Any

from backend.reporting.charts import drawing as d

HEIGHT, TOP, BAR = 108, 44, 18
ROOM = d.WIDTH - 40


def draw(chart: Mapping[str, Any]) -> str:
    low, high, ours = chart["values"]
    longest = max(high, ours, 1)
    x = [20 + d.place(value, of=longest, room=ROOM) for value in (low, high, ours)]
    words = dict(chart["rows"])
    market, own = list(words)
    return d.svg(
        HEIGHT,
        [
            d.box(20, TOP, ROOM, BAR, "ground"),
            d.box(x[0], TOP, max(x[1] - x[0], 2), BAR, "middle"),
            d.text(d.WIDTH - 20, TOP + BAR + 22, f"{market}: {words[market]}", anchor="end"),
            d.line([(x[2], TOP - 8), (x[2], TOP + BAR + 8)], "warn", width=4),
            d.text(min(max(x[2], 150), d.WIDTH - 150), 24, f"{own}: {words[own]}",
                   anchor="middle", is_key=True),
        ],
    )  # fmt: skip
