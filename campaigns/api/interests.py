"""Interests: anyone leaves one; whoever holds its token changes or withdraws it."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import pace
from backend.core import clock
from backend.core.api import Endpoint, Input, MoneyField, each
from backend.core.filters import Filters
from campaigns import interests
from campaigns.models import Campaign, Interest


class WishInput(Input):
    email = serializers.EmailField()
    amount = MoneyField()
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)
    language = serializers.ChoiceField(choices=("it", "en"), default="it")


class AmountInput(Input):
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
            "terms_version", "must_confirm_terms", "expressed_at", "answer_before", "url",
            "synthetic",
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
        fields = (
            "id", "email", "name", "amount", "state", "terms_version", "expressed_at",
            "answer_before",
        )  # fmt: skip


FILTERS = Filters(
    choices=(("state", Interest.State.values),),
    days=("expressed_at",),
    order=("id", "expressed_at"),
)


class CampaignInterests(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return None if request.method == "POST" else "campaign.view"

    @extend_schema(parameters=FILTERS.parameters, responses=StaffInterestSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The interests in a campaign of one's own, in the order of the queue."""
        campaign = get_object_or_404(Campaign.objects.of_staff(self.person), slug=slug)
        found = Interest.objects.visible_to(self.person).filter(campaign=campaign).in_queue()
        return self.paged(FILTERS.narrow(found, request), each(StaffInterestSerializer))

    @extend_schema(request=WishInput, responses={201: InterestSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Leave an interest in a pre-campaign. It binds nobody; the same address twice is refused."""
        campaign = get_object_or_404(Campaign.objects.public(), slug=slug)
        wish = interests.Wish(**self.read(WishInput))
        pace.keep(request._request, "interest")
        interest = interests.express(campaign=campaign, wish=wish, at=clock.now())
        return Response(InterestSerializer(interest).data, status=201)


class ClaimInterest(Endpoint):
    """Attach the interests left with one's address to one's account, by the link that was mailed."""

    permission = "pledge.place"

    @extend_schema(request=None, responses={200: InterestSerializer})
    def post(self, request: Request, token: str) -> Response:
        interest = interests.by_token(token)
        interests.claim(interest=interest, user=self.person, at=clock.now())
        return Response(InterestSerializer(interest).data)


class InterestByToken(Endpoint):
    permission = None

    @extend_schema(responses=InterestSerializer)
    def get(self, request: Request, token: str) -> Response:
        """One's interest, by the token that came with it."""
        return Response(InterestSerializer(interests.by_token(token)).data)

    @extend_schema(request=AmountInput, responses=InterestSerializer)
    def patch(self, request: Request, token: str) -> Response:
        """Change the amount of one's interest."""
        interest = interests.amend(
            interest=interests.by_token(token),
            amount=self.read(AmountInput)["amount"],
            at=clock.now(),
        )
        return Response(InterestSerializer(interest).data)

    @extend_schema(request=None, responses={200: InterestSerializer})
    def delete(self, request: Request, token: str) -> Response:
        """Withdraw one's interest; the answer shows it withdrawn."""
        interest = interests.withdraw(interest=interests.by_token(token), at=clock.now())
        return Response(InterestSerializer(interest).data)


class TakeUpInterest(Endpoint):
    permission = None

    @extend_schema(request=None, responses={200: InterestSerializer})
    def post(self, request: Request, token: str) -> Response:
        """Put back an interest that was withdrawn by mistake; its place in the queue stays."""
        interest = interests.take_up(interest=interests.by_token(token), at=clock.now())
        return Response(InterestSerializer(interest).data)


class ConfirmTerms(Endpoint):
    permission = None

    @extend_schema(request=None, responses=InterestSerializer)
    def post(self, request: Request, token: str) -> Response:
        """Confirm that one read the terms as they are now; the place in the queue stays."""
        interest = interests.confirm_terms(interest=interests.by_token(token), at=clock.now())
        return Response(InterestSerializer(interest).data)
