"""Charts: values in, an SVG out that says the same as its table, harmless whatever the words are. Pure."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reporting import charts
from backend.reporting.charts import drawing

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    ["Put in", "€1.000,00"],
    ["In homes", "€900,00"],
    ["Homes", "8"],
    ["Households", "fewer than 10"],
]
SUSTAINMENT: dict[str, Any] = {
    "shape": "sustainment",
    "title": "Still housed",
    "rows": [["After 6 months", "95 %"]],
    "points": [[6, 95, 95], [12, 80, 100], [24, None, None]],
    "texts": ["95 %", "between 80 and 100 %", "not told, to protect people"],
    "not_due": ["fewer than 10"] * 3,
    "not_due_label": "Not due yet",
}  # fmt: skip
TARGETS: dict[str, Any] = {
    "shape": "targets",
    "title": "Targets",
    "rows": [["Homes", "8 (target 10)"], ["Kept", "not told (target 90 %)"]],
    "values": [[8, 10], [None, 90]],
}
RENT: dict[str, Any] = {
    "shape": "rent",
    "title": "Rent",
    "rows": [["The market asks", "400 to 500"], ["We ask", "320"]],
    "values": [40_000, 50_000, 32_000],
}
WAITING: dict[str, Any] = {
    "shape": "waiting",
    "title": "Waiting",
    "rows": [["Time to a home", "between 60 and 180 days"]],
    "edges": [0, 30, 60, 180, 365, 730],
    "band": 2,
    "unit": "days",
    "told": "between 60 and 180 days",
}
FUNNEL: dict[str, Any] = {"shape": "funnel", "title": "Funnel", "rows": ROWS}
ALL = [FUNNEL, SUSTAINMENT, TARGETS, RENT, WAITING]


def parsed(chart: dict[str, Any]) -> ElementTree.Element:
    return ElementTree.fromstring(charts.draw(chart))  # noqa: S314  # drawn by us a line above


def words(chart: dict[str, Any]) -> str:
    return " ".join(each.text or "" for each in parsed(chart).iter(f"{SVG}text"))


def marks(chart: dict[str, Any], kind: str) -> list[ElementTree.Element]:
    return [each for each in parsed(chart).iter() if kind in each.get("class", "").split()]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart["shape"])
class TestDraw:
    def test_is_a_picture_without_style_script_or_link(self, chart: dict[str, Any]) -> None:
        root = parsed(chart)

        assert root.tag == f"{SVG}svg"
        assert not {each.tag for each in root.iter()} & {
            f"{SVG}{n}" for n in ("style", "script", "a")
        }
        assert not re.search(r"style=|href|on\w+=", charts.draw(chart))

    def test_stays_inside_its_view_box(self, chart: dict[str, Any]) -> None:
        root = parsed(chart)
        width, height = (int(part) for part in root.get("viewBox", "").split()[2:])

        for each in root.iter(f"{SVG}rect"):
            x, y, wide, high = (int(each.get(name, "0")) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= x + wide <= width
            assert 0 <= y <= y + high <= height

    def test_has_an_alternative_with_every_row(self, chart: dict[str, Any]) -> None:
        said = charts.alternative(chart)

        assert said.startswith(chart["title"])
        assert all(f"{label}: {text}" in said for label, text in chart["rows"])


class TestShapes:
    def test_the_funnel_says_every_step(self) -> None:
        said = words(FUNNEL)

        assert all(word in said for row in ROWS for part in row for word in part.split())

    def test_the_curve_ends_where_nothing_is_told(self) -> None:
        solid = [each for each in marks(SUSTAINMENT, "mark") if each.tag == f"{SVG}polyline"]

        assert len(solid) == 2
        assert len(marks(SUSTAINMENT, "middle")) == 1
        assert "protect" in words(SUSTAINMENT)
        assert words(SUSTAINMENT).count("fewer than 10") == 3

    def test_a_target_stands_where_it_was_set(self) -> None:
        bar, _ground = marks(TARGETS, "mark")[0], marks(TARGETS, "ground")[0]
        goals = marks(TARGETS, "goal")

        assert int(bar.get("width", "0")) == drawing.place(8, of=10, room=drawing.WIDTH - 20)
        assert len(goals) == 2
        assert len(marks(TARGETS, "mark")) == 1

    def test_waiting_marks_one_band(self) -> None:
        assert len(marks(WAITING, "mark")) == 1
        assert len(marks({**WAITING, "band": None}, "mark")) == 0

    @given(st.text(min_size=1, max_size=40))
    def test_words_are_never_marks(self, said: str) -> None:
        chart = {**FUNNEL, "rows": [[f"<b>{said}", "</svg><script>"]] * 4}
        drawn = charts.draw(chart)

        assert "<script" not in drawn
        assert "<b>" not in drawn


class TestLines:
    @given(st.text(alphabet="ab ", max_size=80), st.integers(7, 400))
    def test_no_word_is_lost(self, said: str, room: int) -> None:
        assert " ".join(drawing.lines_of(said, room)).split() == said.split()
