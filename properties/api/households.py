"""Households and what becomes of them: `households/` with `outcomes/` and `actions/`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint
from properties import households
from properties.api import listing
from properties.models import Household, SupportAction
from properties.models.household import AGE_BANDS, OutcomeCode


class PeopleField(serializers.DictField):
    """Counts by age band: {"0_5": 1, "35_54": 2}."""

    child = serializers.IntegerField(min_value=0)


class NewHouseholdSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=30)
    referred_by = serializers.CharField(max_length=80)
    is_referred_by_city = serializers.BooleanField(default=False)
    referred_on = serializers.DateField()
    people = PeopleField(help_text=f"counts by age band: {', '.join(AGE_BANDS)}")
    ethos = serializers.ChoiceField(Household.Ethos.choices, default=Household.Ethos.NOT_COLLECTED)
    isee = serializers.ChoiceField(Household.Isee.choices, default=Household.Isee.NOT_COLLECTED)
    is_restricted = serializers.BooleanField(default=False)


class OutcomeSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField(OutcomeCode.choices)
    on = serializers.DateField()
    source = serializers.CharField(max_length=80, default=_("interview"))  # type: ignore[assignment]  # also an argument of Field


class ActionSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(SupportAction.Kind.choices)
    on = serializers.DateField()


class NextStepSerializer(serializers.Serializer[Any]):
    step = serializers.CharField(max_length=120)
    by_when = serializers.DateField()


def as_json(household: Household) -> dict[str, Any]:
    return {
        "id": household.pk,
        "code": household.code,
        "referred_by": household.referred_by,
        "referred_on": household.referred_on,
        "people": {band: getattr(household, f"people_{band}") for band in AGE_BANDS},
        "size": household.size,
        "ethos": household.ethos,
        "isee": household.isee,
        "next_step": household.next_step,
        "next_step_on": household.next_step_on,
        "synthetic": household.is_synthetic,
    }


class Households(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "household.edit" if request.method == "POST" else "household.view"

    def get(self, request: Request) -> Response:
        rows = Household.objects.visible_to(self.person).order_by("code")
        return listing.page(request, rows, as_json)

    @extend_schema(request=NewHouseholdSerializer)
    def post(self, request: Request) -> Response:
        data = NewHouseholdSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        new = households.NewHousehold(
            caseworker=self.person,
            is_synthetic=listing.organisation_of(self.person).is_synthetic,
            **data.validated_data,
        )
        household = households.register(new=new, by=self.person, at=clock.now())
        return Response(as_json(household), status=201)


class OneHousehold(Endpoint):
    permission = "household.view"

    def get(self, request: Request, pk: int) -> Response:
        return Response(as_json(listing.one(Household.objects.visible_to(self.person), pk)))


class Outcomes(Endpoint):
    permission = "household.edit"

    @extend_schema(request=OutcomeSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = OutcomeSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        outcome = households.record_outcome(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            code=data.validated_data["code"],
            on=data.validated_data["on"],
            source=str(data.validated_data["source"]),
            by=self.person,
            at=clock.now(),
        )
        return Response({"id": outcome.pk, "code": outcome.code, "on": outcome.on}, status=201)


class Actions(Endpoint):
    permission = "household.edit"

    @extend_schema(request=ActionSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = ActionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        action = households.record_action(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            **data.validated_data,
            by=self.person,
            at=clock.now(),
        )
        return Response({"id": action.pk, "kind": action.kind, "on": action.on}, status=201)


class NextStep(Endpoint):
    """What to do next for a household, and by when."""

    permission = "household.edit"

    @extend_schema(request=NextStepSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = NextStepSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        household = households.plan_next(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            **data.validated_data,
            by=self.person,
            at=clock.now(),
        )
        return Response(as_json(household))
