"""One project of a call: how far it came, its award, its reports, what it put out."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input, MoneyField
from campaigns.api.programmes import OutputSerializer, ProjectStandingSerializer
from campaigns.models import (
    OutputFigure,
    Project,
    ProjectGrant,
    ProjectInstalment,
    ReportDuty,
)
from campaigns.programmes import awards, calls, outputs, standing


class ProjectMoveInput(Input):
    to = serializers.ChoiceField(Project.State.choices)
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ProjectPartInput(Input):
    amount = MoneyField()
    due_on = DayField()


class AwardInput(Input):
    agreement = serializers.CharField(max_length=120)
    amount = MoneyField()
    own_share = MoneyField()
    agreed_on = DayField()
    instalments = ProjectPartInput(many=True)
    reports_due = serializers.ListField(child=DayField(), max_length=40)


class PaidOnInput(Input):
    on = DayField()


class HandInInput(Input):
    on = DayField()
    evidence = serializers.CharField(max_length=200)


class OutputInput(Input):
    what = serializers.CharField(max_length=200, source="label")
    what_en = serializers.CharField(
        max_length=200, source="label_en", required=False, allow_blank=True, default=""
    )
    value = serializers.DecimalField(max_digits=12, decimal_places=1, min_value=0)
    unit = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    quality = serializers.ChoiceField(OutputFigure.Quality.choices)
    counted_as = serializers.ChoiceField(OutputFigure.CountedAs.choices)
    period_from = DayField()
    period_to = DayField()
    evidence = serializers.CharField(max_length=300)
    is_sensitive = serializers.BooleanField(required=False, default=False)
    esf_code = serializers.CharField(max_length=4, required=False, allow_blank=True, default="")
    age_from = serializers.IntegerField(
        min_value=0, max_value=120, required=False, default=None, allow_null=True
    )
    meets_esf_rule = serializers.BooleanField(
        required=False,
        default=False,
        help_text="identified, asked for characteristics, earmarked spending",
    )


class OutputWithdrawalInput(Input):
    reason = serializers.CharField(max_length=300)


class ProjectInstalmentSerializer(serializers.ModelSerializer[ProjectInstalment]):
    amount = MoneyField()

    class Meta:
        model = ProjectInstalment
        fields = ("id", "number", "amount", "due_on", "paid_on")


class ReportDutySerializer(serializers.ModelSerializer[ReportDuty]):
    class Meta:
        model = ReportDuty
        fields = ("id", "number", "due_on", "handed_in_on", "evidence")


class ProjectGrantSerializer(serializers.ModelSerializer[ProjectGrant]):
    amount = MoneyField()
    own_share = MoneyField()
    instalments = ProjectInstalmentSerializer(many=True)
    reports = ReportDutySerializer(source="project.duties", many=True)

    class Meta:
        model = ProjectGrant
        fields = ("agreement", "amount", "own_share", "agreed_on", "instalments", "reports")


class ProjectDetail(Endpoint):
    permission = "programme.view"

    @extend_schema(responses=ProjectStandingSerializer)
    def get(self, request: Request, code: str) -> Response:
        """How a project stands today."""
        found = standing.of_project(project_of(self, code), on=clock.today())
        return Response(ProjectStandingSerializer(found).data)


class ProjectMoves(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=ProjectMoveInput, responses=ProjectStandingSerializer)
    def post(self, request: Request, code: str) -> Response:
        """Say how far a project came; it is funded by its award."""
        told, project = self.read(ProjectMoveInput), project_of(self, code)
        calls.move(project=project, **told, by=self.person, at=clock.now())
        found = standing.of_project(project, on=clock.today())
        return Response(ProjectStandingSerializer(found).data)


class ProjectAward(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=AwardInput, responses={201: ProjectGrantSerializer})
    def post(self, request: Request, code: str) -> Response:
        """Fund a project; a project has one grant, so a repetition makes no second."""
        told, project = self.read(AwardInput), project_of(self, code)
        told["instalments"] = [awards.Part(**each) for each in told["instalments"]]
        new = awards.Award(**told)
        grant = awards.award(project=project, new=new, by=self.person, at=clock.now())
        return Response(ProjectGrantSerializer(grant).data, status=201)


class ProjectOutputs(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=OutputInput, responses={201: OutputSerializer})
    def post(self, request: Request, code: str) -> Response:
        """Enter a figure that the project's body reported."""
        new, project = outputs.NewOutput(**self.read(OutputInput)), project_of(self, code)
        figure = outputs.enter(project=project, new=new, by=self.person, at=clock.now())
        return Response(OutputSerializer(figure).data, status=201)


class InstalmentPaid(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=PaidOnInput, responses=ProjectInstalmentSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Note that the city paid an instalment; not while a report is overdue."""
        told = self.read(PaidOnInput)
        rows = ProjectInstalment.objects.filter(grant__project__in=seen(self))
        paid = awards.pay(
            instalment=get_object_or_404(rows, pk=pk), **told, by=self.person, at=clock.now()
        )
        return Response(ProjectInstalmentSerializer(paid).data)


class ReportHandedIn(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=HandInInput, responses=ReportDutySerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Note that a project handed in a report."""
        told = self.read(HandInInput)
        duty = get_object_or_404(ReportDuty.objects.filter(project__in=seen(self)), pk=pk)
        done = awards.hand_in(duty=duty, **told, by=self.person, at=clock.now())
        return Response(ReportDutySerializer(done).data)


class OutputWithdrawal(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=OutputWithdrawalInput, responses=OutputSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Take back a figure that was wrong, with the reason."""
        told = self.read(OutputWithdrawalInput)
        figure = get_object_or_404(OutputFigure.objects.filter(project__in=seen(self)), pk=pk)
        gone = outputs.withdraw(figure=figure, **told, by=self.person, at=clock.now())
        return Response(OutputSerializer(gone).data)


def seen(view: Endpoint) -> Any:
    """The projects that the person may see."""
    return Project.objects.visible_to(view.person)


def project_of(view: Endpoint, code: str) -> Project:
    """A project that the person may see, else 404."""
    found: Project = get_object_or_404(seen(view).select_related("call__programme"), code=code)
    return found
