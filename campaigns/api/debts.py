"""What investors owe after a chargeback: each sees their own, staff those of their campaigns."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api import Endpoint, MoneyField
from campaigns import debts
from campaigns.models import Chargeback


class InvestorDebtSerializer(serializers.Serializer[Any]):
    """A debt with its open item: `reference` and `iban` are where a transfer of it goes."""

    id = serializers.IntegerField(source="chargeback.pk")
    pledge = serializers.IntegerField(source="chargeback.payment.pledge_id")
    campaign = serializers.CharField(source="chargeback.payment.pledge.campaign.slug")
    amount = MoneyField(source="chargeback.amount")
    open_amount = MoneyField()
    taken_back_at = serializers.DateTimeField(source="chargeback.withdrawn_at")
    given_back_at = serializers.DateTimeField(source="chargeback.reinstated_at", allow_null=True)
    repaid_at = serializers.DateTimeField(source="chargeback.repaid_at", allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    reference = serializers.CharField(source="item.reference")
    iban = serializers.CharField(source="item.bank_account.iban")


class Debts(Endpoint):
    permission = ""

    @extend_schema(responses=InvestorDebtSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was taken back after the shares were allotted, the newest first."""
        rows = Chargeback.objects.visible_to(self.person).order_by("-withdrawn_at", "-id")
        return self.paged(rows.select_related("payment__pledge__campaign"), _shown)


def _shown(rows: list[Chargeback]) -> Any:
    return InvestorDebtSerializer(debts.of(rows), many=True).data
