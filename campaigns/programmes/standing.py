"""A programme in one answer: per call its funnel, its money, and what its projects put out. Reads only."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from djmoney.money import Money

from backend.core.money import ZERO
from campaigns.models import Call, OutputFigure, Programme, Project, ProjectGrant, ReportDuty

State = Project.State


@dataclass(frozen=True)
class Stage:
    """How many projects reached a stage: counted here, or as the sources state it.

    `projects` is None where the stage is told without a number.
    """

    stage: str
    projects: int | None
    stated: str = ""
    text: str = ""
    letters: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its words in the reader's language."""
        return str(State(self.stage).label)


@dataclass(frozen=True)
class Purse:
    """Money of a call: promised to projects, added by their bodies, paid and still due."""

    budget: Money | None
    grant_maximum: Money | None
    granted: Money = ZERO
    own_share: Money = ZERO
    paid: Money = ZERO
    due: Money = ZERO
    grants: int = 0


@dataclass(frozen=True)
class ProjectStanding:
    """A project, its grant if it is known, the reports it is late with, and its figures."""

    project: Project
    grant: ProjectGrant | None
    paid: Money
    late: tuple[ReportDuty, ...]
    figures: tuple[OutputFigure, ...]


@dataclass(frozen=True)
class CallStanding:
    call: Call
    funnel: tuple[Stage, ...]
    purse: Purse
    projects: tuple[ProjectStanding, ...]
    named: int
    unnamed: int
    """Funded projects that the sources count and do not name."""


def of(programme: Programme, *, on: dt.date) -> list[CallStanding]:
    """Each call of a programme as of a day; nine queries however many projects."""
    return [_call(each, on) for each in _calls(programme.calls.all())]


def of_project(project: Project, *, on: dt.date) -> ProjectStanding:
    """One project as of a day."""
    found = _projects(Project.objects.filter(pk=project.pk)).get()
    return _project(found, on)


def _calls(rows: QuerySet[Call]) -> QuerySet[Call]:
    return rows.prefetch_related(
        "sources", "steps__sources", Prefetch("projects", queryset=_projects(Project.objects.all()))
    )


def _projects(rows: QuerySet[Project]) -> QuerySet[Project]:
    figures = OutputFigure.objects.filter(withdrawn_at=None).prefetch_related("sources")
    return rows.select_related("grant").prefetch_related(
        "grant__instalments", "duties", Prefetch("figures", queryset=figures)
    )


def _call(call: Call, on: dt.date) -> CallStanding:
    projects = tuple(_project(each, on) for each in call.projects.all())
    funnel = funnel_of(call)
    funded = sum(1 for each in projects if has_reached(each.project, State.FUNDED))
    stated = [each.projects or 0 for each in funnel if each.stage == State.FUNDED]
    return CallStanding(
        call=call,
        funnel=funnel,
        purse=_purse(call, projects),
        projects=projects,
        named=funded,
        unnamed=max(max(stated, default=0) - funded, 0),
    )


def funnel_of(call: Call) -> tuple[Stage, ...]:
    """The stages as the sources state them; without sources, counted from the projects."""
    stated = [
        Stage(
            each.stage,
            each.projects,
            each.stated,
            each.text,
            tuple(source.letter for source in each.sources.all()),
        )
        for each in call.steps.all()
    ]
    return tuple(stated) or counted(call.projects.all())


def counted(projects: Iterable[Project]) -> tuple[Stage, ...]:
    """How many projects ever reached each stage, whatever became of them after."""
    rows = list(projects)
    return (
        Stage(State.APPLIED, len(rows)),
        *(
            Stage(stage, sum(1 for each in rows if has_reached(each, stage)))
            for stage in (State.SELECTED, State.INCUBATED, State.FUNDED)
        ),
        Stage(State.NOT_FUNDED, sum(1 for each in rows if each.state == State.NOT_FUNDED)),
    )


AFTER_FUNDING = (State.FUNDED, State.ACTIVE, State.REPORTED, State.CLOSED)


def has_reached(project: Project, stage: str) -> bool:
    """Whether a project came to a stage; those of sources carry a state without a day."""
    if stage == State.FUNDED:
        return project.state in AFTER_FUNDING
    day = project.selected_on if stage == State.SELECTED else project.incubated_on
    return day is not None


def _purse(call: Call, projects: Sequence[ProjectStanding]) -> Purse:
    grants = [each.grant for each in projects if each.grant is not None]
    granted = sum((each.amount for each in grants), ZERO)
    paid = sum((each.paid for each in projects), ZERO)
    return Purse(
        budget=call.budget,
        grant_maximum=call.grant_maximum,
        granted=granted,
        own_share=sum((each.own_share for each in grants), ZERO),
        paid=paid,
        due=granted - paid,
        grants=len(grants),
    )


def _project(project: Project, on: dt.date) -> ProjectStanding:
    grant = getattr(project, "grant", None)
    parts = grant.instalments.all() if grant else ()
    late = (each for each in project.duties.all() if not each.handed_in_on and each.due_on < on)
    return ProjectStanding(
        project=project,
        grant=grant,
        paid=sum((each.amount for each in parts if each.paid_on), ZERO),
        late=tuple(late),
        figures=tuple(project.figures.all()),
    )
