"""The register of complaints: left by anyone with an account, handled by the organisation's staff."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import pace
from backend.core import clock
from backend.core.api import DayField, Endpoint, IdField, Input, each
from backend.core.filters import Filters
from backend.core.models import Organisation
from investors import complaints
from investors.models import Complaint


class ComplaintSerializer(serializers.ModelSerializer[Complaint]):
    organisation = serializers.CharField(source="organisation.name")
    number = serializers.CharField()
    acknowledge_by = serializers.DateField()

    class Meta:
        model = Complaint
        fields = (
            "id", "number", "organisation", "name", "subject", "text", "wish", "state",
            "received_at", "acknowledge_by", "acknowledged_at", "reason", "contact",
            "answer_due_on", "answered_at", "answer",
        )  # fmt: skip


class GrievanceInput(Input):
    organisation = IdField()
    subject = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=5000)
    wish = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class ComplaintRulingInput(Input):
    is_admissible = serializers.BooleanField()
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    contact = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    answer_due_on = DayField(required=False, allow_null=True, default=None)


class AnswerInput(Input):
    answer = serializers.CharField(max_length=5000)


FILTERS = Filters(
    choices=(("state", Complaint.State.values),),
    days=("received_at",),
    order=("id", "received_at"),
)


class ComplaintList(Endpoint):
    permission = ""

    @extend_schema(parameters=FILTERS.parameters, responses=ComplaintSerializer(many=True))
    def get(self, request: Request) -> Response:
        """One's own complaints; for staff, those about their organisation. Newest first."""
        found = Complaint.objects.visible_to(self.person).select_related("organisation")
        rows = FILTERS.narrow(found.order_by("-received_at", "-id"), request)
        return self.paged(rows, each(ComplaintSerializer))

    @extend_schema(request=GrievanceInput, responses={201: ComplaintSerializer})
    def post(self, request: Request) -> Response:
        """Leave a complaint by the template, free of charge."""
        told = self.read(GrievanceInput)
        told["organisation"] = get_object_or_404(Organisation, pk=told["organisation"])
        pace.keep(request._request, "complaint")
        complaint = complaints.leave(
            grievance=complaints.Grievance(**told),
            user=self.person,
            by=self.person,
            at=clock.now(),
        )
        return Response(ComplaintSerializer(complaint).data, status=201)


class ComplaintDetail(Endpoint):
    permission = ""

    @extend_schema(responses=ComplaintSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One complaint."""
        rows = Complaint.objects.visible_to(self.person).select_related("organisation")
        return Response(ComplaintSerializer(get_object_or_404(rows, pk=pk)).data)


class HandledComplaint(Endpoint):
    """What staff do with a complaint about their organisation."""

    permission = "complaint.handle"

    def complaint(self, pk: int) -> Complaint:
        rows = Complaint.objects.filter(organisation=self.person.organisation_id)
        return get_object_or_404(rows.select_related("organisation"), pk=pk)


class RuleComplaint(HandledComplaint):
    """Acknowledge a complaint and say whether it is admissible."""

    @extend_schema(request=ComplaintRulingInput, responses={200: ComplaintSerializer})
    def post(self, request: Request, pk: int) -> Response:
        complaint = self.complaint(pk)
        ruling = complaints.Ruling(**self.read(ComplaintRulingInput))
        ruled = complaints.rule(complaint=complaint, ruling=ruling, by=self.person, at=clock.now())
        return Response(ComplaintSerializer(ruled).data)


class AnswerComplaint(HandledComplaint):
    """Answer an admissible complaint."""

    @extend_schema(request=AnswerInput, responses={200: ComplaintSerializer})
    def post(self, request: Request, pk: int) -> Response:
        complaint, told = self.complaint(pk), self.read(AnswerInput)
        answered = complaints.answer(
            complaint=complaint, text=told["answer"], by=self.person, at=clock.now()
        )
        return Response(ComplaintSerializer(answered).data)


class WithdrawComplaint(Endpoint):
    """Take one's own complaint back; it stays in the register."""

    permission = ""

    @extend_schema(request=None, responses={200: ComplaintSerializer})
    def post(self, request: Request, pk: int) -> Response:
        rows = Complaint.objects.filter(complainant=self.person).select_related("organisation")
        found = get_object_or_404(rows, pk=pk)
        taken_back = complaints.withdraw(complaint=found, by=self.person, at=clock.now())
        return Response(ComplaintSerializer(taken_back).data)
