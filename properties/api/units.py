"""Homes: `units/`, `units/{id}/`."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint
from properties import units
from properties.api import listing
from properties.models import Unit
from properties.models.unit import DISTRICTS


class NewUnitSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=40)
    address = serializers.CharField(max_length=200)
    district = serializers.IntegerField(help_text="circoscrizione, 1 to 8")
    quarter = serializers.CharField(max_length=80, required=False, allow_blank=True)
    year_built = serializers.IntegerField(required=False, allow_null=True)
    rooms = serializers.IntegerField(min_value=1)
    area_m2 = serializers.DecimalField(max_digits=7, decimal_places=2)
    source = serializers.ChoiceField(Unit.Source.choices)  # type: ignore[assignment]  # also an argument of Field
    occupancy = serializers.ChoiceField(Unit.Occupancy.choices, default=Unit.Occupancy.FREE)
    energy_class = serializers.ChoiceField(
        [(each, each) for each in Unit.ENERGY_CLASSES], required=False
    )
    cadastral_sheet = serializers.CharField(max_length=10, required=False, allow_blank=True)
    cadastral_parcel = serializers.CharField(max_length=10, required=False, allow_blank=True)
    cadastral_subunit = serializers.CharField(max_length=10, required=False, allow_blank=True)


class UnitSerializer(NewUnitSerializer):
    id = serializers.IntegerField()
    district_name = serializers.CharField()
    ownership = serializers.CharField()
    synthetic = serializers.BooleanField()


def as_json(unit: Unit) -> dict[str, Any]:
    building = unit.building
    return {
        "id": unit.pk,
        "code": unit.code,
        "address": building.address,
        "district": building.district,
        "district_name": DISTRICTS[building.district],
        "quarter": building.quarter,
        "year_built": building.year_built,
        "rooms": unit.rooms,
        "area_m2": str(unit.area_m2),
        "source": unit.source,
        "occupancy": unit.occupancy,
        "ownership": unit.ownership,
        "energy_class": unit.energy_class,
        "cadastral_sheet": unit.cadastral_sheet,
        "cadastral_parcel": unit.cadastral_parcel,
        "cadastral_subunit": unit.cadastral_subunit,
        "synthetic": unit.is_synthetic,
    }


class Units(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "unit.edit" if request.method == "POST" else "unit.view"

    @extend_schema(responses=UnitSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = Unit.objects.visible_to(self.person).select_related("building").order_by("code")
        return listing.page(request, rows, as_json)

    @extend_schema(request=NewUnitSerializer, responses={201: UnitSerializer})
    def post(self, request: Request) -> Response:
        data = NewUnitSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        organisation = listing.organisation_of(self.person)
        new = units.NewUnit(
            organisation=organisation,
            is_synthetic=organisation.is_synthetic,
            **data.validated_data,
        )
        unit = units.register(new=new, by=self.person, at=clock.now())
        return Response(as_json(unit), status=201)


class OneUnit(Endpoint):
    permission = "unit.view"

    @extend_schema(responses=UnitSerializer)
    def get(self, request: Request, pk: int) -> Response:
        rows = Unit.objects.visible_to(self.person).select_related("building")
        return Response(as_json(listing.one(rows, pk)))
