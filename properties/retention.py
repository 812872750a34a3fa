"""What must go, and when: names of those long gone, papers about former owners, logs of who read.

Set-based and idempotent; counts only, nobody's code (P15, P17, P18, P20). Contracts and the rent ledger
stay as long as civil and tax law ask for; of a household that went, counts and brackets stay, and
what it answered goes on counting as nobody's (`tallies`).
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from backend.core import audit, clock, parameters
from backend.core.models import AuditEvent, Organisation
from backend.core.users import SYSTEM
from properties import limits, tallies
from properties.history import stays
from properties.models import (
    Acquisition,
    AcquisitionStep,
    Amendment,
    Assessment,
    Consent,
    Debt,
    EvictionCase,
    EvictionStep,
    GlassBreak,
    Hardship,
    HomeDocument,
    HomeRelease,
    Household,
    HouseholdIdentity,
    HousingOutcome,
    Income,
    NightlyRun,
    RepaymentPlan,
    Tenancy,
    Trait,
    Unit,
)

REFERRALS = "retention.referral_months"
HOUSEHOLDS = "retention.household_months"
DEBTOR_FILES = "retention.debtor_file_months"
LOST_FILES = "retention.lost_file_months"
ACCESS_LOGS = "retention.access_log_months"
PERIODS = (REFERRALS, HOUSEHOLDS, DEBTOR_FILES, LOST_FILES, ACCESS_LOGS)
ALARM_DAYS = 90
TWO_YEARS = dt.timedelta(days=732)
"""Above the guard's two years by a day, whichever years are leap ones."""
KIND = "retention"
REMOVES = ("referrals", "households", "debtor_files", "access_logs")
"""All that is ever removed. Evidence of funded projects is watched by `campaigns` alone (P19)."""
ACCESS = ("identity.read", "identity.glass_broken", "identity.glass_reviewed")
"""What the log of access is; core's guard of the audit trail lets these alone go, after two years."""


FREE_WORDS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Debt, "household", ("creditor",)),
    (EvictionCase, "household", ("landlord",)),
    (EvictionStep, "case__household", ("document",)),
    (HousingOutcome, "household", ("source",)),
    (Assessment, "household", ("source",)),
    (HomeRelease, "unit__found_households", ("document",)),
    (Amendment, "household", ("reason",)),
    (Consent, "household", ("document",)),
    (GlassBreak, "household", ("reason", "note")),
    (Tenancy, "household", ("end_reason",)),
    (RepaymentPlan, "tenancy__household", ("notes",)),
)
"""What people typed about a household: it may name them, so it goes with the name."""


def referrals_due(*, on: dt.date) -> QuerySet[Household]:
    """Closed without ever having lived in a home of ours, longer ago than referrals are kept (P17)."""
    closed = _named().filter(closed_on__lte=months_before(on, REFERRALS))
    return closed.exclude(pk__in=_last_days())


def households_due(*, on: dt.date) -> QuerySet[Household]:
    """Gone from our homes, and last followed up longer ago than names are kept (P18)."""
    before = months_before(on, HOUSEHOLDS)
    asked = HousingOutcome.objects.filter(household=OuterRef("pk"), on__gt=before)
    left = [who for who, day in _last_days().items() if day and day <= before]
    return _named().filter(~Exists(asked), pk__in=left)


def debtor_files_due(*, on: dt.date) -> QuerySet[HomeDocument]:
    """Papers about former owners, of homes whose title is older than the time of limitation, or
    whose last try came to nothing longer ago than such papers are kept (P15)."""
    tries = Acquisition.objects.filter(unit=OuterRef("unit"))
    ours_for_long = tries.filter(title_on__lte=months_before(on, DEBTOR_FILES))
    moved = AcquisitionStep.objects.filter(
        acquisition__unit=OuterRef("unit"), on__gt=months_before(on, LOST_FILES)
    )
    ended = Q(pk__in=[])
    for route, ends in limits.ENDS.items():
        ended |= Q(route=route, state__in=ends)
    rows = HomeDocument.objects.filter(kind__in=HomeDocument.ABOUT_PEOPLE, purged_at=None)
    never_came = Exists(tries.filter(ended)) & ~Exists(tries.exclude(ended)) & ~Exists(moved)
    return rows.filter(Exists(ours_for_long) | never_came)


def access_logs_due(*, on: dt.date) -> QuerySet[AuditEvent]:
    """Rows of who opened a name, older than they are kept (P20), and two years older than the trail."""
    newest = AuditEvent.objects.order_by("id").last()
    if newest is None:
        return AuditEvent.objects.none()
    before = clock.start_of(months_before(on, ACCESS_LOGS))
    return AuditEvent.objects.filter(action__in=ACCESS, at__lt=min(before, newest.at - TWO_YEARS))


def purge(*, on: dt.date, at: dt.datetime) -> dict[str, int]:
    """Remove what is due; the same day again removes nothing. How many of each kind."""
    with transaction.atomic():
        leaving = households_due(on=on)
        tallies.keep(leaving.values_list("pk", flat=True), on=on)
        removed = (
            _forget(referrals_due(on=on), at),
            _forget(leaving, at),
            _empty(debtor_files_due(on=on), at),
            access_logs_due(on=on).delete()[0],
        )
    return dict(zip(REMOVES, removed, strict=True))


def is_silent(*, on: dt.date) -> bool:
    """Whether ninety days of runs removed nothing: then the job may look past what is due (P21)."""
    runs = NightlyRun.objects.filter(kind=KIND, on__gt=on - dt.timedelta(days=ALARM_DAYS))
    oldest = runs.last()
    if oldest is None or (on - oldest.on).days < ALARM_DAYS - 1:
        return False
    return not any(sum(run.counts.values()) for run in runs)


def months_before(on: dt.date, code: str) -> dt.date:
    """The day that lies as many months before a day as a parameter says."""
    months = int(parameters.value(code, on=on))
    whole = on.year * 12 + on.month - 1 - months
    return dt.date(whole // 12, whole % 12 + 1, min(on.day, 28))


def _last_days() -> dict[int, dt.date | None]:
    """Since when each household that lived in a home of ours, lease or no lease, no longer does."""
    last: dict[int, dt.date | None] = {}
    for issuer in Organisation.objects.filter(pk__in=_named().values("organisation")):
        last |= stays.Lives(issuer).last_days()
    return last


def _named() -> QuerySet[Household]:
    """Those of whom something is kept that names them or tells of them alone."""
    return Household.objects.filter(anonymised_at=None)


def _forget(due: QuerySet[Household], at: dt.datetime) -> int:
    """Names, incomes and special answers go; codes become a number, and free words nothing."""
    ids = list(due.values_list("pk", flat=True))
    HouseholdIdentity.objects.filter(household__in=ids).delete()
    Income.objects.filter(household__in=ids).delete()
    Trait.objects.filter(household__in=ids).delete()
    Hardship.objects.filter(household__in=ids).delete()
    for model, who, words in FREE_WORDS:
        model._default_manager.filter(**{f"{who}__in": ids}).update(**dict.fromkeys(words, ""))
    rows = list(Household.objects.filter(pk__in=ids))
    for row in rows:
        row.code, row.referred_by = f"gone-{row.pk}", ""
        row.next_step, row.next_step_on, row.anonymised_at = "", None, at
        audit.record(action="household.anonymised", subject=row, by=SYSTEM, at=at)
    fields = ["code", "referred_by", "next_step", "next_step_on", "anonymised_at"]
    Household.objects.bulk_update(rows, fields, batch_size=500)
    return len(rows)


def _empty(due: QuerySet[HomeDocument], at: dt.datetime) -> int:
    """The file and the words of its title go; that there was a paper, and its hash, stay."""
    ids = list(due.values_list("pk", flat=True))
    homes = Unit.objects.filter(documents__in=ids).distinct()
    audit.record_many(action="unit.debtor_files_removed", subjects=homes, by=SYSTEM, at=at)
    return HomeDocument.objects.filter(pk__in=ids).update(content=b"", title="", purged_at=at)
