"""The yearly files for authorities: what each would hold and lacks, and the files as CSV."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, downloads
from backend.core.api import Endpoint, MoneyField
from campaigns import regulator
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

    @extend_schema(request=None, responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def post(self, request: Request, year: int, kind: str) -> HttpResponse:
        """Make a file of a year; who made which content is written down."""
        made = regulator.make(kind=regulator.named(kind), year=year, by=self.person, at=clock.now())
        return downloads.csv(name=made.name, text=made.text)
