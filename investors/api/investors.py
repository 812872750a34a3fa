"""Who am I, and for whom do I act: profile, knowledge test, loss simulation."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, MoneyField, Paging
from backend.core.models import User
from investors import assessments, knowledge, onboarding, suitability
from investors.models import Investor, KnowledgeTest, LossSimulation


class InvestorSerializer(serializers.ModelSerializer[Investor]):
    synthetic = serializers.BooleanField(source="is_synthetic")

    class Meta:
        model = Investor
        fields = (
            "id",
            "kind",
            "name",
            "tax_code",
            "email",
            "language",
            "iban",
            "category",
            "synthetic",
        )


class ProfileSerializer(serializers.Serializer[Investor]):
    """What somebody says about the investor they register."""

    kind = serializers.ChoiceField(choices=Investor.Kind.choices, default=Investor.Kind.PERSON)
    name = serializers.CharField(max_length=200)
    tax_code = serializers.CharField(max_length=20)
    email = serializers.EmailField(required=False)
    language = serializers.ChoiceField(choices=("it", "en"), required=False)
    iban = serializers.CharField(max_length=42, required=False, allow_blank=True, default="")
    synthetic = serializers.BooleanField(default=False)


class IbanSerializer(serializers.Serializer[Investor]):
    iban = serializers.CharField(max_length=42)


class MeSerializer(serializers.ModelSerializer[User]):
    investors = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "language", "roles", "investors")

    @extend_schema(responses=InvestorSerializer(many=True))
    def get_investors(self, user: User) -> Any:
        return InvestorSerializer(Investor.objects.acted_for_by(user), many=True).data


class AnswersSerializer(serializers.Serializer[KnowledgeTest]):
    answers = serializers.DictField(child=serializers.CharField(max_length=20))


class TestSerializer(serializers.ModelSerializer[KnowledgeTest]):
    questions = serializers.SerializerMethodField()

    class Meta:
        model = KnowledgeTest
        fields = ("id", "version", "right_answers", "has_passed", "taken_at", "questions")

    def get_questions(self, test: KnowledgeTest) -> int:
        return len([question for question in knowledge.QUESTIONS if question.right])


class CircumstancesSerializer(serializers.Serializer[LossSimulation]):
    net_income = MoneyField()
    liquid_assets = MoneyField()
    commitments = MoneyField()


class SimulationSerializer(serializers.ModelSerializer[LossSimulation]):
    net_worth = MoneyField()
    bearable_loss = MoneyField()

    class Meta:
        model = LossSimulation
        fields = ("id", "net_worth", "bearable_loss", "taken_at")


class Me(Endpoint):
    """The user, and the investors for whom they act."""

    permission = ""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(self.person).data)


class InvestorList(Endpoint):
    """The investors one may see; register one for whom one acts."""

    permission = ""

    @extend_schema(responses=InvestorSerializer(many=True))
    def get(self, request: Request) -> Response:
        pages = Paging()
        found = Investor.objects.visible_to(self.person).order_by("id")
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(InvestorSerializer(page, many=True).data)

    @extend_schema(request=ProfileSerializer, responses={201: InvestorSerializer})
    def post(self, request: Request) -> Response:
        asked = ProfileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        profile = onboarding.Profile(
            kind=told["kind"],
            name=told["name"],
            tax_code=told["tax_code"],
            email=told.get("email") or self.person.email,
            language=told.get("language") or self.person.language,
            iban=told["iban"],
            is_synthetic=told["synthetic"],
        )
        investor = onboarding.register(
            profile=profile, user=self.person, by=self.person, at=clock.now()
        )
        return Response(InvestorSerializer(investor).data, status=201)


class InvestorDetail(Endpoint):
    """One investor; its own people may change the IBAN."""

    permission = ""

    @extend_schema(responses=InvestorSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(Investor.objects.visible_to(self.person), pk=pk)
        return Response(InvestorSerializer(found).data)

    @extend_schema(request=IbanSerializer, responses=InvestorSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        asked = IbanSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        investor = onboarding.change_iban(
            investor=own(self.person, pk),
            iban=asked.validated_data["iban"],
            by=self.person,
            at=clock.now(),
        )
        return Response(InvestorSerializer(investor).data)


class Questions(Endpoint):
    """The questions of the knowledge test, without their answers."""

    permission = None

    @extend_schema(responses=serializers.ListField(child=serializers.DictField()))
    def get(self, request: Request) -> Response:
        return Response(
            [
                {
                    "code": question.code,
                    "text": str(question.text),
                    "options": [
                        {"code": code, "text": str(text)} for code, text in question.options
                    ],
                }
                for question in knowledge.QUESTIONS
            ]
        )


class TakeTest(Endpoint):
    """Take the knowledge test for an investor one acts for."""

    permission = ""

    @extend_schema(request=AnswersSerializer, responses={201: TestSerializer})
    def post(self, request: Request, pk: int) -> Response:
        asked = AnswersSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        test = assessments.take_test(
            investor=own(self.person, pk),
            answers=asked.validated_data["answers"],
            by=self.person,
            at=clock.now(),
        )
        return Response(TestSerializer(test).data, status=201)


class SimulateLoss(Endpoint):
    """Simulate the ability to bear loss; only the result is kept."""

    permission = ""

    @extend_schema(request=CircumstancesSerializer, responses={201: SimulationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        asked = CircumstancesSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        simulation = assessments.simulate_loss(
            investor=own(self.person, pk),
            circumstances=suitability.Circumstances(**asked.validated_data),
            by=self.person,
            at=clock.now(),
        )
        return Response(SimulationSerializer(simulation).data, status=201)


def own(user: User, pk: int) -> Investor:
    """An investor for whom the user acts; 404 for every other."""
    found: Investor = get_object_or_404(Investor.objects.acted_for_by(user), pk=pk)
    return found
