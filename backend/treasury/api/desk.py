"""What people say of a line: what it is, whole or in parts; what is written off; and going back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import approvals, clock
from backend.core.api import Idempotent, IdField, Input, MoneyField
from backend.core.errors import Refused
from backend.core.models import User
from backend.ledger.models import Fund, Purpose
from backend.treasury.api.bank_lines import ByHand
from backend.treasury.api.shapes import AllocationSerializer
from backend.treasury.desk import acts
from backend.treasury.desk.acts import Share
from backend.treasury.models import DeskAct, DeskPart, Expectation

MOST_PARTS = 50


class NoSuchFund(Refused):
    code = "fund.unknown"


class NoSuchExpectation(Refused):
    code = "expectation.unknown"


class ClassifyInput(Input):
    fund = serializers.CharField(help_text="code of a fund of your organisation")
    purpose = serializers.ChoiceField(Purpose.choices, required=False, allow_blank=True)
    payer = serializers.CharField(required=False, allow_blank=True, max_length=200)
    amount = MoneyField(
        any_currency=True, required=False, allow_null=True, help_text="what is left, unless given"
    )
    reason = serializers.CharField(max_length=300)


class AcceptInput(Input):
    expectation = IdField()
    amount = MoneyField(
        any_currency=True, required=False, allow_null=True, help_text="what fits, unless given"
    )
    reason = serializers.CharField(max_length=300)


class PartInput(Input):
    """A part of a line: an expectation that it met, or a fund with a purpose or a payer."""

    amount = MoneyField(any_currency=True)
    expectation = IdField(required=False, allow_null=True)
    fund = serializers.CharField(required=False, allow_blank=True)
    purpose = serializers.ChoiceField(Purpose.choices, required=False, allow_blank=True)
    payer = serializers.CharField(required=False, allow_blank=True, max_length=200)


class SplitInput(Input):
    parts = serializers.ListField(child=PartInput(), min_length=1, max_length=MOST_PARTS)
    reason = serializers.CharField(max_length=300)


class WriteOffInput(Input):
    fund = serializers.CharField(help_text="code of the fund that bears or keeps it")
    reason = serializers.CharField(max_length=300)


class TakeBackInput(Input):
    allocation = IdField()
    reason = serializers.CharField(max_length=300)


class UndoInput(Input):
    reason = serializers.CharField(max_length=300)


class DeskPartSerializer(serializers.ModelSerializer[DeskPart]):
    amount = MoneyField(any_currency=True)
    fund = serializers.CharField(source="fund.code", allow_null=True, default=None)
    allocation = AllocationSerializer(allow_null=True, help_text="what was booked of it")

    class Meta:
        model = DeskPart
        fields = ("amount", "expectation", "fund", "purpose", "payer", "allocation")


class DeskActSerializer(serializers.ModelSerializer[DeskAct]):
    """An act of the desk; `approval` is the request that waits for another person, if one does."""

    amount = MoneyField(any_currency=True)
    by = serializers.CharField(source="by_label")
    approval = serializers.SerializerMethodField()
    parts = DeskPartSerializer(many=True)

    class Meta:
        model = DeskAct
        fields = (
            "id", "kind", "state", "line", "expectation", "amount", "reason", "asked_at", "by",
            "approval", "parts",
        )  # fmt: skip

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_approval(self, row: DeskAct) -> int | None:
        action = acts.DO if row.state == DeskAct.State.ASKED else acts.UNDO
        waiting = approvals.waiting(action=action, subject=row)
        return waiting.pk if waiting else None


class Classify(ByHand):
    @extend_schema(request=ClassifyInput, responses={201: DeskActSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Explain a line with a fund, and either a purpose or whose money it is."""
        told = self.read(ClassifyInput)
        reason = told.pop("reason")
        return self.explained(pk, [share_of(self.person, told)], reason)

    def explained(self, pk: int, shares: list[Share], reason: str) -> Response:
        """Above a limit the act waits for another person, and its state says so."""
        act = acts.explain(
            line=self.line(pk), shares=shares, by=self.person, at=clock.now(), reason=reason
        )
        return Response(DeskActSerializer(act).data, status=201)


class Accept(Classify):
    @extend_schema(request=AcceptInput, responses={201: DeskActSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Book a line to an expectation that a person recognised."""
        told = self.read(AcceptInput)
        expected = Expectation.objects.visible_to(self.person)
        share = Share(told.get("amount"), get_object_or_404(expected, pk=told["expectation"]))
        return self.explained(pk, [share], told["reason"])


class Split(Classify):
    @extend_schema(request=SplitInput, responses={201: DeskActSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Explain a line in parts: several expectations, funds and purposes; all or none."""
        told = self.read(SplitInput)
        return self.explained(
            pk, [share_of(self.person, part) for part in told["parts"]], told["reason"]
        )


class WriteOff(ByHand):
    @extend_schema(request=WriteOffInput, responses={201: DeskActSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Let a fund bear or keep what is left of a line, within a limit."""
        told = self.read(WriteOffInput)
        act = acts.write_off(
            line=self.line(pk),
            fund=fund_of(self.person, told["fund"]),
            by=self.person,
            at=clock.now(),
            reason=told["reason"],
        )
        return Response(DeskActSerializer(act).data, status=201)


class TakeBack(ByHand):
    @extend_schema(request=TakeBackInput, responses={201: AllocationSerializer(many=True)})
    def create(self, request: Request, pk: int) -> Response:
        """Undo what explained a part of a line; the answer is what the line is explained by now."""
        told = self.read(TakeBackInput)
        parts = self.line(pk).allocations.select_related("entry", "line__account", "expectation")
        acts.take_back(
            allocation=get_object_or_404(parts, pk=told["allocation"]),
            by=self.person,
            at=clock.now(),
            reason=told["reason"],
        )
        return Response(AllocationSerializer(parts.order_by("id"), many=True).data, status=201)


class UndoAct(Idempotent):
    permission = "line.classify"

    @extend_schema(request=UndoInput, responses={201: DeskActSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Undo an act by counter-entries; what two people did waits for another person."""
        mine = DeskAct.objects.visible_to(self.person)
        act = acts.undo(
            act=get_object_or_404(mine, pk=pk),
            by=self.person,
            at=clock.now(),
            reason=self.read(UndoInput)["reason"],
        )
        return Response(DeskActSerializer(act).data, status=201)


def share_of(person: User, told: dict[str, Any]) -> Share:
    """A part as it was sent, with rows of the person's organisation."""
    return Share(
        amount=told.get("amount"),
        expectation=_expectation_of(person, told.get("expectation")),
        fund=fund_of(person, told["fund"]) if told.get("fund") else None,
        purpose=told.get("purpose", ""),
        payer=told.get("payer", ""),
    )


def fund_of(person: User, code: str) -> Fund:
    """A fund of the person's organisation by its code."""
    found = Fund.objects.filter(organisation=person.organisation_id, code=code).first()
    if found is None:
        raise NoSuchFund(_("Your organisation has no fund with this code."), field="fund")
    return found


def _expectation_of(person: User, pk: int | None) -> Expectation | None:
    if pk is None:
        return None
    found: Expectation | None = Expectation.objects.visible_to(person).filter(pk=pk).first()
    if found is None:
        raise NoSuchExpectation(_("Nothing of this number is expected."), field="expectation")
    return found
