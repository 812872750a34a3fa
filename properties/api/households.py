"""Households: `households/`, one of them, what to do next; closed, handed over, opened by name.

What is told about them fact by fact is in `household_facts`.
"""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, IdField, Input, each
from backend.core.filters import Filters
from backend.core.models import User
from properties import households, identities
from properties.api import listing
from properties.models import Household, Unit
from properties.models.household import AGE_BANDS


class PeopleField(serializers.DictField):
    """Counts by age band: {"0_5": 1, "35_54": 2}."""

    child = serializers.IntegerField(min_value=0, max_value=99)


class IdentityInput(Input):
    name = serializers.CharField(max_length=200)
    phone = serializers.CharField(max_length=40, required=False)
    email = serializers.EmailField(required=False)
    tax_code = serializers.CharField(max_length=20, required=False)


class NewHouseholdInput(Input):
    code = serializers.CharField(max_length=30)
    referred_by = serializers.CharField(max_length=80)
    is_referred_by_city = serializers.BooleanField(default=False)
    referred_on = DayField()
    people = PeopleField(help_text=f"counts by age band: {', '.join(AGE_BANDS)}")
    ethos = serializers.ChoiceField(Household.Ethos.choices, default=Household.Ethos.NOT_COLLECTED)
    isee = serializers.ChoiceField(Household.Isee.choices, default=Household.Isee.NOT_COLLECTED)
    is_restricted = serializers.BooleanField(default=False)
    was_living_in = IdField(required=False, help_text="the home they lived in when it was bought")
    identity = IdentityInput(required=False, help_text="kept apart, encrypted")


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
            "was_living_in", "closed_on", "closed_reason", "next_step", "next_step_on", "synthetic",
        )  # fmt: skip

    def get_people(self, household: Household) -> dict[str, int]:
        return {band: getattr(household, f"people_{band}") for band in AGE_BANDS}


FILTERS = Filters(
    choices=(("closed_reason", Household.Closed.values),),
    days=("referred_on", "next_step_on", "closed_on"),
    order=("code", "referred_on", "next_step_on"),
)


class Households(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "household.edit" if request.method == "POST" else "household.view"

    @extend_schema(parameters=FILTERS.parameters, responses=HouseholdSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The households one may see, by code; nobody's name stands here."""
        rows = Household.objects.visible_to(self.person).order_by("code")
        return self.paged(FILTERS.narrow(rows, request), each(HouseholdSerializer))

    @extend_schema(request=NewHouseholdInput, responses={201: HouseholdSerializer})
    def post(self, request: Request) -> Response:
        """Take a household in; the caller is its caseworker."""
        told = self.read(NewHouseholdInput)
        if home := told.pop("was_living_in", None):
            told["was_living_in"] = listing.one(Unit.objects.visible_to(self.person), home)
        new = households.NewHousehold(
            caseworker=self.person,
            is_synthetic=listing.organisation_of(self.person).is_synthetic,
            **told,
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


class CloseInput(Input):
    reason = serializers.ChoiceField(Household.Closed.choices)
    on = DayField()


class Close(Endpoint):
    permission = "household.edit"

    @extend_schema(request=CloseInput, responses=HouseholdSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """End a referral or a case, with the reason."""
        found = listing.one(Household.objects.visible_to(self.person), pk)
        told = self.read(CloseInput)
        closed = households.close(household=found, **told, by=self.person, at=clock.now())
        return Response(HouseholdSerializer(closed).data)


class HandOverInput(Input):
    to = IdField(help_text="a caseworker of the same organisation")


class HandOver(Endpoint):
    permission = "household.edit"

    @extend_schema(request=HandOverInput, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Give the case to a colleague; from then on the caller does not see it."""
        found = listing.one(Household.objects.visible_to(self.person), pk)
        colleagues = User.objects.filter(organisation=found.organisation_id)
        to = listing.one(colleagues, self.read(HandOverInput)["to"])
        households.hand_over(household=found, to=to, by=self.person, at=clock.now())
        return Response(status=204)


class PurposeInput(Input):
    purpose = serializers.CharField(max_length=200)


class IdentitySerializer(serializers.Serializer[identities.Identity]):
    name = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    tax_code = serializers.CharField()
    special = serializers.ListField(
        child=serializers.CharField(), help_text="answers of special categories"
    )


class OpenIdentity(Endpoint):
    permission = "identity.view"

    @extend_schema(request=PurposeInput, responses=IdentitySerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Open who it is; who asks, when and for what is written down first."""
        found = listing.one(Household.objects.visible_to(self.person), pk)
        purpose = self.read(PurposeInput)["purpose"]
        who = identities.read(household=found, purpose=purpose, by=self.person, at=clock.now())
        return Response(IdentitySerializer(who).data)
