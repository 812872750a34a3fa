"""The three sides of a run: what owners' own records say, what the ledger says, what the outside says.

A bank line is treasury's to compare; what a pledge is, or what waits at a card provider, only those know
who own it. They register what tells it, and a run keeps the answers with its totals (`totals`).
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from djmoney.money import Money

from backend.core.models import Organisation

LONGEST_LIST = 100
THERE, HERE = "there", "here"


@dataclass(frozen=True)
class ThreeWay:
    """The money of one undertaking as three independent sources have it; `about` is its name."""

    about: str
    records: Money
    ledger: Money
    outside: Money

    @property
    def is_equal(self) -> bool:
        return self.records == self.ledger == self.outside


@dataclass(frozen=True)
class Payout:
    """What a provider said it sends to the bank, what its parts come to, what the bank shows of it."""

    about: str
    due_on: dt.date
    amount: Money
    parts: Money
    arrived: Money
    has_failed: bool = False

    @property
    def unexplained(self) -> Money:
        return self.amount - self.parts

    def is_open(self, on: dt.date) -> bool:
        """Whether somebody has to look: parts that do not sum to it, or late at the bank."""
        is_late = not self.has_failed and self.due_on < on and self.arrived < self.parts
        return bool(self.unexplained.amount) or is_late


@dataclass(frozen=True)
class OneSided:
    """A movement that stands at the provider only (`there`), or in our records only (`here`)."""

    side: str
    about: str
    kind: str
    amount: Money
    since: dt.date


@dataclass(frozen=True)
class Sides:
    """What one owner told."""

    three_way: Sequence[ThreeWay] = ()
    payouts: Sequence[Payout] = ()
    one_sided: Sequence[OneSided] = ()


# Of one holder, or of all where none is named; as of now, ages counted to a day.
Gather = Callable[[Organisation | None], Sides]
_gatherers: list[Gather] = []
NOTHING: dict[str, Any] = {"three_way": [], "payouts": {}, "provider": []}


def register(gather: Gather) -> None:
    """Say what tells an owner's side of the money."""
    _gatherers.append(gather)


def standing(holder: Organisation | None, on: dt.date) -> dict[str, Any]:
    """What all owners tell, as JSON: the comparisons, payouts summed up, and what is on one side."""
    told = [gather(holder) for gather in _gatherers]
    one_sided = [each for sides in told for each in sides.one_sided]
    return {
        "three_way": [_three_way(each) for sides in told for each in sides.three_way],
        "payouts": _payouts([each for sides in told for each in sides.payouts], on),
        "provider": [_one_sided(each, on) for each in one_sided[:LONGEST_LIST]],
    }


def _three_way(one: ThreeWay) -> dict[str, Any]:
    return {
        "about": one.about,
        "records": _plain(one.records),
        "ledger": _plain(one.ledger),
        "outside": _plain(one.outside),
        "currency": str(one.ledger.currency),
        "is_equal": one.is_equal,
    }


def _payouts(payouts: Sequence[Payout], on: dt.date) -> dict[str, Any]:
    """Sums of those that did not come back, and each that somebody has to look at."""
    if not payouts:
        return {}
    sent = [each for each in payouts if not each.has_failed]
    nothing = payouts[0].amount * 0
    found = [_payout(each, on) for each in payouts if each.is_open(on)]
    return {
        "count": len(sent),
        "amount": _plain(sum((each.amount for each in sent), nothing)),
        "parts": _plain(sum((each.parts for each in sent), nothing)),
        "arrived": _plain(sum((each.arrived for each in sent), nothing)),
        "unexplained": _plain(sum((each.unexplained for each in sent), nothing)),
        "came_back": len(payouts) - len(sent),
        "currency": str(nothing.currency),
        "open": found[:LONGEST_LIST],
    }


def _payout(one: Payout, on: dt.date) -> dict[str, Any]:
    return {
        "about": one.about,
        "due_on": one.due_on.isoformat(),
        "age_days": (on - one.due_on).days,
        "amount": _plain(one.amount),
        "arrived": _plain(one.arrived),
        "unexplained": _plain(one.unexplained),
        "currency": str(one.amount.currency),
    }


def _one_sided(one: OneSided, on: dt.date) -> dict[str, Any]:
    return {
        "side": one.side,
        "about": one.about,
        "kind": one.kind,
        "amount": _plain(one.amount),
        "currency": str(one.amount.currency),
        "value_on": one.since.isoformat(),
        "age_days": (on - one.since).days,
    }


def _plain(amount: Money) -> str:
    return f"{amount.amount:.2f}"
