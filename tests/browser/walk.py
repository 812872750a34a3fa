"""Every page that a person can reach by following links, named by the URL table.

A page added to the application is walked without a word here; SAMPLES pages are taken of each address.
"""

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.house import urls
from tests.house.access_table import NO, TABLE

SAMPLES = 2
# Asked by whoever watches the machine; no person needs a road there.
FOR_MACHINES = {"health", "ready", "metrics"}


@functools.cache
def expected() -> set[str]:
    """The names of all pages that answer a person's GET, but for the API and Django's admin."""
    return {
        address.name
        for address in urls.every_address()
        if not address.is_api and TABLE[address.name][0] != NO
    } - FOR_MACHINES


def name_of(path: str) -> str:
    """The name of the address in the URL table; empty for what is no page of ours."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    return name if name in expected() else ""


@dataclass
class Walk:
    """A breadth-first walk: `add` what a page links to, iterate over what is to be looked at."""

    queue: list[str]
    seen: set[str] = field(default_factory=set)
    taken: Counter[str] = field(default_factory=Counter)
    mailed: set[str] = field(default_factory=set)

    def add(self, links: list[str], *, of: str) -> None:
        """Note what a page links to. Mails in the demo's outbox link to what is others' business."""
        paths = [urlsplit(link).path for link in links]
        self.queue += paths
        if name_of(of) == "outbox":
            self.mailed |= set(paths)

    def turn_away(self, path: str) -> None:
        """Forget a page that was not this person's to see."""
        self.taken[name_of(path)] -= 1

    def __iter__(self) -> Iterator[str]:
        while self.queue:
            path = self.queue.pop(0)
            name = name_of(path)
            if not name or path in self.seen or self.taken[name] >= SAMPLES:
                continue
            self.seen.add(path)
            self.taken[name] += 1
            yield path
