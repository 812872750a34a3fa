"""What one buys: how much of a share's price is capital and how much premium, and what part of the
company the new shares will be."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from djmoney.money import Money

from campaigns.models import Campaign

HUNDREDTH = Decimal("0.01")
SUMS = ("minimum", "target", "maximum")


@dataclass(frozen=True)
class Terms:
    """Price and nominal value of one share, and the capital before any is sold."""

    price: Money
    nominal: Money
    capital_before: Money


@dataclass(frozen=True)
class Stake:
    """What a number of new shares comes to; `at` names the sum that is raised then."""

    shares: int
    premium: Money
    new_capital: Money
    capital_after: Money
    percent: Decimal
    at: str = ""


def stake(terms: Terms, shares: int, *, at: str = "") -> Stake:
    """The premium of all, the capital they add, and their part of the capital after, in percent."""
    new = terms.nominal * shares
    after = terms.capital_before + new
    return Stake(
        shares=shares,
        premium=(terms.price - terms.nominal) * shares,
        new_capital=new,
        capital_after=after,
        percent=percent(new, after),
        at=at,
    )


def percent(part: Money, whole: Money) -> Decimal:
    """A part of a whole in percent, to two decimals; 0 of nothing."""
    if not whole.amount:
        return Decimal(0)
    return Decimal(part.amount * 100 / whole.amount).quantize(HUNDREDTH, ROUND_HALF_UP)


def of(campaign: Campaign) -> list[Stake]:
    """The stakes of an offer at its minimum, target and maximum; none while its terms are not whole."""
    if campaign.nominal_per_share is None or campaign.capital_before is None:
        return []
    price = campaign.price_per_share
    terms = Terms(price, campaign.nominal_per_share, campaign.capital_before)
    return [
        stake(terms, int(getattr(campaign, name).amount // price.amount), at=name) for name in SUMS
    ]
