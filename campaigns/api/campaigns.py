"""Campaigns: the public list and page; a manager's draft, checklist, moves, close and release."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Idempotent, Input, MoneyField
from backend.core.filters import Filters
from backend.core.models import Approval
from backend.core.money import ZERO
from campaigns import checklist, drafting, figures, holding, lifecycle, moves, obstacles
from campaigns.api.shapes import (
    CampaignInput,
    CampaignSerializer,
    TransferOrderSerializer,
    shown,
)
from campaigns.models import Campaign, Suspension

RELATED = ("issuer", "platform", "fund", "own_fund", "restricted_account", "ordinary_account")


class MoveInput(Input):
    to = serializers.ChoiceField(choices=Campaign.State.choices)
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)
    kind = serializers.ChoiceField(
        choices=Suspension.Kind.choices, required=False, help_text="of a suspension"
    )
    steps = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=2000,
        help_text="what is done about it; told to everyone with an order or interest",
    )


class MovedSerializer(serializers.Serializer[Any]):
    """Where the campaign is now; `approval` where a second person decides first."""

    slug = serializers.CharField()
    state = serializers.ChoiceField(Campaign.State.choices)
    approval = serializers.IntegerField(allow_null=True)


class ItemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # also an argument of Field
    done = serializers.BooleanField()
    note = serializers.CharField(required=False, allow_blank=True)


class BlockerSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()


class ConditionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()
    met = serializers.BooleanField(source="is_met")


class ChecklistSerializer(serializers.Serializer[Any]):
    items = ItemSerializer(many=True)
    conditions = ConditionSerializer(many=True, help_text="what a success needs")
    moves = serializers.DictField(
        child=BlockerSerializer(many=True), help_text="by state, what blocks moving there"
    )
    approvals = serializers.ListField(child=serializers.IntegerField())
    ask_again = serializers.ListField(
        child=serializers.CharField(), help_text="moves asked for, of what was changed since"
    )


FILTERS = Filters(
    choices=(("state", Campaign.State.values),),
    days=("opens_on", "deadline_on"),
    order=("id", "opens_on", "deadline_on"),
)


class CampaignList(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return "campaign.edit" if request.method == "POST" else None

    @extend_schema(parameters=FILTERS.parameters, responses=CampaignSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The campaigns one may see, newest first, with their figures."""
        found = Campaign.objects.visible_to(request.user).select_related("issuer", "platform")
        rows = found.prefetch_related("planned_lines", "documents").order_by("-id")
        return self.paged(FILTERS.narrow(rows, request), lambda page: shown(page, at=clock.now()))

    @extend_schema(request=CampaignInput, responses={201: CampaignSerializer})
    def post(self, request: Request) -> Response:
        """Draft a campaign; its address is taken once."""
        asked = CampaignInput(data=request.data, context={"person": self.person})
        asked.is_valid(raise_exception=True)
        draft = asked.draft()
        issuer = self.person.organisation
        if issuer is None:
            raise serializers.ValidationError({"issuer": ["A draft needs an issuer."]})
        campaign = drafting.create(issuer=issuer, draft=draft, by=self.person, at=clock.now())
        return Response(shown([campaign], at=clock.now())[0], status=201)


class CampaignDetail(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return "campaign.edit" if request.method == "PATCH" else None

    @extend_schema(responses=CampaignSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """One campaign with its figures."""
        found = Campaign.objects.visible_to(request.user).select_related("issuer", "platform")
        return Response(shown([get_object_or_404(found, slug=slug)], at=clock.now())[0])

    @extend_schema(request=CampaignInput, responses=CampaignSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        """Change a draft, or of a later campaign what may still be changed."""
        campaign = of_staff(self, slug)
        asked = CampaignInput(data=request.data, partial=True, context={"person": self.person})
        asked.is_valid(raise_exception=True)
        draft, at = asked.draft(), clock.now()
        changed = drafting.revise(campaign=campaign, draft=draft, by=self.person, at=at)
        return Response(shown([changed], at=at)[0])


class Checklist(Endpoint):
    permission = "campaign.view"

    @extend_schema(responses=ChecklistSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """What publishing needs, what blocks each next move, and what waits for a second person."""
        campaign, at = of_staff(self, slug), clock.now()
        items = [
            {"code": item.code, "label": str(item.label), "done": item.is_done, "note": item.note}
            for item in checklist.items(campaign)
        ]
        ways = {to: _blockers(campaign, to, at) for to in sorted(campaign.MOVES[campaign.state])}
        waiting = [approval.pk for approval in lifecycle.waiting(campaign)]
        conditions = ConditionSerializer(obstacles.conditions(campaign, at), many=True).data
        again = lifecycle.to_ask_again(campaign)
        told = {"items": items, "conditions": conditions, "moves": ways, "approvals": waiting}
        return Response(told | {"ask_again": again})


class Moves(Idempotent):
    permission = "campaign.edit"

    @extend_schema(request=MoveInput, responses={200: MovedSerializer, 202: MovedSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Ask for a move of the state; 202 where a second person decides first."""
        asked = self.read(MoveInput)
        result = moves.make(
            campaign=of_staff(self, slug),
            wanted=moves.Wanted(**asked),
            by=self.person,
            at=clock.now(),
        )
        campaign = of_staff(self, slug)
        approval = result.pk if isinstance(result, Approval) else None
        answer = {"slug": slug, "state": campaign.state, "approval": approval}
        return Response(answer, status=202 if approval else 200)


class Close(Idempotent):
    permission = "campaign.edit"

    @extend_schema(request=None, responses=CampaignSerializer)
    def create(self, request: Request, slug: str) -> Response:
        """Decide success or failure by settled money: allot the shares, or return everything."""
        at = clock.now()
        closed = lifecycle.close(campaign=of_staff(self, slug), by=self.person, at=at)
        return Response(shown([closed], at=at)[0])


class ReleaseInput(Input):
    success_fee = MoneyField(
        required=False, help_text="what the platform keeps; own money bears it"
    )


class Release(Idempotent):
    """Release the held money; the answer is what to order at the bank."""

    permission = "campaign.release"

    @extend_schema(request=ReleaseInput, responses={201: TransferOrderSerializer})
    def create(self, request: Request, slug: str) -> Response:
        fee, campaign = self.read(ReleaseInput).get("success_fee", ZERO), of_staff(self, slug)
        order = holding.release(campaign=campaign, success_fee=fee, by=self.person, at=clock.now())
        return Response(TransferOrderSerializer(order).data, status=201)


class FeeTopUp(Idempotent):
    """Top up payment fees from own money; the answer is what to order at the bank."""

    permission = "campaign.release"

    @extend_schema(request=None, responses={201: TransferOrderSerializer})
    def create(self, request: Request, slug: str) -> Response:
        order = holding.top_up_fees(campaign=of_staff(self, slug), by=self.person, at=clock.now())
        return Response(TransferOrderSerializer(order).data, status=201)


def of_staff(view: Endpoint, slug: str) -> Campaign:
    """A campaign that the person works on; 404 for every other."""
    found = Campaign.objects.of_staff(view.person).select_related(*RELATED)
    campaign: Campaign = get_object_or_404(found, slug=slug)
    return campaign


def _blockers(campaign: Campaign, to: str, at: dt.datetime) -> list[dict[str, str]]:
    found = obstacles.found(campaign=campaign, to=to, at=at)
    return [{"code": blocker.code, "sentence": str(blocker.sentence)} for blocker in found]


assert figures  # the shapes read it; named here so that the walk is visible
