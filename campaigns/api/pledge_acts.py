"""Acts on a pledge: begin and give up before it is placed, then revoke, confirm, amend; and refuse,
which is the issuer's.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Idempotent, IdField, Input, MoneyField
from campaigns import amendments, beginnings, confirmations, pledges, refusals
from campaigns.api.pledges import (
    SHEET_READ,
    WARNED,
    PledgeSerializer,
    order_of,
    own,
    seen_by,
    shares_of,
    shown,
)
from campaigns.models import Campaign


class BeginInput(Input):
    investor = IdField()
    shares = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
    amount = MoneyField(required=False, help_text="in place of shares: must buy whole ones")


class Begin(Idempotent):
    """Keep an order that is not ready to be placed: nothing is ordered by it. One per investor and
    offer; what is placed later takes its place.
    """

    permission = "pledge.place"

    @extend_schema(request=BeginInput, responses={201: PledgeSerializer})
    def create(self, request: Request, slug: str) -> Response:
        order, at = order_of(self, slug, BeginInput), clock.now()
        begun = beginnings.begin(order=order, by=self.person, at=at)
        return Response(shown([begun], at=at)[0], status=201)


class GiveUp(Idempotent):
    """Drop an order that was begun and not placed."""

    permission = "pledge.place"

    @extend_schema(request=None, responses=PledgeSerializer)
    def create(self, request: Request, pk: int) -> Response:
        at = clock.now()
        dropped = beginnings.give_up(pledge=own(self, pk), by=self.person, at=at)
        return Response(shown([dropped], at=at)[0])


class Revoke(Idempotent):
    """Take a pledge back; what was paid is returned in full."""

    permission = "pledge.place"

    @extend_schema(request=None, responses=PledgeSerializer)
    def create(self, request: Request, pk: int) -> Response:
        at = clock.now()
        pledge = pledges.revoke(pledge=own(self, pk), by=self.person, at=at)
        return Response(shown([pledge], at=at)[0])


class Confirm(Idempotent):
    """Make a pledge firm once the days to change one's mind are over: it is changed no more."""

    permission = "pledge.place"

    @extend_schema(request=None, responses=PledgeSerializer)
    def create(self, request: Request, pk: int) -> Response:
        at = clock.now()
        pledge = confirmations.confirm(pledge=own(self, pk), by=self.person, at=at)
        return Response(shown([pledge], at=at)[0])


class RefusalInput(Input):
    reason = serializers.CharField(max_length=1000)


class Refuse(Idempotent):
    """Refuse a pledge whose payer was not identified after the close; all money goes back."""

    permission = "campaign.edit"

    @extend_schema(request=RefusalInput, responses=PledgeSerializer)
    def create(self, request: Request, pk: int) -> Response:
        staffed = seen_by(self).filter(campaign__in=Campaign.objects.of_staff(self.person))
        found, at = get_object_or_404(staffed, pk=pk), clock.now()
        reason = self.read(RefusalInput)["reason"]
        refused = refusals.refuse(pledge=found, reason=reason, by=self.person, at=at)
        return Response(shown([refused], at=at)[0])


class AmendInput(Input):
    shares = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
    amount = MoneyField(required=False, help_text="in place of shares: must buy whole ones")
    acknowledged = serializers.BooleanField(default=False)
    sheet_version = serializers.IntegerField(required=False, min_value=1, help_text=SHEET_READ)
    warnings_read = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=64, help_text=WARNED
    )


class AmendedSerializer(serializers.Serializer[Any]):
    """The pledge as it stands, and the second pledge that more shares became."""

    pledge = PledgeSerializer()
    added = PledgeSerializer(allow_null=True)


class Amend(Idempotent):
    """Change a pledge to another whole number of shares before it is confirmed.

    Fewer keep their place in the queue; more are a second pledge that queues behind.
    """

    permission = "pledge.place"

    @extend_schema(request=AmendInput, responses=AmendedSerializer)
    def create(self, request: Request, pk: int) -> Response:
        told, pledge, at = self.read(AmendInput), own(self, pk), clock.now()
        wanted = amendments.Wanted(
            shares_of(pledge.campaign, told),
            told["acknowledged"],
            told.get("sheet_version"),
            told["warnings_read"],
        )
        made = amendments.amend(pledge=pledge, wanted=wanted, by=self.person, at=at)
        added = shown([made.added], at=at)[0] if made.added else None
        return Response({"pledge": shown([made.pledge], at=at)[0], "added": added})
