"""The OpenAPI document in the tests: its operations, and whether an answer is what it promises."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import spectacular_settings

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """A method at an address, as the document tells it."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def takes_key(self) -> bool:
        return any(one["name"] == "Idempotency-Key" for one in self.told.get("parameters", ()))

    def address(self, **filled: str) -> str:
        """A path with its parts filled with what does not exist, but for those named."""
        nobody = dict.fromkeys(("slug", "token", "kind", "code"), "nobody")
        told = {"id": "987654321", "year": "2026", "issuer": "987654321", "as_of": "1999-12-31"}
        return self.path.format(**{**told, "version": "1", **nobody, **filled})


@functools.cache
def document() -> dict[str, Any]:
    """The whole document, generated once."""
    generator: SchemaGenerator = spectacular_settings.DEFAULT_GENERATOR_CLASS()
    told: dict[str, Any] = generator.get_schema(request=None, public=True)
    return told


@functools.cache
def complaints() -> tuple[str, ...]:
    """What the generator was not sure of."""
    document()
    caches = (GENERATOR_STATS._warn_cache, GENERATOR_STATS._error_cache)
    return tuple(str(line) for cache in caches for line in cache)


def operations() -> list[Operation]:
    """Every operation of the API."""
    return list(_operations())


def breaks(operation: Operation, status: int, content_type: str, body: Any) -> str:
    """What of an answer is not as promised, in a line; empty when all is."""
    promised = operation.told["responses"].get(str(status))
    if promised is None:
        return f"{operation.name}: {status} is not in the document: {body}"
    content = promised.get("content", {})
    if not content and not body:
        return ""
    as_told = content.get(content_type.split(";")[0]) or content.get("*/*", {})
    schema = as_told.get("schema")
    if schema is None:
        return f"{operation.name}: {status} as {content_type} is not in the document"
    if schema.get("format") == "binary":
        return ""
    found = next(_validator(schema).iter_errors(body), None)
    return f"{operation.name}: {status}: {found.json_path}: {found.message}" if found else ""


def _operations() -> Iterator[Operation]:
    for path, methods in document()["paths"].items():
        for method, told in methods.items():
            if method in METHODS:
                yield Operation(method, path, told)


def _validator(schema: dict[str, Any]) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator({**schema, "components": components()})


@functools.cache
def components() -> Any:
    """What the document names, as JSON Schema has it."""
    return _nullable(document()["components"])


def _nullable(told: Any) -> Any:
    """OpenAPI 3.0 writes `nullable: true` where JSON Schema allows a type more."""
    if isinstance(told, list):
        return [_nullable(each) for each in told]
    if not isinstance(told, dict):
        return told
    plain = {name: _nullable(each) for name, each in told.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if told.get("nullable") is True else plain
