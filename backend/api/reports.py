"""Reports: issue those of a snapshot, follow the issue, read one's own as JSON or PDF."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, IdField, Input, each
from backend.reporting import due, issue
from campaigns.models import Campaign
from investors.models import InvestorReport
from properties.models import Snapshot


class IssueInput(Input):
    snapshot = IdField()


class ProgressSerializer(serializers.Serializer[issue.Progress]):
    due = serializers.IntegerField()
    issued = serializers.IntegerField()
    is_done = serializers.BooleanField()


class DueReportSerializer(serializers.Serializer[due.DueReport]):
    """A quarter that investors are owed a report of; `late_since` is null while it is in time."""

    quarter = serializers.CharField(source="quarter.label")
    due_on = serializers.DateField()
    is_told = serializers.BooleanField()
    late_since = serializers.SerializerMethodField()

    def get_late_since(self, row: due.DueReport) -> dt.date | None:
        return row.late_since if row.is_late(clock.today()) else None


class ReportSerializer(serializers.ModelSerializer[InvestorReport]):
    class Meta:
        model = InvestorReport
        fields = ("id", "investor", "period_label", "version", "language", "issued_at")


class ReportContentsSerializer(ReportSerializer):
    class Meta(ReportSerializer.Meta):
        fields = (*ReportSerializer.Meta.fields, "content_hash", "data")  # type: ignore[assignment]  # two more than its parent


class ReportIssues(Endpoint):
    """Have the reports of a published snapshot made and sent; asking twice makes them once."""

    permission = "report.issue"

    @extend_schema(request=IssueInput, responses={202: ProgressSerializer})
    def post(self, request: Request) -> Response:
        snapshot = self._snapshot(self.read(IssueInput)["snapshot"])
        progress = issue.request(snapshot=snapshot, by=self.person, at=clock.now())
        return Response(ProgressSerializer(progress).data, status=202)

    def _snapshot(self, pk: int) -> Snapshot:
        own = Snapshot.objects.visible_to(self.person)
        return get_object_or_404(own, pk=pk, organisation=self.person.organisation_id)


class ReportIssue(ReportIssues):
    """How far the issue of a snapshot's reports is."""

    http_method_names = ("get", "options")

    @extend_schema(responses=ProgressSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ProgressSerializer(issue.progress(self._snapshot(pk))).data)


class ReportsDue(Endpoint):
    """The reports that the caller's issuer owes its investors, newest first."""

    permission = "report.issue"

    @extend_schema(responses=DueReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        issuer = self.person.organisation
        owed = due.of_issuer(issuer, on=clock.today()) if issuer else []
        return self.paged(owed, each(DueReportSerializer))


class CampaignReportsDue(Endpoint):
    """The reports that the issuer of a campaign owes its investors, told and late ones: for everybody."""

    @extend_schema(responses=DueReportSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        seen = Campaign.objects.visible_to(request.user).select_related("issuer")
        issuer = get_object_or_404(seen, slug=slug).issuer
        owed = due.of_issuer(issuer, on=clock.today())
        return self.paged(owed, each(DueReportSerializer))


class ReportList(Endpoint):
    """The reports that the caller may read, newest first."""

    permission = "report.view"

    @extend_schema(responses=ReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        own = InvestorReport.objects.visible_to(self.person).defer("data", "pdf")
        return self.paged(own.order_by("-issued_at", "-pk"), each(ReportSerializer))


class ReportDetail(Endpoint):
    """One report, as it was frozen."""

    permission = "report.view"

    @extend_schema(responses=ReportContentsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        own = InvestorReport.objects.visible_to(self.person).defer("pdf")
        return Response(ReportContentsSerializer(get_object_or_404(own, pk=pk)).data)


class ReportPdf(Endpoint):
    """One report as a PDF (PDF/A-2a, PDF/UA-1)."""

    permission = "report.view"

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        report = get_object_or_404(InvestorReport.objects.visible_to(self.person), pk=pk)
        return HttpResponse(bytes(report.pdf), content_type="application/pdf")
