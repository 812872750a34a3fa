"""Charts as SVG, drawn here from frozen values: the same picture on the page, in print and in the PDF.

`figures` turns what a report may tell into charts (values and words, JSON-ready), `drawing` holds the
marks, and one module per shape places them. Every chart has a table that says the same in words.
"""

from collections.abc import Callable, Mapping
from typing import Any

from backend.reporting.charts import curve, funnel, ranges, scale, targets

_SHAPES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "funnel": funnel.draw,
    "sustainment": curve.draw,
    "targets": targets.draw,
    "rent": ranges.draw,
    "waiting": scale.draw,
}


def draw(chart: Mapping[str, Any]) -> str:
    """The SVG of a chart as it was frozen (see `figures`)."""
    return _SHAPES[chart["shape"]](chart)


def alternative(chart: Mapping[str, Any]) -> str:
    """The chart in one sentence, for who cannot see it."""
    said = "; ".join(f"{label}: {text}" for label, text in chart["rows"])
    return f"{chart['title']}. {said}."
