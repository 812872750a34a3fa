"""`investors/<id>/statement/`: what an investor paid, got back and holds, of any period."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, MoneyField
from campaigns import statements
from investors.models import Investor


class StatementMovementSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    text = serializers.CharField(help_text="in the reader's language")
    amount = MoneyField(help_text="negative: it left the investor's account with the issuer")


class InvestorStatementSerializer(serializers.Serializer[Any]):
    """Opening + movements = closing."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    opening = MoneyField()
    movements = StatementMovementSerializer(many=True)
    closing = MoneyField()


class InvestorStatement(Endpoint):
    """A statement of any period: without days, the year until today."""

    permission = ""

    @extend_schema(
        parameters=[
            OpenApiParameter("first_day", OpenApiTypes.DATE),
            OpenApiParameter("last_day", OpenApiTypes.DATE),
        ],
        responses=InvestorStatementSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(Investor.objects.visible_to(self.person), pk=pk)
        last = self._day("last_day") or clock.today()
        first = self._day("first_day") or dt.date(last.year, 1, 1)
        told = statements.of_investor(found, first_day=first, last_day=last)
        return Response(InvestorStatementSerializer(told).data)

    def _day(self, name: str) -> dt.date | None:
        told = self.request.query_params.get(name)
        day: dt.date | None = DayField().run_validation(told) if told else None
        return day
