"""Rents that are due and not paid: by tenancy, by age, and the part that a plan pays off.

What is due is what was charged; what came is what the bank showed (the same books). Reads only.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from backend.core.money import CENT
from backend.treasury.models import Allocation
from properties.models import RentCharge

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
    """What tenancies were charged and paid by a day; two queries however many (None is all)."""
    charges = RentCharge.objects.filter(expectation__due_on__lte=as_of)
    if tenancies is not None:
        charges = charges.filter(tenancy__in=tenancies)
    received = _received(charges, as_of)
    rows = charges.order_by("tenancy", "month").values_list(
        "tenancy", "expectation", "expectation__due_on", "expectation__amount"
    )
    return [
        Due(tenancy, due_on, int(amount / CENT), received.get(expectation, 0))
        for tenancy, expectation, due_on, amount in rows
        if due_on is not None
    ]


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
    )
    paid = Allocation.objects.filter(
        expectation__rent_charge__tenancy__unit__organisation=organisation,
        expectation__due_on__lte=as_of,
        entry__on__lte=as_of,
    )
    by_tenancy = "expectation__rent_charge__tenancy"
    came = dict(paid.order_by().values_list(by_tenancy).annotate(sum=Sum("amount")))
    owed = due.order_by().values_list("tenancy").annotate(sum=Sum("expectation__amount"))
    return [(who, int(sum_ / CENT), int(came.get(who, 0) / CENT)) for who, sum_ in owed]
