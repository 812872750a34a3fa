"""Every address of ours with the values that fill it, read from the URL configuration."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

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
