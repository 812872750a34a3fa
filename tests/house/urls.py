"""Every address of ours with the values that fill it, read from the URL configuration."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

FILLINGS: dict[str, object] = {
    "int": 987_654_321,
    "str": "nobody",
    "slug": "nobody",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "nobody",
    "day": dt.date(1999, 12, 31),
    "year": 2001,
    "tablekind": "csv",
    "graphkind": "ttl",
    "impactkind": "iris.csv",
    "reportkind": "yearly",
    "projectentry": "move",
}
NOT_OURS = ("admin",)


@dataclass(frozen=True, order=True)
class Address:
    """A named address and a path to it, its parts filled with what does not exist."""

    name: str
    path: str

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")

    @property
    def names_a_row(self) -> bool:
        """Whether a part of it is to be filled."""
        return bool(resolve(self.path).kwargs)

    @property
    def stem(self) -> str:
        """What stands before the first part to be filled: `desk/campaigns`."""
        parts = self.path.removeprefix("/api/v1").strip("/").split("/")
        filled = {str(value) for value in FILLINGS.values()}
        return "/".join(itertools.takewhile(lambda part: part not in filled, parts))


def every_address() -> list[Address]:
    """All named addresses but those of Django's admin."""
    return sorted(set(_walk(get_resolver().url_patterns, ())))


def _walk(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...]) -> Iterator[Address]:
    for each in patterns:
        if isinstance(each, URLResolver):
            space = (each.namespace,) if each.namespace else ()
            if not set(space) & set(NOT_OURS):
                yield from _walk(each.url_patterns, (*spaces, *space))
        elif each.name:
            yield _address(each, spaces)


def _address(pattern: URLPattern, spaces: tuple[str, ...]) -> Address:
    name = ":".join((*spaces, pattern.name or ""))
    kinds = {key: _kind(value) for key, value in pattern.pattern.converters.items()}
    return Address(name, reverse(name, kwargs={key: FILLINGS[kind] for key, kind in kinds.items()}))


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
