"""Purchases: `acquisitions/` with moves, approval and costs; `acquisitions/recorded/` for past ones."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Idempotent, MoneyField, money_json
from backend.core.models import User
from backend.ledger.models import Purpose
from properties import acquisitions, costs
from properties.api import listing
from properties.models import Acquisition, CostLine, Unit
from properties.models.acquisition import ROUTES, TITLE_STATES, Route


class NewAcquisitionSerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField()
    route = serializers.ChoiceField(Route.choices)
    fund = serializers.CharField(required=False, allow_blank=True, help_text="code of the fund")
    base_price = MoneyField(required=False, allow_null=True)
    max_price = MoneyField(required=False, allow_null=True)
    offer_due_at = serializers.DateTimeField(required=False, allow_null=True)
    sale_on = serializers.DateField(required=False, allow_null=True)
    balance_due_on = serializers.DateField(required=False, allow_null=True)


class RecordedSerializer(NewAcquisitionSerializer):
    title = serializers.ChoiceField([(each, each) for each in sorted(TITLE_STATES)])
    title_on = serializers.DateField()
    title_amount = MoneyField(required=False, allow_null=True)
    document = serializers.CharField(required=False, allow_blank=True, max_length=200)
    possession_on = serializers.DateField()


class MoveSerializer(serializers.Serializer[Any]):
    to = serializers.CharField(max_length=24)
    on = serializers.DateField()
    amount = MoneyField(required=False, allow_null=True)
    document = serializers.CharField(required=False, allow_blank=True, max_length=200)
    balance_due_on = serializers.DateField(required=False, allow_null=True)


class CostSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(Purpose.choices)
    amount = MoneyField()
    due_on = serializers.DateField()
    fund = serializers.CharField(required=False, allow_blank=True, help_text="code of the fund")
    payee = serializers.CharField(required=False, allow_blank=True, max_length=200)


class NoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(required=False, allow_blank=True)


def as_json(acquisition: Acquisition) -> dict[str, Any]:
    """A purchase with what it still lacks and what may come next."""
    route = ROUTES[acquisition.route]
    return {
        "id": acquisition.pk,
        "unit": acquisition.unit_id,
        "route": acquisition.route,
        "state": acquisition.state,
        "next_states": sorted(route[acquisition.state]),
        "fund": acquisition.fund.code if acquisition.fund else "",
        "base_price": acquisition.base_price and money_json(acquisition.base_price),
        "max_price": acquisition.max_price and money_json(acquisition.max_price),
        "offer_due_at": acquisition.offer_due_at,
        "sale_on": acquisition.sale_on,
        "balance_due_on": acquisition.balance_due_on,
        "title_on": acquisition.title_on,
        "planned": money_json(costs.planned(acquisition)),
        "committed": money_json(costs.committed(acquisition)),
        "paid": money_json(costs.paid(acquisition)),
        "missing": acquisitions.missing(acquisition),
        "synthetic": acquisition.unit.is_synthetic,
    }


def cost_json(line: CostLine) -> dict[str, Any]:
    """A cost with the reference to write on the payment."""
    expectation = line.expectation
    return {
        "id": line.pk,
        "kind": line.kind,
        "amount": money_json(line.amount),
        "fund": line.fund.code,
        "due_on": line.due_on,
        "reference": expectation.reference if expectation else "",
        "iban": expectation.bank_account.iban if expectation else "",
    }


def visible(person: User) -> Any:
    return Acquisition.objects.visible_to(person).select_related("unit", "fund").order_by("-pk")


def new_of(person: User, valid: Mapping[str, Any]) -> acquisitions.NewAcquisition:
    """The rule's value from what a caller sent: the home must be one they see."""
    fields = ("route", "base_price", "max_price", "offer_due_at", "sale_on", "balance_due_on")
    return acquisitions.NewAcquisition(
        unit=listing.one(Unit.objects.visible_to(person), valid["unit"]),
        fund=listing.fund_of(person, valid.get("fund", "")),
        **{name: valid[name] for name in fields if name in valid},
    )


class Acquisitions(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "acquisition.edit" if request.method == "POST" else "acquisition.view"

    def get(self, request: Request) -> Response:
        return listing.page(request, visible(self.person), as_json)

    @extend_schema(request=NewAcquisitionSerializer)
    def post(self, request: Request) -> Response:
        data = NewAcquisitionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        new = new_of(self.person, data.validated_data)
        acquisition = acquisitions.record(new=new, by=self.person, at=clock.now())
        return Response(as_json(acquisition), status=201)


class Recorded(Endpoint):
    """A purchase that is over, in one go."""

    permission = "acquisition.edit"

    @extend_schema(request=RecordedSerializer)
    def post(self, request: Request) -> Response:
        data = RecordedSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        valid = data.validated_data
        title = acquisitions.Step(
            to=valid["title"],
            on=valid["title_on"],
            amount=valid.get("title_amount"),
            document=valid.get("document", ""),
        )
        acquisition = acquisitions.record_completed(
            new=new_of(self.person, valid),
            title=title,
            possession_on=valid["possession_on"],
            by=self.person,
            at=clock.now(),
        )
        return Response(as_json(acquisition), status=201)


class OneAcquisition(Endpoint):
    permission = "acquisition.view"

    def get(self, request: Request, pk: int) -> Response:
        return Response(as_json(listing.one(visible(self.person), pk)))


class Moves(Endpoint):
    permission = "acquisition.edit"

    @extend_schema(request=MoveSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = MoveSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        acquisition = acquisitions.move(
            acquisition=listing.one(visible(self.person), pk),
            step=acquisitions.Step(**data.validated_data),
            by=self.person,
            at=clock.now(),
        )
        return Response(as_json(acquisition))


class RequestApproval(Endpoint):
    permission = "acquisition.edit"

    @extend_schema(request=NoteSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = NoteSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        approval = acquisitions.request_approval(
            acquisition=listing.one(visible(self.person), pk),
            note=data.validated_data.get("note", ""),
            by=self.person,
            at=clock.now(),
        )
        return Response({"approval": approval.pk, "action": approval.action}, status=201)


class Costs(Idempotent):
    permission = "cost.commit"

    def get(self, request: Request, pk: int) -> Response:
        lines = listing.one(visible(self.person), pk).costs.order_by("pk")
        return Response([cost_json(line) for line in lines])

    @extend_schema(request=CostSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return super().post(request, pk=pk)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        data = CostSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        valid = data.validated_data
        line = costs.commit(
            acquisition=listing.one(visible(self.person), kwargs["pk"]),
            cost=costs.NewCost(
                **{**valid, "fund": listing.fund_of(self.person, valid.get("fund", ""))}
            ),
            by=self.person,
            at=clock.now(),
        )
        return Response(cost_json(line), status=201)
