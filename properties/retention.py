"""What must go, and when: names of referrals that came to nothing, names of those long gone (P17, P18).

Set-based and idempotent; counts only, nobody's code. Contracts and the rent ledger stay as long as
civil and tax law ask for; of a household that went, counts and brackets stay without a name.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from backend.core import audit, parameters
from backend.core.users import SYSTEM
from properties.models import (
    Household,
    HouseholdIdentity,
    HousingOutcome,
    Income,
    NightlyRun,
    Tenancy,
    Trait,
)

REFERRALS = "retention.referral_months"
HOUSEHOLDS = "retention.household_months"
ALARM_DAYS = 90
KIND = "retention"


def referrals_due(*, on: dt.date) -> QuerySet[Household]:
    """Closed without ever having had a home of ours, longer ago than referrals are kept (P17)."""
    before = _months_before(on, REFERRALS)
    housed = Tenancy.objects.filter(household=OuterRef("pk"))
    return _named().filter(~Exists(housed), closed_on__lte=before)


def households_due(*, on: dt.date) -> QuerySet[Household]:
    """Gone from our homes, and last followed up longer ago than names are kept (P18)."""
    before = _months_before(on, HOUSEHOLDS)
    living = Tenancy.objects.filter(household=OuterRef("pk")).exclude(ends_on__lte=on)
    asked = HousingOutcome.objects.filter(household=OuterRef("pk"), on__gt=before)
    gone = _named().filter(~Exists(living), ~Exists(asked), tenancies__isnull=False)
    return gone.annotate(left_on=Max("tenancies__ends_on")).filter(left_on__lte=before)


def purge(*, on: dt.date, at: dt.datetime) -> dict[str, int]:
    """Remove what is due; the same day again removes nothing. How many of each kind."""
    with transaction.atomic():
        return {
            "referrals": _forget(referrals_due(on=on), at),
            "households": _forget(households_due(on=on), at),
        }


def is_silent(*, on: dt.date) -> bool:
    """Whether ninety days of runs removed nothing: then the job may look past what is due (P21)."""
    runs = NightlyRun.objects.filter(kind=KIND, on__gt=on - dt.timedelta(days=ALARM_DAYS))
    oldest = runs.last()
    if oldest is None or (on - oldest.on).days < ALARM_DAYS - 1:
        return False
    return not any(sum(run.counts.values()) for run in runs)


def _named() -> QuerySet[Household]:
    """Those of whom something is kept that names them or tells of them alone."""
    return Household.objects.filter(anonymised_at=None)


def _forget(due: QuerySet[Household], at: dt.datetime) -> int:
    """Names, incomes and special answers go; codes and free words become a number."""
    ids = list(due.values_list("pk", flat=True))
    HouseholdIdentity.objects.filter(household__in=ids).delete()
    Income.objects.filter(household__in=ids).delete()
    Trait.objects.filter(household__in=ids).delete()
    rows = list(Household.objects.filter(pk__in=ids))
    for row in rows:
        row.code, row.referred_by = f"gone-{row.pk}", ""
        row.next_step, row.next_step_on, row.anonymised_at = "", None, at
        audit.record(action="household.anonymised", subject=row, by=SYSTEM, at=at)
    fields = ["code", "referred_by", "next_step", "next_step_on", "anonymised_at"]
    Household.objects.bulk_update(rows, fields, batch_size=500)
    return len(rows)


def _months_before(on: dt.date, code: str) -> dt.date:
    months = int(parameters.value(code, on=on))
    first = on.replace(day=1)
    for _month in range(months):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return first.replace(day=min(on.day, 28))
