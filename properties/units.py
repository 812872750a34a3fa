"""The portfolio: enter homes, one or thousands. How a home becomes ours is in `acquisitions`.

What identifies it in the cadastre is in `cadastre`, its energy certificates are in `energy`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict, Refused, RuleBroken
from backend.core.models import Organisation
from backend.core.users import Actor
from properties import cadastre, energy
from properties.models import Building, Unit
from properties.models.cadastre import TURIN
from properties.models.unit import DISTRICTS


class CodeTaken(Conflict):
    code = "unit.code_taken"


class NoSuchDistrict(Refused):
    code = "unit.no_such_district"


class AnotherDistrict(Conflict):
    code = "unit.address_in_another_district"


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A home as it is first written down; area in square metres, income is the rendita catastale."""

    organisation: Organisation
    code: str
    address: str
    district: int
    rooms: int
    area_m2: Decimal
    source: str
    occupancy: str = Unit.Occupancy.FREE
    quarter: str = ""
    omi_zone: str = ""
    year_built: int | None = None
    energy_class: str = ""
    energy_demand: Decimal | None = None
    certificate_code: str = ""
    certificate_issued_on: dt.date | None = None
    certificate_expires_on: dt.date | None = None
    cadastral_comune: str = TURIN
    cadastral_section: str = ""
    cadastral_sheet: str = ""
    cadastral_parcel: str = ""
    cadastral_subunit: str = ""
    cadastral_register: str = "F"
    cadastral_category: str = ""
    cadastral_income: Money | None = None
    cadastral_since: dt.date | None = None
    is_synthetic: bool = False

    @property
    def key(self) -> cadastre.NewKey | None:
        """Its cadastral key, if one is known."""
        if not self.cadastral_sheet:
            return None
        return cadastre.NewKey(
            comune=self.cadastral_comune,
            section=self.cadastral_section,
            sheet=self.cadastral_sheet,
            parcel=self.cadastral_parcel,
            subunit=self.cadastral_subunit,
            register=self.cadastral_register,
            category=self.cadastral_category,
            income=self.cadastral_income,
            starts_on=self.cadastral_since,
        )

    @property
    def certificate(self) -> energy.NewCertificate | None:
        """Its energy certificate, or the class that was told."""
        if not self.energy_class:
            return None
        return energy.NewCertificate(
            energy_class=self.energy_class,
            demand=self.energy_demand,
            code=self.certificate_code,
            issued_on=self.certificate_issued_on,
            expires_on=self.certificate_expires_on,
        )


Problem = tuple[int, RuleBroken]
"""What speaks against a home, by its place in the list."""


def register(*, new: NewUnit, by: Actor, at: dt.datetime) -> Unit:
    """Enter one home (see register_many)."""
    return register_many(new=[new], by=by, at=at)[0]


@transaction.atomic
def register_many(*, new: Sequence[NewUnit], by: Actor, at: dt.datetime) -> list[Unit]:
    """Enter homes of one organisation with buildings, keys and certificates; the same few statements
    however many.

    Raises CodeTaken, NoSuchDistrict, AnotherDistrict, and what `cadastre` and `energy` raise; then
    none was entered.
    """
    users.require(by, "unit.edit")
    for _place, problem in problems(new):
        raise problem
    buildings = _buildings(new)
    found = Unit.objects.bulk_create(_unit(one, buildings[one.address]) for one in new)
    cadastre.begin_many([(unit, one.key) for unit, one in zip(found, new, strict=True) if one.key])
    energy.keep_many(
        [(unit, one.certificate) for unit, one in zip(found, new, strict=True) if one.certificate]
    )
    audit.record_many(action="unit.registered", subjects=found, by=by, at=at)
    return found


def problems(new: Sequence[NewUnit]) -> list[Problem]:
    """Everything that speaks against homes of a list, in its order; four queries however many."""
    keys = [(place, one.key) for place, one in enumerate(new) if one.key]
    papers = [(place, one.certificate) for place, one in enumerate(new) if one.certificate]
    found = [
        *_codes(new),
        *_districts(new),
        *cadastre.problems(keys, field="cadastral_sheet"),
        *energy.problems(papers, field="certificate_expires_on"),
    ]
    return sorted(found, key=lambda each: each[0])


def _codes(new: Sequence[NewUnit]) -> list[Problem]:
    owners = {one.organisation.pk for one in new}
    rows = Unit.objects.filter(organisation__in=owners, code__in=[one.code for one in new])
    taken = set(rows.values_list("organisation", "code"))
    found: list[Problem] = []
    for place, one in enumerate(new):
        mine = (one.organisation.pk, one.code)
        if mine in taken:
            sentence = _("There is a home with this code already.")
            found.append((place, CodeTaken(sentence, field="code")))
        taken.add(mine)
    return found


def _districts(new: Sequence[NewUnit]) -> list[Problem]:
    known = _known_districts(new)
    found: list[Problem] = []
    for place, one in enumerate(new):
        if one.district not in DISTRICTS:
            sentence = _("Turin has circoscrizioni 1 to 8.")
            found.append((place, NoSuchDistrict(sentence, field="district")))
        elif known.setdefault((one.organisation.pk, one.address), one.district) != one.district:
            sentence = _("This address stands in another circoscrizione elsewhere.")
            found.append((place, AnotherDistrict(sentence, field="district")))
    return found


def _known_districts(new: Sequence[NewUnit]) -> dict[tuple[int, str], int]:
    rows = Building.objects.filter(
        organisation__in={one.organisation.pk for one in new},
        address__in={one.address for one in new},
    )
    return {(row.organisation_id, row.address): row.district for row in rows}


def _buildings(new: Sequence[NewUnit]) -> dict[str, Building]:
    """The building of each address; one that is new is written down as its first home tells it."""
    firsts: dict[str, NewUnit] = {}
    for one in new:
        firsts.setdefault(one.address, one)
    Building.objects.bulk_create(
        [
            Building(
                organisation=one.organisation,
                address=one.address,
                district=one.district,
                quarter=one.quarter,
                omi_zone=one.omi_zone,
                year_built=one.year_built,
            )
            for one in firsts.values()
        ],
        ignore_conflicts=True,
    )
    rows = Building.objects.filter(
        organisation__in={one.organisation.pk for one in new}, address__in=firsts
    )
    return {row.address: row for row in rows}


def _unit(new: NewUnit, building: Building) -> Unit:
    return Unit(
        organisation=new.organisation,
        building=building,
        code=new.code,
        rooms=new.rooms,
        area_m2=new.area_m2,
        source=new.source,
        occupancy=new.occupancy,
        is_synthetic=new.is_synthetic,
    )
