"""A household after intake: `households/{id}/assessments/`, its names, its protection."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input, each
from properties import assessments
from properties.api import listing
from properties.api.households import PeopleField
from properties.models import Assessment, Household


class AssessmentInput(Input):
    """What is left out is as it was before."""

    on = DayField()
    source = serializers.CharField(max_length=80)  # type: ignore[assignment]  # also an argument of Field
    ethos = serializers.ChoiceField(Household.Ethos.choices, required=False)
    isee = serializers.ChoiceField(Household.Isee.choices, required=False)
    people = PeopleField(required=False, help_text="counts by age band, all of them")


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    people = PeopleField()

    class Meta:
        model = Assessment
        fields = ("id", "on", "source", "ethos", "isee", "people")


class NamesInput(Input):
    """What is left out stays as it is kept."""

    name = serializers.CharField(max_length=200, required=False)
    phone = serializers.CharField(max_length=40, required=False)
    email = serializers.EmailField(required=False)
    tax_code = serializers.CharField(max_length=20, required=False)


class ProtectionInput(Input):
    is_restricted = serializers.BooleanField()


class Assessments(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "household.edit" if request.method == "POST" else "household.view"

    @extend_schema(responses=AssessmentSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What was known of a household, the newest day first; empty where only intake told it."""
        found = listing.one(Household.objects.visible_to(self.person), pk)
        return self.paged(found.assessments.order_by("-on", "-pk"), each(AssessmentSerializer))

    @extend_schema(request=AssessmentInput, responses={201: AssessmentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Write down what is known of a household as of a day; what was known before is kept."""
        told = assessments.assess(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            new=assessments.NewAssessment(**self.read(AssessmentInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(AssessmentSerializer(told).data, status=201)


class Names(Endpoint):
    permission = "household.edit"

    @extend_schema(request=NamesInput, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Keep who a household is, or what of it changed; nothing of it is given back."""
        assessments.complete(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            said=self.read(NamesInput),
            by=self.person,
            at=clock.now(),
        )
        return Response(status=204)


class Protection(Endpoint):
    permission = "household.edit"

    @extend_schema(request=ProtectionInput, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Put a household under protection, or end that: then only its caseworker sees it."""
        assessments.protect(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            **self.read(ProtectionInput),
            by=self.person,
            at=clock.now(),
        )
        return Response(status=204)
