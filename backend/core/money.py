"""Money as a value: make it, split it without losing a cent, say it in a language.

Amounts are django-money's Money with two decimals; a float is refused at the door.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from moneyed import CURRENCIES

from backend.core.errors import Refused

CENT = Decimal("0.01")
ZERO = Money("0.00", "EUR")


class NotAnAmount(Refused):
    code = "money.not_an_amount"


def euro(value: str | int | Decimal) -> Money:
    """An amount in euro. Raises NotAnAmount on a float, a fraction of a cent, or no number."""
    if isinstance(value, float):
        raise NotAnAmount(_("An amount of money is written as text, never as a float."))
    try:
        exact = Decimal(value)
        rounded = exact.quantize(CENT)
    except ArithmeticError as problem:
        raise NotAnAmount(_("This is not an amount of money."), value=value) from problem
    if exact != rounded:
        raise NotAnAmount(_("An amount of money has at most two decimals."), value=value)
    return Money(rounded, "EUR")


@lru_cache(maxsize=10_000)
def of(amount: Decimal, currency: str) -> Money:
    """The amount in a currency, for who reads thousands: equal amounts, which are many, are made once."""
    return Money(amount, currency)


def positive(amount: Money) -> Money:
    """The amount itself. Raises NotAnAmount when nothing, or less, would be owed or paid."""
    if amount.amount <= 0:
        raise NotAnAmount(_("This is not an amount of money."), field="amount")
    return amount


def cents(amount: Money) -> int:
    """The amount as a whole number of cents."""
    return int((amount.amount / CENT).to_integral_exact())


def from_cents(number: int, currency: str = "EUR") -> Money:
    """The amount of a whole number of the currency's smallest unit: cents, but for yen or dinars."""
    smallest = CENT if currency == "EUR" else Decimal(1) / CURRENCIES[currency].sub_unit
    return Money(Decimal(number) * smallest, currency)


def split_cents(total: int, weights: Sequence[int]) -> list[int]:
    """Split whole cents in proportion to weights, by largest remainder; the parts sum to the total.

    Ties go to the earlier weight. Each part is within one cent of its exact share. Needs a
    non-negative total, weights >= 0 with a positive sum (ValueError otherwise).
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("split needs a total >= 0 and weights >= 0 that are not all zero")
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[:left]:
        parts[i] += 1
    return parts


def split(*, total: Money, weights: Sequence[int]) -> list[Money]:
    """Split an amount in proportion to weights so that no cent is lost (see split_cents)."""
    currency = str(total.currency)
    return [from_cents(part, currency) for part in split_cents(cents(total), weights)]


def as_text(amount: Money, language: str) -> str:
    """The amount as people of a language write it: `1.234,50 €`, `€1,234.50`."""
    locale = "it_IT" if language.startswith("it") else "en_IE"
    return _formatted(amount.amount, str(amount.currency), locale)


def said(amount: Money) -> str:
    """The amount in a sentence for whoever asks now, in their language."""
    return as_text(amount, get_language() or "it")


@lru_cache(maxsize=4096)
def _formatted(amount: Decimal, currency: str, locale: str) -> str:
    # Letters of one batch mostly tell of the same few amounts, and formatting one costs a millisecond.
    return format_currency(amount, currency, locale=locale)
