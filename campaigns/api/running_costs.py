"""Invoices with their papers, running costs of grants and of own money, and own money itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, documents, downloads
from backend.core.api import (
    DayField,
    Endpoint,
    Idempotent,
    IdField,
    Input,
    MoneyField,
    each,
)
from backend.core.money import euro
from backend.ledger.models import Fund, Purpose
from backend.treasury.models import BankAccount, PaymentOrder
from campaigns import own_money
from campaigns.api.grants import grant_of, organisation_of
from campaigns.grants import costs, invoices
from campaigns.models import Invoice, RunningCost


class InvoiceInput(Input):
    supplier = serializers.CharField(max_length=200)
    supplier_tax_code = serializers.CharField(max_length=20)
    supplier_iban = serializers.CharField(
        max_length=42, required=False, allow_blank=True, default=""
    )
    number = serializers.CharField(max_length=60)
    issued_on = DayField()
    total = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, help_text="euro, as on the paper"
    )
    paper = serializers.FileField(allow_empty_file=True)


class InvoiceSerializer(serializers.ModelSerializer[Invoice]):
    total = MoneyField()

    class Meta:
        model = Invoice
        fields = (
            "id", "supplier", "supplier_tax_code", "supplier_iban", "number", "issued_on", "total",
            "sha256", "recorded_at",
        )  # fmt: skip


class RunningCostInput(Input):
    invoice = IdField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    amount = MoneyField()
    incurred_on = DayField()
    due_on = DayField()
    bank_account = IdField()
    grant = IdField(required=False, allow_null=True)
    fund = serializers.CharField(
        required=False, allow_blank=True, help_text="code of a fund of own money; else the grant's"
    )


class RunningCostSerializer(serializers.ModelSerializer[RunningCost]):
    amount = MoneyField()
    reference = serializers.CharField(source="expectation.reference")

    class Meta:
        model = RunningCost
        fields = (
            "id", "invoice", "grant", "purpose", "amount", "incurred_on", "due_on", "reference",
            "cancelled_at",
        )  # fmt: skip


class CancelInput(Input):
    reason = serializers.CharField(max_length=300)


class OwedSerializer(serializers.Serializer[own_money.Owes]):
    campaign = serializers.CharField(source="campaign.slug")
    amount = MoneyField()


class OwnSpentSerializer(serializers.Serializer[Any]):
    what_for = serializers.CharField(source="label")
    amount = MoneyField()


class OwnMoneySerializer(serializers.Serializer[Any]):
    """Own money now: on banks, owed to raised capital, spent."""

    cash = MoneyField()
    owed = MoneyField()
    owes = OwedSerializer(many=True)
    spent = OwnSpentSerializer(many=True)


class CostOrderInput(Input):
    execute_on = DayField(help_text="the day on which the bank shall execute it")


class CostOrderSerializer(serializers.ModelSerializer[PaymentOrder]):
    """An order that waits for a second person; more of it at /payment-orders/."""

    transfers = serializers.IntegerField(source="transfers.count")

    class Meta:
        model = PaymentOrder
        fields = ("id", "message_id", "state", "execute_on", "transfers")


class Invoices(Endpoint):
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "grant.edit" if request.method == "POST" else "grant.view"

    @extend_schema(responses=InvoiceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The invoices of one's organisation, newest first."""
        rows = (
            Invoice.objects.visible_to(self.person).defer("content").order_by("-issued_on", "-id")
        )
        return self.paged(rows, each(InvoiceSerializer))

    @extend_schema(
        request={"multipart/form-data": InvoiceInput}, responses={201: InvoiceSerializer}
    )
    def post(self, request: Request) -> Response:
        """Keep an invoice with its paper. Safe to repeat: the same paper is the one that is there."""
        told = self.read(InvoiceInput)
        raw = told.pop("paper").read(documents.MAX_BYTES + 1)
        told["total"] = euro(told["total"])
        new = invoices.NewInvoice(organisation=organisation_of(self), raw=raw, **told)
        made = invoices.record(new=new, by=self.person, at=clock.now())
        return Response(InvoiceSerializer(made).data, status=201)


class InvoicePaper(Endpoint):
    permission = "grant.view"

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The paper of an invoice."""
        found: Invoice = get_object_or_404(Invoice.objects.visible_to(self.person), pk=pk)
        name = f"invoice-{found.pk}.{documents.SUFFIXES[found.media_type]}"
        return downloads.paper(name=name, content=bytes(found.content), media_type=found.media_type)


class RunningCosts(Idempotent):
    permission = "grant.edit"

    @extend_schema(request=RunningCostInput, responses={201: RunningCostSerializer})
    def create(self, request: Request) -> Response:
        """Charge an invoice, or a part of it, to a grant or to own money."""
        told = self.read(RunningCostInput)
        grant, fund = told.pop("grant", None), told.pop("fund", "")
        accounts = BankAccount.objects.visible_to(self.person)
        new = costs.NewCost(
            **told
            | {
                "invoice": get_object_or_404(
                    Invoice.objects.visible_to(self.person), pk=told["invoice"]
                ),
                "bank_account": get_object_or_404(accounts, pk=told["bank_account"]),
            },
            grant=grant_of(self, grant) if grant else None,
            fund=own_fund(self, fund) if fund else None,
        )
        cost = costs.charge(new=new, by=self.person, at=clock.now())
        return Response(RunningCostSerializer(cost).data, status=201)


class RunningCostCancel(Idempotent):
    permission = "grant.edit"

    @extend_schema(request=CancelInput, responses=RunningCostSerializer)
    def create(self, request: Request, pk: int) -> Response:
        """Take back a cost that was neither paid nor ordered."""
        cost: RunningCost = get_object_or_404(RunningCost.objects.visible_to(self.person), pk=pk)
        reason = self.read(CancelInput)["reason"]
        ended = costs.cancel(cost=cost, by=self.person, at=clock.now(), reason=reason)
        return Response(RunningCostSerializer(ended).data)


class OwnMoney(Endpoint):
    permission = "grant.view"

    @extend_schema(responses=OwnMoneySerializer)
    def get(self, request: Request) -> Response:
        """What own money has, owes to raised capital, and was spent for."""
        return Response(OwnMoneySerializer(own_money.standing(organisation_of(self))).data)


class CostOrders(Idempotent):
    permission = "payment_order.draft"

    @extend_schema(request=CostOrderInput, responses={201: CostOrderSerializer})
    def create(self, request: Request) -> Response:
        """Order the payment of what is due and has an IBAN, once a second person approves."""
        made = costs.order(
            costs=costs.unordered(organisation_of(self)),
            execute_on=self.read(CostOrderInput)["execute_on"],
            by=self.person,
            at=clock.now(),
        )
        return Response(CostOrderSerializer(made).data, status=201)


def own_fund(view: Endpoint, code: str) -> Fund:
    own = Fund.objects.filter(organisation=view.person.organisation_id, is_restricted=False)
    return get_object_or_404(own, code=code)
