"""The colours of both themes, read from tokens.css, against WCAG 2.2 AA."""

import re
from pathlib import Path

import pytest

from backend.settings import BASE_DIR

TOKENS = Path(BASE_DIR, "backend/static/css/tokens.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "plaster"),
    ("ink", "surface"),
    ("ink", "sunk"),
    ("muted", "plaster"),
    ("muted", "surface"),
    ("muted", "sunk"),
    ("link", "plaster"),
    ("link", "surface"),
    ("link", "sunk"),
    ("brick-text", "plaster"),
    ("brick-text", "surface"),
    ("on-brick", "brick"),
    ("on-strip", "strip"),
    *((tone, f"{tone}-soft") for tone in ("good", "wait", "bad", "note")),
    *(("ink", f"{tone}-soft") for tone in ("good", "wait", "bad", "note")),
]
MARKS = [
    ("line-strong", "plaster"),
    ("line-strong", "surface"),
    ("slate", "sunk"),
    ("focus", "plaster"),
    ("focus", "surface"),
    ("slate", "slate-soft"),
]


def _themes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize(("over", "ground"), TEXT)
    def test_text_can_be_read(self, theme: str, over: str, ground: str) -> None:
        colours = _themes()[theme]

        assert contrast(colours[over], colours[ground]) >= 4.5

    @pytest.mark.parametrize(("mark", "ground"), MARKS)
    def test_marks_can_be_seen(self, theme: str, mark: str, ground: str) -> None:
        colours = _themes()[theme]

        assert contrast(colours[mark], colours[ground]) >= 3
