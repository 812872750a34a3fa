"""Pledges: what is missing, place, look, pay by card. Later acts on them are in `pledge_acts`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Idempotent, IdField, Input, MoneyField
from backend.core.filters import Filters
from backend.core.problems import PROBLEM, ProblemSerializer
from backend.treasury import references
from campaigns import (
    beginnings,
    figures,
    interests,
    orders,
    payments,
    pledges,
    sheets,
    stripe_gateway,
)
from campaigns.models import Campaign, PaymentIntent, Pledge
from campaigns.models.pledge import PledgeQuerySet
from campaigns.sheets import translation_requests
from investors import warnings
from investors.models import Investor

SHEET_READ = (
    "the information sheet that was read: without it no share is ordered where there is one"
)


WARNED = "the digest of the warnings that were read, as the needs of this order tell it"


class PledgeInput(Input):
    investor = IdField()
    shares = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
    amount = MoneyField(required=False, help_text="in place of shares: must buy whole ones")
    acknowledged = serializers.BooleanField(default=False)
    interest_token = serializers.CharField(required=False, max_length=40)
    confirm_terms = serializers.BooleanField(default=False)
    sheet_version = serializers.IntegerField(required=False, min_value=1, help_text=SHEET_READ)
    warnings_read = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=64, help_text=WARNED
    )


class TransferSerializer(serializers.Serializer[Any]):
    """What to write on a bank transfer."""

    iban = serializers.CharField()
    holder = serializers.CharField()
    reference = serializers.CharField(help_text="ISO 11649")
    reference_shown = serializers.CharField(help_text="the same in groups of four")


class PledgeSerializer(serializers.ModelSerializer[Pledge]):
    """A pledge with its money, how to pay it, and until when it may be revoked freely."""

    campaign = serializers.CharField(source="campaign.slug")
    investor_name = serializers.CharField(source="investor.name")
    amount = MoneyField()
    stage = serializers.SerializerMethodField()
    received = serializers.SerializerMethodField()
    settled = serializers.SerializerMethodField()
    shortfall = serializers.SerializerMethodField()
    transfer = serializers.SerializerMethodField()
    register_number = serializers.SerializerMethodField()
    synthetic = serializers.BooleanField(source="campaign.is_synthetic")

    class Meta:
        model = Pledge
        fields = (
            "id", "campaign", "investor", "investor_name", "shares", "amount", "state", "stage",
            "started_at", "queued_at", "placed_at", "reflection_ends_at", "pay_until", "received",
            "settled", "shortfall", "transfer", "register_number", "synthetic",
        )  # fmt: skip

    def get_stage(self, pledge: Pledge) -> str:
        if pledge.state == Pledge.State.STARTED:
            return beginnings.stage(pledge, at=self.context["at"])
        return figures.stage(pledge, self._figures(pledge), at=self.context["at"])

    @extend_schema_field(MoneyField)
    def get_received(self, pledge: Pledge) -> dict[str, str]:
        return MoneyField().to_representation(self._figures(pledge).paid)

    @extend_schema_field(MoneyField)
    def get_settled(self, pledge: Pledge) -> dict[str, str]:
        return MoneyField().to_representation(self._figures(pledge).settled)

    @extend_schema_field(MoneyField)
    def get_shortfall(self, pledge: Pledge) -> dict[str, str]:
        return MoneyField().to_representation(self._figures(pledge).shortfall)

    @extend_schema_field(TransferSerializer(allow_null=True))
    def get_transfer(self, pledge: Pledge) -> dict[str, str] | None:
        if pledge.state == Pledge.State.STARTED:
            return None
        account = pledge.campaign.restricted_account
        return {
            "iban": account.iban if account else "",
            "holder": pledge.campaign.issuer.name,
            "reference": pledge.reference,
            "reference_shown": references.shown(pledge.reference),
        }

    def get_register_number(self, pledge: Pledge) -> int | None:
        allotment = getattr(pledge, "allotment", None)
        return allotment.register_number if allotment else None

    def _figures(self, pledge: Pledge) -> figures.PledgeFigures:
        found: figures.PledgeFigures = self.context["figures"][pledge.pk]
        return found


class ProviderPaymentSerializer(serializers.Serializer[PaymentIntent]):
    """How to pay: with the client secret on a form of the provider's, or as the instructions say."""

    method = serializers.CharField()
    state = serializers.CharField()
    payment_intent = serializers.CharField(source="provider_id")
    client_secret = serializers.CharField()
    instructions_url = serializers.CharField()
    amount = MoneyField()
    pay_url = serializers.SerializerMethodField()

    def get_pay_url(self, intent: PaymentIntent) -> str:
        back = f"{settings.SITE_URL}/pledges/{intent.pledge_id}/"
        return stripe_gateway.pay_url(
            intent.provider_id or "", return_url=back, language=self.context["language"]
        )


class NeedSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()


class NeedsSerializer(serializers.Serializer[Any]):
    missing = NeedSerializer(many=True)
    warnings = serializers.ListField(child=serializers.CharField(), help_text="codes")
    words = serializers.ListField(
        child=serializers.CharField(),
        help_text="the warnings in full, with the amounts of this order",
    )
    warnings_read = serializers.CharField(help_text="send it with the order once they are read")
    sheet_version = serializers.IntegerField(
        allow_null=True, help_text="the information sheet in force: send it with the order"
    )
    advice = serializers.CharField(
        allow_null=True, help_text="not to invest, where a translation was refused; kept as shown"
    )
    reflection_ends_at = serializers.DateTimeField(
        help_text="until then an order placed now may be taken back, for no reason and at no cost; "
        "now itself for who gave up that protection"
    )


class CampaignPledges(Idempotent):
    """Place a pledge for an investor one acts for."""

    permission = "pledge.place"

    @extend_schema(request=PledgeInput, responses={201: PledgeSerializer})
    def create(self, request: Request, slug: str) -> Response:
        order, at = order_of(self, slug), clock.now()
        pledge = pledges.place(order=order, by=self.person, at=at)
        return Response(shown([pledge], at=at)[0], status=201)


class PledgeNeeds(Endpoint):
    """What is still missing before an order could be placed, and which warnings apply to it.

    Nothing is placed.
    """

    permission = "pledge.place"

    @extend_schema(request=PledgeInput, responses=NeedsSerializer)
    def post(self, request: Request, slug: str) -> Response:
        order, at = order_of(self, slug), clock.now()
        campaign, needs = order.campaign, orders.missing(order=order, at=at)
        warned = orders.warnings(order=order, at=at)
        advice = translation_requests.note_shown(
            campaign=campaign, email=order.investor.email, by=self.person, at=at
        )
        told = {
            "missing": [{"code": n.code, "sentence": str(n.sentence)} for n in needs],
            "warnings": [each.kind for each in warned],
            "words": [str(each) for each in warned],
            "warnings_read": warnings.digest(warned),
            "sheet_version": sheets.version_in_force(campaign),
            "advice": str(translation_requests.ADVICE) if advice else None,
            "reflection_ends_at": orders.end_of_reflection(
                campaign=campaign, investor=order.investor, at=at
            ),
        }
        return Response(NeedsSerializer(told).data)


FILTERS = Filters(
    choices=(("state", Pledge.State.values),),
    days=("queued_at", "placed_at"),
    order=("id", "queued_at", "placed_at", "shares"),
)


class PledgeList(Endpoint):
    """The pledges one may see: one's investors', or those of one's issuer's campaigns."""

    permission = ""

    @extend_schema(
        parameters=[
            OpenApiParameter("campaign", str, description="only those of this slug"),
            *FILTERS.parameters,
        ],
        responses=PledgeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        found = seen_by(self)
        if slug := request.query_params.get("campaign"):
            found = found.filter(campaign__slug=slug)
        return self.paged(
            FILTERS.narrow(found.in_queue(), request), lambda page: shown(page, at=clock.now())
        )


class PledgeDetail(Endpoint):
    """One pledge."""

    permission = ""

    @extend_schema(responses=PledgeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(shown([get_object_or_404(seen_by(self), pk=pk)], at=clock.now())[0])


class PaymentInput(Input):
    method = serializers.ChoiceField(
        choices=PaymentIntent.Method.choices, default=PaymentIntent.Method.CARD
    )


class ProviderPayments(Idempotent):
    """Begin to pay what is missing of a pledge through the provider: card, debit or bank transfer."""

    permission = "pledge.place"

    @extend_schema(
        request=PaymentInput,
        responses={201: ProviderPaymentSerializer, (503, PROBLEM): ProblemSerializer},
    )
    def create(self, request: Request, pk: int) -> Response:
        intent = payments.start(
            pledge=own(self, pk),
            method=self.read(PaymentInput)["method"],
            by=self.person,
            at=clock.now(),
        )
        context = {"language": self.person.language}
        return Response(ProviderPaymentSerializer(intent, context=context).data, status=201)


def shown(found: Sequence[Pledge], *, at: dt.datetime) -> list[dict[str, Any]]:
    """Pledges in JSON with their figures; the same number of queries however many."""
    context = {"figures": figures.of_pledges(found), "at": at}
    return list(PledgeSerializer(found, many=True, context=context).data)


def seen_by(view: Endpoint) -> PledgeQuerySet:
    rows = Pledge.objects.visible_to(view.person)
    return rows.select_related(
        "campaign__issuer", "campaign__restricted_account", "investor", "allotment"
    )


def own(view: Endpoint, pk: int) -> Pledge:
    """A pledge of an investor one acts for; 404 for every other."""
    acted_for = Investor.objects.acted_for_by(view.person)
    pledge: Pledge = get_object_or_404(seen_by(view).filter(investor__in=acted_for), pk=pk)
    return pledge


def order_of(
    view: Endpoint, slug: str, shape: type[serializers.Serializer[Any]] = PledgeInput
) -> orders.Order:
    """The order in a request, for a campaign and an investor that the person may see."""
    told = view.read(shape)
    token = told.get("interest_token")
    campaign = get_object_or_404(Campaign.objects.visible_to(view.person), slug=slug)
    return orders.Order(
        campaign=campaign,
        investor=get_object_or_404(Investor.objects.acted_for_by(view.person), pk=told["investor"]),
        shares=shares_of(campaign, told),
        is_acknowledged=told.get("acknowledged", False),
        interest=interests.by_token(token) if token else None,
        confirms_terms=told.get("confirm_terms", False),
        sheet_version=told.get("sheet_version"),
        warnings_read=told.get("warnings_read", ""),
    )


def shares_of(campaign: Campaign, told: dict[str, Any]) -> int:
    """How many shares a request asks for, as a number or as an amount."""
    if ("shares" in told) == ("amount" in told):
        raise serializers.ValidationError({"shares": [_("Give either shares or an amount.")]})
    if "amount" in told:
        return orders.shares_for(campaign=campaign, amount=told["amount"])
    return int(told["shares"])
