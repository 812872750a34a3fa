"""The arithmetic of a court auction without incanto (c.p.c. 571-574, 587). Pure.

What an offer must be to count, and what a bidder owes who does not pay the balance.
"""

from decimal import Decimal

from djmoney.money import Money

LOWEST_SHARE = Decimal("0.75")
"""An offer more than a quarter under the base price is void (c.p.c. 571)."""

DEPOSIT_SHARE = Decimal("0.10")
"""The deposit is at least a tenth of the price offered, not of the base price (c.p.c. 571)."""


def lowest_offer(base_price: Money) -> Money:
    """The least that counts as an offer."""
    return base_price * LOWEST_SHARE


def least_deposit(offer: Money) -> Money:
    """The least that must lie with the offer."""
    return offer * DEPOSIT_SHARE


def owed_after_default(*, price: Money, deposit: Money, resale_price: Money) -> Money:
    """What a defaulting winner owes beside the deposit, which is lost (c.p.c. 587).

    Nothing is owed, and nothing comes back, when the resale brought enough.
    """
    return max(price - deposit - resale_price, Money(0, price.currency))
