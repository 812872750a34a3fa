"""People who are housed already, from a file: taken over whole or not at all, every fault told.

Each row goes through the rules that a caseworker's page calls, so that what they refuse is refused
here by line: a move-in after the end, two leases of one home at a time, a household in two homes. No
name is in the file: who they are is sealed one by one (`identities`).
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from backend.core import audit, cells, tables, users
from backend.core.cells import Fault, Read
from backend.core.errors import Refused, RuleBroken
from backend.core.models import User
from properties import households, lettings, people_rows, rents
from properties.households import NewHousehold, NewOutcome
from properties.lettings import NewTenancy
from properties.models import Household, Tenancy, Unit
from properties.models.household import AGE_BANDS
from properties.people_rows import HOUSEHOLD, LEASE

SOURCE = gettext_noop("taken over")


class FileFaulty(Refused):
    """Something is wrong in the file, so nothing of it was applied; `facts["faults"]` tells all."""

    code = "people_file.faulty"


class NoSuchHome(Refused):
    code = "people_file.no_such_home"


class _TakenBack(Exception):
    """Ends a dry run, or a file with faults; nobody sees it."""


@dataclass(frozen=True)
class Outcome:
    """What a file did, or would do: how many households and stays are new, what is wrong."""

    households: int = 0
    stays: int = 0
    faults: list[Fault] = field(default_factory=list)


def look(*, raw: bytes, by: User, at: dt.datetime) -> Outcome:
    """The dry run: everything is tried, and taken back."""
    users.require(by, "household.edit")
    read, faults = cells.read(table=tables.read(raw), columns=people_rows.COLUMNS)
    found = Outcome()
    try:
        with transaction.atomic():
            found = _apply(read, faults, by, at)
            raise _TakenBack
    except _TakenBack:
        return found


@transaction.atomic
def take_in(*, raw: bytes, by: User, at: dt.datetime) -> Outcome:
    """Take households with their stays over; the uploader is their caseworker. Raises FileFaulty."""
    users.require(by, "household.edit")
    read, faults = cells.read(table=tables.read(raw), columns=people_rows.COLUMNS)
    found = _apply(read, faults, by, at)
    if found.faults:
        raise FileFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.")
            % {"n": len({fault.line for fault in found.faults})},
            field="file",
            faults=[vars(fault) for fault in found.faults],
        )
    facts = {
        "households": found.households,
        "stays": found.stays,
        "sha256": hashlib.sha256(raw).hexdigest(),
    }
    audit.record(action="households.taken_over", subject=by, by=by, at=at, facts=facts)
    return found


def empty_file() -> str:
    """A file with every column and one row that shows how they are written, as CSV."""
    header = [column.name for column in people_rows.COLUMNS]
    return tables.write_csv(header, [[people_rows.EXAMPLE.get(name, "") for name in header]])


def _apply(read: list[Read], faults: list[Fault], by: User, at: dt.datetime) -> Outcome:
    """Row by row, each in a savepoint of its own: one that is refused leaves the others judged."""
    homes = Unit.objects.filter(organisation=by.organisation_id)
    units = {unit.code: unit for unit in homes.select_related("building")}
    known: dict[str, Household] = {}
    stays = 0
    # The order of time, whatever that of the file: a move follows the stay that it ended.
    for row in sorted(read, key=lambda each: each.values["starts_on"]):
        code = row.values["code"]
        try:
            with transaction.atomic():
                known[code] = _take(row.values, units, known.get(code), by, at)
                stays += 1
        except RuleBroken as problem:
            faults.append(Fault(row.line, str(problem.facts.get("field", "")), str(problem)))
    return Outcome(len(known), stays, sorted(faults, key=lambda fault: fault.line))


def _take(
    told: Mapping[str, Any],
    units: Mapping[str, Unit],
    household: Household | None,
    by: User,
    at: dt.datetime,
) -> Household:
    """One stay: its household, its lease, the end of it, its rents, what became of them."""
    unit = units.get(told["unit"])
    if unit is None:
        raise NoSuchHome(_("There is no home with this code."), field="unit")
    with _told_by_column("code", on="referred_on"):
        found = household or households.register(new=_household(told, unit, by), by=by, at=at)
    new = NewTenancy(
        unit=unit, household=found, **{name: told[name] for name in LEASE if name in told}
    )
    begin = lettings.keep if lettings.is_kept(unit, found) else lettings.let
    with _told_by_column("unit", household="code"):
        tenancy = begin(new=new, by=by, at=at)
    _follow(tenancy, told, by, at)
    with _told_by_column("outcomes", on="outcomes", code="outcomes"):
        for on, code in told.get("outcomes", ()):
            outcome = NewOutcome(code=code, on=on, source=SOURCE)
            households.record_outcome(household=found, new=outcome, by=by, at=at)
    return found


def _follow(tenancy: Tenancy, told: Mapping[str, Any], by: User, at: dt.datetime) -> None:
    """The end of a lease, and its rents of before."""
    if "ends_on" in told:
        why = {"reason": told.get("end_reason", ""), "code": told.get("end_code", "")}
        with _told_by_column("ends_on", on="ends_on"):
            lettings.end(tenancy=tenancy, on=told["ends_on"], **why, by=by, at=at)
    if "rents_until" in told:
        past = rents.PastRents(told["rents_until"], told.get("rents_owed", {}))
        rents.take_over(tenancy=tenancy, past=past, by=by, at=at)


@contextmanager
def _told_by_column(default: str, **columns: str) -> Iterator[None]:
    """Tell a refusal by the column of the file, whatever the rule calls what it refuses."""
    try:
        yield
    except RuleBroken as problem:
        field = str(problem.facts.get("field", ""))
        problem.facts["field"] = columns.get(field, field) or default
        raise


def _household(told: Mapping[str, Any], unit: Unit, by: User) -> NewHousehold:
    people = {band: told[f"people_{band}"] for band in AGE_BANDS if f"people_{band}" in told}
    return NewHousehold(
        caseworker=by,
        people=people or {AGE_BANDS[0]: 0},
        is_referred_by_city=told.get("is_referred_by_city") == "1",
        is_synthetic=bool(by.organisation and by.organisation.is_synthetic),
        was_living_in=unit if lettings.is_kept(unit) else None,
        **{name: told[name] for name in HOUSEHOLD if name in told},
    )
