"""Rents and charges that are due and not paid: by tenancy, by age, and the part that a plan pays off.

What is due is what was charged; what came is what the bank showed (the same books). Reads only.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from backend.core.money import CENT
from backend.treasury.models import Allocation
from properties import rents
from properties.models import PastRent, RentCharge

SINCE_FIRST = dt.timedelta(days=rents.DUE_DAY - 1)
"""How long after the first of its month a rent is due."""

AGES = (30, 60, 90, 180)
"""Edges of the ages of arrears, in days since the rent was due."""


@dataclass(frozen=True, slots=True)
class Due:
    """One month's rent of a tenancy: what was due when, and what had come by the day, in cents."""

    tenancy: int
    due_on: dt.date
    amount: int
    received: int

    @property
    def owed(self) -> int:
        return max(self.amount - self.received, 0)


def dues(tenancies: Collection[int] | None, *, as_of: dt.date) -> list[Due]:
    """What tenancies were charged and paid by a day; three queries however many (None is all).

    What was paid before this system is due and received (see `rents.take_over`).
    """
    charges = RentCharge.objects.filter(expectation__due_on__lte=as_of).exclude(rents.DROPPED)
    before = PastRent.objects.filter(month__lte=as_of - SINCE_FIRST)
    if tenancies is not None:
        charges = charges.filter(tenancy__in=tenancies)
        before = before.filter(tenancy__in=tenancies)
    received = _received(charges, as_of)
    rows = charges.values_list(
        "tenancy", "expectation", "expectation__due_on", "expectation__amount"
    )
    found = [
        Due(tenancy, due_on, int(amount / CENT), received.get(expectation, 0))
        for tenancy, expectation, due_on, amount in rows
        if due_on is not None
    ]
    found += [
        Due(tenancy, month + SINCE_FIRST, int(amount / CENT), int(amount / CENT))
        for tenancy, month, amount in before.values_list("tenancy", "month", "amount")
    ]
    return sorted(found, key=lambda due: (due.tenancy, due.due_on))


def ledger(tenancies: Collection[int], *, as_of: dt.date) -> dict[int, list[Due]]:
    """Every month of some tenancies, the newest first: what was due, and what of it came."""
    months: dict[tuple[int, dt.date], Due] = {}
    for due in dues(tenancies, as_of=as_of):
        key = due.tenancy, due.due_on
        told = months.get(key, Due(*key, 0, 0))
        months[key] = Due(*key, told.amount + due.amount, told.received + due.received)
    by: dict[int, list[Due]] = defaultdict(list)
    for key in sorted(months, reverse=True):
        by[key[0]].append(months[key])
    return dict(by)


def by_tenancy(found: Iterable[Due]) -> dict[int, list[Due]]:
    """Those that are still owed, oldest first."""
    owing: dict[int, list[Due]] = defaultdict(list)
    for due in found:
        if due.owed:
            owing[due.tenancy].append(due)
    return dict(owing)


def by_age(found: Iterable[Due], *, as_of: dt.date) -> dict[str, int]:
    """Cents owed by how long ago they were due: `0-30`, `31-60`, ... `181+`, each key always there."""
    labels = _labels()
    sums = dict.fromkeys(labels, 0)
    for due in found:
        age = (as_of - due.due_on).days
        sums[labels[sum(age > edge for edge in AGES)]] += due.owed
    return sums


def covered(found: Iterable[Due], *, until: dt.date) -> int:
    """Cents still owed of what was due by a day: what a plan that starts then pays off."""
    return sum(due.owed for due in found if due.due_on <= until)


def _labels() -> list[str]:
    lows = (0, *(edge + 1 for edge in AGES))
    closed = [f"{low}-{high}" for low, high in zip(lows, AGES, strict=False)]
    return [*closed, f"{lows[-1]}+"]


def _received(charges: "QuerySet[RentCharge]", as_of: dt.date) -> dict[int, int]:
    paid = Allocation.objects.filter(
        expectation__in=charges.values("expectation"), entry__on__lte=as_of
    )
    sums = paid.order_by().values_list("expectation").annotate(sum=Sum("amount"))
    return {expectation: int(amount / CENT) for expectation, amount in sums}


def accounts(*, organisation: int, as_of: dt.date) -> list[tuple[int, int, int]]:
    """Per tenancy of an issuer: cents due by a day, and of these paid. Set-based: SQL does the sums."""
    due = RentCharge.objects.filter(
        tenancy__unit__organisation=organisation, expectation__due_on__lte=as_of
    ).exclude(rents.DROPPED)
    paid = Allocation.objects.filter(
        expectation__rent_charge__tenancy__unit__organisation=organisation,
        expectation__due_on__lte=as_of,
        entry__on__lte=as_of,
    ).exclude(rents.DROPPED)
    before = PastRent.objects.filter(
        tenancy__unit__organisation=organisation, month__lte=as_of - SINCE_FIRST
    )
    owed = due.order_by().values_list("tenancy").annotate(sum=Sum("expectation__amount"))
    by_tenancy = "expectation__rent_charge__tenancy"
    came = paid.order_by().values_list(by_tenancy).annotate(sum=Sum("amount"))
    earlier = before.order_by().values_list("tenancy").annotate(sum=Sum("amount"))
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for rows, places in ((owed, (0,)), (came, (1,)), (earlier, (0, 1))):
        for who, amount in rows:
            for place in places:
                sums[who][place] += int(amount / CENT)
    return [(who, charged, received) for who, (charged, received) in sums.items()]
