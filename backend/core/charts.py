"""The geometry of charts: numbers in, positions out, drawn by templates as SVG attributes.

Every chart is a table whose rows carry a mark, so the figures are there for everyone and in print.
All positions are whole per mille of the width, so that no locale ever writes a comma into an SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from djmoney.money import Money

WIDTH = 1000
# Of templates/front/bricks.html: where the lowest row of bricks stands, and up to the topmost.
GROUND, HOUSE_HEIGHT = 301, 334


@dataclass(frozen=True)
class Row:
    """A value to be drawn; `text` is what stands beside the mark, `goal` an optional target."""

    label: str | Promise
    value: Decimal | int
    text: str
    goal: Decimal | int | None = None


@dataclass(frozen=True)
class Bar:
    """A drawn row: `width` and `goal_at` in per mille of the longest."""

    label: str | Promise
    text: str
    width: int
    goal_at: int | None


@dataclass(frozen=True)
class BarChart:
    """Bars from a common zero. `source` says where the figures come from and as of when."""

    title: str | Promise
    bars: list[Bar]
    source: str | Promise = ""
    label_head: str | Promise = ""
    value_head: str | Promise = ""


@dataclass(frozen=True)
class Step:
    """A stage of the road from money to homes to people: a figure, what it is, an icon's name."""

    value: str
    label: str | Promise
    icon: str = ""


@dataclass(frozen=True)
class Storey:
    """How high the bricks of one kind of money stand in the house: from `top` down to the ground."""

    name: str
    top: int
    height: int


@dataclass(frozen=True)
class Progress:
    """The four numbers of a campaign against its target, with their places on one bar."""

    promised: Money
    paid: Money
    settled: Money
    target: Money
    days_left: int | None
    promised_at: int
    paid_at: int
    settled_at: int
    target_at: int
    percent: int

    @property
    def has_ended(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def bars(
    title: str | Promise,
    rows: Sequence[Row],
    *,
    source: str | Promise = "",
    heads: tuple[str | Promise, str | Promise] = ("", ""),
    whole: Decimal | int = 0,
) -> BarChart:
    """Lay out rows as bars from zero; the longest value or goal, or the whole they are parts of,
    fills the width."""
    longest = max((max(row.value, row.goal or 0) for row in rows), default=0)
    longest = max(longest, whole)
    drawn = [
        Bar(row.label, row.text, share(row.value, longest), _goal(row.goal, longest))
        for row in rows
    ]
    return BarChart(title, drawn, source, *heads)


def progress(
    *,
    promised: Money,
    paid: Money,
    settled: Money,
    target: Money,
    days_left: int | None = None,
) -> Progress:
    """Lay out settled within paid within promised; the target is marked where more was promised."""
    widest = max(promised.amount, paid.amount, settled.amount, target.amount)
    return Progress(
        promised=promised,
        paid=paid,
        settled=settled,
        target=target,
        days_left=days_left,
        promised_at=share(promised.amount, widest),
        paid_at=share(paid.amount, widest),
        settled_at=share(settled.amount, widest),
        target_at=share(target.amount, widest),
        percent=share(paid.amount, target.amount, 100),
    )


def house(*, promised: Money, paid: Money, settled: Money, target: Money) -> list[Storey]:
    """The house of the front page, built as high as the money: what covers less is drawn last."""
    layers = (("promised", promised), ("paid", paid), ("settled", settled))
    heights = [
        (name, min(share(each.amount, target.amount, HOUSE_HEIGHT), HOUSE_HEIGHT))
        for name, each in layers
    ]
    return [Storey(name, GROUND - height, height) for name, height in heights if height]


def share(part: Decimal | int, whole: Decimal | int, scale: int = WIDTH) -> int:
    """`part` of `whole` in whole units of `scale`, rounded down: 99.9 % is never drawn as done."""
    return max(int(part * scale / whole), 0) if whole > 0 else 0


def _goal(goal: Decimal | int | None, longest: Decimal | int) -> int | None:
    return None if goal is None else share(goal, longest)
