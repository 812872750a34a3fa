"""Grants: write one down, see how it stands, take its statement. Their costs are in `running_costs`."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, downloads
from backend.core.api import (
    DayField,
    Endpoint,
    IdField,
    Input,
    MoneyField,
    each,
)
from backend.core.models import Organisation
from backend.core.money import ZERO
from backend.ledger.models import Purpose
from backend.treasury.models import BankAccount
from campaigns.grants import agreements, standing, statements
from campaigns.models import Grant


class GrantInstalmentInput(Input):
    amount = MoneyField()
    due_on = DayField()
    reference = serializers.CharField(
        max_length=35, required=False, allow_blank=True, help_text="the grantor's own code"
    )


class GrantInput(Input):
    code = serializers.SlugField(max_length=40)
    title = serializers.CharField(max_length=200)
    grantor = serializers.CharField(max_length=200)
    agreement = serializers.CharField(max_length=120)
    amount = MoneyField()
    own_share = MoneyField(default=ZERO)
    starts_on = DayField()
    ends_on = DayField()
    pay_until = DayField()
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=Purpose.choices), max_length=20
    )
    bank_account = IdField()
    instalments = GrantInstalmentInput(many=True)


class GrantSerializer(serializers.ModelSerializer[Grant]):
    amount = MoneyField()
    own_share = MoneyField()

    class Meta:
        model = Grant
        fields = (
            "id", "code", "title", "grantor", "agreement", "amount", "own_share", "starts_on",
            "ends_on", "pay_until", "bank_account",
        )  # fmt: skip


class GrantDueSerializer(serializers.Serializer[standing.Due]):
    number = serializers.IntegerField(source="instalment.number")
    amount = MoneyField(source="instalment.amount")
    due_on = serializers.DateField(source="instalment.due_on")
    received = MoneyField()


class GrantCostSerializer(serializers.Serializer[standing.Row]):
    """A cost of a grant, with its invoice and what was paid."""

    id = serializers.IntegerField(source="cost.pk")
    purpose = serializers.CharField(source="cost.purpose")
    supplier = serializers.CharField(source="cost.invoice.supplier")
    invoice = serializers.CharField(source="cost.invoice.number")
    sha256 = serializers.CharField(source="cost.invoice.sha256")
    incurred_on = serializers.DateField(source="cost.incurred_on")
    amount = MoneyField(source="cost.amount")
    paid = MoneyField()


class GrantStandingSerializer(serializers.Serializer[Any]):
    """A grant as of a day; `remains` may still be charged."""

    grant = GrantSerializer()
    on = serializers.DateField()
    kinds = serializers.ListField(child=serializers.CharField())
    received = MoneyField()
    charged = MoneyField()
    paid = MoneyField()
    own = MoneyField(help_text="own share, paid")
    remains = MoneyField()
    repaid = MoneyField(help_text="sent back to the grantor")
    unspent = MoneyField(help_text="received, and charged by no cost")
    cash = MoneyField(help_text="received and not spent")
    instalments = GrantDueSerializer(many=True)
    costs = GrantCostSerializer(many=True, source="charged_rows")
    own_costs = GrantCostSerializer(many=True, source="own_rows")


class GrantList(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "grant.edit" if request.method == "POST" else "grant.view"

    @extend_schema(responses=GrantSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The grants of one's organisation."""
        rows = Grant.objects.visible_to(self.person).order_by("-starts_on", "-id")
        return self.paged(rows, each(GrantSerializer))

    @extend_schema(request=GrantInput, responses={201: GrantSerializer})
    def post(self, request: Request) -> Response:
        """Write a grant down. A code is taken once, so a repetition makes no second one."""
        told = self.read(GrantInput)
        accounts = BankAccount.objects.visible_to(self.person)
        told["bank_account"] = get_object_or_404(accounts, pk=told["bank_account"])
        told["instalments"] = [agreements.Instalment(**each) for each in told["instalments"]]
        new = agreements.NewGrant(organisation=organisation_of(self), **told)
        grant = agreements.agree(new=new, by=self.person, at=clock.now())
        return Response(GrantSerializer(grant).data, status=201)


class GrantDetail(Endpoint):
    permission = "grant.view"

    @extend_schema(responses=GrantStandingSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """How a grant stands today."""
        found = standing.of(grant_of(self, pk), on=clock.today())
        return Response(GrantStandingSerializer(found).data)


class GrantStatement(Endpoint):
    permission = "grant.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("as", str, enum=["csv", "pdf"], description="csv unless said")
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The statement for the grantor as of today, as a table or a document."""
        grant, today = grant_of(self, pk), clock.today()
        if request.query_params.get("as") == "pdf":
            name = statements.name_of(grant, today, "pdf")
            content = statements.as_pdf(grant, on=today)
            return downloads.paper(name=name, content=content, media_type="application/pdf")
        name = statements.name_of(grant, today, "csv")
        return downloads.csv(name=name, text=statements.as_csv(grant, on=today))


def organisation_of(view: Endpoint) -> Organisation:
    """The organisation of who asks; 404 for who belongs to none."""
    return get_object_or_404(Organisation, pk=view.person.organisation_id)


def grant_of(view: Endpoint, pk: int) -> Grant:
    rows = Grant.objects.visible_to(view.person).select_related("fund", "organisation")
    grant: Grant = get_object_or_404(rows, pk=pk)
    return grant
