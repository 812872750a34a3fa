"""Rents owed and the plans that pay them off: `arrears/`, `repayment-plans/`, their end."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Idempotent, IdField, Input, MoneyField, each
from backend.core.money import from_cents
from properties import arrears, repayments
from properties.api import listing
from properties.models import RepaymentPlan, Tenancy


class NewPlanInput(Input):
    tenancy = IdField()
    instalment = MoneyField()
    frequency = serializers.ChoiceField(RepaymentPlan.Frequency.choices)
    starts_on = DayField(help_text="the first instalment is due")
    first_payment = MoneyField(required=False, allow_null=True)
    first_payment_on = DayField(required=False, allow_null=True)
    kind = serializers.ChoiceField(RepaymentPlan.Kind.choices, default=RepaymentPlan.Kind.INFORMAL)
    notes = serializers.CharField(
        max_length=300, required=False, allow_blank=True, default="", help_text="no names"
    )


class PlanGiveUpInput(Input):
    reason = serializers.CharField(max_length=200)


class RepaymentPlanSerializer(serializers.ModelSerializer[RepaymentPlan]):
    contract_no = serializers.CharField(source="tenancy.contract_no")
    starting_balance = MoneyField()
    instalment = MoneyField()

    class Meta:
        model = RepaymentPlan
        fields = (
            "id", "tenancy", "contract_no", "kind", "starting_balance", "instalment", "frequency",
            "starts_on", "state", "checked_at",
        )  # fmt: skip


class AgesSerializer(serializers.Serializer[Any]):
    contract_no = serializers.CharField()
    owed = MoneyField()
    by_age = serializers.DictField(child=MoneyField(), help_text="days since it was due")


class Arrears(Endpoint):
    permission = "tenancy.view"

    @extend_schema(responses=AgesSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What is owed today by contract and age; no name, and nothing of who owes nothing."""
        mine = dict(Tenancy.objects.visible_to(self.person).values_list("pk", "contract_no"))
        today = clock.today()
        owing = arrears.by_tenancy(arrears.dues(list(mine), as_of=today))
        rows = [
            {
                "contract_no": mine[tenancy],
                "owed": from_cents(sum(due.owed for due in dues)),
                "by_age": {
                    age: from_cents(cents)
                    for age, cents in arrears.by_age(dues, as_of=today).items()
                },
            }
            for tenancy, dues in owing.items()
        ]
        return self.paged(rows, each(AgesSerializer))


class Plans(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "tenancy.edit" if request.method == "POST" else "tenancy.view"

    @extend_schema(responses=RepaymentPlanSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The plans one may see, newest first."""
        mine = Tenancy.objects.visible_to(self.person)
        rows = RepaymentPlan.objects.filter(tenancy__in=mine).select_related("tenancy")
        return self.paged(rows.order_by("-pk"), each(RepaymentPlanSerializer))

    @extend_schema(request=NewPlanInput, responses={201: RepaymentPlanSerializer})
    def create(self, request: Request) -> Response:
        """Agree on a plan for what a tenancy owes today."""
        told = self.read(NewPlanInput)
        tenancy = listing.one(Tenancy.objects.visible_to(self.person), told.pop("tenancy"))
        new = repayments.NewPlan(tenancy=tenancy, **told)
        plan = repayments.open_plan(new=new, by=self.person, at=clock.now())
        return Response(RepaymentPlanSerializer(plan).data, status=201)


class GiveUp(Endpoint):
    permission = "tenancy.edit"

    @extend_schema(request=PlanGiveUpInput, responses=RepaymentPlanSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """End a plan by hand, with the reason."""
        mine = Tenancy.objects.visible_to(self.person)
        plan = listing.one(RepaymentPlan.objects.filter(tenancy__in=mine), pk)
        reason = self.read(PlanGiveUpInput)["reason"]
        ended = repayments.give_up(plan=plan, reason=reason, by=self.person, at=clock.now())
        return Response(RepaymentPlanSerializer(ended).data)
