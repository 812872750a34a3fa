"""When an offer may close: the part that professional investors must have subscribed (rules of 2020).

Instruments are whole shares, so the part is a number of shares, never a rounded percentage.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from backend.core import law
from campaigns.rules import dates

PERCENT = 5
PERCENT_WITH_CERTIFIED_ACCOUNTS = 3


@dataclass(frozen=True)
class Subscribed:
    """The shares of an offer as they stand: refunded and revoked ones are in none of the numbers."""

    target_shares: int
    max_shares: int
    placed_shares: int
    professional_shares: int
    has_certified_accounts: bool = False


@law.rule(
    id="I1.base",
    article="Reg. Consob 18592/2013, art. 24(2)",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "The part of the professionals is measured on the instruments offered: those of the target, "
        "and those above it as far as they are taken."
    ),
    uncertain=_("Whether the maximum counts before it is used: we count it as far as it is used."),
)
def offered(found: Subscribed) -> int:
    """The shares on which the part is measured."""
    return max(found.target_shares, min(found.placed_shares, found.max_shares))


@law.rule(
    id="I1",
    article="Reg. Consob 18592/2013, art. 24(2)",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "An offer closes only if professional investors, foundations or incubators subscribed at "
        "least 5 % of it; 3 % where the last two accounts are certified."
    ),
    uncertain=_("The 3 % was not read in the text."),
)
def needed(found: Subscribed) -> int:
    """The fewest shares that professionals must hold for the offer to close, rounded up."""
    percent = PERCENT_WITH_CERTIFIED_ACCOUNTS if found.has_certified_accounts else PERCENT
    return -(-offered(found) * percent // 100)


def may_close(found: Subscribed) -> bool:
    """Whether the professionals' part is there (I1)."""
    return found.professional_shares >= needed(found)


def share(found: Subscribed) -> Decimal:
    """The professionals' part in percent of what is offered, for showing: never rounded up to 5."""
    exact = Decimal(found.professional_shares * 100) / Decimal(offered(found) or 1)
    return exact.quantize(Decimal("0.01"), rounding="ROUND_DOWN")
