"""The yearly files for authorities: what each would hold and lacks, the files as CSV, and those made."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, downloads
from backend.core.api import Endpoint, Input, MoneyField, each
from campaigns import regulator
from campaigns.models import RegulatorFile as MadeFile
from campaigns.regulator import Kind


class OverviewSerializer(serializers.Serializer[Any]):
    """A file before it is made; `incomplete` names the campaigns that lack an identifier."""

    kind = serializers.ChoiceField(Kind.choices)
    due_on = serializers.DateField(allow_null=True)
    offers = serializers.IntegerField()
    total = MoneyField()
    incomplete = serializers.SerializerMethodField()

    def get_incomplete(self, found: regulator.Overview) -> list[str]:
        return [campaign.slug for campaign in found.incomplete]


class YearSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    files = OverviewSerializer(many=True)


class MakingInput(Input):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class MadeFileSerializer(serializers.ModelSerializer[MadeFile]):
    """A version of a year's file; `sha256` is the hash of the CSV as it was handed over."""

    total = MoneyField()

    class Meta:
        model = MadeFile
        fields = (
            "id", "kind", "year", "version", "reason", "offers", "total", "sha256", "made_at",
            "by_label",
        )  # fmt: skip


class RegulatorFiles(Endpoint):
    permission = "regulator.file"

    @extend_schema(responses=YearSerializer)
    def get(self, request: Request, year: int) -> Response:
        """What is due for a year, file by file."""
        at = clock.now()
        found = [regulator.overview(kind=kind, year=year, by=self.person, at=at) for kind in Kind]
        return Response(YearSerializer({"year": year, "files": found}).data)


class RegulatorFile(Endpoint):
    permission = "regulator.file"

    @extend_schema(request=MakingInput, responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def post(self, request: Request, year: int, kind: str) -> HttpResponse:
        """Make a file of a year, kept as a version; `reason` says why it differs from the last one of a
        year that is over."""
        named, asked = regulator.named(kind), self.read(MakingInput)
        made = regulator.make(kind=named, year=year, by=self.person, at=clock.now(), **asked)
        return downloads.csv(name=made.name, text=made.text)


class MadeRegulatorFiles(Endpoint):
    permission = "regulator.file"

    @extend_schema(responses=MadeFileSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Every version that was made, the newest first."""
        rows = MadeFile.objects.visible_to(self.person).defer("text")
        return self.paged(rows, each(MadeFileSerializer))


class MadeRegulatorFile(Endpoint):
    permission = "regulator.file"

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """A version to the byte as it was made."""
        made = get_object_or_404(MadeFile.objects.visible_to(self.person), pk=pk)
        return downloads.csv(name=made.name, text=made.text)
