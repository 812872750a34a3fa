"""The facts of the real case, loaded from seeds/sources.json, each with its sources.

Real and invented are kept apart: nothing here is computed, and nothing else is written under these
names. A fact that differs from another stands beside it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Prefetch

from campaigns.models import OutputFigure, Project

SEEDS = Path(__file__).with_name("seeds") / "sources.json"


GetModel = Callable[[str, str], Any]


def load(get_model: GetModel = apps.get_model) -> int:
    """Write every fact of the seeds, new or changed; return how many facts and figures there are.

    Safe to repeat: a fact is known by its key. A migration hands in its own historical models.
    """
    told = json.loads(SEEDS.read_text(encoding="utf-8"))
    with transaction.atomic():
        documents = _documents(get_model, told["documents"])
        _facts(get_model, told["facts"], documents)
        projects = _projects(get_model, told["programme"], told["projects"])
        _figures(get_model, told["figures"], (projects, documents))
    return len(told["facts"]) + len(told["figures"])


def shown_projects() -> Any:
    """Projects with the figures that may be shown; what is withheld is not even read."""
    figures = OutputFigure.objects.filter(shown=OutputFigure.Shown.PUBLIC)
    with_sources = figures.prefetch_related("sources")
    projects = Project.objects.prefetch_related(
        Prefetch("figures", queryset=with_sources, to_attr="shown_figures")
    )
    return Prefetch("projects", queryset=projects)


def _documents(get_model: GetModel, told: list[dict[str, Any]]) -> dict[str, Any]:
    model = get_model("campaigns", "SourceDocument")
    return {each["letter"]: _write(model, "letter", each) for each in told}


def _facts(get_model: GetModel, told: list[dict[str, Any]], documents: dict[str, Any]) -> None:
    model = get_model("campaigns", "SourceFact")
    for position, each in enumerate(told):
        letters = each.pop("sources")
        fact = _write(model, "key", each | {"position": position})
        fact.sources.set([documents[letter] for letter in letters])


def _projects(
    get_model: GetModel, programme: dict[str, Any], told: list[dict[str, Any]]
) -> dict[str, Any]:
    call = _write(get_model("campaigns", "Programme"), "code", programme)
    model = get_model("campaigns", "Project")
    return {
        each["code"]: _write(model, "code", each | {"programme": call, "position": position})
        for position, each in enumerate(told)
    }


def _figures(
    get_model: GetModel,
    told: list[dict[str, Any]],
    known: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    projects, documents = known
    model = get_model("campaigns", "OutputFigure")
    for position, each in enumerate(told):
        letters, project = each.pop("sources"), projects[each.pop("project")]
        figure = _write(model, "key", each | {"project": project, "position": position})
        figure.sources.set([documents[letter] for letter in letters])


def _write(model: Any, key: str, values: dict[str, Any]) -> Any:
    row, _is_new = model.objects.update_or_create(**{key: values[key]}, defaults=values)
    return row
