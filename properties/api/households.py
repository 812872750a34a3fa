"""Households and what becomes of them: `households/` with `outcomes/` and `actions/`."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input, each
from properties import households
from properties.api import listing
from properties.models import Household, HousingOutcome, SupportAction
from properties.models.household import AGE_BANDS, OutcomeCode


class PeopleField(serializers.DictField):
    """Counts by age band: {"0_5": 1, "35_54": 2}."""

    child = serializers.IntegerField(min_value=0, max_value=99)


class NewHouseholdInput(Input):
    code = serializers.CharField(max_length=30)
    referred_by = serializers.CharField(max_length=80)
    is_referred_by_city = serializers.BooleanField(default=False)
    referred_on = DayField()
    people = PeopleField(help_text=f"counts by age band: {', '.join(AGE_BANDS)}")
    ethos = serializers.ChoiceField(Household.Ethos.choices, default=Household.Ethos.NOT_COLLECTED)
    isee = serializers.ChoiceField(Household.Isee.choices, default=Household.Isee.NOT_COLLECTED)
    is_restricted = serializers.BooleanField(default=False)


class OutcomeInput(Input):
    code = serializers.ChoiceField(OutcomeCode.choices)
    on = DayField()
    source = serializers.CharField(max_length=80, required=False)  # type: ignore[assignment]  # also an argument of Field


class ActionInput(Input):
    kind = serializers.ChoiceField(SupportAction.Kind.choices)
    on = DayField()


class NextStepInput(Input):
    step = serializers.CharField(max_length=120)
    by_when = DayField()


class HouseholdSerializer(serializers.ModelSerializer[Household]):
    people = serializers.SerializerMethodField()
    size = serializers.IntegerField()
    synthetic = serializers.BooleanField(source="is_synthetic")

    class Meta:
        model = Household
        fields = (
            "id", "code", "referred_by", "referred_on", "people", "size", "ethos", "isee",
            "next_step", "next_step_on", "synthetic",
        )  # fmt: skip

    def get_people(self, household: Household) -> dict[str, int]:
        return {band: getattr(household, f"people_{band}") for band in AGE_BANDS}


class OutcomeSerializer(serializers.ModelSerializer[HousingOutcome]):
    class Meta:
        model = HousingOutcome
        fields = ("id", "code", "on", "source")


class ActionSerializer(serializers.ModelSerializer[SupportAction]):
    class Meta:
        model = SupportAction
        fields = ("id", "kind", "on")


class Households(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "household.edit" if request.method == "POST" else "household.view"

    @extend_schema(responses=HouseholdSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The households one may see, by code; nobody's name stands here."""
        rows = Household.objects.visible_to(self.person).order_by("code")
        return self.paged(rows, each(HouseholdSerializer))

    @extend_schema(request=NewHouseholdInput, responses={201: HouseholdSerializer})
    def post(self, request: Request) -> Response:
        """Take a household in; the caller is its caseworker."""
        new = households.NewHousehold(
            caseworker=self.person,
            is_synthetic=listing.organisation_of(self.person).is_synthetic,
            **self.read(NewHouseholdInput),
        )
        household = households.register(new=new, by=self.person, at=clock.now())
        return Response(HouseholdSerializer(household).data, status=201)


class OneHousehold(Endpoint):
    permission = "household.view"

    @extend_schema(responses=HouseholdSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One household, in counts and brackets."""
        found = listing.one(Household.objects.visible_to(self.person), pk)
        return Response(HouseholdSerializer(found).data)


class Outcomes(Endpoint):
    permission = "household.edit"

    @extend_schema(request=OutcomeInput, responses={201: OutcomeSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Write down where a household lives as of a day."""
        told = self.read(OutcomeInput)
        outcome = households.record_outcome(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            code=told["code"],
            on=told["on"],
            source=told.get("source", str(_("interview"))),
            by=self.person,
            at=clock.now(),
        )
        return Response(OutcomeSerializer(outcome).data, status=201)


class Actions(Endpoint):
    permission = "household.edit"

    @extend_schema(request=ActionInput, responses={201: ActionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Write down something done for a household."""
        action = households.record_action(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            **self.read(ActionInput),
            by=self.person,
            at=clock.now(),
        )
        return Response(ActionSerializer(action).data, status=201)


class NextStep(Endpoint):
    permission = "household.edit"

    @extend_schema(request=NextStepInput, responses=HouseholdSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Say what to do next for a household, and by when."""
        household = households.plan_next(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            **self.read(NextStepInput),
            by=self.person,
            at=clock.now(),
        )
        return Response(HouseholdSerializer(household).data)
