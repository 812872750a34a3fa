"""The legal regimes, one module each, behind one interface. Pure; chosen per campaign.

A regime says how long an investor may change their mind and what the law calls it. More rules join
this interface with the issue that needs them.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from backend.core import clock, law
from campaigns.rules import consob_2020, ecspr
from campaigns.rules.interface import Regime

REGIMES: dict[str, Regime] = {regime.code: regime for regime in (ecspr.REGIME, consob_2020.REGIME)}


def regime(code: str) -> Regime:
    """The regime of a code. KeyError on an unknown one."""
    return REGIMES[code]


def days_of_reflection(*, code: str, promised_days: int) -> int:
    """The days to change one's mind: those of the law, or more where the contract promises more."""
    return max(regime(code).reflection_days, promised_days)


@law.rule(
    id="R47",
    article="Reg. (EU) 2020/1503, art. 22(2)-(3)",
    valid_from=dt.date(2021, 11, 10),
    regimes=("ecspr",),
    says=_("An order may be taken back for four calendar days, without a reason and without cost."),
    uncertain=_(
        "Whether Regulation 1182/71 applies: we end at 24:00 in Rome of the fourth day after."
    ),
)
def end_of_reflection(*, code: str, placed_at: dt.datetime, promised_days: int) -> dt.datetime:
    """The first instant at which an order can no longer be revoked without a reason.

    Start day + days, 24:00 Europe/Rome, in favour of the investor (R47; whether Reg. 1182/71
    applies is not settled). A contract may promise more days than the law, never fewer.
    """
    days = days_of_reflection(code=code, promised_days=promised_days)
    return clock.end_of(clock.day_of(placed_at) + dt.timedelta(days=days))
