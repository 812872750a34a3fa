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
from backend.reporting import due, issue, reached, report_table
from campaigns.models import Campaign
from investors import reads, reports
from investors.models import InvestorReport
from properties import snapshots
from properties.models import Snapshot

KINDS = InvestorReport.Kind.choices


class KindInput(Input):
    kind = serializers.ChoiceField(KINDS, required=False, default=InvestorReport.Kind.QUARTERLY)


class IssueInput(KindInput):
    snapshot = IdField()


class ProgressSerializer(serializers.Serializer[reached.Progress]):
    due = serializers.IntegerField()
    issued = serializers.IntegerField()
    is_done = serializers.BooleanField()


class DeliverySerializer(serializers.ModelSerializer[InvestorReport]):
    """What became of the mail that told of a report: waiting, sent, or come back with a reason."""

    name = serializers.CharField(source="investor.name")
    email = serializers.CharField(source="investor.email")
    sent_at = serializers.DateTimeField(allow_null=True)
    bounced_at = serializers.DateTimeField(allow_null=True)
    bounce_reason = serializers.CharField(allow_null=True)

    class Meta:
        model = InvestorReport
        fields = (
            "id", "investor", "name", "email", "issued_at", "sent_at", "bounced_at",
            "bounce_reason",
        )  # fmt: skip


class DueReportSerializer(serializers.Serializer[due.DueReport]):
    """A quarter or year that investors are owed a report of; `late_since` is null while it is in time."""

    period = serializers.CharField(source="period.label")
    due_on = serializers.DateField()
    is_told = serializers.BooleanField()
    late_since = serializers.SerializerMethodField()

    def get_late_since(self, row: due.DueReport) -> dt.date | None:
        return row.late_since if row.is_late(clock.today()) else None


class ReportSerializer(serializers.ModelSerializer[InvestorReport]):
    """`replaced_by` is the report that corrects this one; null while this one holds."""

    replaced_by = serializers.PrimaryKeyRelatedField[InvestorReport](
        read_only=True, allow_null=True
    )

    class Meta:
        model = InvestorReport
        fields = (
            "id", "investor", "kind", "period_label", "version", "language", "issued_at",
            "replaces", "replaced_by",
        )  # fmt: skip


class ReportContentsSerializer(ReportSerializer):
    class Meta(ReportSerializer.Meta):
        fields = (*ReportSerializer.Meta.fields, "content_hash", "data")  # type: ignore[assignment]  # two more than its parent


class ReportIssues(Endpoint):
    """Have the reports of a published snapshot made and sent; asking twice makes them once."""

    permission = "report.issue"

    @extend_schema(request=IssueInput, responses={202: ProgressSerializer})
    def post(self, request: Request) -> Response:
        asked = self.read(IssueInput)
        progress = issue.request(
            snapshot=self._snapshot(asked["snapshot"]),
            kind=asked["kind"],
            by=self.person,
            at=clock.now(),
        )
        return Response(ProgressSerializer(progress).data, status=202)

    def _snapshot(self, pk: int) -> Snapshot:
        own = Snapshot.objects.visible_to(self.person)
        return get_object_or_404(own, pk=pk, organisation=self.person.organisation_id)


class ReportIssue(ReportIssues):
    """How far the issue of a snapshot's reports is."""

    http_method_names = ("get", "options")

    @extend_schema(parameters=[KindInput], responses=ProgressSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = issue.progress(self._snapshot(pk), kind_asked(request))
        return Response(ProgressSerializer(found).data)


class ReportDeliveries(ReportIssues):
    """What became of the mail of each report of a snapshot, those that came back among them.

    Names and addresses: that they were shown is written down.
    """

    http_method_names = ("get", "options")

    @extend_schema(parameters=[KindInput], responses=DeliverySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        snapshot = self._snapshot(pk)
        rows = reports.deliveries(snapshots.key_of(snapshot), kind=kind_asked(request))
        answer = self.paged(rows, each(DeliverySerializer))
        people = len(answer.data["results"])
        reads.note_list(
            subject=snapshot, people=people, place="deliveries", by=self.person, at=clock.now()
        )
        return answer


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
        own = InvestorReport.objects.visible_to(self.person).select_related("replaced_by")
        own = own.defer("data", "pdf", "replaced_by__data", "replaced_by__pdf")
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


class ReportCsv(Endpoint):
    """The figures of one report as CSV: a row each, with what opens when somebody asks why."""

    permission = "report.view"

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, pk: int) -> HttpResponse:
        report = get_object_or_404(
            InvestorReport.objects.visible_to(self.person).defer("pdf"), pk=pk
        )
        return HttpResponse(
            report_table.as_csv(report.data), content_type="text/csv; charset=utf-8"
        )


def kind_asked(request: Request) -> str:
    """The kind of report that the query names; quarterly where it names none. 400 for another."""
    asked = KindInput(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return str(asked.validated_data["kind"])
