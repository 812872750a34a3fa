"""Households: take one in, say what to do next, write down what was done and what became of it.

Brackets and counts only. Who they are is opened through `identity`, with a purpose, and that is
written down too (P22). Who lives where is in `lettings`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Missing, Refused
from backend.core.models import User
from backend.core.users import Actor
from properties.models import Household, HouseholdIdentity, HousingOutcome, SupportAction
from properties.models.household import AGE_BANDS, OutcomeCode


class NobodyInIt(Refused):
    code = "household.nobody_in_it"


class CodeTaken(Conflict):
    code = "household.code_taken"


class NoPurpose(Refused):
    code = "household.no_purpose"


class InTheFuture(Refused):
    code = "household.in_the_future"


class NoSuchOutcome(Refused):
    code = "household.no_such_outcome"


class ToldAlready(Conflict):
    code = "household.outcome_told_already"


@dataclass(frozen=True, kw_only=True)
class NewHousehold:
    """A household at intake; `people` counts by age band, e.g. {"0_5": 1, "35_54": 2}."""

    caseworker: User
    code: str
    referred_by: str
    referred_on: dt.date
    people: Mapping[str, int]
    is_referred_by_city: bool = False
    ethos: str = Household.Ethos.NOT_COLLECTED
    isee: str = Household.Isee.NOT_COLLECTED
    is_restricted: bool = False
    is_synthetic: bool = False
    identity: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def register(*, new: NewHousehold, by: Actor, at: dt.datetime) -> Household:
    """Take a household in; its identity, if given, goes into the table of its own."""
    users.require(by, "household.edit")
    _refuse_bad(new, at)
    household = Household.objects.create(
        organisation_id=_organisation_of(new.caseworker),
        code=new.code,
        caseworker=new.caseworker,
        referred_by=new.referred_by,
        is_referred_by_city=new.is_referred_by_city,
        referred_on=new.referred_on,
        ethos=new.ethos,
        isee=new.isee,
        assessed_on=clock.day_of(at),
        is_restricted=new.is_restricted,
        is_synthetic=new.is_synthetic,
        **{f"people_{band}": count for band, count in new.people.items()},
    )
    if new.identity:
        HouseholdIdentity.objects.create(household=household, **new.identity)
    audit.record(action="household.registered", subject=household, by=by, at=at)
    return household


@transaction.atomic
def identity(*, household: Household, purpose: str, by: User, at: dt.datetime) -> HouseholdIdentity:
    """Open who a household is; who asked, when and for what is written down first.

    Only the caseworker of the case, or an auditor. Raises NoPurpose, Missing.
    """
    users.require(by, "identity.view")
    if len(purpose.strip()) < 5:
        raise NoPurpose(_("Say for what you need to know it."), field="purpose")
    # Written before the name is fetched: there is no way to read it without a trace.
    audit.record(action="identity.read", subject=household, by=by, at=at, reason=purpose)
    found = HouseholdIdentity.objects.filter(household=household).first()
    if found is None:
        raise Missing(_("No names are kept for this household."))
    return found


@transaction.atomic
def plan_next(
    *, household: Household, step: str, by_when: dt.date, by: Actor, at: dt.datetime
) -> Household:
    """Say what to do next for a household, and by when; it comes up in the caseworker's day."""
    users.require(by, "household.edit")
    household.next_step = step
    household.next_step_on = by_when
    household.save(update_fields=["next_step", "next_step_on"])
    audit.record(action="household.next_planned", subject=household, by=by, at=at)
    return household


@transaction.atomic
def record_outcome(
    *, household: Household, code: str, on: dt.date, source: str, by: Actor, at: dt.datetime
) -> HousingOutcome:
    """Write down where a household lives as of a day (housing.md 3.2). One row per day asked."""
    users.require(by, "household.edit")
    _refuse_future(on, at)
    if code not in OutcomeCode.values:
        raise NoSuchOutcome(_("There is no such outcome."), field="code")
    if household.outcomes.filter(on=on).exists():
        raise ToldAlready(_("An outcome of this day is written down already."), field="on")
    outcome = HousingOutcome.objects.create(
        household=household, code=code, on=on, source=source, by_label=users.label(by), at=at
    )
    audit.record(action="household.outcome", subject=household, by=by, at=at)
    return outcome


@transaction.atomic
def record_action(
    *, household: Household, kind: str, on: dt.date, by: Actor, at: dt.datetime
) -> SupportAction:
    """Write down something done for a household (housing.md 3.5)."""
    users.require(by, "household.edit")
    _refuse_future(on, at)
    return SupportAction.objects.create(
        household=household, kind=kind, on=on, by_label=users.label(by), at=at
    )


def _refuse_bad(new: NewHousehold, at: dt.datetime) -> None:
    unknown = set(new.people) - set(AGE_BANDS)
    if unknown or sum(new.people.values()) < 1 or min(new.people.values()) < 0:
        raise NobodyInIt(_("Count the people of the household by age band."), field="people")
    _refuse_future(new.referred_on, at)
    organisation = _organisation_of(new.caseworker)
    if Household.objects.filter(organisation_id=organisation, code=new.code).exists():
        raise CodeTaken(_("There is a household with this code already."), field="code")


def _organisation_of(caseworker: User) -> int:
    if caseworker.organisation_id is None:
        raise Refused(_("A caseworker belongs to an organisation."), field="caseworker")
    return caseworker.organisation_id


def _refuse_future(day: dt.date, at: dt.datetime) -> None:
    if day > clock.day_of(at):
        raise InTheFuture(_("This day has not come yet."), field="on")
