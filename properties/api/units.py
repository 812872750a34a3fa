"""Homes: `units/`, `units/{id}/`."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from properties import units
from properties.api import listing
from properties.models import Unit
from properties.models.unit import DISTRICTS


class NewUnitInput(Input):
    code = serializers.CharField(max_length=40)
    address = serializers.CharField(max_length=200)
    district = serializers.IntegerField(help_text="circoscrizione, 1 to 8")
    quarter = serializers.CharField(max_length=80, required=False, allow_blank=True)
    year_built = serializers.IntegerField(
        min_value=1000, max_value=2200, required=False, allow_null=True
    )
    rooms = serializers.IntegerField(min_value=1, max_value=100)
    area_m2 = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=1)
    source = serializers.ChoiceField(Unit.Source.choices)  # type: ignore[assignment]  # also an argument of Field
    occupancy = serializers.ChoiceField(Unit.Occupancy.choices, default=Unit.Occupancy.FREE)
    energy_class = serializers.ChoiceField(
        [(each, each) for each in Unit.ENERGY_CLASSES], required=False
    )
    cadastral_sheet = serializers.CharField(max_length=10, required=False, allow_blank=True)
    cadastral_parcel = serializers.CharField(max_length=10, required=False, allow_blank=True)
    cadastral_subunit = serializers.CharField(max_length=10, required=False, allow_blank=True)


class UnitSerializer(serializers.ModelSerializer[Unit]):
    address = serializers.CharField(source="building.address")
    district = serializers.IntegerField(source="building.district")
    district_name = serializers.SerializerMethodField()
    quarter = serializers.CharField(source="building.quarter")
    year_built = serializers.IntegerField(source="building.year_built", allow_null=True)
    synthetic = serializers.BooleanField(source="is_synthetic")

    class Meta:
        model = Unit
        fields = (
            "id", "code", "address", "district", "district_name", "quarter", "year_built", "rooms",
            "area_m2", "source", "occupancy", "ownership", "energy_class", "cadastral_sheet",
            "cadastral_parcel", "cadastral_subunit", "synthetic",
        )  # fmt: skip

    def get_district_name(self, unit: Unit) -> str:
        return DISTRICTS[unit.building.district]


class Units(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "unit.edit" if request.method == "POST" else "unit.view"

    @extend_schema(responses=UnitSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The homes one may see, by code."""
        rows = Unit.objects.visible_to(self.person).select_related("building").order_by("code")
        return self.paged(rows, each(UnitSerializer))

    @extend_schema(request=NewUnitInput, responses={201: UnitSerializer})
    def post(self, request: Request) -> Response:
        """Enter a home, with its building if that is new."""
        organisation = listing.organisation_of(self.person)
        new = units.NewUnit(
            organisation=organisation,
            is_synthetic=organisation.is_synthetic,
            **self.read(NewUnitInput),
        )
        unit = units.register(new=new, by=self.person, at=clock.now())
        return Response(UnitSerializer(unit).data, status=201)


class OneUnit(Endpoint):
    permission = "unit.view"

    @extend_schema(responses=UnitSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One home, with its address."""
        rows = Unit.objects.visible_to(self.person).select_related("building")
        return Response(UnitSerializer(listing.one(rows, pk)).data)
