"""What is known of an offer's issuer: its statuses, the investors tied to it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Idempotent, IdField, Input, MoneyField, each
from backend.core.money import ZERO
from campaigns import issuer_statuses, ties
from campaigns.api.campaigns import of_staff
from campaigns.issuer_statuses import Status
from campaigns.models import IssuerStatus, IssuerTie
from investors.models import Investor


class StatusInput(Input):
    status = serializers.ChoiceField(IssuerStatus.Status.choices)
    since = DayField()
    until = DayField(required=False)
    evidence = serializers.CharField(max_length=300)


class StatusSerializer(serializers.ModelSerializer[IssuerStatus]):
    class Meta:
        model = IssuerStatus
        fields = ("status", "since", "until", "evidence", "recorded_at")


class IssuerTieInput(Input):
    investor = IdField()
    other_capital = MoneyField(required=False, help_text="nominal, beside our offers")
    votes_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )
    invoiced = MoneyField(required=False, help_text="what the investor invoiced the issuer")
    evidence = serializers.CharField(max_length=300)


class IssuerTieSerializer(serializers.ModelSerializer[IssuerTie]):
    other_capital = MoneyField()
    invoiced = MoneyField()

    class Meta:
        model = IssuerTie
        fields = (
            "id", "investor", "other_capital", "votes_percent", "invoiced", "evidence", "recorded_at",
        )  # fmt: skip


class IssuerStatuses(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=StatusSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What the issuer was registered as, newest first."""
        rows = of_staff(self, slug).issuer.statuses.order_by("-id")
        return self.paged(rows, each(StatusSerializer))

    @extend_schema(request=StatusInput, responses={201: StatusSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Write down a status of the issuer."""
        told, issuer = Status(**self.read(StatusInput)), of_staff(self, slug).issuer
        made = issuer_statuses.record(issuer=issuer, told=told, by=self.person, at=clock.now())
        return Response(StatusSerializer(made).data, status=201)


class IssuerTies(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=IssuerTieSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What ties investors to the issuer, newest first (I10)."""
        rows = of_staff(self, slug).issuer.ties.order_by("-id")
        return self.paged(rows, each(IssuerTieSerializer))

    @extend_schema(request=IssuerTieInput, responses={201: IssuerTieSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Write down what ties an investor to the issuer; it may void a certificate."""
        told, issuer = self.read(IssuerTieInput), of_staff(self, slug).issuer
        known = Investor.objects.visible_to(self.person)
        investor = get_object_or_404(known, pk=told.pop("investor"))
        tie = ties.Tie(**{"other_capital": ZERO, "invoiced": ZERO} | told)
        made = ties.record(
            issuer=issuer, investor=investor, told=tie, by=self.person, at=clock.now()
        )
        return Response(IssuerTieSerializer(made).data, status=201)
