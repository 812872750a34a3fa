"""Statements that were refused, gaps between statements, and asking for either to be accepted."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import AskedSerializer, Endpoint, Input, MoneyField, each
from backend.treasury import overrides, statements
from backend.treasury.models import BankAccount, BankStatement, StatementRefusal
from backend.treasury.statements import Gap


class OverrideInput(Input):
    reason = serializers.CharField(max_length=1000)


class StatementRefusalSerializer(serializers.ModelSerializer[StatementRefusal]):
    """Why a file was refused; one that does not add up may be accepted by two people."""

    file = serializers.CharField(source="file.name")
    by = serializers.CharField(source="by_label")

    class Meta:
        model = StatementRefusal
        fields = ("id", "file", "code", "sentence", "refused_at", "by")


class StatementGapSerializer(serializers.Serializer[Gap]):
    """Two statements of which the second does not begin where the first ended."""

    iban = serializers.CharField(source="account.iban")
    before = serializers.IntegerField(source="before.pk")
    after = serializers.IntegerField(source="after.pk")
    difference = MoneyField(any_currency=True)


class StatementRefusals(Endpoint):
    permission = "line.view"

    @extend_schema(responses=StatementRefusalSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The files of one's organisation that were refused, newest first."""
        rows = StatementRefusal.objects.visible_to(self.person).select_related("file")
        return self.paged(rows.order_by("-refused_at", "-id"), each(StatementRefusalSerializer))


class StatementGaps(Endpoint):
    permission = "line.view"

    @extend_schema(responses=StatementGapSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Where a statement is missing between two others."""
        found: Any = statements.gaps(BankAccount.objects.visible_to(self.person))
        return self.paged(found, each(StatementGapSerializer))


class AcceptRefused(Endpoint):
    permission = "statement.upload"

    @extend_schema(request=OverrideInput, responses={201: AskedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Ask for a file that does not add up to be taken in; another person decides."""
        mine = StatementRefusal.objects.visible_to(self.person).select_related("file")
        asked = overrides.ask_for_file(
            refusal=get_object_or_404(mine, pk=pk),
            by=self.person,
            at=clock.now(),
            reason=self.read(OverrideInput)["reason"],
        )
        return Response(AskedSerializer(asked).data, status=201)


class BridgeGap(Endpoint):
    permission = "statement.upload"

    @extend_schema(request=OverrideInput, responses={201: AskedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Ask for the gap before a statement to be bridged; another person decides."""
        mine = BankStatement.objects.visible_to(self.person).select_related("account")
        asked = overrides.ask_for_gap(
            after=get_object_or_404(mine, pk=pk),
            by=self.person,
            at=clock.now(),
            reason=self.read(OverrideInput)["reason"],
        )
        return Response(AskedSerializer(asked).data, status=201)
