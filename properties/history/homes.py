"""Facts about homes for the indicators, read set-based: what is ours, what is planned, how it is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from backend.core.models import Organisation
from properties import limits
from properties.history import ownership
from properties.indicators.facts import HomeFact, PlannedHome, Span
from properties.models import AcquisitionStep, EnergyCertificate, HomeRelease, Unit, Works

APPROVED = ("APPROVED", "ACCEPTED_BY_BOARD")
"""States in which a second person has said yes to a purchase."""

Paper = tuple[str, int | None, dt.date | None]
"""A certificate: its class, its demand in whole kWh a square metre and year, its day of issue."""


def facts(organisation: Organisation, *, as_of: dt.date) -> dict[str, Any]:
    """All facts about homes of an issuer, by the names that `Facts` gives them."""
    return {"homes": _homes(organisation, as_of), "planned": _planned(organisation)}


def _homes(organisation: Organisation, as_of: dt.date) -> tuple[HomeFact, ...]:
    """Every home with its dated facts: which are ours on a day is the indicators' to ask."""
    owned, managed = ownership.owned(organisation), ownership.managed(organisation)
    works, papers = _works(organisation), _papers(organisation, as_of)
    left = HomeRelease.objects.filter(unit__organisation=organisation)
    released = dict(left.values_list("unit", "on"))
    units = Unit.objects.filter(organisation=organisation)
    return tuple(
        HomeFact(
            id=unit.pk,
            owned=owned.get(unit.pk),
            was_occupied=unit.was_occupied,
            works=tuple(works.get(unit.pk, ())),
            managed=managed.get(unit.pk),
            released_on=released.get(unit.pk),
            rooms=unit.rooms,
            district=unit.building.district,
            area=int(unit.area_m2 * 100),
            year_built=unit.building.year_built,
            **_energy(papers.get(unit.pk, []), _ready_on(works.get(unit.pk, ()), as_of)),
        )
        for unit in units.select_related("building").order_by("pk")
    )


def _planned(organisation: Organisation) -> tuple[PlannedHome, ...]:
    """Approved purchases, over with the title or with the step that ended them; a person a room."""
    steps = AcquisitionStep.objects.filter(acquisition__organisation=organisation)
    names = (
        "acquisition",
        "acquisition__unit",
        "acquisition__unit__rooms",
        "acquisition__title_on",
        "acquisition__unit__occupancy",
    )
    approved = {
        row[0]: row[1:] for row in steps.filter(state__in=APPROVED).values_list(*names, "on")
    }
    over = Q()
    for route, states in limits.ENDS.items():
        over |= Q(acquisition__route=route, state__in=states)
    failed = dict(steps.filter(over).values_list("acquisition", "on"))
    return tuple(
        PlannedHome(home, rooms, on, title_on or failed.get(pk), occupancy != Unit.Occupancy.FREE)
        for pk, (home, rooms, title_on, occupancy, on) in approved.items()
    )


def _works(organisation: Organisation) -> dict[int, list[Span]]:
    """The works of each home, from their beginning until they were ready."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Works.objects.filter(unit__organisation=organisation).order_by("started_on", "pk")
    for unit, started_on, ready_on in rows.values_list("unit", "started_on", "ready_on"):
        found[unit].append(Span(started_on, ready_on))
    return found


def _ready_on(works: Iterable[Span], as_of: dt.date) -> dt.date | None:
    """The last day until a day on which works were ready."""
    return max((one.until for one in works if one.until and one.until <= as_of), default=None)


def _papers(organisation: Organisation, as_of: dt.date) -> dict[int, list[Paper]]:
    """The certificates of each home until a day, the newest last; one without a day comes first."""
    rows = EnergyCertificate.objects.filter(unit__organisation=organisation).filter(
        Q(issued_on__isnull=True) | Q(issued_on__lte=as_of)
    )
    found: dict[int, list[Paper]] = defaultdict(list)
    in_order = rows.order_by(F("issued_on").asc(nulls_first=True), "pk")
    for unit, name, demand, on in in_order.values_list(
        "unit", "energy_class", "demand", "issued_on"
    ):
        found[unit].append((name, None if demand is None else round(demand), on))
    return found


def _energy(papers: list[Paper], ready_on: dt.date | None) -> dict[str, Any]:
    """The newest class; demand by the last certificate before the works were ready and since."""
    known = [(demand, on) for _name, demand, on in papers if demand is not None]
    before = [demand for demand, on in known if ready_on and (on is None or on < ready_on)]
    after = [demand for demand, on in known if ready_on and on and on >= ready_on]
    return {
        "energy_class": papers[-1][0] if papers else "",
        "energy_before": before[-1] if before else None,
        "energy_after": after[-1] if after else None,
    }
