"""Payment orders: read them, drop one, take the file, say what the bank did not execute.

Approving one is a second person's decision (/approvals/); drafting one is its owner's endpoint.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, downloads
from backend.core.api import AskedSerializer, Endpoint, Idempotent, Input, MoneyField, each
from backend.core.filters import Filters
from backend.core.models import User
from backend.treasury import executions, order_reports, payment_orders, returned_payments
from backend.treasury.api.bank_lines import ByHand
from backend.treasury.api.shapes import AllocationSerializer
from backend.treasury.models import CreditTransfer, OrderReport, PaymentOrder, ReportedTransfer


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


class ReportInput(Input):
    file = serializers.FileField(help_text="pain.002")


class ReportedTransferSerializer(serializers.ModelSerializer[ReportedTransfer]):
    end_to_end_id = serializers.CharField(source="transfer.end_to_end_id")
    status = serializers.CharField(help_text="ISO 20022, such as RJCT or ACSC")

    class Meta:
        model = ReportedTransfer
        fields = ("transfer", "end_to_end_id", "status", "reason", "words")


class OrderReportSerializer(serializers.ModelSerializer[OrderReport]):
    """A report, with what it says of transfers by name."""

    status = serializers.CharField(help_text="of the whole order; ISO 20022, or empty")
    transfers = ReportedTransferSerializer(many=True)

    class Meta:
        model = OrderReport
        fields = ("id", "order", "sha256", "status", "received_at", "transfers")


FILTERS = Filters(
    choices=(("state", PaymentOrder.State.values),),
    days=("execute_on", "drafted_at"),
    order=("id", "execute_on", "drafted_at"),
)


class PaymentOrders(Endpoint):
    permission = "payment_order.view"

    @extend_schema(parameters=FILTERS.parameters, responses=PaymentOrderSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The orders of the accounts one may see, newest first."""
        rows = PaymentOrder.objects.visible_to(self.person).with_sums().order_by("-id")
        return self.paged(FILTERS.narrow(rows, request), each(PaymentOrderSerializer))


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


class OrderReports(Endpoint):
    """What the bank reported of an order."""

    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "payment_order.draft" if request.method == "POST" else "payment_order.view"

    @extend_schema(responses=OrderReportSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The reports of an order, newest first."""
        rows = visible(self.person, pk).reports.defer("content").order_by("-id")
        return self.paged(rows, each(OrderReportSerializer))

    @extend_schema(
        request={"multipart/form-data": ReportInput}, responses={201: OrderReportSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Hand in a status report (pain.002); what it rejects another person confirms.

        Safe to repeat without a key: the content of the file is the key.
        """
        order, raw = visible(self.person, pk), self.read(ReportInput)["file"].read()
        made = order_reports.take_in(order=order, raw=raw, by=self.person, at=clock.now())
        return Response(OrderReportSerializer(made).data, status=201)


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
