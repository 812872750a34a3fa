"""Works on homes: `works/`, `works/{id}/` with their moves, variations and costs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import (
    AskedSerializer,
    DayField,
    Endpoint,
    Idempotent,
    IdField,
    Input,
    MoneyField,
    each,
    money_json,
)
from backend.core.filters import Filters
from backend.core.models import User
from backend.core.money import euro
from backend.ledger.models import Purpose
from properties import costs, renovations
from properties.api import listing
from properties.api.costs import CostSerializer
from properties.models import Unit, Works
from properties.models.works import STAGE_CHOICES


class NewWorksInput(Input):
    unit = IdField()
    description = serializers.CharField(max_length=200)
    budget = MoneyField()
    fund = serializers.CharField(help_text="code of the fund")
    started_on = DayField()
    planned_ready_on = DayField(required=False, allow_null=True)
    contractor = serializers.CharField(required=False, allow_blank=True, max_length=200)
    has_social_clause = serializers.BooleanField(default=False)


class WorksStepInput(Input):
    to = serializers.ChoiceField(STAGE_CHOICES)
    on = DayField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class VariationInput(Input):
    """`less` lowers the budget by the amount."""

    amount = MoneyField()
    less = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=300)


class WorksCostInput(Input):
    kind = serializers.ChoiceField(
        [(str(each), each.label) for each in renovations.KINDS], default=str(Purpose.WORKS)
    )
    amount = MoneyField()
    due_on = DayField()
    fund = serializers.CharField(required=False, allow_blank=True, help_text="code of the fund")
    payee = serializers.CharField(required=False, allow_blank=True, max_length=200)


class WorksSerializer(serializers.ModelSerializer[Works]):
    """Works with what they may cost now, what of that is owed, and what was paid."""

    fund = serializers.CharField(source="fund.code")
    first_budget = MoneyField(source="budget")
    budget = serializers.SerializerMethodField()
    committed = serializers.SerializerMethodField()
    paid = serializers.SerializerMethodField()
    next_states = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="sentences, in the reader's language")

    class Meta:
        model = Works
        fields = (
            "id", "unit", "description", "state", "next_states", "fund", "first_budget", "budget",
            "committed", "paid", "contractor", "has_social_clause", "started_on",
            "planned_ready_on", "ready_on", "missing",
        )  # fmt: skip

    def get_next_states(self, works: Works) -> list[str]:
        return sorted(Works.MOVES[works.state])

    @extend_schema_field(MoneyField)
    def get_budget(self, works: Works) -> dict[str, str]:
        return money_json(self._budget(works).now)

    @extend_schema_field(MoneyField)
    def get_committed(self, works: Works) -> dict[str, str]:
        return money_json(self._budget(works).committed)

    @extend_schema_field(MoneyField)
    def get_paid(self, works: Works) -> dict[str, str]:
        return money_json(self._budget(works).paid)

    def get_missing(self, works: Works) -> list[str]:
        lacks: list[str] = self.context["missing"][works.pk]
        return lacks

    def _budget(self, works: Works) -> renovations.Budget:
        budget: renovations.Budget = self.context["budgets"][works.pk]
        return budget


def many_as_json(rows: list[Works]) -> Any:
    """Works with their budgets and what they lack: as many queries for fifty as for one."""
    context = {"budgets": renovations.budgets(rows), "missing": renovations.missing_many(rows)}
    return WorksSerializer(rows, many=True, context=context).data


def as_json(works: Works) -> Any:
    """One renovation, told as a list tells it."""
    return many_as_json([works])[0]


def visible(person: User) -> QuerySet[Works]:
    return Works.objects.visible_to(person).select_related("unit__organisation", "fund")


FILTERS = Filters(
    choices=(("state", sorted(Works.MOVES)),),
    days=("started_on", "planned_ready_on", "ready_on"),
    order=("id", "started_on", "ready_on"),
)


class AllWorks(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "works.edit" if request.method == "POST" else "acquisition.view"

    @extend_schema(parameters=FILTERS.parameters, responses=WorksSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The works one may see, newest first."""
        return self.paged(
            FILTERS.narrow(visible(self.person).order_by("-pk"), request), many_as_json
        )

    @extend_schema(request=NewWorksInput, responses={201: WorksSerializer})
    def post(self, request: Request) -> Response:
        """Open works in a home."""
        told = self.read(NewWorksInput)
        fund = listing.fund_of(self.person, told.pop("fund"))
        if fund is None:
            raise listing.NoSuchFund(_("Say which fund pays."), field="fund")
        unit = listing.one(Unit.objects.visible_to(self.person), told.pop("unit"))
        new = renovations.NewWorks(unit=unit, fund=fund, **told)
        works = renovations.begin(new=new, by=self.person, at=clock.now())
        return Response(as_json(works), status=201)


class OneWorks(Endpoint):
    permission = "acquisition.view"

    @extend_schema(responses=WorksSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One renovation."""
        return Response(as_json(listing.one(visible(self.person), pk)))


class WorksMoves(Endpoint):
    permission = "works.edit"

    @extend_schema(request=WorksStepInput, responses=WorksSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Write down a stage that was reached, or a halt with its reason."""
        works = listing.one(visible(self.person), pk)
        step = renovations.Step(**self.read(WorksStepInput))
        renovations.move(works=works, step=step, by=self.person, at=clock.now())
        return Response(as_json(works))


class WorksVariations(Endpoint):
    permission = "works.edit"

    @extend_schema(request=VariationInput, responses={201: AskedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Ask a second person to change the budget."""
        told: dict[str, Any] = self.read(VariationInput)
        amount = euro(0) - told["amount"] if told["less"] else told["amount"]
        asked = renovations.vary(
            works=listing.one(visible(self.person), pk),
            amount=amount,
            reason=told["reason"],
            by=self.person,
            at=clock.now(),
        )
        return Response(AskedSerializer(asked).data, status=201)


class WorksCosts(Idempotent):
    permission = "cost.commit"

    @extend_schema(responses=CostSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What works cost."""
        lines = listing.one(visible(self.person), pk).costs.order_by("pk")
        return self.paged(
            lines.select_related("fund", "expectation__bank_account"), each(CostSerializer)
        )

    @extend_schema(request=WorksCostInput, responses={201: CostSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Owe a cost of works, within their budget."""
        told = self.read(WorksCostInput)
        fund = listing.fund_of(self.person, told.pop("fund", ""))
        line = renovations.commit(
            works=listing.one(visible(self.person), pk),
            cost=costs.NewCost(fund=fund, **told),
            by=self.person,
            at=clock.now(),
        )
        return Response(CostSerializer(line).data, status=201)
