"""The information sheet: the version in force for all; its draft, declaration and publication for staff."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from campaigns import sheets
from campaigns.api.campaigns import of_staff
from campaigns.changes import Change
from campaigns.models import Campaign, InformationSheet
from campaigns.sheets import drafts, papers
from campaigns.sheets.declarations import Declared

PART_LENGTH = 8000


class SheetSerializer(serializers.Serializer[InformationSheet]):
    """One version, with its terms and parts in the reader's language."""

    version = serializers.IntegerField()
    regime = serializers.CharField()
    terms_version = serializers.IntegerField()
    material = serializers.BooleanField(source="is_material")
    change = serializers.CharField()
    published_at = serializers.DateTimeField()
    content_hash = serializers.CharField()
    fixed_words = serializers.SerializerMethodField()
    terms = serializers.SerializerMethodField()
    parts = serializers.SerializerMethodField()
    papers = serializers.SerializerMethodField()

    def get_fixed_words(self, sheet: InformationSheet) -> list[str]:
        return papers.fixed_words(sheet)

    def get_terms(self, sheet: InformationSheet) -> list[dict[str, str]]:
        return [{"term": term, "value": value} for term, value in papers.rows(sheet.facts)]

    def get_parts(self, sheet: InformationSheet) -> list[dict[str, str]]:
        return [
            {"code": part.code, "title": str(part.title), "text": text}
            for part, text in papers.texts(sheet)
        ]

    def get_papers(self, sheet: InformationSheet) -> list[dict[str, Any]]:
        return [dict(row) for row in sheet.papers.values("language", "pages", "sha256")]


class LackSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()


class PointSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    asks = serializers.CharField()


class DraftSerializer(serializers.Serializer[Any]):
    """The version that is being written; `points` is all that it tells, `lacks` what it still needs."""

    version = serializers.IntegerField(allow_null=True)
    parts = serializers.JSONField()
    responsible = serializers.JSONField()
    declared = serializers.BooleanField()
    undeclared = serializers.ListField(child=serializers.CharField())
    points = PointSerializer(many=True)
    lacks = LackSerializer(many=True)


class ResponsibleInput(Input):
    name = serializers.CharField(max_length=200)
    function = serializers.CharField(max_length=200)


class WritingInput(Input):
    parts = serializers.DictField(
        child=serializers.DictField(
            child=serializers.CharField(allow_blank=True, max_length=PART_LENGTH)
        ),
        required=False,
        help_text="text by language (it, en) and point of the sheet, such as B.minimum",
    )
    responsible = ResponsibleInput(many=True, required=False)


class SheetDeclarationInput(Input):
    name = serializers.CharField(max_length=200, help_text="as it stands among the responsible")
    evidence = serializers.CharField(max_length=300, help_text="where the signed paper is")


class SheetChangeInput(Input):
    words = serializers.CharField(allow_blank=True, max_length=1000)
    material = serializers.BooleanField()


class CampaignSheet(Endpoint):
    @extend_schema(responses=SheetSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """The version in force; 404 before one is published."""
        found = sheets.published(_visible(request, slug)).prefetch_related("papers")
        return Response(SheetSerializer(get_object_or_404(found[:1])).data)


class SheetVersions(Endpoint):
    @extend_schema(responses=SheetSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Every version that was ever published, the newest first."""
        found = sheets.published(_visible(request, slug)).prefetch_related("papers")
        return self.paged(found, each(SheetSerializer))


class SheetDraft(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "campaign.view" if request.method == "GET" else "campaign.edit"

    @extend_schema(responses=DraftSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """The draft, and what it lacks."""
        return Response(_draft(of_staff(self, slug)))

    @extend_schema(request=WritingInput, responses=DraftSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        """Write parts and persons; what is not named stays. It must be declared again afterwards."""
        campaign, asked = of_staff(self, slug), self.read(WritingInput)
        writing = drafts.Writing(asked.get("parts", {}), asked.get("responsible"))
        drafts.write(campaign=campaign, writing=writing, by=self.person, at=clock.now())
        return Response(_draft(campaign))


class SheetDeclaration(Endpoint):
    permission = "campaign.edit"

    @extend_schema(request=SheetDeclarationInput, responses=DraftSerializer)
    def post(self, request: Request, slug: str) -> Response:
        """Record that one of those who answer for the draft declares it (ECSPR art. 23(9))."""
        campaign, said = of_staff(self, slug), Declared(**self.read(SheetDeclarationInput))
        drafts.declare(campaign=campaign, said=said, by=self.person, at=clock.now())
        return Response(_draft(campaign))


class SheetPublication(Endpoint):
    permission = "campaign.edit"

    @extend_schema(request=SheetChangeInput, responses={201: SheetSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Put the draft in force; a material change is told to all and opens the right to revoke."""
        asked = self.read(SheetChangeInput)
        change = Change(asked["words"], asked["material"])
        sheet = sheets.publish(
            campaign=of_staff(self, slug), change=change, by=self.person, at=clock.now()
        )
        return Response(SheetSerializer(sheet).data, status=201)


def _visible(request: Request, slug: str) -> Campaign:
    campaign: Campaign = get_object_or_404(Campaign.objects.visible_to(request.user), slug=slug)
    return campaign


def _draft(campaign: Campaign) -> Any:
    sheet = drafts.draft_of(campaign)
    lacks = [{"code": lack.code, "sentence": str(lack.sentence)} for lack in drafts.lacks(campaign)]
    return DraftSerializer(
        {
            "version": sheet.version if sheet else None,
            "parts": sheet.parts if sheet else {},
            "responsible": sheet.responsible if sheet else [],
            "declared": bool(sheet and sheet.declared_at),
            "undeclared": drafts.undeclared(sheet) if sheet else [],
            "points": [point for part in drafts.writable_of(campaign) for point in part.fields],
            "lacks": lacks,
        }
    ).data
