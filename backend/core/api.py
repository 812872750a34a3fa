"""The base of every endpoint: who may call it, how a broken rule answers, how a POST is repeated safely.

Errors are RFC 9457 problem details with a stable `code`. Money is `{"amount": "500.00", "currency": "EUR"}`.
"""

import hashlib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from drf_spectacular.utils import extend_schema_field
from moneyed import CurrencyDoesNotExist
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotAuthenticated, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from backend.core import clock, roles
from backend.core.errors import Refused, RuleBroken
from backend.core.models import IdempotencyKey, User

PROBLEM = "application/problem+json"
MONEY_SCHEMA = {
    "type": "object",
    "required": ["amount", "currency"],
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?\d+\.\d{2}$", "example": "500.00"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "example": "EUR"},
    },
}


class KeyMissing(Refused):
    code = "idempotency.key_missing"
    status = 400


class KeyReused(Refused):
    code = "idempotency.key_reused"


class Endpoint(APIView):
    """A view with a permission string: None is open to all, "" to anyone logged in."""

    permission: str | None = None
    permission_classes = (AllowAny,)

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        needed = self.permission_for(request)
        if needed is None:
            return
        if not request.user.is_authenticated:
            raise NotAuthenticated
        if needed and not roles.may(request.user, needed):
            raise roles.MayNot(_("Your role does not allow this."), permission=needed)

    def permission_for(self, request: Request) -> str | None:
        """The permission this call needs; override where methods differ."""
        return self.permission

    @property
    def person(self) -> User:
        """The user who calls, once permissions were checked."""
        user = self.request.user
        assert isinstance(user, User), "an endpoint that needs a person must name a permission"
        return user


class Idempotent(Endpoint):
    """An endpoint whose POST makes money facts: it takes an Idempotency-Key and answers the same twice.

    The key is stored in the transaction of the work. Of two at once the second waits for the first.
    """

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return once(request, lambda: self.create(request, *args, **kwargs))

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise NotImplementedError("a subclass says what the POST does")


def once(request: Request, work: Callable[[], Response]) -> Response:
    """Do the work of a POST once per user and Idempotency-Key; later calls get the first answer."""
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= 255:
        raise KeyMissing(_("This request needs an Idempotency-Key header (1 to 255 characters)."))
    user = request.user if isinstance(request.user, User) else None
    with transaction.atomic():
        row, is_new = IdempotencyKey.objects.select_for_update().get_or_create(
            user=user,
            key=key,
            defaults={"request_hash": fingerprint(request), "created_at": clock.now()},
        )
        if not is_new:
            return _first_answer(row, request)
        answer = work()
        row.status, row.body = answer.status_code, _as_json(answer.data)
        row.save(update_fields=["status", "body"])
        return answer


def fingerprint(request: Request) -> str:
    """What makes a request the same request: method, path and body."""
    body = repr(sorted(request.data.items())) if hasattr(request.data, "items") else ""
    return hashlib.sha256(f"{request.method} {request.path} {body}".encode()).hexdigest()


def _first_answer(row: IdempotencyKey, request: Request) -> Response:
    if row.request_hash != fingerprint(request):
        raise KeyReused(_("This Idempotency-Key was used for another request."))
    return Response(row.body, status=row.status, headers={"Idempotency-Replayed": "true"})


def _as_json(data: Any) -> Any:
    """The answer as it will be read, so that a replay is the same to the letter."""
    if isinstance(data, dict):
        return {str(key): _as_json(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_as_json(value) for value in data]
    if data is None or isinstance(data, bool | int | str):
        return data
    return data.isoformat() if hasattr(data, "isoformat") else str(data)


class Paging(PageNumberPagination):
    """Fifty rows a page, at most two hundred."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


@extend_schema_field(MONEY_SCHEMA)
class MoneyField(serializers.Field[Money, Any, dict[str, str], Any]):
    """Money in JSON: a string with two decimals, never a number."""

    default_error_messages = {  # the base class declares it as a plain dict
        "shape": _('Write money as {{"amount": "500.00", "currency": "EUR"}}.'),
        "cents": _("An amount of money has at most two decimals."),
    }

    def to_representation(self, value: Money) -> dict[str, str]:
        return money_json(value)

    def to_internal_value(self, data: Any) -> Money:
        if not isinstance(data, dict) or not isinstance(data.get("amount"), str):
            self.fail("shape")
        try:
            amount = Decimal(data["amount"])
            money = Money(amount, data.get("currency", "EUR"))
        except (InvalidOperation, CurrencyDoesNotExist):
            self.fail("shape")
        if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
            self.fail("cents")
        return money


def money_json(value: Money) -> dict[str, str]:
    """Money as the API writes it."""
    return {"amount": f"{value.amount:.2f}", "currency": str(value.currency)}


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error as RFC 9457 problem details; None leaves it to the server (500)."""
    if isinstance(error, RuleBroken):
        facts = {name: _as_json(value) for name, value in error.facts.items()}
        return problem(error.status, error.code, str(error), facts=facts)
    if isinstance(error, DjangoValidationError):
        error = ValidationError(error.messages)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, ValidationError):
        return problem(
            422,
            "input.invalid",
            _("Please correct what is marked."),
            errors=answer.data,
        )
    return _problem_of(error, answer)


def _problem_of(error: Exception, answer: Response) -> Response:
    is_missing = isinstance(error, Http404)
    code = "not_found" if is_missing else getattr(error, "default_code", "error")
    detail = error.detail if isinstance(error, APIException) else _("There is no such thing.")
    result = problem(answer.status_code, str(code), str(detail))
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in answer.headers:
            result[header] = answer.headers[header]
    return result


def problem(status: int, code: str, detail: Any, **more: Any) -> Response:
    """A problem document. `code` is stable and is what a program should look at."""
    body = {
        "type": f"urn:mattone:problem:{code}",
        "title": code.replace(".", " ").replace("_", " "),
        "status": status,
        "detail": str(detail),
        "code": code,
    }
    body.update({name: value for name, value in more.items() if value})
    return Response(body, status=status, content_type=PROBLEM)
