"""Payment orders: read them, drop one, take the file, say what the bank did not execute.

Approving one is a second person's decision (/approvals/); drafting one is its owner's endpoint.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, downloads
from backend.core.api import AskedSerializer, Endpoint, Idempotent, Input, MoneyField, each
from backend.core.models import User
from backend.treasury import executions, payment_orders, returned_payments
from backend.treasury.api.bank_lines import ByHand
from backend.treasury.api.shapes import AllocationSerializer
from backend.treasury.models import CreditTransfer, PaymentOrder


class OrderReasonInput(Input):
    reason = serializers.CharField(max_length=300)


class PaymentOrderSerializer(serializers.ModelSerializer[PaymentOrder]):
    """An order, without its file; `transfers` is how many it holds."""

    iban = serializers.CharField(source="bank_account.iban")
    transfers = serializers.IntegerField(source="size")
    total = MoneyField(source="sum")

    class Meta:
        model = PaymentOrder
        fields = (
            "id", "message_id", "title", "subject", "iban", "execute_on", "schema", "state",
            "transfers", "total", "drafted_at", "approved_at", "sha256",
        )  # fmt: skip


class CreditTransferSerializer(serializers.ModelSerializer[CreditTransfer]):
    """A transfer; `outcome` is ordered, executed, returned or ended."""

    amount = MoneyField()
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = CreditTransfer
        fields = ("id", "number", "end_to_end_id", "amount", "name", "iban", "text", "outcome")

    @extend_schema_field(serializers.ChoiceField(list(executions.OUTCOMES)))
    def get_outcome(self, row: CreditTransfer) -> str:
        return str(self.context["outcomes"][row.pk])


class PaymentOrders(Endpoint):
    permission = "payment_order.view"

    @extend_schema(responses=PaymentOrderSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The orders of the accounts one may see, newest first."""
        rows = PaymentOrder.objects.visible_to(self.person).with_sums().order_by("-id")
        return self.paged(rows, each(PaymentOrderSerializer))


class OrderTransfers(Endpoint):
    permission = "payment_order.view"

    @extend_schema(responses=CreditTransferSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The transfers of an order, with what became of each."""
        rows = visible(self.person, pk).transfers.order_by("number")
        return self.paged(rows, shown)


class OrderDrop(Idempotent):
    permission = "payment_order.draft"

    @extend_schema(request=OrderReasonInput, responses=PaymentOrderSerializer)
    def create(self, request: Request, pk: int) -> Response:
        """Give up an order that was refused."""
        order, reason = visible(self.person, pk), self.read(OrderReasonInput)["reason"]
        payment_orders.drop(order=order, by=self.person, at=clock.now(), reason=reason)
        return Response(PaymentOrderSerializer(visible(self.person, pk)).data)


class OrderFile(Endpoint):
    permission = "payment_order.draft"

    @extend_schema(responses={(200, "application/xml"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The file to hand in at the bank, as it was approved."""
        order = visible(self.person, pk)
        content = payment_orders.file_of(order=order, by=self.person, at=clock.now())
        return downloads.xml(name=f"{order.message_id}.xml", content=content)


class GiveUp(Idempotent):
    permission = "payment_order.draft"

    @extend_schema(request=OrderReasonInput, responses={201: AskedSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Ask a second person to confirm that the bank did not execute a transfer."""
        mine = CreditTransfer.objects.visible_to(self.person)
        transfers = mine.select_related("order__bank_account")
        asked = returned_payments.ask_to_give_up(
            transfer=get_object_or_404(transfers, pk=pk),
            by=self.person,
            at=clock.now(),
            reason=self.read(OrderReasonInput)["reason"],
        )
        return Response(AskedSerializer(asked).data, status=201)


class Returned(ByHand):
    @extend_schema(request=OrderReasonInput, responses={201: AllocationSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Say that a line returns the payment whose reference it quotes."""
        made = returned_payments.accept(
            line=self.line(pk),
            by=self.person,
            at=clock.now(),
            reason=self.read(OrderReasonInput)["reason"],
        )
        return Response(AllocationSerializer(made).data, status=201)


def visible(person: User, pk: int) -> PaymentOrder:
    """An order of an account that the person may see; 404 for every other."""
    order: PaymentOrder = get_object_or_404(
        PaymentOrder.objects.visible_to(person).with_sums(), pk=pk
    )
    return order


def shown(rows: list[CreditTransfer]) -> Any:
    """Transfers in JSON with what became of them; two queries however many."""
    context = {"outcomes": executions.outcomes(rows)}
    return CreditTransferSerializer(rows, many=True, context=context).data
