"""What purchases cost: `acquisitions/{id}/costs/`, `costs/{id}/owe/`, `costs/{id}/drop/`, and a default."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Idempotent, Input, MoneyField, each
from backend.core.models import User
from backend.ledger.models import Purpose
from properties import costs, defaults
from properties.api import listing
from properties.api.acquisitions import visible
from properties.models import CostLine


class CostInput(Input):
    kind = serializers.ChoiceField(Purpose.choices)
    amount = MoneyField()
    due_on = DayField()
    fund = serializers.CharField(required=False, allow_blank=True, help_text="code of the fund")
    payee = serializers.CharField(required=False, allow_blank=True, max_length=200)
    planned = serializers.BooleanField(
        default=False, help_text="only written down: nobody waits for the payment yet"
    )


class DroppedCostInput(Input):
    reason = serializers.CharField(max_length=500)


class PayeeInput(Input):
    payee = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class ResaleInput(Input):
    """What the home brought after our default, and until when the rest is owed, to whom."""

    price = MoneyField()
    due_on = DayField()
    payee = serializers.CharField(required=False, allow_blank=True, max_length=200)


class CostSerializer(serializers.ModelSerializer[CostLine]):
    """A cost with the reference to write on the payment; both empty while it is only planned."""

    amount = MoneyField()
    fund = serializers.CharField(source="fund.code")
    reference = serializers.CharField(source="expectation.reference", default="")
    iban = serializers.CharField(source="expectation.bank_account.iban", default="")

    class Meta:
        model = CostLine
        fields = ("id", "kind", "amount", "fund", "due_on", "reference", "iban")


class Costs(Idempotent):
    permission = "cost.commit"

    @extend_schema(responses=CostSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What a home costs, kind by kind."""
        lines = listing.one(visible(self.person), pk).costs.order_by("pk")
        rows = lines.select_related("fund", "expectation__bank_account")
        return self.paged(rows, each(CostSerializer))

    @extend_schema(request=CostInput, responses={201: CostSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Owe a cost: its payment is expected in the bank statement; or only plan it."""
        valid = self.read(CostInput)
        write = costs.plan if valid.pop("planned") else costs.commit
        fund = listing.fund_of(self.person, valid.pop("fund", ""))
        line = write(
            acquisition=listing.one(visible(self.person), pk),
            cost=costs.NewCost(fund=fund, **valid),
            by=self.person,
            at=clock.now(),
        )
        return Response(CostSerializer(line).data, status=201)


class OweCost(Idempotent):
    permission = "cost.commit"

    @extend_schema(request=PayeeInput, responses=CostSerializer)
    def create(self, request: Request, pk: int) -> Response:
        """Owe a cost that was planned."""
        line = costs.owe(
            line=listing.one(of_costs(self.person), pk),
            payee=self.read(PayeeInput)["payee"],
            by=self.person,
            at=clock.now(),
        )
        return Response(CostSerializer(line).data)


class DropCost(Endpoint):
    permission = "cost.commit"

    @extend_schema(request=DroppedCostInput, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Let a cost go that turned out otherwise; what was paid stays."""
        line = listing.one(of_costs(self.person), pk)
        reason = self.read(DroppedCostInput)["reason"]
        costs.drop(line=line, reason=reason, by=self.person, at=clock.now())
        return Response(status=204)


class SettleDefault(Idempotent):
    permission = "cost.commit"

    @extend_schema(request=ResaleInput, responses={200: CostSerializer, 204: None})
    def create(self, request: Request, pk: int) -> Response:
        """Tell what a home brought after we did not pay its balance: own money owes the rest (c.p.c. 587)."""
        line = defaults.settle(
            acquisition=listing.one(visible(self.person), pk),
            resale=defaults.Resale(**self.read(ResaleInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(CostSerializer(line).data) if line else Response(status=204)


def of_costs(person: User) -> QuerySet[CostLine]:
    """The costs of the purchases one may see."""
    rows = CostLine.objects.visible_to(person)
    return rows.select_related("fund", "acquisition__unit", "expectation__bank_account")
