"""Tenancies: `tenancies/` (a free home is let, an occupied one kept), their end, the rents."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Idempotent, IdField, Input, MoneyField, each
from backend.core.filters import Filters
from backend.core.money import from_cents
from properties import arrears, lettings, rents
from properties.api import listing
from properties.models import Household, RentCharge, Tenancy, Unit


class NewTenancyInput(Input):
    unit = IdField()
    household = IdField()
    track = serializers.ChoiceField(Tenancy.Track.choices)
    contract_no = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(Tenancy.Kind.choices)
    rent = MoneyField(help_text="a month")
    charges_monthly = MoneyField(required=False)
    agreed_most = MoneyField(required=False, help_text="most that the local agreement allows")
    market_rent = MoneyField(required=False, help_text="of such a home, a month")
    market_source = serializers.CharField(max_length=80, required=False)
    starts_on = DayField()
    ends_on = DayField(required=False, allow_null=True)


class EndInput(Input):
    on = DayField()
    reason = serializers.CharField(max_length=80)
    code = serializers.ChoiceField(
        Tenancy.EndReason.choices, required=False, allow_blank=True, default=""
    )


class MonthInput(Input):
    month = DayField(help_text="any day of the month")


class TenancySerializer(serializers.ModelSerializer[Tenancy]):
    rent = MoneyField()
    charges_monthly = MoneyField()
    agreed_most = MoneyField(allow_null=True)
    market_rent = MoneyField(allow_null=True)

    class Meta:
        model = Tenancy
        fields = (
            "id", "unit", "household", "contract_no", "track", "kind", "rent", "charges_monthly",
            "agreed_most", "market_rent", "market_source", "starts_on", "ends_on",
        )  # fmt: skip


class RentChargeSerializer(serializers.ModelSerializer[RentCharge]):
    """A month's rent and charges, with the reference that the tenant writes on the transfer."""

    contract_no = serializers.CharField(source="tenancy.contract_no")
    amount = MoneyField(source="expectation.amount")
    reference = serializers.CharField(source="expectation.reference")
    iban = serializers.CharField(source="expectation.bank_account.iban")

    class Meta:
        model = RentCharge
        fields = ("id", "tenancy", "contract_no", "month", "amount", "reference", "iban")


class RentMonthSerializer(serializers.Serializer[Any]):
    due_on = serializers.DateField()
    amount = MoneyField()
    received = MoneyField()
    owed = MoneyField()


class TenancyRents(Endpoint):
    permission = "tenancy.view"

    @extend_schema(responses=RentMonthSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The rents of a contract month by month, the newest first; those of before this system too."""
        tenancy = listing.one(Tenancy.objects.visible_to(self.person), pk)
        months = arrears.ledger([tenancy.pk], as_of=clock.today()).get(tenancy.pk, [])
        return self.paged(months, _months_as_json)


def _months_as_json(months: list[arrears.Due]) -> Any:
    rows = [
        {
            "due_on": due.due_on,
            "amount": from_cents(due.amount),
            "received": from_cents(due.received),
            "owed": from_cents(due.owed),
        }
        for due in months
    ]
    return RentMonthSerializer(rows, many=True).data


FILTERS = Filters(
    choices=(("kind", Tenancy.Kind.values),),
    days=("starts_on", "ends_on"),
    order=("id", "starts_on", "ends_on", "rent"),
)


class Tenancies(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "tenancy.edit" if request.method == "POST" else "tenancy.view"

    @extend_schema(parameters=FILTERS.parameters, responses=TenancySerializer(many=True))
    def get(self, request: Request) -> Response:
        """The tenancies one may see, newest first."""
        rows = Tenancy.objects.visible_to(self.person).order_by("-starts_on", "pk")
        return self.paged(FILTERS.narrow(rows, request), each(TenancySerializer))

    @extend_schema(request=NewTenancyInput, responses={201: TenancySerializer})
    def create(self, request: Request) -> Response:
        """Give a household a home. Rents are owed from then on."""
        valid = self.read(NewTenancyInput)
        track = valid.pop("track")
        unit = listing.one(Unit.objects.visible_to(self.person), valid.pop("unit"))
        household = listing.one(Household.objects.visible_to(self.person), valid.pop("household"))
        begin = lettings.keep if track == Tenancy.Track.OCCUPIED else lettings.let
        new = lettings.NewTenancy(unit=unit, household=household, **valid)
        begun = begin(new=new, by=self.person, at=clock.now())
        return Response(TenancySerializer(begun).data, status=201)


class End(Idempotent):
    permission = "tenancy.edit"

    @extend_schema(request=EndInput, responses=TenancySerializer)
    def create(self, request: Request, pk: int) -> Response:
        """End a tenancy: from this day on the household no longer lives there."""
        tenancy = lettings.end(
            tenancy=listing.one(Tenancy.objects.visible_to(self.person), pk),
            **self.read(EndInput),
            by=self.person,
            at=clock.now(),
        )
        return Response(TenancySerializer(tenancy).data)


class RentCharges(Idempotent):
    permission = "rent.charge"

    @extend_schema(request=MonthInput, responses={201: RentChargeSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Expect the rents of a month; the answer lists all of that month."""
        organisation = listing.organisation_of(self.person)
        month = self.read(MonthInput)["month"].replace(day=1)
        rents.charge_month(organisation=organisation, month=month, by=self.person, at=clock.now())
        charges = RentCharge.objects.filter(
            tenancy__unit__organisation=organisation, month=month
        ).select_related("tenancy", "expectation__bank_account")
        owed = charges.exclude(rents.DROPPED).order_by("pk")
        told = RentChargeSerializer(owed, many=True).data
        return Response(told, status=201)
