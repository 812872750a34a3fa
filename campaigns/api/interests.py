"""Interests: anyone leaves one; whoever holds its token changes or withdraws it."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, MoneyField, Paging
from campaigns import interests
from campaigns.models import Campaign, Interest


class WishInput(serializers.Serializer[Interest]):
    email = serializers.EmailField()
    amount = MoneyField()
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)
    language = serializers.ChoiceField(choices=("it", "en"), default="it")


class AmountInput(serializers.Serializer[Interest]):
    amount = MoneyField()


class InterestSerializer(serializers.ModelSerializer[Interest]):
    """An interest for whoever holds its token."""

    campaign = serializers.CharField(source="campaign.slug")
    campaign_state = serializers.CharField(source="campaign.state")
    amount = MoneyField()
    must_confirm_terms = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    synthetic = serializers.BooleanField(source="is_synthetic")

    class Meta:
        model = Interest
        fields = (
            "token", "campaign", "campaign_state", "email", "name", "amount", "language", "state",
            "terms_version", "must_confirm_terms", "expressed_at", "url", "synthetic",
        )  # fmt: skip

    def get_must_confirm_terms(self, interest: Interest) -> bool:
        return interests.must_confirm_terms(interest)

    def get_url(self, interest: Interest) -> str:
        return f"{settings.SITE_URL}/interests/{interest.token}/"


class StaffInterestSerializer(serializers.ModelSerializer[Interest]):
    """An interest for staff: without its token, which is its owner's key."""

    amount = MoneyField()

    class Meta:
        model = Interest
        fields = ("id", "email", "name", "amount", "state", "terms_version", "expressed_at")


class CampaignInterests(Endpoint):
    """Leave an interest in a pre-campaign; staff lists them."""

    def permission_for(self, request: Request) -> str | None:
        return None if request.method == "POST" else "campaign.view"

    @extend_schema(responses=StaffInterestSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        pages = Paging()
        found = Interest.objects.visible_to(self.person).filter(campaign__slug=slug).in_queue()
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(StaffInterestSerializer(page, many=True).data)

    @extend_schema(request=WishInput, responses={201: InterestSerializer})
    def post(self, request: Request, slug: str) -> Response:
        campaign = get_object_or_404(Campaign.objects.public(), slug=slug)
        asked = WishInput(data=request.data)
        asked.is_valid(raise_exception=True)
        wish = interests.Wish(**asked.validated_data)
        interest = interests.express(campaign=campaign, wish=wish, at=clock.now())
        return Response(InterestSerializer(interest).data, status=201)


class InterestByToken(Endpoint):
    """Look at one's interest, change its amount, withdraw it."""

    permission = None

    @extend_schema(responses=InterestSerializer)
    def get(self, request: Request, token: str) -> Response:
        return Response(InterestSerializer(interests.by_token(token)).data)

    @extend_schema(request=AmountInput, responses=InterestSerializer)
    def patch(self, request: Request, token: str) -> Response:
        asked = AmountInput(data=request.data)
        asked.is_valid(raise_exception=True)
        interest = interests.amend(
            interest=interests.by_token(token),
            amount=asked.validated_data["amount"],
            at=clock.now(),
        )
        return Response(InterestSerializer(interest).data)

    @extend_schema(request=None, responses=InterestSerializer)
    def delete(self, request: Request, token: str) -> Response:
        interest = interests.withdraw(interest=interests.by_token(token), at=clock.now())
        return Response(InterestSerializer(interest).data)
