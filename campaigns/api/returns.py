"""Money that goes back by bank: how far it is, order it, send it again, and to which account.

The orders themselves, their file and their transfers are treasury's (/payment-orders/).
"""

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
    AskedSerializer,
    DayField,
    Endpoint,
    Idempotent,
    Input,
    MoneyField,
    each,
)
from backend.treasury.models import PaymentOrder
from campaigns import refunds
from campaigns.api.campaigns import of_staff
from campaigns.models import Pledge, Refund, ReturnAccount
from campaigns.returns import accounts, orders, progress
from investors import reads


class RefundStageSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField(list(progress.STAGES))
    words = serializers.CharField(source="label")
    count = serializers.IntegerField()
    sum = MoneyField()


class ReturnProgressSerializer(serializers.Serializer[progress.Progress]):
    """All that must go back of a campaign, and where it is."""

    owed = MoneyField()
    returned = MoneyField()
    stages = serializers.SerializerMethodField()

    def get_stages(self, found: progress.Progress) -> list[dict[str, Any]]:
        return list(RefundStageSerializer(list(found.stages.values()), many=True).data)


class RefundOrderInput(Input):
    execute_on = DayField(help_text="the day on which the bank shall execute it")
    schema = serializers.ChoiceField(
        choices=PaymentOrder.Schema.choices, default=PaymentOrder.Schema.V09
    )


class RefundOrderSerializer(serializers.ModelSerializer[PaymentOrder]):
    """An order that waits for a second person; more of it at /payment-orders/."""

    transfers = serializers.IntegerField(source="transfers.count")

    class Meta:
        model = PaymentOrder
        fields = ("id", "message_id", "state", "execute_on", "schema", "transfers")


class BankRefundSerializer(serializers.ModelSerializer[Refund]):
    amount = MoneyField()

    class Meta:
        model = Refund
        fields = ("id", "amount", "reason", "reference", "requested_at", "returned_at", "failed_at")


class ReturnAccountSerializer(serializers.ModelSerializer[ReturnAccount]):
    by = serializers.CharField(source="told_by_label")

    class Meta:
        model = ReturnAccount
        fields = ("id", "iban", "holder", "sha256", "told_at", "by", "checked_at", "confirmed_at")


class ReturnAccountInput(Input):
    iban = serializers.CharField(max_length=42)
    holder = serializers.CharField(max_length=70)
    paper = serializers.FileField(
        allow_empty_file=True, help_text="PDF or picture that shows whose account it is"
    )


class EvidenceInput(Input):
    evidence = serializers.CharField(max_length=300)


class CampaignRefunds(Endpoint):
    permission = "payment_order.view"

    @extend_schema(responses=ReturnProgressSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """How far the return of a campaign's money is."""
        return Response(ReturnProgressSerializer(progress.of(of_staff(self, slug))).data)


class RefundOrders(Idempotent):
    permission = "payment_order.draft"

    @extend_schema(request=RefundOrderInput, responses={201: RefundOrderSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Order what waits at the bank, once a second person approves."""
        told = self.read(RefundOrderInput)
        campaign = of_staff(self, slug)
        made = orders.draft(campaign=campaign, by=self.person, at=clock.now(), **told)
        return Response(RefundOrderSerializer(made).data, status=201)


class RefundAgain(Idempotent):
    permission = "payment_order.draft"

    @extend_schema(request=None, responses={201: BankRefundSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Owe a refund that failed anew: the next order holds it."""
        rows = Refund.objects.filter(payment__pledge__in=Pledge.objects.visible_to(self.person))
        refund: Refund = get_object_or_404(rows.select_related("payment__pledge"), pk=pk)
        made = refunds.ask_again(refund=refund, by=self.person, at=clock.now())
        return Response(BankRefundSerializer(made).data, status=201)


class ReturnAccounts(Endpoint):
    """The accounts told for a pledge: by its investor, or by staff for them."""

    permission = ""
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    @extend_schema(responses=ReturnAccountSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        seen = Pledge.objects.visible_to(self.person).select_related("investor")
        pledge = get_object_or_404(seen, pk=pk)
        rows = ReturnAccount.objects.filter(pledge=pledge).order_by("-id")
        if rows:
            who, at = [pledge.investor], clock.now()
            reads.note(investors=who, place=accounts.PLACE, by=self.person, at=at)
        return self.paged(rows, each(ReturnAccountSerializer))

    @extend_schema(
        request={"multipart/form-data": ReturnAccountInput},
        responses={201: ReturnAccountSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Tell an account. Safe to repeat: the same account and paper is the row that waits."""
        pledge = get_object_or_404(accounts.tellable(self.person), pk=pk)
        asked = self.read(ReturnAccountInput)
        raw = asked["paper"].read(documents.MAX_BYTES + 1)
        told = accounts.Told(asked["iban"], asked["holder"], raw)
        made = accounts.tell(pledge=pledge, told=told, by=self.person, at=clock.now())
        return Response(ReturnAccountSerializer(made).data, status=201)


class ReturnAccountCheck(Idempotent):
    permission = "return_account.check"

    @extend_schema(request=EvidenceInput, responses={202: AskedSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Say how an account was checked, and ask a second person to confirm it."""
        account = get_object_or_404(ReturnAccount.objects.visible_to(self.person), pk=pk)
        evidence = self.read(EvidenceInput)["evidence"]
        asked = accounts.check(account=account, evidence=evidence, by=self.person, at=clock.now())
        return Response(AskedSerializer(asked).data, status=202)


class ReturnAccountPaper(Endpoint):
    permission = "return_account.check"

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The paper that was handed in with an account."""
        account = get_object_or_404(ReturnAccount.objects.visible_to(self.person), pk=pk)
        accounts.note_shown(account=account, by=self.person, at=clock.now())
        name = f"account-{account.pk}.{documents.SUFFIXES[account.media_type]}"
        return downloads.paper(
            name=name, content=bytes(account.content), media_type=account.media_type
        )
