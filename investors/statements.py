"""A statement: what stood before, what moved, what stands after, and it adds up. Pure.

The movements come from whoever knows them (pledges from campaigns); here they are only laid out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from djmoney.money import Money

from backend.core.money import ZERO


@dataclass(frozen=True)
class Movement:
    """One movement; money that the investor gets back is negative."""

    on: dt.date
    text: str | Promise
    amount: Money


@dataclass(frozen=True)
class Statement:
    """Opening + movements = closing, by construction."""

    first_day: dt.date
    last_day: dt.date
    opening: Money
    movements: tuple[Movement, ...]

    @property
    def closing(self) -> Money:
        return sum((movement.amount for movement in self.movements), self.opening)


def statement(movements: Iterable[Movement], *, first_day: dt.date, last_day: dt.date) -> Statement:
    """Lay out the movements of a period; those before it make the opening balance."""
    ordered = sorted(movements, key=lambda movement: movement.on)
    before = [movement.amount for movement in ordered if movement.on < first_day]
    within = tuple(movement for movement in ordered if first_day <= movement.on <= last_day)
    return Statement(first_day, last_day, sum(before, ZERO), within)
