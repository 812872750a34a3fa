"""Homes of ours that stand empty: `voids/`."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, each
from properties import voids
from properties.models import Unit


class VoidSerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField(source="unit.pk")
    code = serializers.CharField(source="unit.code")
    since = serializers.DateField()
    because = serializers.CharField(
        help_text="why the last lease ended, where that may be read, ACQUIRED_VACANT or RELEASED"
    )
    awaits = serializers.CharField(help_text="WORKS or AWAITING_REFERRAL")


class Voids(Endpoint):
    permission = "unit.view"

    @extend_schema(responses=VoidSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The homes that stand empty today, the longest first."""
        seen = Unit.objects.visible_to(self.person)
        empty = voids.standing(seen, on=clock.today(), reader=self.person)
        return self.paged(empty, each(VoidSerializer))
