"""The arithmetic of court auctions, without and with increase (c.p.c. 490, 571-591). Pure.

What an offer or a raise must be to count, how far a price falls when nobody comes, and what a bidder
owes who does not pay the balance.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from djmoney.money import Money

LOWEST_SHARE = Decimal("0.75")
"""An offer more than a quarter under the base price is void (c.p.c. 571)."""

DEPOSIT_SHARE = Decimal("0.10")
"""The deposit is at least a tenth of the price offered, not of the base price (c.p.c. 571)."""

NOTICE = dt.timedelta(days=45)
"""A sale is made public at least so long before it (c.p.c. 490)."""

RAISE_DAYS = dt.timedelta(days=10)
"""After an auction with increase anybody may raise its price within ten days (c.p.c. 584)."""

RAISE_SHARE = Decimal("1.20")
"""Such a raise adds a fifth at least, and comes with twice the deposit (c.p.c. 584)."""

CUT, CUT_LATER = Decimal("0.75"), Decimal("0.50")
FULL_CUTS_AFTER = 4
"""A price falls by a quarter at most when nobody came, by half from the fourth time on (c.p.c. 591,
unverified)."""


def lowest_offer(base_price: Money) -> Money:
    """The least that counts as an offer."""
    return base_price * LOWEST_SHARE


def least_deposit(offer: Money) -> Money:
    """The least that must lie with the offer."""
    return offer * DEPOSIT_SHARE


def least_to_raise(price: Money) -> Money:
    """The least at which a price reached with increase is raised afterwards."""
    return price * RAISE_SHARE


def lowest_next_price(base: Money, *, deserted: int) -> Money:
    """The least that a court may ask after sales to which nobody came, this one among them."""
    return base * (CUT_LATER if deserted >= FULL_CUTS_AFTER else CUT)


def owed_after_default(*, price: Money, deposit: Money, resale_price: Money) -> Money:
    """What a defaulting winner owes beside the deposit, which is lost (c.p.c. 587).

    Nothing is owed, and nothing comes back, when the resale brought enough.
    """
    return max(price - deposit - resale_price, Money(0, price.currency))


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An offer in a sealed envelope: its price, its deposit, when it would be paid, when it was filed."""

    bidder: str
    price: Money
    deposit: Money
    pays_in_days: int
    filed_at: dt.datetime


Better = Callable[[Offer], Decimal | int | float]
TIES: dict[str, Better] = {
    "deposit": lambda offer: -offer.deposit.amount,
    "payment": lambda offer: offer.pays_in_days,
    "filed": lambda offer: offer.filed_at.timestamp(),
}
"""What decides between equal prices, in the order of practice: it is not in the law (c.p.c. 573), so
that the one in force is the dated parameter `auction.ties`."""


def order_of(text: str) -> tuple[str, ...]:
    """What decides between equal prices, as a parameter has it: names of TIES, the first first.

    Raises ValueError for a name that is none of them or stands there twice.
    """
    names = tuple(text.split())
    if len(set(names)) != len(names) or not set(names) <= set(TIES):
        raise ValueError(f"No order of {sorted(TIES)}: {text}")
    return names


def ranked(
    offers: Iterable[Offer], *, base_price: Money, ties: Sequence[str] = tuple(TIES)
) -> list[Offer]:
    """The offers that count, the one that would win first: the highest price, then what decides ties.

    An offer that is too low or has too small a deposit is void and left out. `ties` is their order.
    """
    counted = [offer for offer in offers if is_valid(offer, base_price=base_price)]
    return sorted(
        counted, key=lambda offer: (-offer.price.amount, *(TIES[name](offer) for name in ties))
    )


def is_valid(offer: Offer, *, base_price: Money) -> bool:
    """Whether an offer counts by its price and its deposit (c.p.c. 571)."""
    is_enough = offer.price >= lowest_offer(base_price)
    return is_enough and offer.deposit >= least_deposit(offer.price)
