"""How the API describes itself in OpenAPI 3: what every endpoint shares, said once.

An endpoint says by `extend_schema` what it reads and answers; here come the problems it may answer
with, the Idempotency-Key, the pages of a list, who may call it, and the package it stands in.
"""

import datetime as dt
from collections import defaultdict
from typing import Any

import uritemplate
from django.utils import translation
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import Direction, OpenApiParameter
from rest_framework import serializers

from backend.core import raised, roles
from backend.core.api import AMOUNT, Endpoint, Idempotent, Input, MoneyField, Paging
from backend.core.calls import SAFE
from backend.core.problems import AT_THE_DOOR, PROBLEM, ProblemSerializer, example, meaning
from backend.core.roles import PERMISSIONS

KEY = OpenApiParameter(
    name="Idempotency-Key",
    type={"type": "string", "minLength": 1, "maxLength": 255},
    location=OpenApiParameter.HEADER,
    required=True,
    description="Of your making, new for each act. Sent again with the same request, the first "
    "answer comes back (with `Idempotency-Replayed: true`) and nothing is done twice.",
)
PROBLEMS = {
    400: "The body is not JSON, or a header is missing.",
    401: "Not logged in.",
    403: "Your role does not allow this.",
    404: "No such thing among what you may see.",
    409: "It contradicts how things stand now.",
    415: "The body is of another content type.",
    422: "Not possible as it was asked; `errors` says which field.",
    429: "Too many calls this minute; `Retry-After` says how many seconds to wait.",
}
HEADERS = {
    "RateLimit-Policy": ("How many calls (q) in how many seconds (w)", '"default";q=600;w=60'),
    "RateLimit": (
        "How many are left (r), and in how many seconds anew (t)",
        '"default";r=597;t=42',
    ),
    "Retry-After": ("Seconds to wait", "42"),
    "Deprecation": ("Since when this address should not be used (RFC 9745)", "@1767225600"),
    "Sunset": ("When this address ends (RFC 8594)", "Fri, 01 Jan 2027 00:00:00 GMT"),
}
COUNTED = ("RateLimit-Policy", "RateLimit")
"""In every answer, unless calls are without limit."""
GOING = ("Deprecation", "Sunset")


class Generator(SchemaGenerator):
    """The description is English, whoever asks: names and sentences in it are for programmers."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        with translation.override("en"):
            told: Any = super().get_schema(request, public)  # type: ignore[no-untyped-call]
        told["components"]["headers"] = {
            name: {"description": text, "schema": {"type": "string"}, "example": value}
            for name, (text, value) in HEADERS.items()
        }
        return told


DAY = (dt.date, OpenApiTypes.DATE)


class Schema(AutoSchema):
    """One operation of an endpoint."""

    @property
    def endpoint(self) -> Endpoint:
        assert isinstance(self.view, Endpoint), "every address of the API is an Endpoint"
        return self.view

    def get_operation(self, path: str, *args: Any) -> Any:
        """The POST of an Idempotent endpoint is told by its `create`."""
        create = getattr(getattr(self.view, "create", None), "kwargs", {}).get("schema")
        if create is None or args[2] != "POST" or isinstance(self, create):
            return super().get_operation(path, *args)
        told = create()
        told.view = self.view
        return told.get_operation(path, *args)

    def is_deprecated(self) -> bool:
        """An address that will go says so in the document as in its answers."""
        return bool(self.endpoint.retiring) or super().is_deprecated()

    def get_override_parameters(self) -> list[Any]:
        is_keyed = self.method == "POST" and isinstance(self.view, Idempotent)
        return [KEY] if is_keyed else []

    def get_tags(self) -> list[str]:
        package = type(self.view).__module__.split(".api")[0]
        return [package.removeprefix("backend.").replace("backend", "reporting")]

    def get_summary(self) -> str:
        """The first sentence of the docstring."""
        told: str = self._docstring().split("\n\n")[0].replace("\n", " ")
        return told.split(". ")[0].removesuffix(".")

    def get_description(self) -> str:  # type: ignore[override]
        """The whole docstring, and who may call."""
        return f"{self._docstring()}\n\n{_who(self._permission())}"

    def get_auth(self) -> list[Any]:
        """How to say who one is; `{}` (nobody) only where the endpoint is open."""
        is_open = self._permission() is None
        return [way for way in super().get_auth() if way or is_open]

    def get_serializer_name(self, serializer: Any, direction: Direction) -> str:
        name: str = super().get_serializer_name(serializer, direction)
        return name.removesuffix("Input")  # what is read is called a Request all the same

    def _docstring(self) -> str:
        names = ("create", "post") if self.method == "POST" else (self.method.lower(),)
        told = [getattr(self.view, name, None) for name in names]
        texts = [each.__doc__ for each in told if each is not None and each.__doc__]
        text = next((each for each in texts if each not in INHERITED), type(self.view).__doc__)
        return "\n".join(line.strip() for line in (text or "").strip().splitlines())

    def _permission(self) -> str | None:
        return self.endpoint.permission_for(self.endpoint.request)

    def _get_paginator(self) -> Paging | None:
        return Paging() if self.method == "GET" else None  # every list that is read comes in pages

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        told: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._problems():
            answer = self._get_response_for_code(  # type: ignore[no-untyped-call]
                ProblemSerializer, str(status), [PROBLEM]
            )
            told.setdefault(str(status), {**answer, "description": PROBLEMS[status]})
        examples = self._examples()
        for code, answer in told.items():
            if PROBLEM in answer.get("content", {}):
                answer["content"][PROBLEM]["examples"] = examples[int(code)]
            answer["headers"] = self._headers(code)
        return dict(sorted(told.items()))

    def _headers(self, code: str) -> dict[str, Any]:
        """What an answer tells in headers, by reference: the same in all."""
        names = [*COUNTED, *(["Retry-After"] if code == "429" else ())]
        names += GOING if self.endpoint.retiring else ()
        return {name: {"$ref": f"#/components/headers/{name}"} for name in names}

    def _examples(self) -> dict[int, dict[str, Any]]:
        """By status the problems that may come: at the door, and of the rules that the code asks."""
        view = type(self.view)
        names = ("post", "create") if self.method == "POST" else (self.method.lower(),)
        acts = [act for name in names if (act := getattr(view, name, None))]
        rules = [kind for act in acts for kind in raised.by(act, view)]
        rules += [roles.MayNot] if self._permission() else []
        told = {(kind.code, kind.status): meaning(kind) for kind in rules}
        told |= {(code, status): text for code, status, text in AT_THE_DOOR}
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        for (code, status), text in sorted(told.items()):
            found[status][code] = {"summary": text or code, "value": example(status, code)}
        return found

    def _problems(self) -> list[int]:
        """What may go wrong, by what the operation reads."""
        is_read = self.method in SAFE
        names_something = uritemplate.variables(self.path) or self._is_list_view() or not is_read
        found = [400, 401]
        found += [403] if self._permission() or not is_read else []
        found += [404] if names_something else []
        found += [] if is_read else [409, 415, 422]
        found += [422] if is_read and self._may_be_asked_wrongly() else []
        return [*found, 429]

    def _may_be_asked_wrongly(self) -> bool:
        """A day can be no day, a choice none of those there are, and what must be asked for can lack."""
        asked = [o for o in self.get_override_parameters() if isinstance(o, OpenApiParameter)]
        return any(one.type in DAY or one.required or one.enum for one in asked)

    def _get_serializer_field_meta(self, field: Any, direction: Direction) -> dict[str, Any]:
        """Defaults that stop generators of clients are not told: an object, a choice that is none."""
        told: dict[str, Any] = super()._get_serializer_field_meta(field, direction)  # type: ignore[no-untyped-call]
        is_no_choice = isinstance(field, serializers.ChoiceField) and not told.get("default")
        if isinstance(field, MoneyField) or is_no_choice:
            told.pop("default", None)
        return told

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        """An address or nothing: `oneOf` would refuse the empty text, which a format alone does not."""
        super()._insert_field_validators(field, schema)  # type: ignore[no-untyped-call]
        if {"type": "string", "maxLength": 0} in schema.get("oneOf", ()):
            schema["anyOf"] = schema.pop("oneOf")

    def _map_basic_serializer(self, serializer: Any, direction: Direction) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, Input):
            schema["additionalProperties"] = False
        return schema


class MoneyExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Money is a component of its own."""

    target_class = "backend.core.api.MoneyField"

    def get_name(self) -> str:
        return "Money"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        currency = {"type": "string", "pattern": "^[A-Z]{3}$", "example": "EUR"}
        amount = {"type": "string", "pattern": f"^{AMOUNT.pattern}$", "example": "500.00"}
        return {
            "type": "object",
            "description": "A string with two decimals, never a number.",
            "properties": {"amount": amount, "currency": currency},
            "required": ["amount", "currency"],
        }


INHERITED = {Idempotent.create.__doc__, Idempotent.post.__doc__}


def _who(permission: str | None) -> str:
    if permission is None:
        return "Open to all."
    if not permission:
        return "Anyone who is logged in."
    roles = ", ".join(sorted(role.value for role in PERMISSIONS[permission]))
    return f"Permission `{permission}`: {roles}."
