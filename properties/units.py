"""The portfolio: enter a home. How it becomes ours is in `acquisitions`."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from properties.models import Building, Unit
from properties.models.unit import DISTRICTS


class CodeTaken(Conflict):
    code = "unit.code_taken"


class NoSuchDistrict(Refused):
    code = "unit.no_such_district"


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A home as it is first written down; area in square metres."""

    organisation: Organisation
    code: str
    address: str
    district: int
    rooms: int
    area_m2: Decimal
    source: str
    occupancy: str = Unit.Occupancy.FREE
    quarter: str = ""
    year_built: int | None = None
    energy_class: str = ""
    cadastral_sheet: str = ""
    cadastral_parcel: str = ""
    cadastral_subunit: str = ""
    is_synthetic: bool = False


@transaction.atomic
def register(*, new: NewUnit, by: Actor, at: dt.datetime) -> Unit:
    """Enter a home, with its building if that is new. Raises CodeTaken, NoSuchDistrict."""
    users.require(by, "unit.edit")
    if new.district not in DISTRICTS:
        raise NoSuchDistrict(_("Turin has circoscrizioni 1 to 8."), field="district")
    taken = Unit.objects.filter(organisation=new.organisation, code=new.code)
    if taken.exists():
        raise CodeTaken(_("There is a home with this code already."), field="code")
    building, _created = Building.objects.get_or_create(
        organisation=new.organisation,
        address=new.address,
        defaults={
            "district": new.district,
            "quarter": new.quarter,
            "year_built": new.year_built,
        },
    )
    unit = Unit.objects.create(
        organisation=new.organisation,
        building=building,
        code=new.code,
        rooms=new.rooms,
        area_m2=new.area_m2,
        source=new.source,
        occupancy=new.occupancy,
        energy_class=new.energy_class,
        cadastral_sheet=new.cadastral_sheet,
        cadastral_parcel=new.cadastral_parcel,
        cadastral_subunit=new.cadastral_subunit,
        is_synthetic=new.is_synthetic,
    )
    audit.record(action="unit.registered", subject=unit, by=by, at=at)
    return unit
