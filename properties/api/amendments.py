"""What was put right of a lease or an outcome: `tenancies/{id}/amendments/`, `outcomes/{id}/amendments/`."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input, MoneyField, each
from properties import amendments
from properties.api import listing
from properties.models import Amendment, Household, HousingOutcome, OutcomeCode, Tenancy


class LeaseAmendmentInput(Input):
    """Only what is told is put right; a tenancy without an end goes on after all."""

    reason = serializers.CharField(max_length=300)
    starts_on = DayField(required=False)
    ends_on = DayField(required=False, allow_null=True)
    rent = MoneyField(required=False)
    charges_monthly = MoneyField(required=False)


class OutcomeAmendmentInput(Input):
    reason = serializers.CharField(max_length=300)
    code = serializers.ChoiceField(OutcomeCode.choices, required=False)
    on = DayField(required=False)
    is_care = serializers.BooleanField(required=False)


class AmendmentSerializer(serializers.ModelSerializer[Amendment]):
    before = serializers.DictField(child=serializers.CharField())
    after = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Amendment
        fields = ("id", "at", "by_label", "reason", "before", "after")


class TenancyAmendments(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "tenancy.edit" if request.method == "POST" else "tenancy.view"

    @extend_schema(responses=AmendmentSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What was put right of a lease, the newest first."""
        lease = listing.one(Tenancy.objects.visible_to(self.person), pk)
        return self.paged(lease.amendments.order_by("-pk"), each(AmendmentSerializer))

    @extend_schema(request=LeaseAmendmentInput, responses={201: AmendmentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Put right days and rent of a lease; what stood before is kept, months not paid follow."""
        lease = listing.one(Tenancy.objects.visible_to(self.person), pk)
        told: dict[str, Any] = self.read(LeaseAmendmentInput)
        reason, by, at = told.pop("reason"), self.person, clock.now()
        done = amendments.amend_lease(tenancy=lease, told=told, reason=reason, by=by, at=at)
        return Response(AmendmentSerializer(done).data, status=201)


class OutcomeAmendments(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "household.edit" if request.method == "POST" else "household.view"

    @extend_schema(responses=AmendmentSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What was put right of an outcome, the newest first."""
        return self.paged(self.outcome(pk).amendments.order_by("-pk"), each(AmendmentSerializer))

    @extend_schema(request=OutcomeAmendmentInput, responses={201: AmendmentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Put right where a household lived as of which day; what stood before is kept."""
        told: dict[str, Any] = self.read(OutcomeAmendmentInput)
        reason, by, at = told.pop("reason"), self.person, clock.now()
        outcome = self.outcome(pk)
        done = amendments.amend_outcome(outcome=outcome, told=told, reason=reason, by=by, at=at)
        return Response(AmendmentSerializer(done).data, status=201)

    def outcome(self, pk: int) -> HousingOutcome:
        mine = Household.objects.visible_to(self.person)
        return listing.one(HousingOutcome.objects.filter(household__in=mine), pk)
