"""The marks of charts: text, boxes, lines as SVG. Pure; all positions are whole units of the view box.

Colours stand on the marks for the PDF and for print; on a page the classes follow the reader's
light or dark (components.css). A chart holds no style, no script and no link.
"""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

WIDTH = 640
FONT = "Source Sans 3, Mattone Sans, sans-serif"
INK, MUTED, LINE, SUNK = "#24201c", "#5e564d", "#d9d1c6", "#efebe4"
SLATE, SLATE_MID, SLATE_SOFT, BRICK = "#1f5060", "#6f9aa8", "#dce8eb", "#a13419"
COLOURS = {
    "mark": SLATE,
    "soft": SLATE_SOFT,
    "middle": SLATE_MID,
    "ground": SUNK,
    "goal": INK,
    "axis": LINE,
    "warn": BRICK,
}
LETTER = 7
"""How wide a letter of 13 units is, about: texts are cut before they would leave the picture."""


def svg(height: int, marks: Iterable[str]) -> str:
    """A picture of the common width. Who reads it aloud reads the table beside it instead."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" class="drawing" '
        f'aria-hidden="true" focusable="false" font-family="{FONT}" font-size="13">'
        f"{''.join(marks)}</svg>"
    )


def box(x: int, y: int, width: int, height: int, kind: str) -> str:
    """A filled box; nothing where it has no width."""
    if width <= 0:
        return ""
    fill = COLOURS[kind]
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>'


def line(
    points: Sequence[tuple[int, int]], kind: str, *, width: int = 1, dashed: bool = False
) -> str:
    """A line through points."""
    at = " ".join(f"{x},{y}" for x, y in points)
    dash = ' stroke-dasharray="4 4"' if dashed else ""
    return (
        f'<polyline class="stroke {kind}" points="{at}" fill="none" stroke="{COLOURS[kind]}" '
        f'stroke-width="{width}"{dash}/>'
    )


def area(points: Sequence[tuple[int, int]], kind: str) -> str:
    """A filled area."""
    at = " ".join(f"{x},{y}" for x, y in points)
    return f'<polygon class="{kind}" points="{at}" fill="{COLOURS[kind]}"/>'


def dot(x: int, y: int, kind: str) -> str:
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="5" fill="{COLOURS[kind]}"/>'


def text(
    x: int,
    y: int,
    said: str,
    *,
    anchor: str = "start",
    is_key: bool = False,
    is_quiet: bool = False,
) -> str:
    """Words with their base line at `y`."""
    fill = MUTED if is_quiet else INK
    kind = "quiet" if is_quiet else "said"
    weight = ' font-weight="700"' if is_key else ""
    return (
        f'<text class="{kind}" x="{x}" y="{y}" text-anchor={quoteattr(anchor)} fill="{fill}"'
        f"{weight}>{escape(said)}</text>"
    )


def paragraph(x: int, y: int, said: str, room: int, *, anchor: str = "start") -> str:
    """Quiet words on as many lines as they need in so much room, 16 units apart."""
    return "".join(
        text(x, y + 16 * place, words, anchor=anchor, is_quiet=True)
        for place, words in enumerate(lines_of(said, room))
    )


def lines_of(said: str, room: int) -> list[str]:
    """Words broken into lines that fit the room; a word is never broken."""
    fits = max(room // LETTER, 1)
    lines: list[str] = []
    for word in said.split():
        if lines and len(lines[-1]) + 1 + len(word) <= fits:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def place(value: int, *, of: int, room: int) -> int:
    """Where a value stands in a room that ends at `of`; never outside of it."""
    return min(max(value, 0), of) * room // of if of > 0 else 0
