"""The eviction clock: how far a threat of eviction went, and the next day that counts (housing.md 3.6).

Guards of L. 392/1978: the arrears that allow it (art. 5), the days of grace and how often arrears are
cured in court (art. 55). The steps after the order are not verified in detail: their days are typed in
from the papers.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, states, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from properties.households import refuse_future
from properties.models import EvictionCase, EvictionStep, Household
from properties.models.eviction import CHARGES_MONTHS, RENT_LATE

GRACE_DAYS, HARDSHIP_DAYS = 90, 120
CURES, HARDSHIP_CURES, CURE_YEARS = 3, 4, 4
"""At most three times in four years; four with proven hardship (L. 392/1978 art. 55)."""


class OneAlready(Conflict):
    code = "eviction.one_already"


class NoArrears(Refused):
    code = "eviction.no_arrears"


class TooLong(Refused):
    code = "eviction.grace_too_long"


class TooOften(Conflict):
    code = "eviction.cured_too_often"


class BackInTime(Refused):
    code = "eviction.back_in_time"


@dataclass(frozen=True, kw_only=True)
class Threat:
    """What begins it: the day since which the oldest rent is due, or charges owed beside the rent of
    a month. One of the two is enough."""

    landlord: str
    on: dt.date
    rent_due_on: dt.date | None = None
    charges_owed: Money | None = None
    monthly_rent: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step with its day; `next_on` is the hearing, the end of the grace, the bailiff's visit."""

    to: str
    on: dt.date
    next_on: dt.date | None = None
    document: str = ""
    has_hardship: bool = False


def open_case(*, household: Household, new: Threat, by: Actor, at: dt.datetime) -> EvictionCase:
    """Begin to watch a threat of eviction, from arrears that allow it on. Raises OneAlready,
    NoArrears for a rent less than twenty days late and charges of no more than two months' rent.
    """
    users.require(by, "household.edit")
    refuse_future(new.on, at)
    if not is_allowed(new):
        raise NoArrears(
            _(
                "No arrears that allow it yet: a rent must be %(days)s days late, or the charges owed "
                "more than the rent of %(months)s months."
            )
            % {"days": RENT_LATE.days, "months": CHARGES_MONTHS},
            field="rent_due_on",
        )
    told = {key: value for key, value in vars(new).items() if key != "on"}
    try:
        with transaction.atomic():
            case = EvictionCase.objects.create(household=household, since_on=new.on, **told)
            _note(case, Step(to=case.state, on=new.on), by, at)
    except IntegrityError as problem:
        raise OneAlready(_("A threat of eviction is being watched already.")) from problem
    return case


def is_allowed(new: Threat) -> bool:
    """Whether arrears are such that a landlord may ask for the home back (L. 392/1978 art. 5). Pure."""
    if new.rent_due_on is not None and new.on - new.rent_due_on >= RENT_LATE:
        return True
    if new.charges_owed is None or new.monthly_rent is None or new.monthly_rent.amount <= 0:
        return False
    return new.charges_owed > CHARGES_MONTHS * new.monthly_rent


@transaction.atomic
def move(*, case: EvictionCase, step: Step, by: Actor, at: dt.datetime) -> EvictionCase:
    """Write down the next step. Raises WrongState, BackInTime, TooLong, TooOften."""
    users.require(by, "household.edit")
    refuse_future(step.on, at)
    last = case.steps.last()
    if last is not None and step.on < last.on:
        raise BackInTime(_("The step before was on a later day."), field="on")
    _refuse_against_law(case, step)
    states.move(record=case, to=step.to, by=by, at=at)
    case.next_on = step.next_on
    case.save(update_fields=["next_on"])
    _note(case, step, by, at)
    return case


def _refuse_against_law(case: EvictionCase, step: Step) -> None:
    if step.to == EvictionCase.State.GRACE:
        longest = HARDSHIP_DAYS if step.has_hardship else GRACE_DAYS
        if step.next_on is None or not 0 < (step.next_on - step.on).days <= longest:
            raise TooLong(
                _("The judge gives at most %(days)s days: say when they end.") % {"days": longest},
                field="next_on",
            )
    if step.to == EvictionCase.State.CURED_IN_COURT:
        most = HARDSHIP_CURES if step.has_hardship else CURES
        if _cured(case.household, step.on) >= most:
            raise TooOften(
                _("Arrears are cured in court at most %(count)s times in four years.")
                % {"count": most}
            )


def _cured(household: Household, on: dt.date) -> int:
    since = on - dt.timedelta(days=365 * CURE_YEARS)
    return EvictionStep.objects.filter(
        case__household=household, state=EvictionCase.State.CURED_IN_COURT, on__gt=since
    ).count()


def _note(case: EvictionCase, step: Step, by: Actor, at: dt.datetime) -> None:
    EvictionStep.objects.create(
        case=case,
        state=step.to,
        on=step.on,
        next_on=step.next_on,
        document=step.document,
        by_label=users.label(by),
        at=at,
    )
    audit.record(action="eviction.step", subject=case.household, by=by, at=at, reason=step.to)


def is_over(case: EvictionCase) -> bool:
    """Whether nothing threatens any more, or everything happened."""
    return not case.MOVES[case.state]
