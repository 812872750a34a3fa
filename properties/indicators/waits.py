"""How long people waited for a home (number 24 of housing.md 3.3): from the referral to the first keys.

Who was found in a home did not wait for it. Days that homes stood empty are in `homes`.
"""

from bisect import bisect_left
from dataclasses import replace
from datetime import date
from statistics import median

from django.utils.translation import gettext_lazy as _

from properties.indicators import shapes
from properties.indicators.facts import Facts
from properties.indicators.shapes import About, Indicator, Result, Unit


def _waits(facts: Facts, as_of: date) -> dict[int, int]:
    """Days from referral to keys, by household whose first home with us was a free one."""
    # Newest first, so that of a household with several homes the first keys count.
    begun = (stay for stay in facts.stays if stay.starts_on <= as_of)
    first = {
        stay.household: stay
        for stay in sorted(begun, key=lambda stay: stay.starts_on, reverse=True)
    }
    return {
        who: max((stay.starts_on - stay.referred_on).days, 0)
        for who, stay in first.items()
        if not stay.is_kept
    }


def time_to_home(facts: Facts, as_of: date) -> Result:
    """The median of the waits, and each of them."""
    waits = _waits(facts, as_of)
    members = tuple(sorted(waits))
    each = tuple(waits[who] for who in members)
    return Result(int(median(each)) if each else 0, each=each, members=members)


BUCKETS = (7, 14, 21, 30, 60, 180, 365, 730)
"""The edges of HUD APR Q22c, in days: up to each, and more than the last."""


def waits_by_length(facts: Facts, as_of: date) -> Result:
    """Households by how long they waited."""
    cells = {who: bisect_left(BUCKETS, days) for who, days in _waits(facts, as_of).items()}
    every = tuple(range(len(BUCKETS) + 1))
    lows = (0, *(edge + 1 for edge in BUCKETS))
    closed = [f"{low}-{high}" for low, high in zip(lows, BUCKETS, strict=False)]
    labels = (*closed, f"{lows[-1]}+")
    return replace(shapes.split(cells, len(labels), picks=every), labels=labels)


EVIDENCE = _("Referrals with their day, contracts and keys.")

ROWS = (
    Indicator(
        "24", "time_to_home", "HUD APR Q22c", Unit.DAYS,
        _("Time to a home"),
        _("Days from referral to keys: the median household."),
        time_to_home, About.PEOPLE,
    ),
    Indicator(
        "24b", "waits_by_length", "HUD APR Q22c", Unit.LIST,
        _("Households by days to a home"),
        _("Households by the days from referral to keys, in the classes of the HUD standard."),
        waits_by_length, About.PEOPLE,
    ),
)  # fmt: skip
