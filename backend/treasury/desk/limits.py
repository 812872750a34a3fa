"""How much one person may do alone at the desk, and how much may be written off at all. Pure, but
for `on`, which reads the parameters in force.

They are parameters with a date, numbers in the currency of the line; what a person did to a line
before counts too, so that no sum is done in small steps.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from backend.core import parameters
from backend.treasury.models import DeskAct

EXPLAIN_ALONE = "desk.explain.alone"
GIVE_UP_ALONE = "desk.give_up.alone"
WRITE_OFF_ALONE = "desk.write_off.alone"
WRITE_OFF_MOST = "desk.write_off.most"


@dataclass(frozen=True)
class Limits:
    """Up to which amount, itself included, one person is enough; `write_off_most` holds for two."""

    explain_alone: Decimal
    give_up_alone: Decimal
    write_off_alone: Decimal
    write_off_most: Decimal

    def alone(self, kind: str) -> Decimal:
        """How much of a kind of act one person may do."""
        if kind == DeskAct.Kind.WRITE_OFF:
            return self.write_off_alone
        return self.give_up_alone if kind == DeskAct.Kind.GIVE_UP else self.explain_alone

    def needs_second(self, kind: str, amount: Decimal, before: Decimal = Decimal(0)) -> bool:
        """Whether another person must agree; `before` was done to the same line by hand already."""
        return amount + before > self.alone(kind)

    def is_too_much(self, kind: str, amount: Decimal, before: Decimal = Decimal(0)) -> bool:
        """Whether even two people may not do it."""
        return kind == DeskAct.Kind.WRITE_OFF and amount + before > self.write_off_most


def on(day: dt.date) -> Limits:
    """The limits in force on a day."""
    codes = (EXPLAIN_ALONE, GIVE_UP_ALONE, WRITE_OFF_ALONE, WRITE_OFF_MOST)
    return Limits(*(Decimal(parameters.value(code, on=day)) for code in codes))
