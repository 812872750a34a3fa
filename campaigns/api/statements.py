"""`investors/<id>/statement/`: what an investor paid, got back and holds, of any period."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, MoneyField
from campaigns import statement_files, statements
from investors import reads
from investors.models import Investor
from investors.statements import Statement


class StatementMovementSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    text = serializers.CharField(help_text="in the reader's language")
    amount = MoneyField(help_text="negative: it left the investor's account with the issuer")


class InvestorStatementSerializer(serializers.Serializer[Any]):
    """Opening + movements = closing."""

    synthetic = serializers.BooleanField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    opening = MoneyField()
    movements = StatementMovementSerializer(many=True)
    closing = MoneyField()


DAYS = [
    OpenApiParameter("first_day", OpenApiTypes.DATE),
    OpenApiParameter("last_day", OpenApiTypes.DATE),
]


class OneStatement(Endpoint):
    """A statement of any period: without days, the year until today."""

    permission = ""

    def statement(self, pk: int) -> tuple[Investor, Statement]:
        """The investor and the statement that the address and its days ask for."""
        found = get_object_or_404(Investor.objects.visible_to(self.person), pk=pk)
        reads.note(investors=[found], place="statement", by=self.person, at=clock.now())
        last = self._day("last_day") or clock.today()
        first = self._day("first_day") or dt.date(last.year, 1, 1)
        return found, statements.of_investor(found, first_day=first, last_day=last)

    def _day(self, name: str) -> dt.date | None:
        told = self.request.query_params.get(name)
        day: dt.date | None = DayField().run_validation(told) if told else None
        return day


class InvestorStatement(OneStatement):
    @extend_schema(parameters=DAYS, responses=InvestorStatementSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """A statement of any period: opening, movements, closing."""
        investor, told = self.statement(pk)
        marked = {**vars(told), "closing": told.closing, "synthetic": investor.is_synthetic}
        return Response(InvestorStatementSerializer(marked).data)


class InvestorStatementCsv(OneStatement):
    @extend_schema(parameters=DAYS, responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The same as CSV: day, what, amount."""
        investor, told = self.statement(pk)
        table = statement_files.as_csv(told, investor)
        return HttpResponse(table, content_type="text/csv; charset=utf-8")


class InvestorStatementPdf(OneStatement):
    @extend_schema(parameters=DAYS, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The same as a PDF (PDF/A-2a, PDF/UA-1), in the language of the reader."""
        investor, told = self.statement(pk)
        document = statement_files.as_pdf(told, investor, made_on=clock.today())
        return HttpResponse(document, content_type="application/pdf")
