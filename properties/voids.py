"""Homes of ours that stand empty: since when, why it began, and what they wait for (housing.md 3.2).

Derived from leases, titles and works, never stored. How long homes stood empty is an indicator (12).
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from properties.models import AcquisitionStep, Tenancy, Unit, Works
from properties.models.routes import TITLE_STATES

OURS = (Unit.Ownership.OWNED, Unit.Ownership.MANAGED)
OURS_SINCE = (*TITLE_STATES, "IN_MANAGEMENT")
ACQUIRED_VACANT, WORKS, AWAITING_REFERRAL = "ACQUIRED_VACANT", "WORKS", "AWAITING_REFERRAL"
WORDS: dict[str, str | Promise] = {
    ACQUIRED_VACANT: _("it came to us empty"),
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

    A home that was bought with people in it is empty only once a lease of theirs has ended. Why a
    lease ended is for those who may read leases, and of a restricted household for nobody (P14).
    """
    leases = Tenancy.objects.filter(unit=OuterRef("pk"), starts_on__lte=on)
    steps = AcquisitionStep.objects.filter(
        acquisition__unit=OuterRef("pk"), state__in=OURS_SINCE, on__lte=on
    )
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
    )
    may = reader.may("tenancy.view")
    found = [_void(row, may) for row in rows.select_related("building") if _is_empty(row)]
    return sorted(found, key=lambda void: (void.since, void.unit.code))


def _is_empty(row: Unit) -> bool:
    told = vars(row)
    return bool(told["left_on"] or (told["ours_since"] and not row.was_occupied))


def _void(row: Unit, may_read_leases: bool) -> Void:
    told = vars(row)
    is_told = may_read_leases and not told["was_restricted"]
    left_because = (told["left_because"] or "") if is_told else ""
    return Void(
        unit=row,
        since=told["left_on"] or told["ours_since"],
        because=left_because if told["left_on"] else ACQUIRED_VACANT,
        awaits=WORKS if told["has_works"] else AWAITING_REFERRAL,
    )
