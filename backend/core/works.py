"""Long work that somebody may follow: what it is doing, how far it is, what went wrong with it.

An app registers a kind with a finder that reads the work of a key as far as a person may see it; the
page `work` shows it and answers a page that asks again while it runs. Nothing is kept here: how far
a work is follows from its rows and its jobs, so it can be left and looked at later.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backend.core.jobs import Standing
from backend.core.models import User


@dataclass(frozen=True)
class Work:
    """One long work. `done` of `due` are its steps; 0 due shows no bar. `next_url` is where it leads."""

    title: str
    sentence: str
    done: int
    due: int
    jobs: Standing
    next_url: str
    next_label: str
    more: str = ""

    @property
    def state(self) -> str:
        """running; stopped, when all that is left has failed and waits to be tried again; or done."""
        if not self.jobs.waiting:
            return "done"
        return "stopped" if self.jobs.failed == self.jobs.waiting else "running"

    @property
    def is_over(self) -> bool:
        return self.state == "done"


Finder = Callable[[User, str], Work | None]
_finders: dict[str, Finder] = {}


def register(kind: str, finder: Finder) -> None:
    """Say who finds the works of a kind; it gives None for what is not there or not the person's."""
    _finders[kind] = finder


def find(kind: str, key: str, to: User) -> Work | None:
    """A work as a person may see it; None where there is none for them."""
    finder = _finders.get(kind)
    return finder(to, key) if finder else None
