"""The city's programmes as open data: funnel, money and output figures, each with its sources or evidence.

What is withheld is not in it. The data live on as projects report: a file is known by the last entry that
was made; grants are published as art. 26 of D.Lgs 33/2013 wants them.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, QuerySet

from backend.core import clock, tables
from backend.core.models import AuditEvent
from backend.reporting.open_data import LICENCE
from campaigns.models import (
    Call,
    OutputFigure,
    Programme,
    Project,
    ProjectGrant,
    ProjectInstalment,
)
from campaigns.programmes import standing
from campaigns.programmes.standing import CallStanding, ProjectStanding
from campaigns.sources import READ_ON

HEADER = (
    "programme", "call", "project", "bodies", "state", "figure", "label_it", "label_en", "value",
    "unit_it", "quality", "counted_as", "esf_code", "age_from", "period", "sources", "evidence",
    "synthetic", "licence",
)  # fmt: skip

TOLD = (Programme, Call, Project, ProjectGrant, ProjectInstalment, OutputFigure)
"""What the files tell of. Each act on one writes its audit row; sources change with the software alone."""


def published() -> QuerySet[Programme]:
    """All programmes, with when something was last entered."""
    figures = "calls__projects__figures"
    return Programme.objects.annotate(
        entered=Max(f"{figures}__entered_at"), withdrawn=Max(f"{figures}__withdrawn_at")
    )


def changed_on(programme: Programme) -> dt.date:
    """The day something was last entered or withdrawn; of sources, the day they were read."""
    known = [programme.entered, programme.withdrawn]  # type: ignore[attr-defined]  # annotated
    days = [clock.day_of(at) for at in known if at is not None]
    return max(days, default=READ_ON)


def entries() -> str:
    """How many things were written down of programmes, and the last: while both stand, every file says
    the same. The last alone would miss one that was begun before it and ended after."""
    kinds = [model._meta.label_lower for model in TOLD]
    rows = AuditEvent.objects.filter(subject_kind__in=kinds)
    found = rows.aggregate(count=Count("pk"), last=Max("pk"))
    return f"{found['count']}-{found['last']}"


def as_json(programme: Programme, *, on: dt.date) -> str:
    """Each call with its funnel, money, projects and figures, as of a day."""
    calls = standing.of(programme, on=on)
    told = {
        "code": programme.code,
        "name": programme.name,
        "about": {"it": programme.about_it, "en": programme.about_en},
        "synthetic": programme.is_synthetic,
        "licence": LICENCE,
        "calls": [_call(each) for each in calls],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def as_csv(programme: Programme, *, on: dt.date) -> str:
    """One row for each output figure that may be told."""
    return tables.write_csv(HEADER, _rows(programme, on))


def _call(told: CallStanding) -> dict[str, Any]:
    call, purse = told.call, told.purse
    amounts = {
        "budget": purse.budget,
        "grant_maximum": purse.grant_maximum,
        "granted": purse.granted if purse.grants else None,
        "own_share": purse.own_share if purse.grants else None,
        "paid": purse.paid if purse.grants else None,
    }
    return {
        "code": call.code,
        "name": call.name,
        "funder": {"it": call.funder_it, "en": call.funder_en},
        "measure": call.measure,
        "own_share_percent": call.own_share_percent,
        "money_eur": {name: None if it is None else str(it.amount) for name, it in amounts.items()},
        "funnel": [
            {
                "stage": step.stage,
                "projects": step.projects,
                "stated": step.stated,
                "sources": list(step.letters),
            }
            for step in told.funnel
        ],
        "funded_not_named": told.unnamed,
        "sources": [source.letter for source in call.sources.all()],
        "projects": [_project(each) for each in told.projects],
    }


def _project(told: ProjectStanding) -> dict[str, Any]:
    project, grant = told.project, told.grant
    return {
        "code": project.code,
        "name": project.name,
        "bodies": project.bodies,
        "state": project.state,
        "grant_eur": None if grant is None else str(grant.amount.amount),
        "own_share_eur": None if grant is None else str(grant.own_share.amount),
        "figures": [_figure(each) for each in _tellable(told)],
    }


def _figure(figure: OutputFigure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "label": {"it": figure.label_it, "en": figure.label_en},
        "value": str(figure.value),
        "unit": {"it": figure.unit_it, "en": figure.unit_en},
        "quality": figure.quality,
        "counted_as": figure.counted_as,
        "esf_code": figure.esf_code,
        "age_from": figure.age_from,
        "period": figure.period,
        "sources": [source.letter for source in figure.sources.all()],
        "evidence": figure.evidence,
    }


def _tellable(told: ProjectStanding) -> list[OutputFigure]:
    return [each for each in told.figures if each.shown == OutputFigure.Shown.PUBLIC]


def _rows(programme: Programme, on: dt.date) -> Iterable[tuple[Any, ...]]:
    for call in standing.of(programme, on=on):
        for told in call.projects:
            for each in _tellable(told):
                yield (
                    programme.code,
                    call.call.code,
                    told.project.code,
                    "; ".join(told.project.bodies),
                    told.project.state,
                    each.key,
                    each.label_it,
                    each.label_en,
                    each.value,
                    each.unit_it,
                    each.quality,
                    each.counted_as,
                    each.esf_code,
                    "" if each.age_from is None else each.age_from,
                    each.period,
                    " ".join(source.letter for source in each.sources.all()),
                    each.evidence,
                    programme.is_synthetic,
                    LICENCE,
                )
