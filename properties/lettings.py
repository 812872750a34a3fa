"""Who lives in our homes: let a vacant one, keep people in one that was bought with them, end it.

Two live tenancies in one home, or one household in two homes, are refused by the database; here the
refusal gets its sentence. Rents are in `rents`.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO
from backend.core.users import Actor
from properties import omi, rents
from properties.models import Acquisition, AcquisitionStep, HomeRelease, Household, Tenancy, Unit


class NotOurs(Conflict):
    code = "tenancy.home_not_ours"


class NotReady(Conflict):
    code = "tenancy.home_not_ready"


class NotEmpty(Conflict):
    code = "tenancy.home_not_empty"


class NobodyToKeep(Conflict):
    code = "tenancy.nobody_to_keep"


class AlreadyLet(Conflict):
    code = "tenancy.unit_already_let"


class HousedAlready(Conflict):
    code = "tenancy.household_housed_already"


class ContractNumberTaken(Conflict):
    code = "tenancy.contract_number_taken"


class BadSpan(Refused):
    code = "tenancy.bad_span"


class OverAgreement(Refused):
    code = "tenancy.over_agreement"


class NoSource(Refused):
    code = "tenancy.market_rent_without_source"


class OutsideMandate(Refused):
    code = "tenancy.outside_mandate"


class EndedAlready(Conflict):
    code = "tenancy.ended_already"


GUARDS = {
    "tenancy_one_live_per_unit": (
        AlreadyLet,
        _("Somebody lives in this home at that time."),
        "unit",
    ),
    "tenancy_one_live_per_household": (
        HousedAlready,
        _("This household lives in another of our homes at that time."),
        "household",
    ),
    "properties_tenancy_contract_no_key": (
        ContractNumberTaken,
        _("There is a contract with this number already."),
        "contract_no",
    ),
}


@dataclass(frozen=True, kw_only=True)
class NewTenancy:
    """A household in a home; rent, charges and what they are compared with are per month.

    `agreed_most` is what the local agreement allows (canone concordato, L. 431/1998 art. 2 c. 3),
    `market_rent` what such a home costs on the market by the source that is named; where it is not
    told, the middle of its zone's band (`omi`).
    """

    unit: Unit
    household: Household
    contract_no: str
    kind: str
    rent: Money
    starts_on: dt.date
    ends_on: dt.date | None = None
    charges_monthly: Money = ZERO
    agreed_most: Money | None = None
    market_rent: Money | None = None
    market_source: str = ""


def is_kept(unit: Unit, household: Household | None = None) -> bool:
    """Whether a household stays in a home that was bought with people in it: whoever is first there,
    and nobody who comes after them, or after the home was released."""
    if not unit.was_occupied or HomeRelease.objects.filter(unit=unit).exists():
        return False
    others = Tenancy.objects.filter(unit=unit).exclude(household=household)
    found = unit.found_households.exclude(pk=household.pk if household else 0)
    return not others.exists() and not found.exists()


def let(*, new: NewTenancy, by: Actor, at: dt.datetime) -> Tenancy:
    """Give a household the keys of a vacant home (free track; the clock starts with the keys)."""
    users.require(by, "tenancy.edit")
    _refuse_not_ours(new)
    if not _is_empty(new.unit, new.starts_on):
        raise NotEmpty(
            _(
                "People live in this home since before it was bought: keep them, or say that they left."
            ),
            field="unit",
        )
    if new.unit.works.exclude(state="READY").filter(started_on__lte=new.starts_on).exists():
        raise NotReady(_("Works in this home are not finished."), field="unit")
    return _begin(new, Tenancy.Track.FREE, by, at)


def keep(*, new: NewTenancy, by: Actor, at: dt.datetime) -> Tenancy:
    """Let people stay in the home that was bought with them (occupied track, since title)."""
    users.require(by, "tenancy.edit")
    _refuse_not_ours(new)
    if not new.unit.was_occupied:
        raise NobodyToKeep(
            _("This home was free when it was bought: let it instead."), field="unit"
        )
    if not is_kept(new.unit, new.household):
        raise NobodyToKeep(
            _("Others lived in this home since it was bought: let it instead."), field="unit"
        )
    with transaction.atomic():
        _find(new.unit, new.household)
        return _begin(new, Tenancy.Track.OCCUPIED, by, at)


def is_lived_in(unit: Unit, on: dt.date) -> bool:
    """Whether people live in a home on a day: under a contract of ours, or since before it came."""
    return Tenancy.objects.filter(unit=unit).live_on(on).exists() or not _is_empty(unit, on)


def _is_empty(unit: Unit, on: dt.date) -> bool:
    """Whether those whom a home was bought with are gone: by a lease that ended, or a release."""
    is_released = HomeRelease.objects.filter(unit=unit, on__lte=on).exists()
    return not unit.was_occupied or is_released or unit.tenancies.exists()


def _find(unit: Unit, household: Household) -> None:
    """Write down that a household was in the home with the title, where intake did not."""
    if household.was_living_in_id not in (None, unit.pk):
        raise NobodyToKeep(_("This household was found in another home of ours."), field="unit")
    Household.objects.filter(pk=household.pk).update(was_living_in=unit)
    household.was_living_in = unit


@transaction.atomic
def end(
    *, tenancy: Tenancy, on: dt.date, reason: str, code: str = "", by: Actor, at: dt.datetime
) -> Tenancy:
    """End a tenancy: from this day on the household no longer lives there, and owes no month.

    `code` is one of Tenancy.EndReason, or nothing where it is not told.
    """
    users.require(by, "tenancy.edit")
    if on <= tenancy.starts_on:
        raise BadSpan(_("A tenancy ends after it begins."), field="on")
    going_on = Tenancy.objects.filter(pk=tenancy.pk, ends_on=None)
    won = going_on.update(ends_on=on, end_reason=reason, end_code=code)
    if not won:
        raise EndedAlready(_("This tenancy has an end already."))
    # The words stay with the tenancy, which can forget them; the trail cannot.
    tenancy.refresh_from_db()
    facts = {"months_changed": rents.put_right(tenancy=tenancy, by=by, at=at)}
    audit.record(action="tenancy.ended", subject=tenancy, by=by, at=at, reason=code, facts=facts)
    return tenancy


def _begin(told: NewTenancy, track: str, by: Actor, at: dt.datetime) -> Tenancy:
    _refuse_bad_terms(told)
    new = _compared(told)
    # No look before the insert: two caseworkers at once would both find the home empty.
    try:
        with transaction.atomic():
            tenancy = Tenancy.objects.create(track=track, created_at=at, **vars(new))
            audit.record(action="tenancy.begun", subject=tenancy, by=by, at=at)
    except IntegrityError as problem:
        raise refusal(problem) from problem
    return tenancy


def _compared(new: NewTenancy) -> NewTenancy:
    """With the market rent of its zone (OMI) where none was told, if the zone has one."""
    if new.market_rent is not None:
        return new
    found = omi.reference(new.unit, on=new.starts_on)
    if found is None:
        return new
    return replace(new, market_rent=found.middle, market_source=found.source)


def refuse_bad(new: NewTenancy | Tenancy) -> None:
    """Raise what speaks against a lease as it would stand, but for those who live there meanwhile.

    NotOurs, OutsideMandate, BadSpan, OverAgreement, NoSource.
    """
    _refuse_not_ours(new)
    _refuse_bad_terms(new)


def _refuse_bad_terms(new: NewTenancy | Tenancy) -> None:
    if new.ends_on is not None and new.ends_on <= new.starts_on:
        raise BadSpan(_("A tenancy ends after it begins."), field="ends_on")
    if new.agreed_most is not None and new.rent > new.agreed_most:
        raise OverAgreement(_("The rent is above what the agreement allows."), field="rent")
    if (new.market_rent is None) == bool(new.market_source):
        raise NoSource(_("A market rent has an amount and a source."), field="market_source")


def _refuse_not_ours(new: NewTenancy | Tenancy) -> None:
    """Keys are given from the day of title on; of a managed home while its mandate runs."""
    if new.unit.ownership == Unit.Ownership.MANAGED:
        _refuse_outside_mandate(new)
        return
    title = Acquisition.objects.filter(unit=new.unit, title_on__lte=new.starts_on)
    if new.unit.ownership != Unit.Ownership.OWNED or not title.exists():
        raise NotOurs(_("This home is not ours on that day."), field="starts_on")


def _refuse_outside_mandate(new: NewTenancy | Tenancy) -> None:
    signed = {"acquisition__unit": new.unit, "state": "MANDATE_SIGNED", "on__lte": new.starts_on}
    steps = AcquisitionStep.objects.filter(**signed).select_related("acquisition")
    newest = steps.order_by("-on", "-pk").first()
    if newest is None:
        raise OutsideMandate(_("The mandate of this home was signed later."), field="starts_on")
    until = newest.acquisition.term_ends_on
    if until is not None and new.starts_on >= until:
        raise OutsideMandate(_("The mandate of this home is over by then."), field="starts_on")
    if until is not None and new.ends_on is not None and new.ends_on > until:
        raise OutsideMandate(
            _("The mandate of this home ends before this contract."), field="ends_on"
        )


def refusal(problem: IntegrityError) -> Exception:
    """The sentence of a guard of the database, or the problem itself where it is another's."""
    name = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", "")
    if name not in GUARDS:
        return problem
    kind, sentence, field = GUARDS[name]
    return kind(sentence, field=field)
