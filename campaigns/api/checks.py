"""Checks that others made and we mirror: of an offer's owner, and of its large orders."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Idempotent, IdField, Input, MoneyField, each
from campaigns import checks
from campaigns.api.campaigns import of_staff
from campaigns.models import OrderCheck, OwnerCheck


class OwnerCheckInput(Input):
    checked_by = serializers.CharField(max_length=200)
    checked_on = DayField()
    evidence = serializers.CharField(max_length=300)
    is_consumer = serializers.BooleanField(required=False, allow_null=True)
    has_clean_record = serializers.BooleanField(required=False, allow_null=True)
    is_in_listed_country = serializers.BooleanField(required=False, allow_null=True)
    shareholding_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )
    is_manager = serializers.BooleanField(required=False)
    is_employee = serializers.BooleanField(required=False)
    is_controlled = serializers.BooleanField(required=False)
    exit_years = serializers.IntegerField(min_value=0, max_value=99, required=False)
    publishes_agreements = serializers.BooleanField(required=False, allow_null=True)


class OwnerCheckSerializer(serializers.ModelSerializer[OwnerCheck]):
    class Meta:
        model = OwnerCheck
        exclude = ("campaign", "by_label")


class OrderCheckInput(Input):
    pledges = serializers.ListField(
        child=IdField(), min_length=1, max_length=1000, help_text="orders that were judged alike"
    )
    checked_by = serializers.CharField(max_length=200)
    checked_on = DayField()
    is_appropriate = serializers.BooleanField()
    was_warned = serializers.BooleanField(default=False)


class OrderCheckSerializer(serializers.ModelSerializer[OrderCheck]):
    class Meta:
        model = OrderCheck
        fields = (
            "id", "pledge", "checked_by", "checked_on", "is_appropriate", "was_warned", "recorded_at",
        )  # fmt: skip


class LargeOrderSerializer(serializers.Serializer[Any]):
    """An order that needs a check; `check` is null while there is none."""

    pledge = serializers.IntegerField(source="pledge.pk")
    amount = MoneyField(source="pledge.amount")
    check = OrderCheckSerializer(allow_null=True)


class OwnerChecks(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=OwnerCheckSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What was found about the owner, newest first; the newest counts (R1, R6, R7, I2)."""
        rows = of_staff(self, slug).owner_checks.order_by("-id")
        return self.paged(rows, each(OwnerCheckSerializer))

    @extend_schema(request=OwnerCheckInput, responses={201: OwnerCheckSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Write down a check of the owner."""
        found, campaign = checks.OwnerFinding(**self.read(OwnerCheckInput)), of_staff(self, slug)
        made = checks.record_owner(campaign=campaign, found=found, by=self.person, at=clock.now())
        return Response(OwnerCheckSerializer(made).data, status=201)


class LargeOrders(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=LargeOrderSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The orders that need a check of appropriateness (I5), with their newest one."""
        found = checks.large_orders(of_staff(self, slug))
        return self.paged(found, each(LargeOrderSerializer))

    @extend_schema(request=OrderCheckInput, responses={201: OrderCheckSerializer(many=True)})
    def create(self, request: Request, slug: str) -> Response:
        """Write down whether orders were found appropriate: one check each, judged alike."""
        told = self.read(OrderCheckInput)
        asked = set(told.pop("pledges"))
        found = list(of_staff(self, slug).pledges.filter(pk__in=asked).order_by("pk"))
        if len(found) < len(asked):
            raise Http404
        finding = checks.OrderFinding(**told)
        made = checks.record_orders(pledges=found, found=finding, by=self.person, at=clock.now())
        return Response(OrderCheckSerializer(made, many=True).data, status=201)
