"""What one buys: how much of a share's price is capital and how much premium, and what part of the
company the new shares will be. Pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from djmoney.money import Money

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Terms:
    """Price and nominal value of one share, and the capital before any is sold."""

    price: Money
    nominal: Money
    capital_before: Money


@dataclass(frozen=True)
class Stake:
    """What a number of new shares comes to."""

    premium: Money
    new_capital: Money
    capital_after: Money
    percent: Decimal


def stake(terms: Terms, shares: int) -> Stake:
    """The premium of all, the capital they add, and their part of the capital after, in percent."""
    new = terms.nominal * shares
    after = terms.capital_before + new
    return Stake(
        premium=(terms.price - terms.nominal) * shares,
        new_capital=new,
        capital_after=after,
        percent=percent(new, after),
    )


def percent(part: Money, whole: Money) -> Decimal:
    """A part of a whole in percent, to two decimals; 0 of nothing."""
    if not whole.amount:
        return Decimal(0)
    return (part.amount * 100 / whole.amount).quantize(HUNDREDTH, ROUND_HALF_UP)
