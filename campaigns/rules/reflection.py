"""The time to change one's mind: how long, from when, until which instant; and who is bound meanwhile.

All ends are 24:00 in Rome of the last day, the first instant at which it is over.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, law
from campaigns.rules import dates

EUROPEAN_DAYS = 4
ITALIAN_DAYS = 7


def end(since: dt.datetime, days: int) -> dt.datetime:
    """The first instant after so many whole days, the day of the event not counted."""
    return clock.end_of(clock.day_of(since) + dt.timedelta(days=days))


@law.rule(
    id="R47",
    article="Reg. (EU) 2020/1503, art. 22(2)-(3)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "Who is not sophisticated may take an order back for four calendar days, without a reason "
        "and without cost."
    ),
    uncertain=_(
        "Whether Regulation 1182/71 applies: we end at 24:00 in Rome of the fourth day after."
    ),
)
def end_for_order(placed_at: dt.datetime, *, promised_days: int = 0) -> dt.datetime:
    """When an order is final under ECSPR. A contract may promise more days, never fewer."""
    return end(placed_at, max(EUROPEAN_DAYS, promised_days))


@law.rule(
    id="R51",
    article="Reg. (EU) 2020/1503, art. 22(2)-(3)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("An interest has four days of its own; becoming an order begins another four."),
)
def end_for_interest(expressed_at: dt.datetime) -> dt.datetime:
    """When the period of an expression of interest is over; ours may be withdrawn later too."""
    return end(expressed_at, EUROPEAN_DAYS)


@law.rule(
    id="I3",
    article="Reg. Consob 18592/2013, art. 13",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_("Who is no professional may withdraw from the order within seven days, at no cost."),
    uncertain=_("The letter of the article; and the end, which we take as for R47."),
)
def end_of_withdrawal(placed_at: dt.datetime, *, promised_days: int = 0) -> dt.datetime:
    """When an order is final under the rules of 2020. A contract may promise more days."""
    return end(placed_at, max(ITALIAN_DAYS, promised_days))


@law.rule(
    id="I3.new_fact",
    article="Reg. Consob 18592/2013, art. 25",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "A new fact or a material error before closing opens seven days to revoke, counted from "
        "the notice of it."
    ),
    uncertain=_("The letter of the article."),
)
def end_of_revocation(told_at: dt.datetime) -> dt.datetime:
    """When the right to revoke after a new fact ends."""
    return end(told_at, ITALIAN_DAYS)


@law.rule(
    id="R47.new_fact",
    article="Reg. (EU) 2020/1503, art. 22(2)-(3), 23(8)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("After a material change of the sheet an order may be revoked for four days again."),
    uncertain=_("The regulation asks only that all are told; the new days are our choice."),
)
def end_after_change(told_at: dt.datetime) -> dt.datetime:
    """When the right to revoke after a material change ends."""
    return end(told_at, EUROPEAN_DAYS)


@dataclass(frozen=True)
class Running:
    """An offer as it runs: until when it was announced, how much it wants, how much is promised."""

    announced_until: dt.datetime
    target: Money
    maximum: Money
    promised: Money


@law.rule(
    id="R46",
    article="Reg. (EU) 2020/1503, art. 22(1)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "The owner is bound until the announced end, or until the target is reached: the maximum "
        "where the offer names a range."
    ),
)
def owner_is_bound(offer: Running, at: dt.datetime) -> bool:
    """Whether the owner may not yet end the offer."""
    return at < offer.announced_until and offer.promised < max(offer.target, offer.maximum)


def is_announced(offer: Running, at: dt.datetime) -> bool:
    """Whether the offer runs by its own published terms: until its deadline, or until it is full.

    The rules of 2020 name no such duty (R46); that an owner keeps to what it published is our reading.
    """
    return at < offer.announced_until and offer.promised < offer.maximum
