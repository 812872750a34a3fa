"""Put right what was written down wrongly of a lease or of an outcome: its days, its rent, its code.

What stood before is kept with the reason, row by row, and never changed. The trail tells which facts
changed; the words stay with the household, which can forget them. Facts of homes are in `corrections`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict
from backend.core.money import as_text
from backend.core.users import Actor
from properties import corrections, households, lettings, rents
from properties.models import Amendment, HousingOutcome, Tenancy

OF_LEASE = ("starts_on", "ends_on", "rent", "charges_monthly")
OF_OUTCOME = ("code", "on", "is_care")


class Gone(Conflict):
    code = "amendment.household_gone"


class GoesOn(Conflict):
    code = "amendment.tenancy_goes_on"


@transaction.atomic
def amend_lease(
    *, tenancy: Tenancy, told: Mapping[str, Any], reason: str, by: Actor, at: dt.datetime
) -> Amendment:
    """Put right days and rent of a lease; months that are charged and not paid follow it.

    What came for a month stays booked as it came. Raises NoReason, NothingChanged, NotCorrectable,
    Gone, GoesOn, and what `lettings` raises of such a lease.
    """
    users.require(by, "tenancy.edit")
    lease = Tenancy.objects.select_for_update(of=("self",)).get(pk=tenancy.pk)
    changes = _changes(lease, told, OF_LEASE, reason)
    if "ends_on" in changes and lease.ends_on is None:
        raise GoesOn(_("This tenancy has no end yet: end it instead."), field="ends_on")
    before = _as_told(lease, changes)
    _write(lease, changes)
    if lease.ends_on is None:
        lease.end_code = lease.end_reason = ""
    lettings.refuse_bad(lease)
    try:
        with transaction.atomic():
            lease.save(update_fields=[*changes, "end_code", "end_reason"])
    except IntegrityError as problem:
        raise lettings.refusal(problem) from problem
    rents.put_right(tenancy=lease, by=by, at=at)
    amendment = Amendment(household=lease.household, tenancy=lease, before=before)
    return _keep(amendment, _as_told(lease, changes), reason, (by, at))


@transaction.atomic
def amend_outcome(
    *, outcome: HousingOutcome, told: Mapping[str, Any], reason: str, by: Actor, at: dt.datetime
) -> Amendment:
    """Put right where a household lived as of which day.

    Raises NoReason, NothingChanged, NotCorrectable, Gone, and what `households.record_outcome` does.
    """
    users.require(by, "household.edit")
    row = HousingOutcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    changes = _changes(row, told, OF_OUTCOME, reason)
    before = _as_told(row, changes)
    _write(row, changes)
    households.refuse_bad_outcome(row, at)
    row.save(update_fields=list(changes))
    amendment = Amendment(household=row.household, outcome=row, before=before)
    return _keep(amendment, _as_told(row, changes), reason, (by, at))


def _changes(
    row: Tenancy | HousingOutcome, told: Mapping[str, Any], fields: tuple[str, ...], reason: str
) -> dict[str, Any]:
    if row.household.anonymised_at:
        raise Gone(_("What was known of this household was removed."))
    corrections.refuse_no_reason(reason)
    return corrections.changes({name: getattr(row, name) for name in fields}, told)


def _write(row: Tenancy | HousingOutcome, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)


def _keep(
    amendment: Amendment, after: dict[str, str], reason: str, signed: tuple[Actor, dt.datetime]
) -> Amendment:
    by, at = signed
    amendment.after, amendment.reason = after, reason.strip()
    amendment.by_label, amendment.at = users.label(by), at
    amendment.save()
    of = "tenancy" if amendment.tenancy_id else "outcome"
    facts = {"fields": sorted(after)}
    action = f"household.{of}_amended"
    audit.record(action=action, subject=amendment.household, by=by, at=at, facts=facts)
    return amendment


def _as_told(row: Tenancy | HousingOutcome, names: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(getattr(row, name)) for name in names}


def _text(value: Any) -> str:
    if isinstance(value, Money):
        return as_text(value, "en")
    return "" if value is None else str(value)
