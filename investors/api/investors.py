"""Who am I, and for whom do I act: profile, knowledge test, loss simulation."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, MoneyField, each
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


class ProfileInput(Input):
    """What somebody says about the investor they register."""

    kind = serializers.ChoiceField(choices=Investor.Kind.choices, default=Investor.Kind.PERSON)
    name = serializers.CharField(max_length=200)
    tax_code = serializers.CharField(max_length=20)
    email = serializers.EmailField(required=False)
    language = serializers.ChoiceField(choices=("it", "en"), required=False)
    iban = serializers.CharField(max_length=42, required=False, allow_blank=True, default="")
    synthetic = serializers.BooleanField(default=False)


class IbanInput(Input):
    iban = serializers.CharField(max_length=42)


class MeSerializer(serializers.ModelSerializer[User]):
    investors = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "language", "roles", "investors")

    @extend_schema_field(InvestorSerializer(many=True))
    def get_investors(self, user: User) -> Any:
        return InvestorSerializer(Investor.objects.acted_for_by(user), many=True).data


class AnswersInput(Input):
    answers = serializers.DictField(child=serializers.CharField(max_length=20))


class TestSerializer(serializers.ModelSerializer[KnowledgeTest]):
    questions = serializers.SerializerMethodField()

    class Meta:
        model = KnowledgeTest
        fields = ("id", "version", "right_answers", "has_passed", "taken_at", "questions")

    def get_questions(self, test: KnowledgeTest) -> int:
        return len([question for question in knowledge.QUESTIONS if question.right])


class CircumstancesInput(Input):
    net_income = MoneyField()
    liquid_assets = MoneyField()
    commitments = MoneyField()


class SimulationSerializer(serializers.ModelSerializer[LossSimulation]):
    net_worth = MoneyField()
    bearable_loss = MoneyField()

    class Meta:
        model = LossSimulation
        fields = ("id", "net_worth", "bearable_loss", "taken_at")


class OptionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()


class QuestionSerializer(OptionSerializer):
    options = OptionSerializer(many=True)


class QuestionsSerializer(serializers.Serializer[Any]):
    version = serializers.CharField()
    questions = QuestionSerializer(many=True)


class Me(Endpoint):
    """The user, and the investors for whom they act."""

    permission = ""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(self.person).data)


class InvestorList(Endpoint):
    permission = ""

    @extend_schema(responses=InvestorSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The investors one may see."""
        return self.paged(
            Investor.objects.visible_to(self.person).order_by("id"), each(InvestorSerializer)
        )

    @extend_schema(request=ProfileInput, responses={201: InvestorSerializer})
    def post(self, request: Request) -> Response:
        """Register an investor for whom one acts; a tax code stands once."""
        told = self.read(ProfileInput)
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
    permission = ""

    @extend_schema(responses=InvestorSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One investor."""
        found = get_object_or_404(Investor.objects.visible_to(self.person), pk=pk)
        return Response(InvestorSerializer(found).data)

    @extend_schema(request=IbanInput, responses=InvestorSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Change the IBAN to which money is returned, of an investor one acts for."""
        investor = onboarding.change_iban(
            investor=own(self.person, pk),
            iban=self.read(IbanInput)["iban"],
            by=self.person,
            at=clock.now(),
        )
        return Response(InvestorSerializer(investor).data)


class Questions(Endpoint):
    """The questions of the knowledge test, without their answers."""

    permission = None

    @extend_schema(responses=QuestionsSerializer)
    def get(self, request: Request) -> Response:
        told = {"version": knowledge.VERSION, "questions": [_shown(q) for q in knowledge.QUESTIONS]}
        return Response(QuestionsSerializer(told).data)


class TakeTest(Endpoint):
    """Take the knowledge test for an investor one acts for."""

    permission = ""

    @extend_schema(request=AnswersInput, responses={201: TestSerializer})
    def post(self, request: Request, pk: int) -> Response:
        test = assessments.take_test(
            investor=own(self.person, pk),
            answers=self.read(AnswersInput)["answers"],
            by=self.person,
            at=clock.now(),
        )
        return Response(TestSerializer(test).data, status=201)


class SimulateLoss(Endpoint):
    """Simulate the ability to bear loss; only the result is kept."""

    permission = ""

    @extend_schema(request=CircumstancesInput, responses={201: SimulationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        simulation = assessments.simulate_loss(
            investor=own(self.person, pk),
            circumstances=suitability.Circumstances(**self.read(CircumstancesInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(SimulationSerializer(simulation).data, status=201)


def own(user: User, pk: int) -> Investor:
    """An investor for whom the user acts; 404 for every other."""
    found: Investor = get_object_or_404(Investor.objects.acted_for_by(user), pk=pk)
    return found


def _shown(question: knowledge.Question) -> dict[str, Any]:
    options = [{"code": code, "text": text} for code, text in question.options]
    return {"code": question.code, "text": question.text, "options": options}
