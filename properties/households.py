"""Households: take one in, say what to do next, write down what was done and what became of it.

Brackets and counts only. Who they are is opened through `identities`, with a purpose, and that is
written down too (P22). Who lives where is in `lettings`, what was done for them in `support`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.roles import Role
from backend.core.users import Actor
from properties import identities, privacy
from properties.models import Household, HousingOutcome, OutcomeCode, Unit
from properties.models.household import AGE_BANDS


class NobodyInIt(Refused):
    code = "household.nobody_in_it"


class CodeTaken(Conflict):
    code = "household.code_taken"


class InTheFuture(Refused):
    code = "household.in_the_future"


class BadDay(Refused):
    code = "household.bad_day"


class NoSuchOutcome(Refused):
    code = "household.no_such_outcome"


class FoundAlready(Conflict):
    code = "household.found_already"


class ToldAlready(Conflict):
    code = "household.outcome_told_already"


class NotInCare(Refused):
    code = "household.not_in_care"


class ClosedAlready(Conflict):
    code = "household.closed_already"


class StillHoused(Conflict):
    code = "household.still_housed"


class NotOurCaseworker(Refused):
    code = "household.not_our_caseworker"


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
    was_living_in: Unit | None = None
    identity: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def register(*, new: NewHousehold, by: Actor, at: dt.datetime) -> Household:
    """Take a household in; its identity, if given, goes into the table of its own."""
    users.require(by, "household.edit")
    _refuse_bad(new, at)
    if new.caseworker.organisation and not new.is_synthetic:
        privacy.refuse_unready(new.caseworker.organisation, on=clock.day_of(at))
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
        was_living_in=new.was_living_in,
        **{f"people_{band}": count for band, count in new.people.items()},
    )
    if new.identity:
        identities.seal(household=household, said=new.identity)
    audit.record(action="household.registered", subject=household, by=by, at=at)
    return household


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


@dataclass(frozen=True, kw_only=True)
class NewOutcome:
    """Where a household lives as of a day, and from whom we know it."""

    code: str
    on: dt.date
    source: str
    is_care: bool = False


@transaction.atomic
def record_outcome(
    *, household: Household, new: NewOutcome, by: Actor, at: dt.datetime
) -> HousingOutcome:
    """Write down where a household lives as of a day (housing.md 3.2). One row per day asked.

    Raises InTheFuture, NoSuchOutcome, NotInCare, ToldAlready.
    """
    users.require(by, "household.edit")
    outcome = HousingOutcome(household=household, **vars(new), by_label=users.label(by), at=at)
    refuse_bad_outcome(outcome, at)
    outcome.save()
    audit.record(action="household.outcome", subject=household, by=by, at=at)
    return outcome


def refuse_bad_outcome(told: HousingOutcome, at: dt.datetime) -> None:
    """Raise what speaks against an outcome as it would stand (see `record_outcome`)."""
    refuse_future(told.on, at)
    if told.code not in OutcomeCode.values:
        raise NoSuchOutcome(_("There is no such outcome."), field="code")
    if told.is_care and told.code != OutcomeCode.INSTITUTION:
        raise NotInCare(_("Only who is in an institution is in care."), field="is_care")
    if told.household.outcomes.filter(on=told.on).exclude(pk=told.pk).exists():
        raise ToldAlready(_("An outcome of this day is written down already."), field="on")


@transaction.atomic
def close(
    *, household: Household, reason: str, on: dt.date, by: Actor, at: dt.datetime
) -> Household:
    """End a referral or a case, with the reason that the city is told. Names go a year later (P17).

    Raises StillHoused while it lives with us, ClosedAlready.
    """
    users.require(by, "household.edit")
    refuse_future(on, at)
    if household.tenancies.live_on(on).exists():
        raise StillHoused(_("This household lives in a home of ours: end the tenancy first."))
    if on < household.referred_on:
        raise BadDay(_("This day is before the referral."), field="on")
    won = Household.objects.filter(pk=household.pk, closed_on=None).update(
        closed_on=on, closed_reason=reason, next_step="", next_step_on=None
    )
    if not won:
        raise ClosedAlready(_("This household is closed already."))
    audit.record(action="household.closed", subject=household, by=by, at=at, reason=reason)
    household.refresh_from_db()
    return household


@transaction.atomic
def hand_over(*, household: Household, to: User, by: Actor, at: dt.datetime) -> Household:
    """Give a case to another caseworker of the same body: from then on nobody else opens it (P14)."""
    users.require(by, "household.edit")
    if not to.has_role(Role.CASEWORKER) or to.organisation_id != household.organisation_id:
        raise NotOurCaseworker(_("Choose a caseworker of your organisation."), field="to")
    Household.objects.filter(pk=household.pk).update(caseworker=to)
    audit.record(action="household.handed_over", subject=household, by=by, at=at, reason=str(to.pk))
    household.refresh_from_db()
    return household


def _refuse_bad(new: NewHousehold, at: dt.datetime) -> None:
    refuse_nobody(new.people)
    refuse_future(new.referred_on, at)
    organisation = _organisation_of(new.caseworker)
    if Household.objects.filter(organisation_id=organisation, code=new.code).exists():
        raise CodeTaken(_("There is a household with this code already."), field="code")
    if new.was_living_in and new.was_living_in.found_households.exists():
        raise FoundAlready(_("Another household was found in this home."), field="was_living_in")


def refuse_nobody(people: Mapping[str, int]) -> None:
    """Raise NobodyInIt unless people are counted by the known age bands, one at least."""
    unknown = set(people) - set(AGE_BANDS)
    if unknown or sum(people.values()) < 1 or min(people.values()) < 0:
        raise NobodyInIt(_("Count the people of the household by age band."), field="people")


def _organisation_of(caseworker: User) -> int:
    if caseworker.organisation_id is None:
        raise Refused(_("A caseworker belongs to an organisation."), field="caseworker")
    return caseworker.organisation_id


def refuse_future(day: dt.date, at: dt.datetime) -> None:
    """Raise InTheFuture for a day that has not come: facts are told when they are."""
    if day > clock.day_of(at):
        raise InTheFuture(_("This day has not come yet."), field="on")
