"""Purchases: `acquisitions/` with moves, approval and costs; `acquisitions/recorded/` for past ones."""

from collections.abc import Mapping
from typing import Any

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
    InstantField,
    MoneyField,
    each,
    money_json,
)
from backend.core.filters import Filters
from backend.core.models import User
from properties import acquisitions, gaps, portfolio
from properties.api import listing
from properties.models import Acquisition, AcquisitionStep, Unit
from properties.models.routes import ROUTES, TITLE_STATES, BidsAs, Route


class NewAcquisitionInput(Input):
    unit = IdField()
    route = serializers.ChoiceField(Route.choices)
    fund = serializers.CharField(required=False, allow_blank=True, help_text="code of the fund")
    base_price = MoneyField(required=False, allow_null=True)
    max_price = MoneyField(required=False, allow_null=True)
    noticed_on = DayField(required=False, allow_null=True)
    deposit_asked = MoneyField(required=False, allow_null=True)
    least_raise = MoneyField(required=False, allow_null=True, help_text="of one with increase")
    offer_due_at = InstantField(required=False, allow_null=True)
    sale_on = DayField(required=False, allow_null=True)
    balance_due_on = DayField(required=False, allow_null=True)


class RecordedInput(NewAcquisitionInput):
    title = serializers.ChoiceField([(each, each) for each in sorted(TITLE_STATES)])
    title_on = DayField()
    title_amount = MoneyField(required=False, allow_null=True)
    document = serializers.CharField(required=False, allow_blank=True, max_length=200)
    witness = serializers.CharField(
        required=False, allow_blank=True, max_length=80, help_text="of a deed of gift"
    )
    other_witness = serializers.CharField(required=False, allow_blank=True, max_length=80)
    possession_on = DayField()


OF_DEED = ("document", "witness", "other_witness")


class StepInput(Input):
    to = serializers.CharField(max_length=24, help_text="one of `next_states`")
    on = DayField()
    amount = MoneyField(required=False, allow_null=True)
    document = serializers.CharField(required=False, allow_blank=True, max_length=200)
    balance_due_on = DayField(required=False, allow_null=True)
    term_ends_on = DayField(
        required=False,
        allow_null=True,
        help_text="of a mandate, with its guaranteed rent as amount",
    )
    bids_as = serializers.ChoiceField(
        BidsAs.choices, required=False, allow_blank=True, help_text="of OFFER_FILED, at court"
    )
    is_not_debtor = serializers.BooleanField(
        default=False, help_text="of OFFER_FILED: who bids declares not to be the debtor"
    )
    witness = serializers.CharField(
        required=False, allow_blank=True, max_length=80, help_text="of NOTARY_DEED"
    )
    other_witness = serializers.CharField(
        required=False, allow_blank=True, max_length=80, help_text="of NOTARY_DEED"
    )


class AcquisitionStepSerializer(serializers.ModelSerializer[AcquisitionStep]):
    """A state reached: the day, the amount, the paper, and by whose hand."""

    amount = MoneyField(allow_null=True)

    class Meta:
        model = AcquisitionStep
        fields = (
            *("state", "on", "amount", "document", "bids_as", "witness", "other_witness"),
            *("at", "by_label"),
        )


class NoteInput(Input):
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)


class AcquisitionSerializer(serializers.ModelSerializer[Acquisition]):
    """A purchase with what it still lacks and what may come next."""

    next_states = serializers.SerializerMethodField()
    fund = serializers.CharField(source="fund.code", default="", help_text="code of the fund")
    base_price = MoneyField(allow_null=True)
    max_price = MoneyField(allow_null=True)
    deposit_asked = MoneyField(allow_null=True)
    least_raise = MoneyField(allow_null=True)
    planned = serializers.SerializerMethodField()
    committed = serializers.SerializerMethodField()
    paid = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="sentences, in the reader's language")
    synthetic = serializers.BooleanField(source="unit.is_synthetic")

    class Meta:
        model = Acquisition
        fields = (
            "id", "unit", "route", "state", "next_states", "fund", "base_price", "max_price",
            "noticed_on", "deposit_asked", "least_raise",
            "offer_due_at", "sale_on", "balance_due_on", "title_on", "term_ends_on", "planned",
            "committed", "paid", "missing", "synthetic",
        )  # fmt: skip

    def get_next_states(self, acquisition: Acquisition) -> list[str]:
        return sorted(ROUTES[acquisition.route][acquisition.state])

    @extend_schema_field(MoneyField)
    def get_planned(self, acquisition: Acquisition) -> dict[str, str]:
        return money_json(self._sums(acquisition).planned)

    @extend_schema_field(MoneyField)
    def get_committed(self, acquisition: Acquisition) -> dict[str, str]:
        return money_json(self._sums(acquisition).committed)

    @extend_schema_field(MoneyField)
    def get_paid(self, acquisition: Acquisition) -> dict[str, str]:
        return money_json(self._sums(acquisition).paid)

    def get_missing(self, acquisition: Acquisition) -> list[str]:
        lacks: list[str] = self.context["missing"][acquisition.pk]
        return lacks

    def _sums(self, acquisition: Acquisition) -> portfolio.Sums:
        sums: portfolio.Sums = self.context["sums"][acquisition.pk]
        return sums


def many_as_json(rows: list[Acquisition]) -> Any:
    """Purchases with their sums and what they lack: as many queries for fifty as for one."""
    context = {"sums": portfolio.by_purchase(rows), "missing": gaps.missing_many(rows)}
    return AcquisitionSerializer(rows, many=True, context=context).data


def as_json(acquisition: Acquisition) -> Any:
    """One purchase, told as a list tells it."""
    return many_as_json([acquisition])[0]


def visible(person: User) -> Any:
    return Acquisition.objects.visible_to(person).select_related("unit", "fund").order_by("-pk")


def new_of(person: User, valid: Mapping[str, Any]) -> acquisitions.NewAcquisition:
    """The rule's value from what a caller sent: the home must be one they see."""
    names = {str(name) for name in NewAcquisitionInput().fields} - {"unit", "fund"}
    return acquisitions.NewAcquisition(
        unit=listing.one(Unit.objects.visible_to(person), valid["unit"]),
        fund=listing.fund_of(person, valid.get("fund", "")),
        **{name: valid[name] for name in names if name in valid},
    )


FILTERS = Filters(
    choices=(("route", Route.values), ("state", sorted(Acquisition.MOVES))),
    days=("created_at",),
    order=("id", "created_at"),
)


class Acquisitions(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "acquisition.edit" if request.method == "POST" else "acquisition.view"

    @extend_schema(parameters=FILTERS.parameters, responses=AcquisitionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The purchases one may see, newest first."""
        return self.paged(FILTERS.narrow(visible(self.person), request), many_as_json)

    @extend_schema(request=NewAcquisitionInput, responses={201: AcquisitionSerializer})
    def create(self, request: Request) -> Response:
        """Start a try to get a home."""
        new = new_of(self.person, self.read(NewAcquisitionInput))
        acquisition = acquisitions.record(new=new, by=self.person, at=clock.now())
        return Response(as_json(acquisition), status=201)


class Recorded(Idempotent):
    permission = "acquisition.edit"

    @extend_schema(request=RecordedInput, responses={201: AcquisitionSerializer})
    def create(self, request: Request) -> Response:
        """Enter a purchase that is over, in one go; a second person's approval is asked for."""
        valid = self.read(RecordedInput)
        title = acquisitions.Step(
            to=valid["title"],
            on=valid["title_on"],
            amount=valid.get("title_amount"),
            **{name: valid[name] for name in OF_DEED if name in valid},
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

    @extend_schema(responses=AcquisitionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One purchase."""
        found = listing.one(visible(self.person), pk)
        return Response(as_json(found))


class Moves(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "acquisition.edit" if request.method == "POST" else "acquisition.view"

    @extend_schema(responses=AcquisitionStepSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The states that a purchase reached, in their order."""
        steps = listing.one(visible(self.person), pk).steps.order_by("on", "pk")
        return self.paged(steps, each(AcquisitionStepSerializer))

    @extend_schema(request=StepInput, responses=AcquisitionSerializer)
    def create(self, request: Request, pk: int) -> Response:
        """Move a purchase along its route; a lost or forfeited deposit is followed up."""
        acquisition = acquisitions.move(
            acquisition=listing.one(visible(self.person), pk),
            step=acquisitions.Step(**self.read(StepInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(as_json(acquisition))


class RequestApproval(Endpoint):
    permission = "acquisition.edit"

    @extend_schema(request=NoteInput, responses={201: AskedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Ask a second person to approve a purchase. While one waits, it is the one that comes back."""
        approval = acquisitions.request_approval(
            acquisition=listing.one(visible(self.person), pk),
            note=self.read(NoteInput)["note"],
            by=self.person,
            at=clock.now(),
        )
        return Response(AskedSerializer(approval).data, status=201)
