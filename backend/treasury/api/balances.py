"""The books as of a day: trial balance, an account's statement, and the books of a period as a file."""

from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, downloads
from backend.core.api import DayField, Endpoint, Input, MoneyField, each
from backend.ledger import exports, months, statements
from backend.ledger.exports import Form, Wanted
from backend.ledger.models import Transfer
from backend.ledger.statements import Period

DAYS = [OpenApiParameter(name, OpenApiTypes.DATE, required=True) for name in ("from_on", "to_on")]


class PeriodInput(Input):
    from_on = DayField()
    to_on = DayField()


class ExportInput(PeriodInput):
    form = serializers.ChoiceField(Form.choices)


class BalanceRowSerializer(serializers.Serializer[Any]):
    """Opening, movements and closing; without an account, of the payers of a fund together."""

    account = serializers.CharField(source="account.code", allow_null=True, default=None)
    account_id = serializers.IntegerField(source="account.pk", allow_null=True, default=None)
    fund = serializers.CharField(source="fund.code", allow_null=True, default=None)
    opening = MoneyField(any_currency=True)
    came = MoneyField(any_currency=True)
    gone = MoneyField(any_currency=True)
    closing = MoneyField(any_currency=True)


class MovementSerializer(serializers.ModelSerializer[Transfer]):
    on = serializers.DateField(source="entry.on")
    entry = serializers.CharField(source="entry.key")
    memo = serializers.CharField(source="entry.memo")
    source = serializers.CharField(source="source.code")  # type: ignore[assignment]  # a field named so
    target = serializers.CharField(source="target.code")
    amount = MoneyField(any_currency=True)

    class Meta:
        model = Transfer
        fields = ("id", "on", "entry", "memo", "source", "target", "amount")


class AccountStatementSerializer(BalanceRowSerializer):
    """An account's row, with the page of its movements beside."""

    movements = MovementSerializer(many=True)


class TrialBalance(Endpoint):
    permission = "books.check"

    @extend_schema(parameters=DAYS, responses=BalanceRowSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Every account of one's organisation in a period."""
        rows = statements.trial_balance(
            organisation=months.books_of(self.person), period=_period(request)
        )
        return self.paged(rows, each(BalanceRowSerializer))


class AccountStatement(Endpoint):
    permission = "books.check"

    @extend_schema(parameters=DAYS, responses=AccountStatementSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """An account's opening and closing, and a page of what moved between."""
        account = get_object_or_404(statements.visible_accounts(self.person), pk=pk)
        period = _period(request)
        row = BalanceRowSerializer(statements.statement(account=account, period=period)).data
        moved = statements.movements(account=account, period=period)
        return self.paged(
            moved, lambda page: {**row, "movements": MovementSerializer(page, many=True).data}
        )


class BooksExport(Endpoint):
    permission = "books.check"

    @extend_schema(request=ExportInput, responses={(200, "*/*"): OpenApiTypes.BINARY})
    def post(self, request: Request) -> FileResponse:
        """The books of a period as a file; who took which content is written down."""
        told = self.read(ExportInput)
        period = Period(told["from_on"], told["to_on"])
        wanted = Wanted(months.books_of(self.person), period, Form(told["form"]))
        file = exports.make(wanted=wanted, by=self.person, at=clock.now())
        return downloads.file(name=file.name, content=file.content)


def _period(request: Request) -> Period:
    days = {name: request.query_params.get(name) for name in ("from_on", "to_on")}
    asked = PeriodInput(data={name: day for name, day in days.items() if day is not None})
    asked.is_valid(raise_exception=True)
    return Period(asked.validated_data["from_on"], asked.validated_data["to_on"])
