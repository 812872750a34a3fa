"""Deputies: who decides in whose stead."""

from typing import ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import deputies
from backend.accounts.models import Deputy
from backend.core import clock
from backend.core.api import DayField, Endpoint, IdField, Input, each
from backend.core.models import User


class DeputySerializer(serializers.ModelSerializer[Deputy]):
    class Meta:
        model = Deputy
        fields: ClassVar = [
            "id", "principal", "deputy", "first_on", "last_on", "reason", "named_at", "ended_at",
        ]  # fmt: skip


class DeputyInput(Input):
    deputy = IdField(help_text="the number of a colleague of the same body")
    first_on = DayField()
    last_on = DayField()
    reason = serializers.CharField(max_length=300)


class DeputyList(Endpoint):
    """The deputies that one named, and those for whom one stands in."""

    permission = deputies.NAME

    @extend_schema(responses=DeputySerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.paged(deputies.visible_to(self.person), each(DeputySerializer))

    @extend_schema(request=DeputyInput, responses={201: DeputySerializer})
    def post(self, request: Request) -> Response:
        """Let a colleague decide in one's stead, from a day to a day."""
        told = self.read(DeputyInput)
        row = deputies.name(
            principal=self.person,
            deputy=get_object_or_404(User, pk=told["deputy"]),
            span=deputies.Span(told["first_on"], told["last_on"]),
            reason=told["reason"],
            by=self.person,
            at=clock.now(),
        )
        return Response(DeputySerializer(row).data, status=201)


class EndDeputy(Endpoint):
    """End it before its day."""

    permission = deputies.NAME

    @extend_schema(request=None, responses=DeputySerializer)
    def post(self, request: Request, pk: int) -> Response:
        row = get_object_or_404(deputies.visible_to(self.person), pk=pk)
        deputies.end(row=row, by=self.person, at=clock.now())
        row.refresh_from_db()
        return Response(DeputySerializer(row).data)
