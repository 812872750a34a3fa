"""Homes of ours that stand empty: since when, why it began, and what they wait for (housing.md 3.2).

Derived from leases, titles and works, never stored. How long homes stood empty is an indicator (12).
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from properties.models import AcquisitionStep, HomeRelease, Tenancy, Unit, Works
from properties.models.routes import TITLE_STATES

OURS = (Unit.Ownership.OWNED, Unit.Ownership.MANAGED)
OURS_SINCE = (*TITLE_STATES, "IN_MANAGEMENT")
ACQUIRED_VACANT, RELEASED = "ACQUIRED_VACANT", "RELEASED"
WORKS, AWAITING_REFERRAL = "WORKS", "AWAITING_REFERRAL"
WORDS: dict[str, str | Promise] = {
    ACQUIRED_VACANT: _("it came to us empty"),
    RELEASED: _("those it was bought with left"),
    WORKS: _("works"),
    AWAITING_REFERRAL: _("a household to be referred"),
    **{str(code): label for code, label in Tenancy.EndReason.choices},
    "": _("the last lease ended"),
}


@dataclass(frozen=True)
class Void:
    """A home that stands empty: why it began (`because`), and what it waits for (`awaits`)."""

    unit: Unit
    since: dt.date
    because: str
    awaits: str

    @property
    def in_words(self) -> tuple[str | Promise, str | Promise]:
        return WORDS[self.because], WORDS[self.awaits]


def standing(homes: QuerySet[Unit], *, on: dt.date, reader: User) -> list[Void]:
    """The empty ones of some homes, the longest first; one query however many.

    A home that was bought with people in it is empty only once a lease of theirs has ended, or it was
    released. Why a lease ended is for those who may read leases, and of a restricted household for
    nobody (P14).
    """
    leases = Tenancy.objects.filter(unit=OuterRef("pk"), starts_on__lte=on)
    steps = AcquisitionStep.objects.filter(
        acquisition__unit=OuterRef("pk"), state__in=OURS_SINCE, on__lte=on
    )
    releases = HomeRelease.objects.filter(unit=OuterRef("pk"), on__lte=on)
    last = leases.order_by("-starts_on")
    works = Works.objects.filter(unit=OuterRef("pk"), started_on__lte=on)
    rows = homes.filter(~Exists(leases.exclude(ends_on__lte=on)), ownership__in=OURS).annotate(
        left_on=Subquery(last.values("ends_on")[:1]),
        left_because=Subquery(last.values("end_code")[:1]),
        was_restricted=Subquery(last.values("household__is_restricted")[:1]),
        ours_since=Subquery(
            steps.order_by().values("acquisition__unit").annotate(day=Max("on")).values("day")
        ),
        has_works=Exists(works.exclude(ready_on__lte=on)),
        released_on=Subquery(releases.values("on")),
    )
    may = reader.may("tenancy.view")
    found = [_void(row, may) for row in rows.select_related("building") if _is_empty(row)]
    return sorted(found, key=lambda void: (void.since, void.unit.code))


def _is_empty(row: Unit) -> bool:
    told = vars(row)
    is_free = told["released_on"] or not row.was_occupied
    return bool(told["left_on"] or (told["ours_since"] and is_free))


def _void(row: Unit, may_read_leases: bool) -> Void:
    told = vars(row)
    if told["left_on"]:
        is_told = may_read_leases and not told["was_restricted"]
        since, because = told["left_on"], (told["left_because"] or "") if is_told else ""
    elif told["released_on"]:
        since, because = max(told["ours_since"], told["released_on"]), RELEASED
    else:
        since, because = told["ours_since"], ACQUIRED_VACANT
    awaits = WORKS if told["has_works"] else AWAITING_REFERRAL
    return Void(unit=row, since=since, because=because, awaits=awaits)
