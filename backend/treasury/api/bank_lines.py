"""Lines of statements: list, read, explain one by another. What people say of a line is in `desk`."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Idempotent, IdField, Input, each
from backend.core.filters import Filters
from backend.core.models import User
from backend.treasury import lines
from backend.treasury.api.shapes import AllocationSerializer, LineSerializer, OneLineSerializer
from backend.treasury.models import BankLine
from backend.treasury.models.bank_statement import BankLineQuerySet


class OffsetInput(Input):
    against = IdField(help_text="the line of money out that sends this one back")
    reason = serializers.CharField(max_length=300)


def visible(person: User) -> BankLineQuerySet:
    rows = BankLine.objects.visible_to(person).with_allocated()
    return rows.select_related("account", "account__outside", "account__suspense")


FILTERS = Filters(days=("booked_on", "value_on"), order=("id", "booked_on", "value_on", "amount"))


class BankLines(Endpoint):
    permission = "line.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("unexplained", bool, description="only what is in suspense"),
            OpenApiParameter("statement", int, description="only the lines of this statement"),
            *FILTERS.parameters,
        ],
        responses=LineSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The lines of the accounts one may see, newest first."""
        rows = visible(self.person).order_by("-booked_on", "-id")
        asked = request.query_params
        if asked.get("unexplained", "0").lower() not in ("0", "false", "no"):
            rows = rows.unexplained()
        statement = asked.get("statement", "")
        # A number too long for the column is no statement of ours; it must not reach the database.
        if statement.isdecimal():
            rows = rows.filter(statement=int(statement)) if len(statement) <= 18 else rows.none()
        return self.paged(FILTERS.narrow(rows, request), each(LineSerializer))


class OneBankLine(Endpoint):
    permission = "line.view"

    @extend_schema(responses=OneLineSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One line with what explains it, and what may."""
        line = get_object_or_404(visible(self.person), pk=pk)
        return Response(OneLineSerializer(line).data)


class ByHand(Idempotent):
    """What a person does with a line; a repetition with the same Idempotency-Key does nothing."""

    permission = "line.classify"

    def line(self, pk: int) -> BankLine:
        found: BankLine = get_object_or_404(visible(self.person), pk=pk)
        return found


class Offset(ByHand):
    @extend_schema(request=OffsetInput, responses={201: AllocationSerializer(many=True)})
    def create(self, request: Request, pk: int) -> Response:
        """Explain money that came by the line that sent it back."""
        told = self.read(OffsetInput)
        made = lines.offset(
            came=self.line(pk),
            went=self.line(told["against"]),
            by=self.person,
            at=clock.now(),
            reason=told["reason"],
        )
        return Response(AllocationSerializer(made, many=True).data, status=201)
