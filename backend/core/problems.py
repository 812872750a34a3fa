"""How every error of the API answers (RFC 9457 problem details), and which codes there are.

A rule raises, here it becomes a document. What a program should look at is `code`: it is stable.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

from backend.core import storage
from backend.core.errors import RuleBroken
from backend.core.storage import StorageFull

PROBLEM = "application/problem+json"
API = "/api/"
INVALID = "input.invalid"
TABLE_BEGINS = "<!-- codes -->\n"

# What is refused before any rule is asked, by the framework or the shape of the input.
AT_THE_DOOR = (
    ("parse_error", 400, "The body is not JSON, or the address holds what no address holds."),
    ("not_authenticated", 401, "Nobody is logged in."),
    ("authentication_failed", 401, "The token is not known."),
    ("permission_denied", 403, "A session without its CSRF token."),
    ("not_found", 404, "No such address, or no such thing among what you may see."),
    ("method_not_allowed", 405, "The address is right, the method is not."),
    ("not_acceptable", 406, "The answer is JSON, and the request does not accept it."),
    ("unsupported_media_type", 415, "The body is of a content type that is not read here."),
    (INVALID, 422, "The shape of the input is wrong; `errors` says where."),
    ("throttled", 429, "Too many calls this minute; `Retry-After` says how long to wait."),
    ("server_error", 500, "Our fault; it is in the log."),
)


class ProblemSerializer(serializers.Serializer[Any]):
    """An error (RFC 9457). `code` is stable; `detail` is a sentence in the reader's language."""

    type = serializers.CharField(help_text="urn:mattone:problem: and the code")
    title = serializers.CharField(help_text="the code in words")
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # also an attribute of Serializer
        required=False, help_text="by field, what is wrong with it"
    )
    facts = serializers.DictField(
        required=False, help_text="ids and figures that belong to the sentence"
    )


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error as a problem; None leaves it to the server (500)."""
    if isinstance(error, RuleBroken):
        return problem(error.status, error.code, str(error), facts=plain(error.facts))
    if isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(error.messages)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        errors = answer.data if isinstance(answer.data, dict) else {"non_field_errors": answer.data}
        return problem(422, INVALID, _("Please correct what is marked."), errors=errors)
    return _problem_of(error, answer)


def problem(status: int, code: str, detail: Any, **more: Any) -> Response:
    """A problem document."""
    return Response(_document(status, code, detail, **more), status=status, content_type=PROBLEM)


def unknown_address(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What stands at no address: a problem below the API, a page elsewhere."""
    if not request.path.startswith(API):
        return defaults.page_not_found(request, exception)
    return _bare(404, "not_found", _("There is no such thing."))


def our_fault(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw: a problem below the API, a page elsewhere; a full disk is said to be one."""
    if storage.is_full(sys.exception()):
        return _no_room(request)
    if not request.path.startswith(API):
        return defaults.server_error(request)
    return _bare(500, "server_error", _("Something went wrong on our side."))


def _no_room(request: HttpRequest) -> HttpResponse:
    full = StorageFull(_("There is no room to store this; nothing was kept. Try again later."))
    if request.path.startswith(API):
        return _bare(full.status, full.code, full.sentence)
    context = {"sentence": full.sentence, "code": full.code}
    return render(request, "refused.html", context, status=full.status)


def codes() -> list[tuple[str, int, str]]:
    """Every code with its status and what it means, by code: those of rules, and those at the door."""
    assert get_resolver().url_patterns  # reads every module that an address leads to
    rules = {kind.code: kind for kind in _kinds(RuleBroken)}
    told = [(code, kind.status, meaning(kind)) for code, kind in rules.items()]
    return sorted(
        {code: (code, status, text) for code, status, text in (*told, *AT_THE_DOOR)}.values()
    )


def table() -> str:
    """The codes as the table in docs/api.md."""
    rows = [f"| `{code}` | {status} | {meaning} |" for code, status, meaning in codes()]
    return "\n".join(("| code | status | |", "|---|---|---|", *rows)) + "\n"


def example(status: int, code: str) -> dict[str, Any]:
    """A problem as it is answered, without its sentence, which is of the moment and the reader."""
    return _document(status, code, "…")


def plain(value: Any) -> Any:
    """A value as JSON holds it: what it does not know becomes a string."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _kinds(kind: type[RuleBroken]) -> Iterator[type[RuleBroken]]:
    for each in kind.__subclasses__():
        if not each.__module__.startswith("tests."):
            yield each
            yield from _kinds(each)


def meaning(kind: type[RuleBroken]) -> str:
    """What a kind of broken rule means, where its name does not say it."""
    return (kind.__dict__.get("__doc__") or "").strip().split("\n")[0]


def _problem_of(error: Exception, answer: Response) -> Response:
    is_missing = isinstance(error, Http404)
    code = "not_found" if is_missing else getattr(error, "default_code", "error")
    told = error.detail if isinstance(error, exceptions.APIException) else None
    detail = told or _("There is no such thing.")
    result = problem(answer.status_code, str(code), str(detail))
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in answer.headers:
            result[header] = answer.headers[header]
    return result


def _bare(status: int, code: str, detail: Any) -> JsonResponse:
    return JsonResponse(_document(status, code, detail), status=status, content_type=PROBLEM)


def _document(status: int, code: str, detail: Any, **more: Any) -> dict[str, Any]:
    body = {
        "type": f"urn:mattone:problem:{code}",
        "title": code.replace(".", " ").replace("_", " "),
        "status": status,
        "detail": str(detail),
        "code": code,
    }
    return body | {name: value for name, value in more.items() if value}
