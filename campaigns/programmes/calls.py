"""Open programmes, calls and projects, and say how far a project came.

An officer writes for the own office alone. A programme of public sources belongs to none, so nothing
invented or later is ever written under its name.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, states, users
from backend.core.errors import Conflict, Forbidden, Refused
from backend.core.users import Actor
from campaigns.models import Call, Programme, Project

State = Project.State
REACHED = {State.SELECTED: "selected_on", State.INCUBATED: "incubated_on"}


class NotOurs(Forbidden):
    code = "programme.not_ours"


class NameTaken(Conflict):
    code = "programme.name_taken"


class NeedsAward(Refused):
    code = "programme.needs_award"


@dataclass(frozen=True, kw_only=True)
class NewCall:
    """What the call says; None where it sets no limit."""

    name: str
    funder: str
    measure: str = ""
    budget: Money | None = None
    grant_maximum: Money | None = None
    own_share_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewProject:
    name: str
    bodies: Sequence[str]
    place: str = ""


def open_programme(*, name: str, about: str, by: Actor, at: dt.datetime) -> Programme:
    """Begin a programme of the officer's office. Raises NotOurs without one, NameTaken."""
    users.require(by, "programme.edit")
    person = users.person(by)
    if person is None or person.organisation is None:
        raise NotOurs(_("A programme is opened by a person of the office that runs it."))
    with transaction.atomic():
        programme = Programme.objects.create(
            organisation=person.organisation,
            code=_free(Programme.objects.all(), name),
            name=name,
            about_it=about,
            is_synthetic=person.organisation.is_synthetic,
        )
        audit.record(action="programme.opened", subject=programme, by=by, at=at)
    return programme


def open_call(*, programme: Programme, new: NewCall, by: Actor, at: dt.datetime) -> Call:
    """Open a call under a programme. Raises NotOurs, NameTaken."""
    require_own(programme, by)
    with transaction.atomic():
        call = Call.objects.create(
            programme=programme,
            code=_free(Call.objects.all(), new.name),
            name=new.name,
            funder_it=new.funder,
            measure=new.measure,
            budget=new.budget,
            grant_maximum=new.grant_maximum,
            own_share_percent=new.own_share_percent,
        )
        audit.record(action="call.opened", subject=call, by=by, at=at)
    return call


def enrol(*, call: Call, new: NewProject, by: Actor, at: dt.datetime) -> Project:
    """Write down a project that applies to a call. Raises NotOurs, NameTaken."""
    require_own(call.programme, by)
    with transaction.atomic():
        project = Project.objects.create(
            call=call,
            code=_free(Project.objects.all(), new.name),
            name=new.name,
            bodies=list(new.bodies),
            place=new.place,
            position=call.projects.count(),
        )
        audit.record(action="project.enrolled", subject=project, by=by, at=at)
    return project


def move(*, project: Project, to: str, by: Actor, at: dt.datetime, reason: str = "") -> Project:
    """Say how far a project came. Raises NotOurs, WrongState, NeedsAward for `funded`: see `awards`."""
    require_own(project.call.programme, by)
    if to == State.FUNDED:
        raise NeedsAward(_("A project is funded by awarding its grant."), field="to")
    return reach(project=project, to=to, by=by, at=at, reason=reason)


@transaction.atomic
def reach(*, project: Project, to: str, by: Actor, at: dt.datetime, reason: str = "") -> Project:
    """Move a project and keep the day it reached a stage, which its funnel is counted by."""
    states.move(record=project, to=to, by=by, at=at, reason=reason)
    field = {**REACHED, State.FUNDED: "funded_on"}.get(State(to))
    if field:
        setattr(project, field, clock.day_of(at))
        project.save(update_fields=[field])
    return project


def require_own(programme: Programme, by: Actor) -> None:
    """Raise NotOurs unless the programme is run by the person's own office."""
    users.require(by, "programme.edit")
    person = users.person(by)
    of_office = person.organisation_id if person else None
    if programme.organisation_id is None or programme.organisation_id != of_office:
        raise NotOurs(
            _("This programme was read in public sources: nothing else is written under its name."),
            programme=programme.code,
        )


def _free(rows: QuerySet[Any], name: str) -> str:
    """The address made of a name. Raises NameTaken."""
    code = slugify(name)[:60]
    if not code or rows.filter(code=code).exists():
        raise NameTaken(_("Another has this name already, or it has no letters."), field="name")
    return code
