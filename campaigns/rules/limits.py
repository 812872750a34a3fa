"""How much an owner may raise from the public within twelve months, over all its offers anywhere."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import law
from backend.core.money import ZERO, euro
from campaigns.rules import dates

EUROPEAN_CEILING = euro("5000000.00")
ITALIAN_CEILING_THEN = euro("8000000.00")


@dataclass(frozen=True)
class Offer:
    """An offer of an owner, on whatever platform: what it raised, or may still raise."""

    opened_on: dt.date
    amount: Money


def counts(offer: Offer, *, on: dt.date) -> bool:
    """Whether an offer falls into the twelve months that end with a day."""
    return dates.years_after(on, -1) < offer.opened_on <= on


@law.rule(
    id="R2",
    article="Reg. (EU) 2020/1503, art. 1(2)(c)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "All offers of an owner within twelve months are added up: on every platform, with the "
        "public offers that need no prospectus."
    ),
    uncertain=_(
        "The day that anchors an offer: we take its opening and a rolling window, so that an offer "
        "of the same day a year ago no longer counts. A running offer counts with its maximum."
    ),
)
def sum_of_twelve_months(offers: Iterable[Offer], *, on: dt.date) -> Money:
    """What the owner's offers of the twelve months that end with a day come to."""
    return sum((offer.amount for offer in offers if counts(offer, on=on)), ZERO)


@law.rule(
    id="R2.ceiling",
    article="Reg. (EU) 2020/1503, art. 1(2)(c)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The sum of twelve months may reach the ceiling, not exceed it."),
)
def is_over(total: Money, ceiling: Money) -> bool:
    """Whether a sum exceeds the ceiling: strictly more, by a cent."""
    return total > ceiling


def european_ceiling(on: dt.date) -> Money:
    """EUR 5,000,000 (R2)."""
    return EUROPEAN_CEILING


@law.rule(
    id="I6",
    article="Reg. Consob 11971/1999, art. 34-ter(1)(c); TUF art. 100-ter",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "Under the Italian rules an owner could raise EUR 8,000,000 within twelve months; 5 now."
    ),
    uncertain=_("The day of the change: we take the end of the transition, 10 November 2023."),
)
def italian_ceiling(on: dt.date) -> Money:
    """The Italian ceiling on a day."""
    return ITALIAN_CEILING_THEN if on < dates.TRANSITION_ENDS else EUROPEAN_CEILING
