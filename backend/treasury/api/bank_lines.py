"""Lines of statements: list, read, explain by hand."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Idempotent, MoneyField
from backend.core.errors import Refused
from backend.core.models import User
from backend.ledger.models import Fund, Purpose
from backend.treasury import discrepancies, lines
from backend.treasury.api import shapes
from backend.treasury.models import BankLine, Expectation
from backend.treasury.models.bank_statement import BankLineQuerySet


class NoSuchFund(Refused):
    code = "fund.unknown"


class ClassifySerializer(serializers.Serializer[Any]):
    fund = serializers.CharField(help_text="code of a fund of your organisation")
    purpose = serializers.ChoiceField(Purpose.choices, required=False, allow_blank=True)
    payer = serializers.CharField(required=False, allow_blank=True, max_length=200)
    amount = MoneyField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=300)


class AcceptSerializer(serializers.Serializer[Any]):
    expectation = serializers.IntegerField()
    reason = serializers.CharField(max_length=300)


class OffsetSerializer(serializers.Serializer[Any]):
    against = serializers.IntegerField(help_text="the line of money out that sends this one back")
    reason = serializers.CharField(max_length=300)


class TakeBackSerializer(serializers.Serializer[Any]):
    allocation = serializers.IntegerField()
    reason = serializers.CharField(max_length=300)


def visible(person: User) -> BankLineQuerySet:
    rows = BankLine.objects.visible_to(person).with_allocated()
    return rows.select_related("account", "account__outside", "account__suspense")


class BankLines(Endpoint):
    """Newest first; `?unexplained=1` gives only lines of which a part is in suspense."""

    permission = "line.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("unexplained", bool, description="only what is in suspense"),
            OpenApiParameter("statement", int),
        ]
    )
    def get(self, request: Request) -> Response:
        rows = visible(self.person).order_by("-booked_on", "-id")
        asked = request.query_params
        if asked.get("unexplained", "0").lower() not in ("0", "false", "no"):
            rows = rows.unexplained()
        if asked.get("statement", "").isdigit():
            rows = rows.filter(statement=int(asked["statement"]))
        return shapes.paged(request, rows, shapes.line)


class OneBankLine(Endpoint):
    permission = "line.view"

    def get(self, request: Request, pk: int) -> Response:
        line = get_object_or_404(visible(self.person), pk=pk)
        parts = line.allocations.select_related("entry").order_by("id")
        explained = [shapes.allocation(part) for part in parts]
        guesses = [shapes.guess(*found) for found in discrepancies.guesses([line])[line.pk]]
        return Response({**shapes.line(line), "explained_by": explained, "guesses": guesses})


class ByHand(Idempotent):
    """What a person does with a line; a repetition with the same Idempotency-Key does nothing."""

    permission = "line.classify"

    def line(self, pk: int) -> BankLine:
        found: BankLine = get_object_or_404(visible(self.person), pk=pk)
        return found


class Classify(ByHand):
    """Explain a line with a fund, and either a purpose or whose money it is."""

    @extend_schema(request=ClassifySerializer)
    def post(self, request: Request, pk: int) -> Response:
        return super().post(request, pk)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        data = ClassifySerializer(data=request.data)
        data.is_valid(raise_exception=True)
        valid = dict(data.validated_data)
        made = lines.classify(
            line=self.line(args[0]),
            fund=fund_of(self.person, valid.pop("fund")),
            by=self.person,
            at=clock.now(),
            **valid,
        )
        return Response(shapes.allocation(made), status=201)


class Accept(ByHand):
    """Book a line to an expectation that a person recognised."""

    @extend_schema(request=AcceptSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return super().post(request, pk)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        data = AcceptSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        expected = Expectation.objects.visible_to(self.person)
        made = lines.accept(
            line=self.line(args[0]),
            expectation=get_object_or_404(expected, pk=data.validated_data["expectation"]),
            by=self.person,
            at=clock.now(),
            reason=data.validated_data["reason"],
        )
        return Response(shapes.allocation(made), status=201)


class Offset(ByHand):
    """Explain money that came by the line that sent it back."""

    @extend_schema(request=OffsetSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return super().post(request, pk)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        data = OffsetSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = lines.offset(
            came=self.line(args[0]),
            went=self.line(data.validated_data["against"]),
            by=self.person,
            at=clock.now(),
            reason=data.validated_data["reason"],
        )
        return Response([shapes.allocation(one) for one in made], status=201)


class TakeBack(ByHand):
    """Undo what a person explained."""

    @extend_schema(request=TakeBackSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return super().post(request, pk)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        data = TakeBackSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        of_line = self.line(args[0]).allocations.select_related("entry", "line")
        made = lines.take_back(
            allocation=get_object_or_404(of_line, pk=data.validated_data["allocation"]),
            by=self.person,
            at=clock.now(),
            reason=data.validated_data["reason"],
        )
        return Response(shapes.allocation(made), status=201)


def fund_of(person: User, code: str) -> Fund:
    """A fund of the person's organisation by its code."""
    found = Fund.objects.filter(organisation=person.organisation_id, code=code).first()
    if found is None:
        raise NoSuchFund(_("Your organisation has no fund with this code."), field="fund")
    return found
