"""Put right what was written down wrongly of a home or its building; what stood before stays known.

A correction is told whole, with its reason, in the audit trail of the home. Keys, certificates and
papers are never corrected: `cadastre`, `energy` and `documents` put a newer one beside them.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.models import AuditEvent
from backend.core.users import Actor
from properties.models import Building, Unit
from properties.models.unit import DISTRICTS
from properties.units import CodeTaken, NoSuchDistrict

ACTION = "unit.corrected"
OF_UNIT = ("code", "rooms", "area_m2", "source", "occupancy")
OF_BUILDING = ("address", "district", "quarter", "omi_zone", "year_built")
FIELDS = (*OF_UNIT, *OF_BUILDING)


class NoReason(Refused):
    code = "correction.no_reason"


class NothingChanged(Refused):
    code = "correction.nothing_changed"


class NotCorrectable(Refused):
    code = "correction.not_correctable"


class AddressTaken(Conflict):
    code = "correction.address_taken"


class BoughtOtherwise(Conflict):
    code = "correction.bought_otherwise"


class PeopleStay(Conflict):
    code = "correction.people_stay"


@transaction.atomic
def correct(
    *, unit: Unit, told: Mapping[str, Any], reason: str, by: Actor, at: dt.datetime
) -> Unit:
    """Put right what is told of a home; facts of its building hold for all homes in it.

    Raises NoReason, NothingChanged, NotCorrectable, CodeTaken, NoSuchDistrict, AddressTaken,
    BoughtOtherwise, PeopleStay.
    """
    users.require(by, "unit.edit")
    refuse_no_reason(reason)
    home = Unit.objects.select_for_update(of=("self",)).select_related("building").get(pk=unit.pk)
    known = facts(home)
    changed = changes(known, told)
    _refuse_bad(home, changed)
    before = {name: _text(known[name]) for name in changed}
    _write(home, changed)
    after = {name: _text(value) for name, value in changed.items()}
    audit.record(
        action=ACTION,
        subject=home,
        by=by,
        at=at,
        reason=reason.strip(),
        facts={"before": before, "after": after},
    )
    return home


def facts(unit: Unit) -> dict[str, Any]:
    """What may be corrected, as it stands."""
    return {
        **{name: getattr(unit, name) for name in OF_UNIT},
        **{name: getattr(unit.building, name) for name in OF_BUILDING},
    }


def history(unit: Unit) -> QuerySet[AuditEvent]:
    """Every correction of a home, the newest first."""
    return audit.history(unit).filter(action=ACTION).order_by("-id")


def refuse_no_reason(reason: str) -> None:
    """Raise NoReason where nobody says why."""
    if len(reason.strip()) < 5:
        raise NoReason(_("Say why it is corrected."), field="reason")


def changes(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told otherwise than it is known. Raises NotCorrectable, NothingChanged."""
    if unknown := set(told) - set(known):
        raise NotCorrectable(_("This is not corrected here."), field=min(unknown))
    found = {name: value for name, value in told.items() if value != known[name]}
    if not found:
        raise NothingChanged(_("Everything stands as you wrote it."))
    return found


def _refuse_bad(home: Unit, changes: Mapping[str, Any]) -> None:
    others = Unit.objects.filter(organisation=home.organisation_id).exclude(pk=home.pk)
    if "code" in changes and others.filter(code=changes["code"]).exists():
        raise CodeTaken(_("There is a home with this code already."), field="code")
    if "district" in changes and changes["district"] not in DISTRICTS:
        raise NoSuchDistrict(_("Turin has circoscrizioni 1 to 8."), field="district")
    if "address" in changes:
        _refuse_taken_address(home, changes["address"])
    tries = home.acquisitions.exclude(route=changes.get("source", home.source))
    if "source" in changes and tries.exists():
        raise BoughtOtherwise(_("The purchase of this home says otherwise."), field="source")
    if "occupancy" in changes and _has_people(home):
        raise PeopleStay(
            _("People who were found in it, or a contract, rest on what is written."),
            field="occupancy",
        )


def _refuse_taken_address(home: Unit, address: str) -> None:
    rows = Building.objects.filter(organisation=home.organisation_id, address=address)
    if rows.exists():
        raise AddressTaken(_("Another building stands at this address."), field="address")


def _has_people(home: Unit) -> bool:
    return home.found_households.exists() or home.tenancies.exists()


def _write(home: Unit, changes: Mapping[str, Any]) -> None:
    for row, names in ((home, OF_UNIT), (home.building, OF_BUILDING)):
        changed = [name for name in names if name in changes]
        for name in changed:
            setattr(row, name, changes[name])
        if changed:
            row.save(update_fields=changed)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
