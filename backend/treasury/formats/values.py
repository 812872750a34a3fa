"""Values as bank files write them, whatever the format; what cannot be read is refused by place. Pure."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from moneyed import CURRENCIES

from backend.treasury.parsed import BadValue

ABSENT = frozenset({"", "-", "NOTPROVIDED", "NONREF", "NOREF", "NONE"})
# A year 1 or 0026 is a misread date that would sort before everything (seen in the field).
YEARS = range(1990, 2200)
# Twelve digits before the point fit the column.
LIMIT = Decimal(10) ** 12
_CENT = Decimal("0.01")


def given(value: str) -> str:
    """The value, or nothing where banks write a stand-in for nothing."""
    value = value.strip()
    return "" if value.upper() in ABSENT else value


def day(written: str, form: str, place: str) -> dt.date:
    """A date in the given form (as of strptime), in a year that makes sense."""
    try:
        # Months and days without a leading zero are read, too; a rest is not.
        found = dt.datetime.strptime(written, form).date()  # noqa: DTZ007 -- a day has no zone
    except ValueError as problem:
        raise bad(place, written) from problem
    if found.year not in YEARS:
        raise bad(place, written)
    return found


def exact(amount: Decimal, currency: str, place: str) -> Money:
    """An amount of whole cents that fits the books; a third decimal is refused, unless it is zero."""
    if not amount.is_finite() or abs(amount) >= LIMIT or currency not in CURRENCIES:
        raise bad(place, f"{amount} {currency}")
    cents = amount.quantize(_CENT)
    if cents != amount:
        raise bad(place, str(amount))
    # The currency itself and not its name, which would be looked up again for every amount;
    # the stubs know names alone.
    return Money(cents, CURRENCIES[currency])  # type: ignore[arg-type]


def bad(place: str, value: str) -> BadValue:
    return BadValue(
        _("%(place)s: “%(value)s” cannot be read.") % {"place": place, "value": value[:80]},
        place=place,
    )
