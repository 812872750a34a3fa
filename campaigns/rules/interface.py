"""What every regime must answer; the regimes are values of it, put together from the rules beside."""

import datetime as dt
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from djmoney.money import Money

from campaigns.rules.reflection import Running
from campaigns.rules.sheet_forms import Form
from investors.suitability import Need, Order, Standing


class EndForOrder(Protocol):
    """When an order is final; a contract may promise more days than the law."""

    def __call__(self, placed_at: dt.datetime, *, promised_days: int = 0) -> dt.datetime: ...


class Missing(Protocol):
    """What must still be given before an order."""

    def __call__(self, *, standing: Standing, order: Order, at: dt.datetime) -> list[Need]: ...


class Warnings(Protocol):
    """The kinds of warning that an order calls for."""

    def __call__(self, *, standing: Standing, order: Order) -> list[str]: ...


@dataclass(frozen=True)
class Protection:
    """What a regime asks of who orders, what it warns of, and which kinds of investor it protects less:
    they have no time to change their mind."""

    missing: Missing
    warnings: Warnings
    is_lifted: Callable[[Set[str]], bool]


@dataclass(frozen=True)
class Regime:
    """A legal regime of offers. `article` is where the right to change one's mind stands.

    `valid_to` is the first day on which no offer may open under it any more; an offer that opened
    before keeps its regime to the end. `professional_share`: whether a part of the instruments must
    be subscribed by professional investors before the offer may close. `judges_orders`: whether large
    orders need a check of appropriateness (I5). `is_reported`: whether the
    platform tells the authorities of its offers each year (R52, I8). `answers_translations`: whether
    who asked for a translation waits for it, or for the advice not to invest (R15).
    """

    code: str
    name: str | Promise
    article: str
    valid_from: dt.date
    valid_to: dt.date | None
    reflection_days: int
    end_for_order: EndForOrder
    protection: Protection
    owner_is_bound: Callable[[Running, dt.datetime], bool]
    end_after_change: Callable[[dt.datetime], dt.datetime]
    ceiling: Callable[[dt.date], Money]
    sheet: Form
    professional_share: bool = False
    judges_orders: bool = False
    is_reported: bool = False
    answers_translations: bool = False

    def may_open(self, on: dt.date) -> bool:
        """Whether an offer may open under this regime on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
