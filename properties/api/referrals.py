"""The city's own referrals, suppressed: `referrals/`."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, each
from properties import referrals
from properties.api.snapshots import ShownSerializer


class FateSerializer(serializers.Serializer[referrals.Row]):
    code = serializers.CharField()
    shown = ShownSerializer()


class DossierSerializer(serializers.Serializer[Any]):
    issuer = serializers.CharField()
    as_of = serializers.DateField(
        source="dossier.as_of", help_text="the quarter's end whose counts these are"
    )
    total = ShownSerializer(source="dossier.total")
    fates = FateSerializer(source="dossier.rows", many=True)
    wait_days = ShownSerializer(source="dossier.wait")


class Referrals(Endpoint):
    permission = "referral.view"

    @extend_schema(responses=DossierSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What became of the households that the city referred, by issuer."""
        rows = referrals.dossiers(person=self.person, at=clock.now())
        return self.paged(rows, each(DossierSerializer))
