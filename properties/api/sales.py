"""Sales of homes: `units/{id}/sales/`, `sales/{id}/close/`, `sales/{id}/cancel/`."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Idempotent, Input, MoneyField, each
from backend.core.models import User
from properties import sales
from properties.api import listing
from properties.models import Sale, SalePart, Unit


class SaleInput(Input):
    price = MoneyField()
    due_on = DayField(help_text="until when the price is to be paid")
    buyer = serializers.CharField(required=False, allow_blank=True, max_length=200)


class DeedInput(Input):
    deed_on = DayField()


class SaleEndInput(Input):
    reason = serializers.CharField(max_length=500)


class SalePartSerializer(serializers.ModelSerializer[SalePart]):
    """What one fund waits for: its part of the price, with the reference of its transfer."""

    fund = serializers.CharField(source="fund.code")
    amount = MoneyField()
    reference = serializers.CharField(source="expectation.reference")
    iban = serializers.CharField(source="expectation.bank_account.iban")

    class Meta:
        model = SalePart
        fields = ("fund", "amount", "reference", "iban")


class SaleSerializer(serializers.ModelSerializer[Sale]):
    price = MoneyField()
    parts = SalePartSerializer(many=True)

    class Meta:
        model = Sale
        fields = ("id", "unit", "state", "price", "buyer", "due_on", "deed_on", "parts")


def visible(person: User) -> QuerySet[Sale]:
    rows = Sale.objects.visible_to(person).select_related("unit")
    return rows.prefetch_related("parts__fund", "parts__expectation__bank_account")


class UnitSales(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "acquisition.edit" if request.method == "POST" else "acquisition.view"

    @extend_schema(responses=SaleSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The sales of a home, the newest first, also those that came to nothing."""
        unit = listing.one(Unit.objects.visible_to(self.person), pk)
        return self.paged(
            visible(self.person).filter(unit=unit).order_by("-pk"), each(SaleSerializer)
        )

    @extend_schema(request=SaleInput, responses={201: SaleSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Agree to sell a home; a second person's approval is asked for."""
        unit = listing.one(Unit.objects.visible_to(self.person), pk)
        new = sales.NewSale(unit=unit, **self.read(SaleInput))
        sale = sales.agree(new=new, by=self.person, at=clock.now())
        return Response(SaleSerializer(sale).data, status=201)


class CloseSale(Idempotent):
    permission = "acquisition.edit"

    @extend_schema(request=DeedInput, responses=SaleSerializer)
    def create(self, request: Request, pk: int) -> Response:
        """Write down the deed, once the bank shows the whole price."""
        sale = listing.one(visible(self.person), pk)
        on = self.read(DeedInput)["deed_on"]
        closed = sales.close(sale=sale, deed_on=on, by=self.person, at=clock.now())
        return Response(SaleSerializer(closed).data)


class CancelSale(Endpoint):
    permission = "acquisition.edit"

    @extend_schema(request=SaleEndInput, responses=SaleSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Give a sale up before its deed; what the buyer paid is expected to go back."""
        sale = listing.one(visible(self.person), pk)
        reason = self.read(SaleEndInput)["reason"]
        given_up = sales.cancel(sale=sale, reason=reason, by=self.person, at=clock.now())
        return Response(SaleSerializer(given_up).data)
