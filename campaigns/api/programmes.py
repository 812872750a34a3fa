"""The city's programmes: what each is, with funnel, money and outputs; open programmes, calls, projects.

What happens to one project is in `projects`.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, MoneyField, each
from campaigns.models import Call, OutputFigure, Programme, Project
from campaigns.programmes import calls, outputs, standing


class ProgrammeInput(Input):
    name = serializers.CharField(max_length=200)
    about = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class CallInput(Input):
    name = serializers.CharField(max_length=200)
    funder = serializers.CharField(max_length=300)
    measure = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    budget = MoneyField(required=False, default=None, allow_null=True)
    grant_maximum = MoneyField(required=False, default=None, allow_null=True)
    own_share_percent = serializers.IntegerField(
        min_value=0, max_value=99, required=False, default=None, allow_null=True
    )


class ProjectInput(Input):
    name = serializers.CharField(max_length=200)
    bodies = serializers.ListField(
        child=serializers.CharField(max_length=120), min_length=1, max_length=30
    )
    place = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    class Meta:
        model = Programme
        fields = ("code", "name", "about_it", "about_en", "is_synthetic")


class CallSerializer(serializers.ModelSerializer[Call]):
    budget = MoneyField()
    grant_maximum = MoneyField()

    class Meta:
        model = Call
        fields = (
            "code", "name", "funder_it", "funder_en", "measure", "budget", "grant_maximum",
            "own_share_percent",
        )  # fmt: skip


class ProjectSerializer(serializers.ModelSerializer[Project]):
    call = serializers.CharField(source="call.code")

    class Meta:
        model = Project
        fields = ("code", "name", "call", "bodies", "place", "since", "state")


class OutputSerializer(serializers.ModelSerializer[OutputFigure]):
    """A figure that may be told; the value of one that is withheld is null."""

    value = serializers.SerializerMethodField(method_name="told")
    sources = serializers.SlugRelatedField[Any](slug_field="letter", many=True, read_only=True)

    class Meta:
        model = OutputFigure
        fields = (
            "id", "key", "label_it", "label_en", "value", "unit_it", "unit_en", "quality",
            "counted_as", "esf_code", "age_from", "shown", "period", "evidence", "sources",
            "withdrawn_at", "withdrawn_reason",
        )  # fmt: skip

    def told(self, figure: OutputFigure) -> str | None:
        return None if figure.shown == OutputFigure.Shown.WITHHELD else str(figure.value)


class StageSerializer(serializers.Serializer[standing.Stage]):
    stage = serializers.CharField()
    projects = serializers.IntegerField(allow_null=True)
    stated = serializers.CharField()
    text = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField(), source="letters")


class PurseSerializer(serializers.Serializer[standing.Purse]):
    budget = MoneyField()
    grant_maximum = MoneyField()
    granted = MoneyField()
    own_share = MoneyField()
    paid = MoneyField()
    due = MoneyField()
    grants = serializers.IntegerField()


class ProjectStandingSerializer(serializers.Serializer[standing.ProjectStanding]):
    project = ProjectSerializer()
    granted = MoneyField(source="grant.amount", allow_null=True, default=None)
    own_share = MoneyField(source="grant.own_share", allow_null=True, default=None)
    paid = MoneyField()
    reports_late = serializers.SerializerMethodField()
    outputs = OutputSerializer(source="figures", many=True)

    def get_reports_late(self, found: standing.ProjectStanding) -> int:
        return len(found.late)


class CallStandingSerializer(serializers.Serializer[standing.CallStanding]):
    call = CallSerializer()
    funnel = StageSerializer(many=True)
    money = PurseSerializer(source="purse")
    named = serializers.IntegerField()
    unnamed = serializers.IntegerField()
    projects = ProjectStandingSerializer(many=True)


class ProgrammeStandingSerializer(serializers.Serializer[Any]):
    programme = ProgrammeSerializer()
    calls = CallStandingSerializer(many=True)


class TotalSerializer(serializers.Serializer[outputs.Total]):
    value = serializers.DecimalField(max_digits=14, decimal_places=1)
    quality = serializers.CharField()
    may_repeat = serializers.BooleanField(help_text="of people: somebody may be in two figures")


class ProgrammeList(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "programme.edit" if request.method == "POST" else "programme.view"

    @extend_schema(responses=ProgrammeSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The programmes of one's office, and those of public sources."""
        rows = Programme.objects.visible_to(self.person)
        return self.paged(rows, each(ProgrammeSerializer))

    @extend_schema(request=ProgrammeInput, responses={201: ProgrammeSerializer})
    def post(self, request: Request) -> Response:
        """Open a programme of one's office. A name is taken once, so a repetition makes no second."""
        told = self.read(ProgrammeInput)
        made = calls.open_programme(**told, by=self.person, at=clock.now())
        return Response(ProgrammeSerializer(made).data, status=201)


class ProgrammeDetail(Endpoint):
    permission = "programme.view"

    @extend_schema(responses=ProgrammeStandingSerializer)
    def get(self, request: Request, code: str) -> Response:
        """Funnel, money and outputs of each call."""
        programme = get_object_or_404(Programme.objects.visible_to(self.person), code=code)
        found = {"programme": programme, "calls": standing.of(programme, on=clock.today())}
        return Response(ProgrammeStandingSerializer(found).data)


class ProgrammeCalls(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=CallInput, responses={201: CallSerializer})
    def post(self, request: Request, code: str) -> Response:
        """Open a call under a programme."""
        programme = get_object_or_404(Programme.objects.visible_to(self.person), code=code)
        new = calls.NewCall(**self.read(CallInput))
        made = calls.open_call(programme=programme, new=new, by=self.person, at=clock.now())
        return Response(CallSerializer(made).data, status=201)


class CallProjects(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=ProjectInput, responses={201: ProjectSerializer})
    def post(self, request: Request, code: str) -> Response:
        """Write down a project that applies to a call."""
        seen = Programme.objects.visible_to(self.person)
        call = get_object_or_404(Call, code=code, programme__in=seen)
        new = calls.NewProject(**self.read(ProjectInput))
        made = calls.enrol(call=call, new=new, by=self.person, at=clock.now())
        return Response(ProjectSerializer(made).data, status=201)


class OutputTotal(Endpoint):
    permission = "programme.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("figure", OpenApiTypes.INT, many=True, required=True, explode=True)
        ],
        responses=TotalSerializer,
    )
    def get(self, request: Request) -> Response:
        """The sum of figures that count the same thing; 422 for people and meals."""
        asked = FigureNumbers(data={"figure": request.query_params.getlist("figure")})
        asked.is_valid(raise_exception=True)
        projects = Project.objects.visible_to(self.person)
        rows = OutputFigure.objects.filter(
            pk__in=asked.validated_data["figure"], project__in=projects, withdrawn_at=None
        )
        return Response(TotalSerializer(outputs.total(list(rows))).data)


class FigureNumbers(serializers.Serializer[Any]):
    """The numbers of figures in a query."""

    figure = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=200
    )
