"""Homes bought with people in them that become empty before any lease: who tells it, and what follows.

From that day the home is vacant, stands among the voids and may be let; those who left are counted
among the lost (housing.md 3.4: the risk starts with the title).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict
from backend.core.users import Actor
from properties import corrections
from properties.households import refuse_future
from properties.models import HomeRelease, Unit


class NobodyInIt(Conflict):
    code = "release.nobody_in_it"


class UnderLease(Conflict):
    code = "release.under_lease"


class ReleasedAlready(Conflict):
    code = "release.already"


class NotReleased(Conflict):
    code = "release.not_released"


@dataclass(frozen=True, kw_only=True)
class NewRelease:
    """`on` is the first day nobody lived there any more, `how` one of HomeRelease.How."""

    on: dt.date
    how: str
    document: str = ""


def record(*, unit: Unit, new: NewRelease, by: Actor, at: dt.datetime) -> HomeRelease:
    """Write down that those found in a home no longer live there: once, and before any lease.

    Raises NobodyInIt for a home that was free, UnderLease, ReleasedAlready, InTheFuture.
    """
    users.require(by, "tenancy.edit")
    refuse_future(new.on, at)
    if not unit.was_occupied:
        raise NobodyInIt(_("This home was free when it was bought."))
    if unit.tenancies.exists():
        raise UnderLease(_("There is a contract with those who live here: end it instead."))
    # No look before the insert: of two who tell it at once, the database lets one in.
    try:
        with transaction.atomic():
            release = HomeRelease.objects.create(
                unit=unit, **vars(new), by_label=users.label(by), at=at
            )
            audit.record(action="unit.released", subject=unit, by=by, at=at, reason=new.how)
    except IntegrityError as problem:
        raise ReleasedAlready(_("It is written down already that nobody lives here.")) from problem
    return release


@transaction.atomic
def take_back(*, unit: Unit, reason: str, by: Actor, at: dt.datetime) -> Unit:
    """Undo what was written down by mistake: those found in a home live there still. The trail keeps
    what stood. Raises NotReleased, NoReason, and UnderLease once somebody else got the keys.
    """
    users.require(by, "tenancy.edit")
    corrections.refuse_no_reason(reason)
    release = HomeRelease.objects.select_for_update().filter(unit=unit).first()
    if release is None:
        raise NotReleased(_("Nobody wrote down that those found here have left."))
    if unit.tenancies.exists():
        raise UnderLease(_("This home was let since: those found in it are gone."))
    facts = {"before": {"on": release.on.isoformat(), "how": release.how}}
    release.delete()
    action = "unit.release_taken_back"
    audit.record(action=action, subject=unit, by=by, at=at, reason=reason.strip(), facts=facts)
    return unit


def may_be_taken_back(unit: Unit) -> bool:
    """Whether a release is written down, and nobody got the keys since."""
    return HomeRelease.objects.filter(unit=unit).exists() and not unit.tenancies.exists()


def may_be(unit: Unit) -> bool:
    """Whether people found in a home may still be living there without a contract."""
    is_released = HomeRelease.objects.filter(unit=unit).exists()
    return unit.was_occupied and not is_released and not unit.tenancies.exists()
