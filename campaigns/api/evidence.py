"""Until when a project's evidence is kept: `projects/{code}/evidence/`, and what stops the clock."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input
from campaigns.api.projects import project_of
from campaigns.models import Proceedings, Project
from campaigns.programmes import evidence


class AccountsInput(Input):
    accounts_on = DayField()
    is_state_aid = serializers.BooleanField(required=False, default=False)


class ProceedingsInput(Input):
    reference = serializers.CharField(max_length=120, help_text="a number, no names")
    on = DayField()


class ProceedingsEndInput(Input):
    on = DayField()


class ProceedingsSerializer(serializers.ModelSerializer[Proceedings]):
    class Meta:
        model = Proceedings
        fields = ("id", "reference", "starts_on", "ends_on")


class EvidenceTermSerializer(serializers.Serializer[dict[str, Any]]):
    """How it stands with a project's evidence; `until` is the last day to keep it."""

    standing = serializers.CharField(help_text="awaited, running, paused or over")
    until = serializers.DateField(allow_null=True)
    proceedings = ProceedingsSerializer(many=True)


class ProjectEvidence(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "programme.edit" if request.method == "POST" else "programme.view"

    @extend_schema(responses=EvidenceTermSerializer)
    def get(self, request: Request, code: str) -> Response:
        """Until when the evidence of a project is kept."""
        return _answer(project_of(self, code))

    @extend_schema(request=AccountsInput, responses=EvidenceTermSerializer)
    def post(self, request: Request, code: str) -> Response:
        """Say when the accounts with the project's spending were handed in; a later word replaces it."""
        told, project = self.read(AccountsInput), project_of(self, code)
        evidence.tell_accounts(project=project, **told, by=self.person, at=clock.now())
        return _answer(project_of(self, code))


class ProjectProceedings(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=ProceedingsInput, responses={201: ProceedingsSerializer})
    def post(self, request: Request, code: str) -> Response:
        """Stop the clock; while proceedings are open there are no others."""
        told, project = self.read(ProceedingsInput), project_of(self, code)
        begun = evidence.begin_proceedings(project=project, **told, by=self.person, at=clock.now())
        return Response(ProceedingsSerializer(begun).data, status=201)


class ProceedingsEnd(Endpoint):
    permission = "programme.edit"

    @extend_schema(request=ProceedingsEndInput, responses=EvidenceTermSerializer)
    def post(self, request: Request, code: str) -> Response:
        """Let the clock go on."""
        told, project = self.read(ProceedingsEndInput), project_of(self, code)
        evidence.end_proceedings(project=project, **told, by=self.person, at=clock.now())
        return _answer(project_of(self, code))


def _answer(project: Project) -> Response:
    term = evidence.term_of(project, on=clock.today())
    told = {**vars(term), "proceedings": project.proceedings.all()}
    return Response(EvidenceTermSerializer(told).data)
