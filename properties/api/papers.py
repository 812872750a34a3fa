"""What a home's papers say: `units/{id}/keys/` (split, merged), `certificates/`, `documents/`."""

import io
from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, downloads
from backend.core import documents as files
from backend.core.api import DayField, Endpoint, IdField, Input, MoneyField, each
from properties import cadastre, documents, energy
from properties.api import listing
from properties.api.units import CadastralKeySerializer
from properties.models import CadastralKey, EnergyCertificate, HomeDocument, Unit
from properties.models.cadastre import TURIN
from properties.models.energy import CLASSES


class NewCadastralKeyInput(Input):
    unit = IdField(required=False, help_text="another home than that of the address")
    comune = serializers.CharField(max_length=4, default=TURIN)
    section = serializers.CharField(max_length=5, required=False, allow_blank=True)
    sheet = serializers.CharField(max_length=10)
    parcel = serializers.CharField(max_length=10, required=False, allow_blank=True)
    subunit = serializers.CharField(max_length=10, required=False, allow_blank=True)
    register = serializers.ChoiceField(CadastralKey.Register.choices, default="F")
    category = serializers.CharField(max_length=5, required=False, allow_blank=True)
    income = MoneyField(required=False, allow_null=True)


class CadastralChangeInput(Input):
    """Keys that end on a day and those that come in their place: a split, a merger, a new key."""

    on = DayField()
    ended = serializers.ListField(child=IdField(), max_length=50, default=list)
    begun = NewCadastralKeyInput(many=True)


class EnergyCertificateSerializer(serializers.ModelSerializer[EnergyCertificate]):
    class Meta:
        model = EnergyCertificate
        fields = ("id", "energy_class", "demand", "code", "issued_on", "expires_on")


class EnergyCertificateInput(Input):
    energy_class = serializers.ChoiceField([(each, each) for each in CLASSES])
    demand = serializers.DecimalField(
        max_digits=7, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    code = serializers.CharField(max_length=60, required=False, allow_blank=True)
    issued_on = DayField()
    expires_on = DayField()


class HomeDocumentSerializer(serializers.ModelSerializer[HomeDocument]):
    class Meta:
        model = HomeDocument
        fields = (
            "id", "kind", "title", "media_type", "size_bytes", "sha256", "expires_on", "added_at",
            "by_label",
        )  # fmt: skip


class HomeDocumentInput(Input):
    kind = serializers.ChoiceField(HomeDocument.Kind.choices)
    title = serializers.CharField(max_length=200)
    file = serializers.FileField(allow_empty_file=True)
    expires_on = DayField(required=False, allow_null=True)


class _OfUnit(Endpoint):
    """What is read by who sees the home, and changed by who edits it."""

    def permission_for(self, request: Request) -> str:
        return "unit.edit" if request.method == "POST" else "unit.view"

    def unit(self, pk: int) -> Unit:
        return listing.one(Unit.objects.visible_to(self.person), pk)


class UnitKeys(_OfUnit):
    @extend_schema(responses=CadastralKeySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """All keys the home ever had, the newest first."""
        rows = CadastralKey.objects.filter(unit=self.unit(pk)).order_by("-pk")
        return self.paged(rows, each(CadastralKeySerializer))

    @extend_schema(request=CadastralChangeInput, responses={201: CadastralKeySerializer(many=True)})
    def post(self, request: Request, pk: int) -> Response:
        """End keys of one's homes and begin others on the same day."""
        told = self.read(CadastralChangeInput)
        mine = CadastralKey.objects.filter(unit__in=Unit.objects.visible_to(self.person))
        begun = cadastre.replace(
            ended=[listing.one(mine.select_related("unit"), key) for key in told["ended"]],
            begun=[self._begun(pk, one) for one in told["begun"]],
            on=told["on"],
            by=self.person,
            at=clock.now(),
        )
        return Response(CadastralKeySerializer(begun, many=True).data, status=201)

    def _begun(self, pk: int, told: dict[str, Any]) -> tuple[Unit, cadastre.NewKey]:
        unit = self.unit(told.pop("unit", pk))
        return unit, cadastre.NewKey(**told)


class UnitCertificates(_OfUnit):
    @extend_schema(responses=EnergyCertificateSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The energy certificates of a home, the newest first."""
        rows = self.unit(pk).certificates.order_by("-issued_on", "-pk")
        return self.paged(rows, each(EnergyCertificateSerializer))

    @extend_schema(request=EnergyCertificateInput, responses={201: EnergyCertificateSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Keep one more certificate."""
        kept = energy.certify(
            unit=self.unit(pk),
            new=energy.NewCertificate(**self.read(EnergyCertificateInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(EnergyCertificateSerializer(kept).data, status=201)


class UnitDocuments(_OfUnit):
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    @extend_schema(responses=HomeDocumentSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The papers of a home that one may read, the newest first."""
        rows = HomeDocument.objects.visible_to(self.person).filter(unit=self.unit(pk))
        return self.paged(rows.defer("content").order_by("-pk"), each(HomeDocumentSerializer))

    @extend_schema(
        request={"multipart/form-data": HomeDocumentInput}, responses={201: HomeDocumentSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Keep a paper (PDF, PNG, JPEG). The same file sent again is the paper that is there."""
        told = self.read(HomeDocumentInput)
        raw = told.pop("file").read(files.MAX_BYTES + 1)
        kept = documents.keep(
            unit=self.unit(pk),
            new=documents.NewDocument(raw=raw, **told),
            by=self.person,
            at=clock.now(),
        )
        return Response(HomeDocumentSerializer(kept).data, status=201)


class DocumentFile(Endpoint):
    permission = "unit.view"

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> FileResponse:
        """The file of a paper, as it was handed in."""
        found = listing.one(HomeDocument.objects.visible_to(self.person), pk)
        return downloads.file(name=documents.file_name(found), content=io.BytesIO(found.content))
