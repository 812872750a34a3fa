"""What was put right of a home: `units/{id}/corrections/`, each with what stood before and why."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from backend.core.models import AuditEvent
from properties import corrections
from properties.api import listing
from properties.api.units import UnitSerializer, visible
from properties.models import Unit


class CorrectionInput(Input):
    """Only what is told is corrected; facts of the building hold for all homes in it."""

    reason = serializers.CharField(max_length=300)
    code = serializers.CharField(max_length=40, required=False)
    rooms = serializers.IntegerField(min_value=1, max_value=100, required=False)
    area_m2 = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=1, required=False)
    source = serializers.ChoiceField(Unit.Source.choices, required=False)  # type: ignore[assignment]  # also an argument of Field
    occupancy = serializers.ChoiceField(Unit.Occupancy.choices, required=False)
    address = serializers.CharField(max_length=200, required=False)
    district = serializers.IntegerField(min_value=0, max_value=99, required=False)
    quarter = serializers.CharField(max_length=80, required=False, allow_blank=True)
    omi_zone = serializers.CharField(max_length=12, required=False, allow_blank=True)
    year_built = serializers.IntegerField(
        min_value=1000, max_value=2200, required=False, allow_null=True
    )


class CorrectionSerializer(serializers.ModelSerializer[AuditEvent]):
    before = serializers.DictField(source="facts.before", child=serializers.CharField())
    after = serializers.DictField(source="facts.after", child=serializers.CharField())

    class Meta:
        model = AuditEvent
        fields = ("id", "at", "by_label", "reason", "before", "after")


class UnitCorrections(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "unit.edit" if request.method == "POST" else "unit.view"

    @extend_schema(responses=CorrectionSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What was corrected of a home, the newest first."""
        unit = listing.one(Unit.objects.visible_to(self.person), pk)
        return self.paged(corrections.history(unit), each(CorrectionSerializer))

    @extend_schema(request=CorrectionInput, responses={201: UnitSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Put right what was written down wrongly of a home or its building."""
        unit = listing.one(Unit.objects.visible_to(self.person), pk)
        told: dict[str, Any] = self.read(CorrectionInput)
        reason = told.pop("reason")
        corrections.correct(unit=unit, told=told, reason=reason, by=self.person, at=clock.now())
        return Response(UnitSerializer(listing.one(visible(self.person), pk)).data, status=201)
