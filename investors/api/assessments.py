"""Knowledge test, simulation of loss, warnings: taken for an investor one acts for, or only looked at."""

from typing import Any

from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input
from investors import assessments, knowledge, loss, warnings
from investors.api import shapes
from investors.api.investors import own
from investors.models import Acknowledgement


class AnswersInput(Input):
    """Answers by the code of their question; what is left out is missing, and warns."""

    answers = serializers.DictField(child=serializers.CharField(max_length=20, allow_blank=True))
    version = serializers.CharField(max_length=20, required=False, default=knowledge.VERSION)
    form_token = serializers.CharField(
        max_length=64, required=False, allow_blank=True, default="",
        help_text="The same token again is the same test.",
    )  # fmt: skip


class OptionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()


class QuestionSerializer(OptionSerializer):
    part = serializers.CharField()
    options = OptionSerializer(many=True)


class QuestionsSerializer(serializers.Serializer[Any]):
    version = serializers.CharField()
    questions = QuestionSerializer(many=True)


class TextSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    version = serializers.CharField()
    text = serializers.CharField()


class TextsSerializer(serializers.Serializer[Any]):
    """What stands in %(...)s is an amount of the investor's own."""

    texts = TextSerializer(many=True)


class AcknowledgedInput(Input):
    subject = serializers.CharField(max_length=80)


class AcknowledgementSerializer(serializers.ModelSerializer[Acknowledgement]):
    text = serializers.SerializerMethodField()

    class Meta:
        model = Acknowledgement
        fields = (
            "id", "kind", "version", "text", "language", "words_hash", "amounts", "subject",
            "given_at",
        )  # fmt: skip

    def get_text(self, given: Acknowledgement) -> str:
        """The words that were shown, in the language in which they were."""
        with translation.override(given.language or translation.get_language()):
            return str(warnings.text(given.kind, given.version, given.amounts))


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

    @extend_schema(request=AnswersInput, responses={201: shapes.TestSerializer})
    def post(self, request: Request, pk: int) -> Response:
        test = assessments.take_test(
            investor=own(self.person, pk),
            sheet=assessments.Sheet(**self.read(AnswersInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(shapes.TestSerializer(test).data, status=201)


class SimulateLoss(Endpoint):
    """Simulate the ability to bear loss; without consent only the result is kept."""

    permission = ""

    @extend_schema(request=shapes.KeptFiguresInput, responses={201: shapes.SimulationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        told = self.read(shapes.KeptFiguresInput)
        simulation = assessments.simulate_loss(
            investor=own(self.person, pk),
            figures=shapes.FiguresInput.figures(told),
            keeps_components=told["keeps_components"],
            by=self.person,
            at=clock.now(),
        )
        return Response(shapes.SimulationSerializer(simulation).data, status=201)


class ForgetComponents(Endpoint):
    """Delete the figures that were kept of simulations; the results stay."""

    permission = ""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        investor = own(self.person, pk)
        assessments.forget_components(investor=investor, by=self.person, at=clock.now())
        return Response(status=204)


class ComputeLoss(Endpoint):
    """The simulation as a tool for anyone: works out the result and keeps nothing."""

    permission = None

    @extend_schema(request=shapes.FiguresInput, responses={200: shapes.ResultSerializer})
    def post(self, request: Request) -> Response:
        figures = shapes.FiguresInput.figures(self.read(shapes.FiguresInput))
        return Response(shapes.ResultSerializer(loss.simulate(figures)).data)


class WarningTexts(Endpoint):
    """The words of every warning and statement, by version, in the reader's language."""

    permission = None

    @extend_schema(responses=TextsSerializer)
    def get(self, request: Request) -> Response:
        texts = [
            {"kind": kind, "version": version, "text": text}
            for (kind, version), text in warnings.TEXTS.items()
        ]
        return Response(TextsSerializer({"texts": texts}).data)


class Acknowledgements(Endpoint):
    """What was acknowledged, in the words that were shown."""

    permission = ""

    @extend_schema(responses=AcknowledgementSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The acknowledgements of an investor one acts for, newest first."""
        given = own(self.person, pk).acknowledgements.order_by("-given_at", "-id")
        return self.paged(given, lambda rows: AcknowledgementSerializer(rows, many=True).data)

    @extend_schema(request=AcknowledgedInput, responses={201: AcknowledgementSerializer(many=True)})
    def post(self, request: Request, pk: int) -> Response:
        """Acknowledge a warning or a result that waits; repeated it stays one."""
        investor, subject = own(self.person, pk), self.read(AcknowledgedInput)["subject"]
        assessments.acknowledge_due(
            investor=investor, subject=subject, by=self.person, at=clock.now()
        )
        given = Acknowledgement.objects.filter(investor=investor, subject=subject)
        return Response(AcknowledgementSerializer(given, many=True).data, status=201)


def _shown(question: knowledge.Question) -> dict[str, Any]:
    options = [{"code": code, "text": text} for code, text in question.options]
    return {
        "code": question.code,
        "text": question.text,
        "part": question.part,
        "options": options,
    }
