"""What the card provider reported and nothing of ours explains: list it, close it with words."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from campaigns import findings
from campaigns.models import ProviderFinding


class FindingSerializer(serializers.ModelSerializer[ProviderFinding]):
    class Meta:
        model = ProviderFinding
        fields = ("id", "kind", "told", "pledge", "opened_at", "resolved_at", "resolution")


class ResolutionInput(Input):
    resolution = serializers.CharField(max_length=2000)


class FindingList(Endpoint):
    """What the card provider reported and nothing of ours explains: open ones first, oldest first."""

    permission = "finding.resolve"

    @extend_schema(responses=FindingSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = findings.visible_to(self.person).order_by("resolved_at", "opened_at", "id")
        return self.paged(found, each(FindingSerializer))


class ResolveFinding(Endpoint):
    """Close a finding with what was found out; no money moves, and a second end is refused."""

    permission = "finding.resolve"

    @extend_schema(request=ResolutionInput, responses=FindingSerializer)
    def post(self, request: Request, pk: int) -> Response:
        finding = findings.resolve(
            finding=get_object_or_404(findings.visible_to(self.person), pk=pk),
            resolution=self.read(ResolutionInput)["resolution"],
            by=self.person,
            at=clock.now(),
        )
        return Response(FindingSerializer(finding).data)
