"""Sales to which nobody came: `acquisitions/{id}/deserted/`, with the next sale that the court set."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input, InstantField, MoneyField, each
from properties import deserted
from properties.api import listing
from properties.api.acquisitions import visible
from properties.models import DesertedSale


class DesertedInput(Input):
    """The next sale; `number` where more came to nothing than we saw."""

    base_price = MoneyField()
    sale_on = DayField()
    offer_due_at = InstantField(required=False, allow_null=True)
    noticed_on = DayField(required=False, allow_null=True)
    number = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=99)


class DesertedSaleSerializer(serializers.ModelSerializer[DesertedSale]):
    base_price = MoneyField()
    next_base_price = MoneyField()

    class Meta:
        model = DesertedSale
        fields = ("number", "sale_on", "base_price", "next_sale_on", "next_base_price")


class DesertedSales(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "acquisition.edit" if request.method == "POST" else "acquisition.view"

    @extend_schema(responses=DesertedSaleSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The sales of a home to which nobody came, the first one first."""
        acquisition = listing.one(visible(self.person), pk)
        rows = acquisition.deserted_sales.order_by("number")
        return self.paged(rows, each(DesertedSaleSerializer))

    @extend_schema(request=DesertedInput, responses={201: DesertedSaleSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Write down that nobody came, and go on with the next sale; its price is held to c.p.c. 591."""
        sale = deserted.record(
            acquisition=listing.one(visible(self.person), pk),
            following=deserted.NextSale(**self.read(DesertedInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(DesertedSaleSerializer(sale).data, status=201)
