"""Homes: `units/`, `units/{id}/`, and `units/files/` for many at once.

Their keys, certificates and documents are in `papers`.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, tables
from backend.core.api import DayField, Endpoint, Input, MoneyField, each
from backend.core.models import User
from properties import energy, searching, unit_files, units
from properties.api import listing
from properties.models import CadastralKey, Unit
from properties.models.cadastre import TURIN
from properties.models.energy import CLASSES
from properties.models.unit import DISTRICTS
from properties.unit_files import Outcome, Upload


class NewUnitInput(Input):
    code = serializers.CharField(max_length=40)
    address = serializers.CharField(max_length=200)
    district = serializers.IntegerField(help_text="circoscrizione, 1 to 8")
    quarter = serializers.CharField(max_length=80, required=False, allow_blank=True)
    omi_zone = serializers.CharField(max_length=12, required=False, allow_blank=True)
    year_built = serializers.IntegerField(
        min_value=1000, max_value=2200, required=False, allow_null=True
    )
    rooms = serializers.IntegerField(min_value=1, max_value=100)
    area_m2 = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=1)
    source = serializers.ChoiceField(Unit.Source.choices)  # type: ignore[assignment]  # also an argument of Field
    occupancy = serializers.ChoiceField(Unit.Occupancy.choices, default=Unit.Occupancy.FREE)
    energy_class = serializers.ChoiceField(
        [(each, each) for each in CLASSES], required=False, allow_blank=True
    )
    energy_demand = serializers.DecimalField(
        max_digits=7, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    certificate_code = serializers.CharField(max_length=60, required=False, allow_blank=True)
    certificate_issued_on = DayField(required=False, allow_null=True)
    certificate_expires_on = DayField(required=False, allow_null=True)
    cadastral_comune = serializers.CharField(max_length=4, default=TURIN)
    cadastral_section = serializers.CharField(max_length=5, required=False, allow_blank=True)
    cadastral_sheet = serializers.CharField(max_length=10, required=False, allow_blank=True)
    cadastral_parcel = serializers.CharField(max_length=10, required=False, allow_blank=True)
    cadastral_subunit = serializers.CharField(max_length=10, required=False, allow_blank=True)
    cadastral_register = serializers.ChoiceField(CadastralKey.Register.choices, default="F")
    cadastral_category = serializers.CharField(max_length=5, required=False, allow_blank=True)
    cadastral_income = MoneyField(required=False, allow_null=True)
    cadastral_since = DayField(required=False, allow_null=True)


class CadastralKeySerializer(serializers.ModelSerializer[CadastralKey]):
    income = MoneyField(allow_null=True)

    class Meta:
        model = CadastralKey
        fields = (
            "id", "unit", "comune", "section", "sheet", "parcel", "subunit", "register", "category",
            "income", "starts_on", "ends_on",
        )  # fmt: skip


class UnitSerializer(serializers.ModelSerializer[Unit]):
    address = serializers.CharField(source="building.address")
    district = serializers.IntegerField(source="building.district")
    district_name = serializers.SerializerMethodField()
    quarter = serializers.CharField(source="building.quarter")
    omi_zone = serializers.CharField(source="building.omi_zone")
    year_built = serializers.IntegerField(source="building.year_built", allow_null=True)
    energy_class = serializers.SerializerMethodField(help_text="of the newest certificate")
    cadastral_keys = serializers.SerializerMethodField(help_text="those in force")
    synthetic = serializers.BooleanField(source="is_synthetic")

    class Meta:
        model = Unit
        fields = (
            "id", "code", "address", "district", "district_name", "quarter", "omi_zone",
            "year_built", "rooms", "area_m2", "source", "occupancy", "ownership", "energy_class",
            "cadastral_keys", "synthetic",
        )  # fmt: skip

    def get_district_name(self, unit: Unit) -> str:
        return DISTRICTS[unit.building.district]

    def get_energy_class(self, unit: Unit) -> str:
        newest = energy.newest(unit.certificates.all())
        return newest.energy_class if newest else ""

    @extend_schema_field(CadastralKeySerializer(many=True))
    def get_cadastral_keys(self, unit: Unit) -> Any:
        in_force = [key for key in unit.keys.all() if key.ends_on is None]
        return CadastralKeySerializer(in_force, many=True).data


class UnitFileInput(Input):
    file = serializers.FileField(allow_empty_file=True)
    dry_run = serializers.BooleanField(default=False)


class UnitFaultSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    field = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()


class UnitFileSerializer(serializers.Serializer[Outcome]):
    new = serializers.IntegerField()
    same = serializers.IntegerField()
    faults = UnitFaultSerializer(many=True)


def visible(person: User) -> QuerySet[Unit]:
    """The homes one may see, with what a list tells of each."""
    rows = Unit.objects.visible_to(person).select_related("building")
    return rows.prefetch_related("certificates", "keys")


class Units(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "unit.edit" if request.method == "POST" else "unit.view"

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in searching.FIELDS],
        responses=UnitSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The homes one may see, by code; narrowed by words, circoscrizione, source, ownership ..."""
        found = searching.narrow(visible(self.person), searching.wish_of(request.query_params))
        return self.paged(found.order_by("code"), each(UnitSerializer))

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


class UnitFiles(Endpoint):
    permission = "unit.edit"
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    @extend_schema(request={"multipart/form-data": UnitFileInput}, responses=UnitFileSerializer)
    def post(self, request: Request) -> Response:
        """Enter many homes from a file (CSV or XLSX), or with `dry_run` only ask what it would do.

        Safe to repeat without a key: homes that are there as the file tells them stay as they are.
        """
        told = self.read(UnitFileInput)
        file = told["file"]
        if file.size > tables.MAX_BYTES:
            raise tables.TooLarge(_("The file is too large."), max_bytes=tables.MAX_BYTES)
        upload = Upload(listing.organisation_of(self.person), file.read(), file.name or "")
        act = unit_files.look if told["dry_run"] else unit_files.take_in
        outcome = act(upload=upload, by=self.person, at=clock.now())
        return Response(UnitFileSerializer(outcome).data)


class OneUnit(Endpoint):
    permission = "unit.view"

    @extend_schema(responses=UnitSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One home, with its address."""
        return Response(UnitSerializer(listing.one(visible(self.person), pk)).data)
