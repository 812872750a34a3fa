"""`published-reports/`: the reports of quarters and years that anyone may read, as they were frozen."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api import Endpoint, each
from backend.reporting import kept, published
from backend.reporting.published import Report
from investors.models import InvestorReport

KINDS = InvestorReport.Kind.choices
LANGUAGES = [("it", "it"), ("en", "en")]


class PublishedReportSerializer(serializers.Serializer[Report]):
    """Where a report stands: each version of a day keeps its address."""

    issuer = serializers.IntegerField(source="snapshot.organisation_id")
    issuer_name = serializers.CharField(source="snapshot.organisation.name")
    as_of = serializers.DateField(source="snapshot.as_of")
    version = serializers.IntegerField(source="snapshot.version")
    kind = serializers.ChoiceField(KINDS)
    title = serializers.CharField()
    reviewed_by_city = serializers.BooleanField(source="snapshot.is_reviewed_by_city")
    restatement_reason = serializers.CharField(source="snapshot.restatement_reason")
    synthetic = serializers.BooleanField(source="snapshot.organisation.is_synthetic")
    hash = serializers.CharField(source="snapshot.content_hash")


class PublishedContentsSerializer(serializers.Serializer[Any]):
    """What a report says: sentences in one language, money in cents, figures as they may be told."""

    title = serializers.CharField()
    issuer = serializers.CharField()
    as_of = serializers.DateField()
    version = serializers.IntegerField()
    language = serializers.ChoiceField(LANGUAGES)
    synthetic = serializers.BooleanField()
    paragraph = serializers.CharField()
    few = serializers.CharField(help_text="why little is told of people; empty where much is")
    money = serializers.DictField(child=serializers.IntegerField(), help_text="in cents")
    holdings = serializers.ListField(
        child=serializers.DictField(), help_text="offers with their groups of homes"
    )
    worse = serializers.ListField(child=serializers.CharField())
    year = serializers.DictField(allow_null=True, help_text="headings, targets, goals of a year")
    figures = serializers.ListField(child=serializers.DictField())
    not_drawn = serializers.ListField(child=serializers.CharField())
    review = serializers.CharField()
    restates = serializers.CharField(help_text="why it corrects the version before; else empty")
    snapshot_hash = serializers.CharField()
    seal = serializers.CharField()
    k = serializers.IntegerField(help_text="fewer are never told of")


class PublishedReports(Endpoint):
    @extend_schema(responses=PublishedReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Every published report, the newest day first; open to all."""
        rows = [report for _figures, found in published.listed() for report in found]
        return self.paged(rows, each(PublishedReportSerializer))


class PublishedReport(Endpoint):
    @extend_schema(
        parameters=[OpenApiParameter("language", str, enum=["it", "en"])],
        responses=PublishedContentsSerializer,
    )
    def get(
        self, request: Request, issuer: int, as_of: dt.date, version: int, kind: str
    ) -> HttpResponseBase:
        """One published report, in Italian unless English is asked for; open to all. 304 while it stands."""
        found = published.find(issuer=issuer, as_of=as_of, version=version, kind=kind)
        if found is None:
            raise Http404
        language = "en" if request.query_params.get("language") == "en" else "it"
        tag = kept.tag(f"api:{published.known(found)}:{language}")
        same = get_conditional_response(request, etag=tag)
        if same is not None:
            return same
        told = published.contents_of(found, language=language)
        return Response(PublishedContentsSerializer(told).data, headers={"ETag": tag})
