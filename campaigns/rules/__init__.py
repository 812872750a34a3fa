"""The legal regimes behind one interface, and the rules they are made of. Pure: values in, values out.

A regime is chosen per campaign and day. Rules stand in modules named for their noun, each under
`core.law.rule` with its article; what they compute for one campaign is in `campaigns.rulings`.
"""

import datetime as dt
from collections.abc import Set

from django.utils.translation import gettext_lazy as _

from backend.core import law
from campaigns.rules import (
    appropriateness,
    closing,
    consob_2020,
    dates,
    duties,
    ecspr,
    identifiers,
    impact,
    owners,
    payment,
    suspension,
    tax_relief,
    yearly,
)
from campaigns.rules.interface import Regime

# Named here, so that reading the package files every rule.
NOUNS = (
    appropriateness,
    closing,
    duties,
    identifiers,
    impact,
    owners,
    payment,
    suspension,
    tax_relief,
    yearly,
)
REGIMES: dict[str, Regime] = {each.code: each for each in (ecspr.REGIME, consob_2020.REGIME)}


def regime(code: str) -> Regime:
    """The regime of a code. KeyError on an unknown one."""
    return REGIMES[code]


@law.rule(
    id="I7",
    article="D.Lgs. 30/2023; Reg. (EU) 2020/1503, art. 48 and 51; Reg. Consob 22720/2023",
    valid_from=dates.CONSOB_2013,
    says=_(
        "Which law governs an offer follows from the day on which it opens: the rules of 2020 until "
        "the transition ended on 10 November 2023, the European ones from 10 November 2021."
    ),
    uncertain=_("In between both were possible: the campaign says which; and no 5 % since 2023."),
)
def possible_on(day: dt.date) -> list[str]:
    """The codes of the regimes under which an offer may open on a day."""
    return [code for code, each in REGIMES.items() if each.may_open(day)]


def days_of_reflection(*, code: str, promised_days: int) -> int:
    """The days to change one's mind: those of the law, or more where the contract promises more."""
    return max(regime(code).reflection_days, promised_days)


def end_of_reflection(
    *, code: str, placed_at: dt.datetime, promised_days: int, kinds: Set[str] = frozenset()
) -> dt.datetime:
    """The first instant at which an order can no longer be revoked without a reason (R47, I3).

    `kinds` are what the investor counts as: who gave the protection up has no such time, so it ends
    with the order itself.
    """
    law_of_it = regime(code)
    if law_of_it.protection.is_lifted(kinds):
        return placed_at
    return law_of_it.end_for_order(placed_at, promised_days=promised_days)
