"""The base of every endpoint: who may call it, what it reads, how a POST is repeated safely.

How errors answer is in `problems`, how endpoints are described in `schema`. Money is
`{"amount": "500.00", "currency": "EUR"}`.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, ParseError, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.core import clock, idempotency, roles, transactions
from backend.core.calls import SAFE, Retiring, Scoped, ScopeMissing
from backend.core.errors import Refused
from backend.core.models import Approval, IdempotencyKey, User
from backend.core.problems import plain

MAX_BODY_BYTES = 1024 * 1024
AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,2})?", re.ASCII)
KEY = re.compile(r"[ -~]{1,255}")

M = TypeVar("M", bound=Model)


class KeyMissing(Refused):
    code = "idempotency.key_missing"
    status = 400


class KeyReused(Refused):
    code = "idempotency.key_reused"


class TooLarge(Refused):
    code = "body.too_large"
    status = 413


class JsonParser(JSONParser):
    """JSON of a bounded size and depth."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Read a body. Raises TooLarge by the length it announces, ParseError for what is no JSON."""
        announced = (parser_context or {})["request"].META["CONTENT_LENGTH"]  # else nothing is read
        if int(announced) > MAX_BODY_BYTES:
            raise TooLarge(_("The request is too large."), max_bytes=MAX_BODY_BYTES)
        try:
            told = super().parse(stream, media_type, parser_context)
            json.dumps(told, ensure_ascii=False).encode()
        except RecursionError as problem:
            raise ParseError(_("The JSON is nested too deeply.")) from problem
        except UnicodeEncodeError as problem:  # half of a pair: no answer could repeat it
            raise ParseError(_("A text in the JSON is not Unicode.")) from problem
        return told


class Endpoint(APIView):
    """A view with a permission string: None is open to all, "" to anyone logged in."""

    permission: str | None = None
    retiring: Retiring | None = None
    permission_classes = (AllowAny,)
    parser_classes = (JsonParser,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse at the door what no database column can hold, in a path or a query."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise ParseError(_("An address holds no NUL character."))
        super().initial(request, *args, **kwargs)

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        needed = self.permission_for(request)
        if needed is None:
            return
        if not request.user.is_authenticated:
            raise NotAuthenticated
        if needed and not roles.may(request.user, needed):
            raise roles.MayNot(_("Your role does not allow this."), permission=needed)
        is_read = request.method in SAFE
        if isinstance(request.auth, Scoped) and not request.auth.covers(needed, is_read=is_read):
            raise ScopeMissing(_("This token is not for this."), scope=needed or "own")

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Say in headers what is left of the caller's allowance, and that an address will go."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        for told in (getattr(request, "allowance", None), self.retiring):
            for name, value in (told.headers() if told else {}).items():
                answer[name] = value
        # What is one person's stays in no cache. Nobody is asked anew here who was not asked before.
        if getattr(getattr(request, "_user", None), "is_authenticated", False):
            answer.setdefault("Cache-Control", "private, no-store")
        return answer

    def permission_for(self, request: Request) -> str | None:
        """The permission this call needs; override where methods differ."""
        return self.permission

    @property
    def person(self) -> User:
        """The user who calls, once permissions were checked."""
        user = self.request.user
        assert isinstance(user, User), "an endpoint that needs a person must name a permission"
        return user

    def read(self, shape: "type[serializers.Serializer[Any]]") -> dict[str, Any]:
        """What was sent, checked against a shape. Raises ValidationError (422)."""
        asked = shape(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def paged(
        self, rows: QuerySet[M] | Sequence[Any], as_json: Callable[[list[Any]], Any]
    ) -> Response:
        """A page of the rows, fifty unless asked otherwise."""
        paging = Paging()
        page = paging.paginate_queryset(rows, self.request, view=self) or []  # a list has pages too
        return paging.get_paginated_response(as_json(page))


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
    if not KEY.fullmatch(key):
        raise KeyMissing(_("This request needs an Idempotency-Key header (1 to 255 characters)."))
    return _answer(request, key, work)


@transactions.repeated
def _answer(request: Request, key: str, work: Callable[[], Response]) -> Response:
    user = request.user if isinstance(request.user, User) else None
    row, is_same = idempotency.taken(
        user=user,
        key=key,
        request_hash=idempotency.fingerprint(request._request, plain(request.data)),
        at=clock.now(),
    )
    if row.status is not None:
        return _first_answer(row, is_same=is_same)
    answer = work()
    row.status, row.body = answer.status_code, plain(answer.data)
    row.save(update_fields=["status", "body"])
    return answer


def _first_answer(row: IdempotencyKey, *, is_same: bool) -> Response:
    if not is_same:
        raise KeyReused(_("This Idempotency-Key was used for another request."))
    return Response(row.body, status=row.status, headers={"Idempotency-Replayed": "true"})


class Paging(PageNumberPagination):
    """Fifty rows a page, at most two hundred."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class Input(serializers.Serializer[Any]):
    """What a request may hold: a name that is not listed is refused, for it may be a slip."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise ValidationError({str(name): [_("There is no such field.")] for name in unknown})
        return super().to_internal_value(data)


class AskedSerializer(serializers.Serializer[Approval]):
    """What waits for a second person: the number under which it is approved or refused."""

    approval = serializers.IntegerField(source="pk")
    action = serializers.CharField()


class DayField(serializers.DateField):
    """A day of our time: one of the year 1 or 9999 is a slip, and days are counted from it."""

    default_error_messages = {
        "far": _("Write a day between 1900 and 2199."),
    }

    def to_internal_value(self, value: Any) -> dt.date:
        day: dt.date = super().to_internal_value(value)
        if not 1900 <= day.year < 2200:
            self.fail("far")
        return day


class InstantField(serializers.DateTimeField):
    """An instant of our time, for the same reason."""

    default_error_messages = DayField.default_error_messages

    def to_internal_value(self, value: Any) -> dt.datetime:
        try:
            instant: dt.datetime = super().to_internal_value(value)
        except OverflowError:  # it left the calendar on its way to our time zone
            self.fail("far")
        if not 1900 <= instant.year < 2200:
            self.fail("far")
        return instant


class IdField(serializers.IntegerField):
    """The number of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **kwargs)


class MoneyField(serializers.Field[Money, Any, dict[str, str], Any]):
    """Money in JSON: a string with two decimals, never a number; not below zero when it is sent.

    Euro, but where a bank may have moved another currency (`any_currency`).
    """

    default_error_messages = {  # the base class declares it as a plain dict
        "shape": _('Write money as {{"amount": "500.00", "currency": "EUR"}}.'),
        "currency": _("Amounts are in euro."),
        "negative": _("An amount of money is not below zero."),
    }

    def __init__(self, *, any_currency: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.currencies = settings.CURRENCIES if any_currency else (settings.DEFAULT_CURRENCY,)

    def to_representation(self, value: Money) -> dict[str, str]:
        return money_json(value)

    def to_internal_value(self, data: Any) -> Money:
        amount = data.get("amount") if isinstance(data, dict) else None
        if not isinstance(amount, str) or not AMOUNT.fullmatch(amount):
            self.fail("shape")
        if data.get("currency", settings.DEFAULT_CURRENCY) not in self.currencies:
            self.fail("currency")
        if amount.startswith("-"):
            self.fail("negative")
        return Money(Decimal(amount), data.get("currency", settings.DEFAULT_CURRENCY))


def each(shape: "type[serializers.BaseSerializer[Any]]") -> Callable[[list[Any]], Any]:
    """How to write a list of rows, each in the same shape."""
    return lambda rows: shape(rows, many=True).data


def money_json(value: Money) -> dict[str, str]:
    """Money as the API writes it."""
    return {"amount": f"{value.amount:.2f}", "currency": str(value.currency)}
