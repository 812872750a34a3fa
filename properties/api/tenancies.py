"""Tenancies: `tenancies/` (a free home is let, an occupied one kept), their end, the rents."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Idempotent, MoneyField, money_json
from properties import lettings, rents
from properties.api import listing
from properties.models import Household, RentCharge, Tenancy, Unit


class NewTenancySerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField()
    household = serializers.IntegerField()
    track = serializers.ChoiceField(Tenancy.Track.choices)
    contract_no = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(Tenancy.Kind.choices)
    rent = MoneyField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class EndSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    reason = serializers.CharField(max_length=80)


class MonthSerializer(serializers.Serializer[Any]):
    month = serializers.DateField(help_text="any day of the month")


def as_json(tenancy: Tenancy) -> dict[str, Any]:
    return {
        "id": tenancy.pk,
        "unit": tenancy.unit_id,
        "household": tenancy.household_id,
        "contract_no": tenancy.contract_no,
        "track": tenancy.track,
        "kind": tenancy.kind,
        "rent": money_json(tenancy.rent),
        "starts_on": tenancy.starts_on,
        "ends_on": tenancy.ends_on,
    }


def charge_json(charge: RentCharge) -> dict[str, Any]:
    """A month's rent with the reference that the tenant writes on the transfer."""
    return {
        "id": charge.pk,
        "tenancy": charge.tenancy_id,
        "contract_no": charge.tenancy.contract_no,
        "month": charge.month,
        "amount": money_json(charge.expectation.amount),
        "reference": charge.expectation.reference,
        "iban": charge.expectation.bank_account.iban,
    }


class Tenancies(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "tenancy.edit" if request.method == "POST" else "tenancy.view"

    def get(self, request: Request) -> Response:
        rows = Tenancy.objects.visible_to(self.person).order_by("-starts_on", "pk")
        return listing.page(request, rows, as_json)

    @extend_schema(request=NewTenancySerializer)
    def post(self, request: Request) -> Response:
        data = NewTenancySerializer(data=request.data)
        data.is_valid(raise_exception=True)
        valid = dict(data.validated_data)
        track = valid.pop("track")
        unit = listing.one(Unit.objects.visible_to(self.person), valid.pop("unit"))
        household = listing.one(Household.objects.visible_to(self.person), valid.pop("household"))
        begin = lettings.keep if track == Tenancy.Track.OCCUPIED else lettings.let
        new = lettings.NewTenancy(unit=unit, household=household, **valid)
        return Response(as_json(begin(new=new, by=self.person, at=clock.now())), status=201)


class End(Endpoint):
    permission = "tenancy.edit"

    @extend_schema(request=EndSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = EndSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        tenancy = lettings.end(
            tenancy=listing.one(Tenancy.objects.visible_to(self.person), pk),
            **data.validated_data,
            by=self.person,
            at=clock.now(),
        )
        return Response(as_json(tenancy))


class RentCharges(Idempotent):
    """Expect the rents of a month; the answer lists all of that month."""

    permission = "rent.charge"

    @extend_schema(request=MonthSerializer)
    def post(self, request: Request) -> Response:
        return super().post(request)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        data = MonthSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        organisation = listing.organisation_of(self.person)
        month = data.validated_data["month"].replace(day=1)
        rents.charge_month(organisation=organisation, month=month, at=clock.now())
        charges = RentCharge.objects.filter(
            tenancy__unit__organisation=organisation, month=month
        ).select_related("tenancy", "expectation__bank_account")
        return Response([charge_json(charge) for charge in charges.order_by("pk")], status=201)
