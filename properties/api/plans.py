"""A campaign's plan for its money against what was committed and paid, by line and by home."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api import Endpoint, MoneyField
from campaigns.models import Campaign
from properties import plans


class PlanRowSerializer(serializers.Serializer[plans.Row]):
    label = serializers.CharField()  # type: ignore[assignment]  # also an argument of Field
    planned = MoneyField()
    committed = MoneyField()
    paid = MoneyField()
    variance = MoneyField()
    in_plan = serializers.BooleanField(source="is_planned")


class ComparisonSerializer(serializers.Serializer[plans.Comparison]):
    lines = PlanRowSerializer(many=True)
    homes = PlanRowSerializer(many=True)
    total = PlanRowSerializer()


class CampaignPlan(Endpoint):
    permission = "campaign.view"

    @extend_schema(responses=ComparisonSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """The plan of a campaign of one's own beside what became of it, as it stands now."""
        campaign: Campaign = get_object_or_404(Campaign.objects.of_staff(self.person), slug=slug)
        return Response(ComparisonSerializer(plans.comparison(campaign)).data)
