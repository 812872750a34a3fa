"""Names opened in an emergency: `emergency-openings/`, and what the auditor finds of each (P22)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from properties import glass
from properties.api import listing
from properties.api.households import IdentitySerializer
from properties.models import GlassBreak


class BreakGlassInput(Input):
    code = serializers.CharField(max_length=30, help_text="of the household")
    reason = serializers.CharField(max_length=500, help_text="what the emergency is, in a sentence")


class GlassReviewInput(Input):
    finding = serializers.ChoiceField(GlassBreak.Finding.choices)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class GlassBreakSerializer(serializers.ModelSerializer[GlassBreak]):
    household = serializers.CharField(source="household.code")
    by = serializers.CharField(source="by.__str__")
    reviewed_by = serializers.SerializerMethodField()

    class Meta:
        model = GlassBreak
        fields = (
            "id", "household", "by", "reason", "at", "finding", "note", "reviewed_by",
            "reviewed_at",
        )  # fmt: skip

    def get_reviewed_by(self, opening: GlassBreak) -> str:
        return str(opening.reviewed_by or "")


class GlassBreaks(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "identity.break_glass" if request.method == "POST" else "identity.view"

    @extend_schema(responses=GlassBreakSerializer(many=True))
    def get(self, request: Request) -> Response:
        """All openings for the auditor, one's own for a caseworker; those not reviewed first."""
        return self.paged(glass.openings_for(self.person), each(GlassBreakSerializer))

    @extend_schema(request=BreakGlassInput, responses=IdentitySerializer)
    def post(self, request: Request) -> Response:
        """Open who a colleague's household is, in an emergency; the auditors are told at once."""
        told = self.read(BreakGlassInput)
        who = glass.break_glass(**told, by=self.person, at=clock.now())
        return Response(IdentitySerializer(who).data)


class GlassReview(Endpoint):
    permission = "identity.review_glass"

    @extend_schema(request=GlassReviewInput, responses=GlassBreakSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Say whether an opening was justified, once."""
        told: dict[str, Any] = self.read(GlassReviewInput)
        opening = listing.one(glass.openings_for(self.person), pk)
        done = glass.review(opening=opening, **told, by=self.person, at=clock.now())
        return Response(GlassBreakSerializer(done).data)
