"""`years/{year}/`: targets and words of a year, what its report still lacks, and its publication.

`campaigns/{slug}/year-reports/` is open to all, as the law wants it.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Idempotent, Input, each
from backend.core.models import Organisation
from campaigns.models import Campaign
from properties import year_reports, years
from properties.api import listing
from properties.models import YearNote


class YearNoteInput(Input):
    heading = serializers.ChoiceField(YearNote.Heading.choices)
    text_it = serializers.CharField(max_length=4000)
    text_en = serializers.CharField(max_length=4000)
    reason = serializers.CharField(
        max_length=300, default="", allow_blank=True, help_text="of a correction of what was told"
    )


class TargetsInput(Input):
    targets = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=2**53, allow_null=True),
        help_text="by code of the figure, in its unit; null gives a target up",
    )


class TargetSerializer(serializers.Serializer[years.Aim]):
    """A target as it stands; the versions before are kept."""

    indicator = serializers.CharField()
    value = serializers.IntegerField(
        allow_null=True, help_text="null: given up after the year began"
    )
    set_on = serializers.DateField()
    is_late = serializers.BooleanField(help_text="set or changed once the year had begun")
    first = serializers.IntegerField(allow_null=True, help_text="aimed at first, if another")
    told_at = serializers.DateTimeField(allow_null=True)


class YearNoteSerializer(serializers.ModelSerializer[YearNote]):
    class Meta:
        model = YearNote
        fields = (
            "heading", "version", "text_it", "text_en", "reason", "written_at", "told_at",
            "reviewed_at", "let_go_at",
        )  # fmt: skip


class YearReportInput(Input):
    added_on = DayField(help_text="when it was added to the accounts")


class YearReportSerializer(serializers.Serializer[year_reports.Told]):
    """A version of the report of a year, with the words that it told."""

    synthetic = serializers.BooleanField(source="report.organisation.is_synthetic")
    year = serializers.IntegerField(source="report.year")
    version = serializers.IntegerField(source="report.version")
    added_on = DayField(source="report.added_on")
    published_at = serializers.DateTimeField(source="report.published_at")
    notes = YearNoteSerializer(many=True)


class ImpactYearSerializer(serializers.Serializer[Any]):
    """What was told (`told_at`) stays as it is."""

    year = serializers.IntegerField()
    notes = YearNoteSerializer(many=True)
    targets = TargetSerializer(many=True)
    missing = serializers.ListField(
        child=serializers.ChoiceField(YearNote.Heading.choices), help_text="owed, and not written"
    )


def shown(organisation: Organisation, year: int) -> dict[str, Any]:
    found = {
        "year": year,
        "notes": years.notes(organisation, year=year),
        "targets": years.targets(organisation, year=year),
        "missing": years.missing(organisation, year=year),
    }
    return dict(ImpactYearSerializer(found).data)


class OneYear(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "snapshot.edit" if request.method == "POST" else "indicator.view"

    @extend_schema(responses=ImpactYearSerializer)
    def get(self, request: Request, year: int) -> Response:
        """Targets and words of a year of one's issuer."""
        return Response(shown(listing.organisation_of(self.person), year))

    @extend_schema(request=YearNoteInput, responses=ImpactYearSerializer)
    def post(self, request: Request, year: int) -> Response:
        """Write what stands under one heading. Safe to repeat: the last writing stands."""
        organisation = listing.organisation_of(self.person)
        words = years.Words(**self.read(YearNoteInput))
        years.write(
            organisation=organisation, year=year, words=words, by=self.person, at=clock.now()
        )
        return Response(shown(organisation, year))


class YearTargets(Endpoint):
    permission = "snapshot.edit"

    @extend_schema(request=TargetsInput, responses=ImpactYearSerializer)
    def post(self, request: Request, year: int) -> Response:
        """Set targets until the year ends; those not named stay. Safe to repeat."""
        organisation = listing.organisation_of(self.person)
        aimed = self.read(TargetsInput)["targets"]
        years.aim(
            organisation=organisation, year=year, targets=aimed, by=self.person, at=clock.now()
        )
        return Response(shown(organisation, year))


class PublishYear(Idempotent):
    permission = "snapshot.edit"

    @extend_schema(request=YearReportInput, responses={201: ImpactYearSerializer})
    def create(self, request: Request, year: int) -> Response:
        """Publish the report of a year as it went to the accounts, or the next version of it."""
        organisation = listing.organisation_of(self.person)
        year_reports.publish(
            issuer=organisation,
            year=year,
            by=self.person,
            at=clock.now(),
            **self.read(YearReportInput),
        )
        return Response(shown(organisation, year), status=201)


class YearReports(Endpoint):
    permission = None

    @extend_schema(responses=YearReportSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The reports in the issuer's accounts, open to all: the last version of each year (I13)."""
        campaign = get_object_or_404(Campaign.objects.visible_to(self.request.user), slug=slug)
        return self.paged(year_reports.in_force(campaign.issuer), each(YearReportSerializer))
