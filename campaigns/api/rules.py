"""The rules in force for a campaign with what they computed, and the offers its issuer made elsewhere."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, roles
from backend.core.api import DayField, Endpoint, Input, MoneyField, each, money_json
from backend.core.models import User
from backend.core.problems import plain
from campaigns import ceilings, rules, rulings
from campaigns.api.campaigns import of_staff
from campaigns.models import Campaign, OfferElsewhere


class RuleFindingSerializer(serializers.Serializer[Any]):
    """What a rule computed for this campaign: in words, as values by name, and whether it holds."""

    sentence = serializers.CharField()
    values = serializers.SerializerMethodField()
    holds = serializers.BooleanField(allow_null=True, help_text="null: nothing to decide")

    def get_values(self, found: Any) -> dict[str, Any]:
        return {name: _plain(value) for name, value in found.values.items()}


class RulingSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(source="rule.id")
    article = serializers.CharField(source="rule.article")
    valid_from = serializers.DateField(source="rule.valid_from")
    valid_to = serializers.DateField(source="rule.valid_to", allow_null=True)
    says = serializers.CharField(source="rule.says")
    uncertain = serializers.CharField(source="rule.uncertain", allow_null=True)
    finding = RuleFindingSerializer(allow_null=True)


class RulesSerializer(serializers.Serializer[Any]):
    regime = serializers.CharField()
    name = serializers.CharField()
    as_of = serializers.DateField()
    rules = RulingSerializer(many=True)


class OfferElsewhereInput(Input):
    kind = serializers.ChoiceField(OfferElsewhere.Kind.choices)
    opened_on = DayField()
    amount = MoneyField()
    place = serializers.CharField(max_length=200)


class OfferElsewhereSerializer(serializers.ModelSerializer[OfferElsewhere]):
    amount = MoneyField()

    class Meta:
        model = OfferElsewhere
        fields = ("id", "kind", "opened_on", "amount", "place", "recorded_at")


class CampaignRules(Endpoint):
    @extend_schema(responses=RulesSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """The law that governs the offer, rule by rule; more is told to those who work on it."""
        visible = Campaign.objects.visible_to(request.user).select_related("issuer")
        campaign, at = get_object_or_404(visible, slug=slug), clock.now()
        is_staff = works_on(request.user, campaign)
        told = {
            "regime": campaign.regime,
            "name": rules.regime(campaign.regime).name,
            "as_of": clock.day_of(at),
            "rules": rulings.of(campaign=campaign, at=at, for_staff=is_staff),
        }
        return Response(RulesSerializer(told).data)


class OffersElsewhere(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=OfferElsewhereSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The offers that the issuer made elsewhere, newest first."""
        return self.paged(ceilings.elsewhere(of_staff(self, slug)), each(OfferElsewhereSerializer))

    @extend_schema(request=OfferElsewhereInput, responses={201: OfferElsewhereSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Record one: it counts towards the ceiling of twelve months; told twice it is refused."""
        told = ceilings.Elsewhere(**self.read(OfferElsewhereInput))
        issuer = of_staff(self, slug).issuer
        made = ceilings.record(issuer=issuer, told=told, by=self.person, at=clock.now())
        return Response(OfferElsewhereSerializer(made).data, status=201)


def works_on(user: Any, campaign: Campaign) -> bool:
    """Whether somebody is told what is internal to a campaign."""
    is_known = isinstance(user, User) and roles.may(user, "campaign.view")
    return is_known and Campaign.objects.of_staff(user).filter(pk=campaign.pk).exists()


def _plain(value: Any) -> Any:
    return money_json(value) if hasattr(value, "currency") else plain(value)
