"""Market rents by zone: `omi/`, `omi/files/`, and what one home would let for (`units/{id}/market-rent/`)."""

import datetime as dt
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, tables
from backend.core.api import Endpoint, Input, MoneyField, each
from properties import omi
from properties.api import listing
from properties.models import OmiQuotation, Unit


class OmiQuotationSerializer(serializers.ModelSerializer[OmiQuotation]):
    """Euro per square metre: of a sale, and of a month's rent; a rent of zero was not told."""

    synthetic = serializers.BooleanField(source="is_synthetic")

    class Meta:
        model = OmiQuotation
        fields = (
            "zone", "name", "link_code", "half_year", "typology", "condition", "sale_min",
            "sale_max", "rent_min", "rent_max", "synthetic",
        )  # fmt: skip


class OmiFileInput(Input):
    file = serializers.FileField(allow_empty_file=True)


class OmiFileSerializer(serializers.Serializer[omi.Outcome]):
    new = serializers.IntegerField()
    same = serializers.IntegerField()


class MarketRentSerializer(serializers.Serializer[Any]):
    """What a home would let for a month; nothing where its zone has no rent that was told."""

    found = serializers.BooleanField()
    zone = serializers.CharField()
    half_year = serializers.CharField()
    low = MoneyField(allow_null=True)
    middle = MoneyField(allow_null=True)
    high = MoneyField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # also an argument of Field


class Quotations(Endpoint):
    permission = "unit.view"

    @extend_schema(responses=OmiQuotationSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The newest quotation of each zone and kind of home."""
        return self.paged(omi.zones(), each(OmiQuotationSerializer))


class QuotationFiles(Endpoint):
    permission = "unit.edit"
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    @extend_schema(request={"multipart/form-data": OmiFileInput}, responses=OmiFileSerializer)
    def post(self, request: Request) -> Response:
        """Keep the quotations of a file (CSV or XLSX), whole or not at all. Safe to repeat."""
        raw = self.read(OmiFileInput)["file"].read(tables.MAX_BYTES + 1)
        outcome = omi.take_in(
            raw=raw,
            organisation=listing.organisation_of(self.person),
            by=self.person,
            at=clock.now(),
        )
        return Response(OmiFileSerializer(outcome).data)


class UnitMarketRent(Endpoint):
    permission = "unit.view"

    @extend_schema(responses=MarketRentSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """What a home would let for on the market today, by its OMI zone."""
        rows = Unit.objects.visible_to(self.person).select_related("building")
        unit = listing.one(rows, pk)
        return Response(MarketRentSerializer(_told(unit, clock.today())).data)


def _told(unit: Unit, on: dt.date) -> dict[str, Any]:
    found = omi.reference(unit, on=on)
    names = ("half_year", "low", "middle", "high", "source")
    told = {name: getattr(found, name) for name in names} if found else _NOTHING
    return {"found": found is not None, "zone": unit.building.omi_zone, **told}


_NOTHING = {"half_year": "", "low": None, "middle": None, "high": None, "source": ""}
