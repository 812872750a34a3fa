"""The facts of the real case, loaded from seeds/sources.json, each with its sources.

Real and invented are kept apart: nothing here is computed, and nothing else is written under these
names. A fact that differs from another stands beside it.
"""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Prefetch

from campaigns.models import Call, OutputFigure, Programme, Project

SEEDS = Path(__file__).with_name("seeds") / "sources.json"

READ_ON = dt.date(2026, 11, 22)
"""The day the sources were last read; a change of the seeds moves it."""

GetModel = Callable[[str, str], Any]
Told = list[dict[str, Any]]


def load(get_model: GetModel = apps.get_model) -> int:
    """Write every fact of the seeds, new or changed; return how many facts and figures there are.

    Safe to repeat: a fact is known by its key. A migration hands in its own historical models.
    """
    with transaction.atomic():
        return load_facts(get_model) + load_programmes(get_model)


def load_facts(get_model: GetModel) -> int:
    """The documents, and the statements that were read in them."""
    told = _told()
    documents = _documents(get_model, told["documents"])
    model = get_model("campaigns", "SourceFact")
    for position, each in enumerate(told["facts"]):
        _write(model, "key", each | {"position": position}, documents)
    return len(told["facts"])


def load_programmes(get_model: GetModel) -> int:
    """Programmes with calls, how the selection went, the named projects, and what bodies reported."""
    told = _told()
    documents = _documents(get_model, told["documents"])
    for each in told["programmes"]:
        calls = each.pop("calls")
        programme = _write(get_model("campaigns", "Programme"), "code", each)
        for call in calls:
            _call(get_model, call | {"programme": programme}, documents)
    _figures(get_model, told["figures"], documents)
    return len(told["figures"])


def told_programmes() -> Any:
    """Programmes of public sources, with the figures that may be shown; the withheld are not read."""
    figures = OutputFigure.objects.filter(shown=OutputFigure.Shown.PUBLIC, withdrawn_at=None)
    projects = Project.objects.prefetch_related(
        Prefetch("figures", queryset=figures.prefetch_related("sources"), to_attr="shown_figures")
    )
    calls = Call.objects.prefetch_related(
        "sources", "steps__sources", Prefetch("projects", queryset=projects)
    )
    return Programme.objects.filter(organisation=None).prefetch_related(
        Prefetch("calls", queryset=calls)
    )


def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(SEEDS.read_text(encoding="utf-8"))
    return told


def _documents(get_model: GetModel, told: Told) -> dict[str, Any]:
    model = get_model("campaigns", "SourceDocument")
    return {each["letter"]: _write(model, "letter", each) for each in told}


def _call(get_model: GetModel, told: dict[str, Any], documents: dict[str, Any]) -> None:
    steps, projects = told.pop("steps"), told.pop("projects")
    call = _write(get_model("campaigns", "Call"), "code", told, documents)
    call.steps.all().delete()
    for position, each in enumerate(steps):
        letters = each.pop("sources")
        step = get_model("campaigns", "CallStep").objects.create(
            call=call, position=position, **each
        )
        step.sources.set([documents[letter] for letter in letters])
    for position, each in enumerate(projects):
        _write(
            get_model("campaigns", "Project"), "code", each | {"call": call, "position": position}
        )


def _figures(get_model: GetModel, told: Told, documents: dict[str, Any]) -> None:
    projects = {each.code: each for each in get_model("campaigns", "Project").objects.all()}
    model = get_model("campaigns", "OutputFigure")
    for position, each in enumerate(told):
        values = each | {"project": projects[each["project"]], "position": position}
        _write(model, "key", values, documents)


def _write(
    model: Any, key: str, told: dict[str, Any], documents: dict[str, Any] | None = None
) -> Any:
    """A row by its key, new or changed, with its sources where it has any."""
    values = {name: value for name, value in told.items() if name != "sources"}
    row, _is_new = model.objects.update_or_create(**{key: values[key]}, defaults=values)
    if documents is not None:
        row.sources.set([documents[letter] for letter in told["sources"]])
    return row
