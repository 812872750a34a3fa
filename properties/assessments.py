"""What is known of a household after intake: assess it anew, complete its names, protect it.

Nothing is overwritten but the names, which are sealed: of the rest each telling keeps its day and its
source, and figures of a day rest on what was so by then.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from properties import identities, privacy
from properties.households import BadDay, refuse_future, refuse_nobody
from properties.models import Assessment, Household, HouseholdIdentity
from properties.models.household import AGE_BANDS

INTAKE = "intake"


class NothingTold(Refused):
    code = "assessment.nothing_told"


class Gone(Conflict):
    code = "assessment.household_gone"


class ProtectedAlready(Conflict):
    code = "household.protected_already"


@dataclass(frozen=True, kw_only=True)
class NewAssessment:
    """What was learnt as of a day, and from whom; None is as it was before. `people` by age band."""

    on: dt.date
    source: str
    ethos: str | None = None
    isee: str | None = None
    people: Mapping[str, int] | None = None


@transaction.atomic
def assess(*, household: Household, new: NewAssessment, by: Actor, at: dt.datetime) -> Assessment:
    """Write down what is known of a household as of a day; what stood before is kept with its day.

    Raises NothingTold, NobodyInIt, BadDay before the referral, InTheFuture, Gone.
    """
    found = _own(household, by)
    refuse_future(new.on, at)
    if new.on < found.referred_on:
        raise BadDay(_("This day is before the referral."), field="on")
    if new.ethos is None and new.isee is None and new.people is None:
        raise NothingTold(_("Say what is known anew."), field="ethos")
    if new.people is not None:
        refuse_nobody(new.people)
    _keep_intake(found)
    before = found.assessments.filter(on__lte=new.on).last() or found.assessments.first()
    assert before is not None, "what was known at intake was just kept"
    told = Assessment.objects.create(
        household=found,
        on=new.on,
        source=new.source,
        ethos=new.ethos or before.ethos,
        isee=new.isee or before.isee,
        people=dict(new.people) if new.people is not None else before.people,
        by_label=users.label(by),
        at=at,
    )
    _show_newest(household)
    audit.record(action="household.assessed", subject=household, by=by, at=at)
    return told


@transaction.atomic
def complete(
    *, household: Household, said: Mapping[str, str], by: Actor, at: dt.datetime
) -> HouseholdIdentity:
    """Keep who a household is, or what of it is told anew; nothing is opened by it (P12).

    Raises CountedTwice, NoName, Gone, and NotReady for real people without register (GDPR 30).
    """
    found = _own(household, by)
    if not found.is_synthetic:
        privacy.refuse_unready(found.organisation, on=clock.day_of(at))
    kept = identities.complete(household=found, said=said)
    fields = sorted(name for name, value in said.items() if value)
    audit.record(action="identity.told", subject=household, by=by, at=at, facts={"fields": fields})
    return kept


@transaction.atomic
def protect(*, household: Household, is_restricted: bool, by: Actor, at: dt.datetime) -> Household:
    """Put a household under protection, or end that: then nobody but its caseworker sees it (P14).

    It holds at once and for the figures of every day. Raises ProtectedAlready where it is so already.
    """
    _own(household, by)
    rows = Household.objects.filter(pk=household.pk, is_restricted=not is_restricted)
    if not rows.update(is_restricted=is_restricted):
        raise ProtectedAlready(_("It is written down so already."), field="is_restricted")
    action = "household.protected" if is_restricted else "household.unprotected"
    audit.record(action=action, subject=household, by=by, at=at)
    household.refresh_from_db()
    return household


def _own(household: Household, by: Actor) -> Household:
    users.require(by, "household.edit")
    found = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if found.anonymised_at:
        raise Gone(_("What was known of this household was removed."))
    return found


def _keep_intake(household: Household) -> None:
    """What intake told becomes the first of the tellings, as of the referral."""
    if not household.assessments.exists():
        Assessment.objects.create(
            household=household,
            on=household.referred_on,
            source=INTAKE,
            ethos=household.ethos,
            isee=household.isee,
            people={band: getattr(household, f"people_{band}") for band in AGE_BANDS},
            by_label=users.label(users.SYSTEM),
            at=clock.start_of(household.referred_on),
        )


def _show_newest(household: Household) -> None:
    newest = household.assessments.last()
    assert newest is not None, "one was just written"
    people = {f"people_{band}": newest.people.get(band, 0) for band in AGE_BANDS}
    Household.objects.filter(pk=household.pk).update(
        ethos=newest.ethos, isee=newest.isee, assessed_on=newest.on, **people
    )
    household.refresh_from_db()
