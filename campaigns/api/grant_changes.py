"""What changes a grant after it was agreed: more time, and unspent money that goes back."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Idempotent, Input, MoneyField
from campaigns.api.grants import grant_of
from campaigns.grants import extensions, repayments
from campaigns.models import GrantExtension, GrantRepayment


class ExtensionInput(Input):
    ends_on = DayField()
    pay_until = DayField()
    letter = serializers.CharField(max_length=200, help_text="by which the grantor agreed")


class GrantExtensionSerializer(serializers.ModelSerializer[GrantExtension]):
    class Meta:
        model = GrantExtension
        fields = (
            "id", "grant", "letter", "ends_on_before", "pay_until_before", "ends_on", "pay_until",
            "agreed_at",
        )  # fmt: skip


class RepaymentInput(Input):
    amount = MoneyField()
    iban = serializers.CharField(max_length=42, help_text="of the grantor")
    execute_on = DayField()


class GrantRepaymentSerializer(serializers.ModelSerializer[GrantRepayment]):
    amount = MoneyField()
    reference = serializers.CharField(source="expectation.reference")

    class Meta:
        model = GrantRepayment
        fields = ("id", "grant", "amount", "iban", "reference", "asked_at", "failed_at")


class GrantExtensions(Idempotent):
    permission = "grant.edit"

    @extend_schema(request=ExtensionInput, responses={201: GrantExtensionSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Move a grant's last days on, as the grantor agreed."""
        more = extensions.MoreTime(**self.read(ExtensionInput))
        grant = grant_of(self, pk)
        made = extensions.extend(grant=grant, more=more, by=self.person, at=clock.now())
        return Response(GrantExtensionSerializer(made).data, status=201)


class GrantRepayments(Idempotent):
    permission = "grant.edit"

    @extend_schema(request=RepaymentInput, responses={201: GrantRepaymentSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Order that unspent money goes back to the grantor; a second person approves the order."""
        told = self.read(RepaymentInput)
        made = repayments.repay(grant=grant_of(self, pk), by=self.person, at=clock.now(), **told)
        return Response(GrantRepaymentSerializer(made).data, status=201)
