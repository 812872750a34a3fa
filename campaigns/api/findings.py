"""What the card provider reported and nothing of ours explains: list it, close it with words."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Paging
from campaigns import findings
from campaigns.models import ProviderFinding


class FindingSerializer(serializers.ModelSerializer[ProviderFinding]):
    class Meta:
        model = ProviderFinding
        fields = ("id", "kind", "told", "pledge", "opened_at", "resolved_at", "resolution")


class ResolutionInput(serializers.Serializer[ProviderFinding]):
    resolution = serializers.CharField(max_length=2000)


class FindingList(Endpoint):
    """Open findings first, oldest first."""

    permission = "finding.resolve"

    @extend_schema(responses=FindingSerializer(many=True))
    def get(self, request: Request) -> Response:
        pages = Paging()
        found = findings.visible_to(self.person).order_by("resolved_at", "opened_at", "id")
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(FindingSerializer(page, many=True).data)


class ResolveFinding(Endpoint):
    """Close a finding with what was found out."""

    permission = "finding.resolve"

    @extend_schema(request=ResolutionInput, responses=FindingSerializer)
    def post(self, request: Request, pk: int) -> Response:
        asked = ResolutionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        finding = findings.resolve(
            finding=get_object_or_404(findings.visible_to(self.person), pk=pk),
            resolution=asked.validated_data["resolution"],
            by=self.person,
            at=clock.now(),
        )
        return Response(FindingSerializer(finding).data)
