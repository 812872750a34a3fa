"""Homes that those they were bought with left before any lease: `units/{id}/release/`."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input
from properties import releases
from properties.api import listing
from properties.models import HomeRelease, Unit


class UnitReleaseInput(Input):
    on = DayField(help_text="the first day that they no longer live there")
    how = serializers.ChoiceField(HomeRelease.How.choices)
    document = serializers.CharField(max_length=120, required=False)


class ReleaseSerializer(serializers.ModelSerializer[HomeRelease]):
    class Meta:
        model = HomeRelease
        fields = ("unit", "on", "how", "document")


class ReleaseTakeBackInput(Input):
    reason = serializers.CharField(max_length=300)


class UnitReleaseTakenBack(Endpoint):
    permission = "tenancy.edit"

    @extend_schema(request=ReleaseTakeBackInput, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Undo a release written down by mistake, before anybody got the keys."""
        unit = listing.one(Unit.objects.visible_to(self.person), pk)
        reason = self.read(ReleaseTakeBackInput)["reason"]
        releases.take_back(unit=unit, reason=reason, by=self.person, at=clock.now())
        return Response(status=204)


class UnitRelease(Endpoint):
    permission = "tenancy.edit"

    @extend_schema(request=UnitReleaseInput, responses={201: ReleaseSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Write down that those found in a home no longer live there; from then on it may be let."""
        release = releases.record(
            unit=listing.one(Unit.objects.visible_to(self.person), pk),
            new=releases.NewRelease(**self.read(UnitReleaseInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(ReleaseSerializer(release).data, status=201)
