"""The city's dashboard and dossiers: `city/`, `dossiers/`, `dossiers/{id}/`, `dossiers/{id}/pdf/`."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, IdField, Input, each
from properties.api import listing
from properties.city import context, dashboard, dossier_words, dossiers
from properties.models import Dossier, Snapshot


class DossierInput(Input):
    snapshot = IdField()
    protocol = serializers.CharField(max_length=60)
    protocol_on = DayField()


class CityDossierSerializer(serializers.ModelSerializer[Dossier]):
    class Meta:
        model = Dossier
        fields = ("id", "snapshot", "protocol", "protocol_on", "content_hash", "filed_at")


class CityDossierContentsSerializer(CityDossierSerializer):
    """With the frozen contents: suppressed, no row behind a figure."""

    contents = serializers.DictField(source="data")
    restated_by = serializers.SerializerMethodField()

    class Meta(CityDossierSerializer.Meta):
        fields = (*CityDossierSerializer.Meta.fields, "contents", "restated_by")  # type: ignore[assignment]

    def get_restated_by(self, dossier: Dossier) -> int | None:
        """The version of these figures that holds now; null while those that were filed do."""
        newer = dossiers.restated_by(dossier)
        return newer.version if newer else None


class DistrictSerializer(serializers.Serializer[dashboard.District]):
    number = serializers.IntegerField()
    name = serializers.CharField()
    residents = serializers.IntegerField(allow_null=True)
    homes = serializers.IntegerField()
    households = serializers.IntegerField(allow_null=True, help_text="null: not told")


class TrendSerializer(serializers.Serializer[dashboard.Trend]):
    code = serializers.CharField()
    name = serializers.CharField()
    texts = serializers.ListField(child=serializers.CharField())


class AssumptionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    text = serializers.CharField()
    read_in = serializers.CharField(source="source", help_text="the source")
    since = serializers.DateField()


class AvoidedSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    assumptions = AssumptionSerializer(many=True)


class CityPartSerializer(serializers.Serializer[dashboard.OfIssuer]):
    issuer = serializers.CharField(source="issuer.name")
    as_of = serializers.DateField(source="snapshot.as_of")
    days = serializers.ListField(child=serializers.DateField())
    districts = DistrictSerializer(many=True)
    trend = TrendSerializer(many=True)
    avoided = AvoidedSerializer()


class ContextSerializer(serializers.Serializer[context.Figure]):
    code = serializers.CharField()
    name = serializers.CharField()
    value = serializers.IntegerField()
    year = serializers.IntegerField()
    read_in = serializers.CharField(source="source", help_text="the source")


class CityDashboardSerializer(serializers.Serializer[Any]):
    issuers = CityPartSerializer(many=True)
    evictions = ContextSerializer(many=True)


class City(Endpoint):
    permission = "city.view"

    @extend_schema(responses=CityDashboardSerializer)
    def get(self, request: Request) -> Response:
        """Homes and people by circoscrizione, the trend, what was spared, the context."""
        found = {
            "issuers": dashboard.of_city(self.person),
            "evictions": context.evictions(),
        }
        return Response(CityDashboardSerializer(found).data)


class Dossiers(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "snapshot.review" if request.method == "POST" else "city.view"

    @extend_schema(responses=CityDossierSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The dossiers of one's office, the newest first."""
        rows = Dossier.objects.visible_to(self.person).defer("data")
        return self.paged(rows, each(CityDossierSerializer))

    @extend_schema(request=DossierInput, responses={201: CityDossierSerializer})
    def post(self, request: Request) -> Response:
        """File accepted figures; a protocol number is taken once, so a repetition files no second."""
        told = self.read(DossierInput)
        told["snapshot"] = listing.one(Snapshot.objects.visible_to(self.person), told["snapshot"])
        filed = dossiers.file(**told, by=self.person, at=clock.now())
        return Response(CityDossierSerializer(filed).data, status=201)


class OneDossier(Endpoint):
    permission = "city.view"

    @extend_schema(responses=CityDossierContentsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One dossier with its contents."""
        found = listing.one(Dossier.objects.visible_to(self.person), pk)
        return Response(CityDossierContentsSerializer(found).data)


class DossierPdf(Endpoint):
    permission = "city.view"

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """One dossier as a PDF (PDF/A-2a, PDF/UA-1)."""
        found = listing.one(Dossier.objects.visible_to(self.person), pk)
        return HttpResponse(dossier_words.render(found), content_type="application/pdf")
