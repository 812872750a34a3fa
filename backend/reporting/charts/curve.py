"""Who is still housed after half a year, a year, two years; what is not due yet stands in its own band.

`points` are [months, low, high]: equal where the rate is told, apart where only a band is, null where
it is withheld. The curve is drawn only between months that are told next to each other.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from backend.reporting.charts import drawing as d

LEFT, TOP, FOOT = 46, 16, 196
ROOM, RISE = d.WIDTH - LEFT - 90, FOOT - TOP
BAND = 56
"""Height of the band below the axis, in which those stand whose day has not come."""
MONTHS = 24


def draw(chart: Mapping[str, Any]) -> str:
    told = [(0, 100, 100), *(tuple(point) for point in chart["points"])]
    marks = [*_ground(), *_bands(told), *_line(told)]
    marks += [
        d.dot(_x(m), _y(low), "mark") for m, low, high in told if low is not None and low == high
    ]
    marks += [_words(point, text) for point, text in zip(told[1:], chart["texts"], strict=True)]
    return d.svg(FOOT + 24 + BAND, [*marks, *_not_due(chart)])


def _ground() -> list[str]:
    grid = [
        part
        for percent in (0, 25, 50, 75, 100)
        for part in (
            d.line([(LEFT, _y(percent)), (LEFT + ROOM, _y(percent))], "axis"),
            d.text(LEFT - 8, _y(percent) + 4, f"{percent} %", anchor="end", is_quiet=True),
        )
    ]
    months = [
        d.text(_x(m), FOOT + 18, str(m), anchor="middle", is_quiet=True) for m in (0, 6, 12, 24)
    ]
    return [*grid, *months]


def _bands(told: list[Any]) -> list[str]:
    return [
        d.area(
            [(_x(m) - 12, _y(low)), (_x(m) + 12, _y(low)), (_x(m) + 12, _y(high)), (_x(m) - 12, _y(high))],
            "middle",
        )
        for m, low, high in told
        if low is not None and low != high
    ]  # fmt: skip


def _line(told: list[Any]) -> list[str]:
    return [
        d.line([(_x(a), _y((low + high) // 2)), (_x(b), _y((to_low + to_high) // 2))], "mark",
               width=3, dashed=low != high or to_low != to_high)
        for (a, low, high), (b, to_low, to_high) in pairwise(told)
        if low is not None and to_low is not None
    ]  # fmt: skip


def _words(point: tuple[int, int | None, int | None], said: str) -> str:
    months, low, high = point
    if low is None or high is None:
        # Nothing is told: the place stays empty and says so.
        dashes = d.line([(_x(months), _y(100)), (_x(months), _y(0))], "axis", width=2, dashed=True)
        return dashes + d.paragraph(_x(months) + 8, _y(55), said, 84)
    return d.text(_x(months) + 9, max(_y(high) - 9, 12), said, is_key=True)


def _not_due(chart: Mapping[str, Any]) -> list[str]:
    y = FOOT + 24
    marks = [d.box(LEFT, y, ROOM + 90, BAND - 4, "soft")]
    marks.append(d.text(LEFT + 6, y + 18, chart["not_due_label"], is_quiet=True))
    for (months, _low, _high), said in zip(chart["points"], chart["not_due"], strict=True):
        marks.append(d.text(_x(months), y + 40, said, anchor="middle"))
    return marks


def _x(months: int) -> int:
    return LEFT + d.place(months, of=MONTHS, room=ROOM)


def _y(percent: int) -> int:
    return FOOT - d.place(percent, of=100, room=RISE)
