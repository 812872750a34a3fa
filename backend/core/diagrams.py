"""Pictures of the states, drawn from the dicts of moves: what the docs show is what the code allows.

An app says which of its functions look before a move (`explain`); the docs tell their docstrings.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import translation

HEAD = """# States

Drawn by `python manage.py states` from the dict of moves beside each model; a test holds them fresh.
A state stored is an act of a person. What follows from money or time (unpaid, part paid, paid,
refunded, in reflection) is computed and never stored.
"""

Looks = Mapping[str, Sequence[Callable[..., Any]]]
_EXPLAINED: dict[str, Callable[[], Looks]] = {}


def explain(label: str, looks: Callable[[], Looks]) -> None:
    """Say what judges each move of a model (`campaigns.pledge`): by goal, the functions that look.

    Asked when the docs are written, so that floors above may add theirs first.
    """
    _EXPLAINED[label] = looks


def stateful_models() -> list[type[models.Model]]:
    """Every model that has states, by label."""
    found = [model for model in apps.get_models() if hasattr(model, "MOVES")]
    return sorted(found, key=lambda model: model._meta.label_lower)


def starts_of(model: type[models.Model]) -> Sequence[str]:
    """The states in which a record begins: those that the model names, else the one it has by itself."""
    field: Any = model._meta.get_field("state")
    named: Sequence[str] = getattr(model, "STARTS", ())
    return named or [field.get_default()]


def document() -> str:
    """The whole page: a diagram for each model with states."""
    with translation.override("en"):
        return HEAD + "".join(_section(model) for model in stateful_models())


def _section(model: type[models.Model]) -> str:
    moves = model.MOVES  # type: ignore[attr-defined]  # what makes the model one of these
    field: Any = model._meta.get_field("state")
    lines = [f"    [*] --> {first}" for first in starts_of(model)]
    for state in [code for code, _label in field.choices or ()] or sorted(moves):
        lines += [f"    {state} --> {target}" for target in sorted(moves[state])]
        lines += [] if moves[state] else [f"    {state} --> [*]"]
    title = str(model._meta.verbose_name).capitalize()
    drawn = "\n".join(lines)
    picture = f"\n## {title}\n\n```mermaid\nstateDiagram-v2\n{drawn}\n```\n"
    looks = _EXPLAINED.get(model._meta.label_lower)
    return picture + (_blocks(looks()) if looks else "")


def _blocks(looks: Looks) -> str:
    """A table of what is looked at before each move, in the words of the code."""
    rows = [
        f"| {goal} | `{look.__module__}.{look.__qualname__}` | {_said(look)} |\n"
        for goal, judges in looks.items()
        for look in judges
    ]
    return "\n| before it is | looks | what it looks at |\n|---|---|---|\n" + "".join(rows)


def _said(look: Callable[..., Any]) -> str:
    return " ".join((look.__doc__ or "").split()).replace("|", "/")
