"""The story's memory: which step was told, and what came of it; a restart goes on after the last one.

Kept as first answers in the database (core's IdempotencyKey), so that story and facts go together.
A step that was cut off in the middle is told again: all it asks for carries keys of its own.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TextIO

from django.db import OperationalError, connection

from backend.core import clock
from backend.core.models import IdempotencyKey

PREFIX = "demo-story:"
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 1.0


@dataclass
class Narrator:
    """Tells steps once each, with a line and the seconds for each."""

    out: TextIO
    started: float = field(default_factory=time.monotonic)

    def say(self, line: str) -> None:
        """Print a line with the time since the start."""
        self.out.write(f"[{time.monotonic() - self.started:5.1f} s] {line}\n")
        self.out.flush()

    def once(self, name: str, line: str, work: Callable[[], Any]) -> Any:
        """Do a step unless it was done; return what came of it (a JSON value) either way.

        Should the database go away meanwhile, the step is told again when it is back.
        """
        limit = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self._once(name, line, work)
            except OperationalError:
                if time.monotonic() > limit:
                    raise
                self.say("The database is not there; waiting for it")
                connection.close()
                time.sleep(PAUSE_SECONDS)

    def _once(self, name: str, line: str, work: Callable[[], Any]) -> Any:
        told = outcome(name)
        if told is not None:
            return told["outcome"]
        self.say(line)
        found = work()
        IdempotencyKey.objects.create(
            key=PREFIX + name,
            status=200,
            body={"outcome": found},
            request_hash="",
            created_at=clock.now(),
        )
        return found

    def seconds(self) -> float:
        return round(time.monotonic() - self.started, 1)


def outcome(name: str) -> dict[str, Any] | None:
    """What came of a step as `{"outcome": …}`; None if it was not told."""
    row = IdempotencyKey.objects.filter(user=None, key=PREFIX + name).first()
    return row.body if row else None
