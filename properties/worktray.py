"""What to do next for whom, and by when: every clock of a household in one list, the nearest first.

A task is never stored: it follows from what has happened and from what has not. The days are our own
policy and stand in DAYS.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from properties import arrears, consents, repayments
from properties.indicators.sustainment import WINDOWS
from properties.models import (
    Acquisition,
    Aid,
    Consent,
    EvictionCase,
    Household,
    HousingOutcome,
    Milestone,
    OutcomeCode,
    RepaymentPlan,
    Tenancy,
)

DAYS = {
    "answer": 30,
    "CONTACT": 7,
    "NEEDS": 30,
    "DEBT_REVIEW": 60,
    "AGREEMENT": 90,
    "lease": 120,
    "follow_up": 30,
    "plan": 3,
    "late_rent": 20,
    "aid": 60,
    "lease_end": 180,
}
"""How many days after its cause a task is due; `lease_end` so many before."""

ROAD = (
    (Milestone.Kind.CONTACT, _("Get in touch")),
    (Milestone.Kind.NEEDS, _("Assess what they need")),
    (Milestone.Kind.DEBT_REVIEW, _("Review their debts")),
    (Milestone.Kind.AGREEMENT, _("Agree on a plan or a settlement")),
)
"""The occupied track of housing.md 3.8, until the new lease."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to do for a household, by when; `kind` is a word for programs."""

    household: int
    code: str
    what: str | Promise
    by_when: dt.date
    kind: str


def tasks(households: QuerySet[Household], *, on: dt.date) -> list[Task]:
    """All that waits for these households, the nearest first; a fixed number of queries."""
    rows = {row.pk: row for row in households.filter(anonymised_at=None)}
    found = [
        *_planned(rows.values()),
        *_referrals(rows),
        *_roads(rows),
        *_follow_ups(rows, on),
        *_plans(rows),
        *_late_rents(rows, on),
        *_evictions(rows),
        *_aids(rows),
        *_consents(rows, on),
        *_leases(rows, on),
    ]
    return sorted(found, key=lambda task: (task.by_when, task.code, task.kind))


def _planned(rows: Iterable[Household]) -> Iterator[Task]:
    for row in rows:
        if row.next_step and row.next_step_on:
            yield Task(row.pk, row.code, row.next_step, row.next_step_on, "planned")


def _referrals(rows: dict[int, Household]) -> Iterator[Task]:
    """Referred, neither housed nor closed nor living in a home of ours already."""
    housed = set(Tenancy.objects.filter(household__in=rows).values_list("household", flat=True))
    for pk, row in rows.items():
        if pk not in housed and row.closed_on is None and row.was_living_in_id is None:
            due = row.referred_on + dt.timedelta(days=DAYS["answer"])
            yield Task(pk, row.code, _("Answer the referral"), due, "answer")


def _roads(rows: dict[int, Household]) -> Iterator[Task]:
    """The next step of those who lived in a home when it was bought; steps may be skipped ahead."""
    staying = {pk: row for pk, row in rows.items() if row.was_living_in_id and not row.closed_on}
    titles = dict(
        Acquisition.objects.filter(
            unit__in=[row.was_living_in_id for row in staying.values()],
            unit__release=None,
            title_on__isnull=False,
        ).values_list("unit", "title_on")
    )
    passed: dict[int, set[str]] = defaultdict(set)
    for who, kind in Milestone.objects.filter(household__in=staying).values_list(
        "household", "kind"
    ):
        passed[who].add(kind)
    leased = set(Tenancy.objects.filter(household__in=staying).values_list("household", flat=True))
    for pk, row in staying.items():
        title = titles.get(row.was_living_in_id or 0)
        if title and pk not in leased:
            yield _next_step(row, title, passed[pk])


def _next_step(row: Household, title: dt.date, passed: set[str]) -> Task:
    for kind, what in ROAD:
        if kind not in passed:
            return Task(row.pk, row.code, what, title + dt.timedelta(days=DAYS[kind]), kind)
    due = title + dt.timedelta(days=DAYS["lease"])
    return Task(row.pk, row.code, _("Sign the new lease"), due, "lease")


def _follow_ups(rows: dict[int, Household], on: dt.date) -> Iterator[Task]:
    """Six, twelve and twenty-four months after the clock's start (3.4): due from that day, for thirty
    days. Who was asked shortly before it has answered it; nobody asks where the dead live now."""
    early = dt.timedelta(days=DAYS["follow_up"])
    since = _clock_starts(rows)
    asked: dict[int, list[dt.date]] = defaultdict(list)
    for who, day, code in HousingOutcome.objects.filter(household__in=since).values_list(
        "household", "on", "code"
    ):
        asked[who].append(dt.date.max if code == OutcomeCode.DECEASED else day)
    for who, first in since.items():
        for days in WINDOWS.values():
            day = first + dt.timedelta(days=days)
            if day <= on and not any(one >= day - early for one in asked[who]):
                due = day + dt.timedelta(days=DAYS["follow_up"])
                yield Task(who, rows[who].code, _("Ask where they live now"), due, "follow_up")
                break


def _clock_starts(rows: dict[int, Household]) -> dict[int, dt.date]:
    """The first keys of each household; the title where it was found in the home, lease or no lease."""
    since: dict[int, dt.date] = {}
    keys = Tenancy.objects.filter(household__in=rows).values_list("household", "starts_on")
    titles = Acquisition.objects.filter(
        unit__found_households__in=rows, title_on__isnull=False
    ).exclude(unit__release__on__lte=F("title_on"))
    found = titles.values_list("unit__found_households", "title_on")
    for who, day in (*keys, *found):
        if day:
            since[who] = min(since.get(who, day), day)
    return since


def _plans(rows: dict[int, Household]) -> Iterator[Task]:
    broken = RepaymentPlan.objects.filter(
        tenancy__household__in=rows, state=RepaymentPlan.State.BREACHED
    ).prefetch_related("checks")
    for plan in broken.select_related("tenancy"):
        since = [check.on for check in plan.checks.all() if check.state == plan.state]
        due = (since[-1] if since else plan.starts_on) + dt.timedelta(days=DAYS["plan"])
        who = plan.tenancy.household_id
        yield Task(who, rows[who].code, _("Call about the broken plan"), due, "plan")


def _late_rents(rows: dict[int, Household], on: dt.date) -> Iterator[Task]:
    """Rent that is late and that no plan pays off: after twenty days it is arrears in law (3.6)."""
    mine = Tenancy.objects.filter(household__in=rows).exclude(plans__state__in=repayments.OPEN)
    lives_in = dict(mine.values_list("pk", "household"))
    for tenancy, owed in arrears.by_tenancy(arrears.dues(list(lives_in), as_of=on)).items():
        who, due = lives_in[tenancy], owed[0].due_on + dt.timedelta(days=DAYS["late_rent"])
        yield Task(who, rows[who].code, _("Talk about the rent that is late"), due, "late_rent")


def _evictions(rows: dict[int, Household]) -> Iterator[Task]:
    for case in EvictionCase.objects.filter(household__in=rows, next_on__isnull=False):
        if case.MOVES[case.state] and case.next_on:
            who = case.household_id
            what = _("Eviction: a date that cannot be missed")
            yield Task(who, rows[who].code, what, case.next_on, "eviction")


def _aids(rows: dict[int, Household]) -> Iterator[Task]:
    for aid in Aid.objects.filter(household__in=rows, decision=Aid.State.ASKED):
        due = aid.asked_on + dt.timedelta(days=DAYS["aid"])
        who = aid.household_id
        yield Task(who, rows[who].code, _("Ask what became of the claim for aid"), due, "aid")


def _consents(rows: dict[int, Household], on: dt.date) -> Iterator[Task]:
    for consent in Consent.objects.filter(household__in=rows, removed_on=None):
        who, ends_on = consent.household_id, consent.withdrawn_on
        if ends_on:
            due = ends_on + dt.timedelta(days=consents.REMOVE_WITHIN_DAYS)
            what = _("Remove what a consent allowed that was taken back")
            yield Task(who, rows[who].code, what, due, "consent")
        elif consent.ends_on <= on:
            what = _("Ask for a consent again, or remove what rested on it")
            yield Task(who, rows[who].code, what, consent.ends_on, "consent")


def _leases(rows: dict[int, Household], on: dt.date) -> Iterator[Task]:
    before = dt.timedelta(days=DAYS["lease_end"])
    ending = Tenancy.objects.filter(household__in=rows, ends_on__gt=on, ends_on__lte=on + before)
    for tenancy in ending:
        who, ends_on = tenancy.household_id, tenancy.ends_on
        if ends_on:
            yield Task(
                who,
                rows[who].code,
                _("The lease ends: renew it or find a home"),
                ends_on,
                "lease_end",
            )
