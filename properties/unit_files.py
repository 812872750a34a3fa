"""Homes from a file: a dry run says what it would do; applied whole or not at all, every fault told.

A home that is there already as the file tells it is left as it is, so a file may be applied twice.
What the columns are is in `unit_rows`, what is then done in `units`.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, cells, tables, users
from backend.core.cells import Fault, Read
from backend.core.errors import Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from properties import unit_rows, units
from properties.models import Unit
from properties.units import NewUnit

SAME_FACTS = ("address", "district", "rooms", "area_m2", "source")


class FileFaulty(Refused):
    """Something is wrong in the file, so nothing of it was applied; `facts["faults"]` tells all."""

    code = "unit_file.faulty"


@dataclass(frozen=True)
class Upload:
    """A file of homes of an organisation."""

    organisation: Organisation
    raw: bytes
    name: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a file did, or would do: how many homes are new, how many were there, what is wrong."""

    new: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)


def look(*, upload: Upload, by: Actor, at: dt.datetime) -> Outcome:
    """The dry run: what the file would do and all that is wrong in it, with nothing kept."""
    users.require(by, "unit.edit")
    _rows, outcome = _judged(upload)
    return outcome


@transaction.atomic
def take_in(*, upload: Upload, by: Actor, at: dt.datetime) -> Outcome:
    """Enter the homes of a file. Raises FileFaulty with every fault, and then none was entered."""
    users.require(by, "unit.edit")
    new, outcome = _judged(upload)
    if outcome.faults:
        lines = len({fault.line for fault in outcome.faults})
        raise FileFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.") % {"n": lines},
            field="file",
            faults=[vars(fault) for fault in outcome.faults],
        )
    if new:
        units.register_many(new=new, by=by, at=at)
    facts = {
        "file": upload.name,
        "sha256": hashlib.sha256(upload.raw).hexdigest(),
        "new": outcome.new,
        "same": outcome.same,
    }
    audit.record(action="units.taken_in", subject=upload.organisation, by=by, at=at, facts=facts)
    return outcome


def empty_file() -> str:
    """A file with every column and one row that shows how they are written, as CSV."""
    header = [column.name for column in unit_rows.COLUMNS]
    return tables.write_csv(header, [[unit_rows.EXAMPLE.get(name, "") for name in header]])


def _judged(upload: Upload) -> tuple[list[NewUnit], Outcome]:
    read, faults = cells.read(table=tables.read(upload.raw), columns=unit_rows.COLUMNS)
    known = _known(upload.organisation, read)
    told = [(row, _new(upload.organisation, row)) for row in read]
    fresh = [(row, one) for row, one in told if known.get(one.code) != _facts(one)]
    new = [one for _row, one in fresh]
    for place, problem in units.problems(new):
        where = str(problem.facts.get("field", ""))
        faults.append(Fault(fresh[place][0].line, where, str(problem)))
    ordered = sorted(faults, key=lambda fault: fault.line)
    return new, Outcome(len(new), len(told) - len(fresh), ordered)


def _new(organisation: Organisation, row: Read) -> NewUnit:
    return NewUnit(organisation=organisation, is_synthetic=organisation.is_synthetic, **row.values)


def _known(organisation: Organisation, rows: Sequence[Read]) -> dict[str, tuple[object, ...]]:
    """What is known of the homes whose codes the file names."""
    codes = [row.values["code"] for row in rows]
    found = Unit.objects.filter(organisation=organisation, code__in=codes)
    return {
        unit.code: (
            unit.building.address,
            unit.building.district,
            unit.rooms,
            unit.area_m2,
            unit.source,
        )
        for unit in found.select_related("building")
    }


def _facts(new: NewUnit) -> tuple[object, ...]:
    return tuple(getattr(new, name) for name in SAME_FACTS)
