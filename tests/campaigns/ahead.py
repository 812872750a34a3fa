"""What most tests of a module begin with, done once: it stands under each of them (kept.py).

A module marked `pytest.mark.ahead.with_args(act)` has the act done today. Who does that very act first, today
and before anything that it might build on, gets what came of it; else it is done as ever. Not for modules
that try the way there. An act is decorated with `act`, so that tests need not know.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from tests.campaigns.scene import Scene

How = ParamSpec("How")
Made = TypeVar("Made")


@dataclass
class Ahead:
    """An act that was done: how, when it began, what came of it, and when it ended."""

    name: str
    how: dict[str, object]
    day: dt.date
    hour: int
    made: Any
    last_day: dt.date
    numbers: dict[str, int]

    def fits(self, scene: Scene) -> bool:
        """Whether the scene stands where the act began, and nothing that it counts was done since."""
        counts = {name: scene.numbers.get(name) for name in self.numbers}
        return scene.day == self.day and scene.hour >= self.hour and counts == self.numbers


def act(done: Callable[Concatenate[Scene, How], Made]) -> Callable[Concatenate[Scene, How], Made]:
    """Make of a function of a scene one that may have been done ahead; told how by keywords alone."""

    @functools.wraps(done)
    def taken_or_done(scene: Scene, *args: How.args, **how: How.kwargs) -> Made:
        ready = scene.done_ahead
        is_it = ready and not args and (ready.name, ready.how) == (done.__qualname__, how)
        if ready is None or not is_it or not ready.fits(scene):
            return done(scene, *args, **how)
        scene.done_ahead, scene.day = None, ready.last_day
        made: Made = ready.made
        return made

    return taken_or_done


def go(scene: Scene, doing: Callable[..., object], **how: object) -> None:
    """Do an act today, for the tests to come; then stand on the day where the scene stood."""
    day, hour, before = scene.day, scene.hour, dict(scene.numbers)
    scene.stand_today()
    began, at_hour = scene.day, scene.hour
    made = doing(scene, **how)
    moved = {name: to for name, to in scene.numbers.items() if before.get(name) != to}
    name = doing.__qualname__
    scene.done_ahead = Ahead(name, how, began, at_hour, made, scene.day, moved)
    scene.day, scene.hour = day, hour
