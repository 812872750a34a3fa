"""The envelopes of an auction: `acquisitions/{id}/offers/`, ranked, ours among them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, InstantField, MoneyField
from properties import contests
from properties.api import listing
from properties.api.acquisitions import visible
from properties.auctions import Offer
from properties.models import AuctionOffer


class OfferInput(Input):
    is_ours = serializers.BooleanField(default=False)
    price = MoneyField()
    deposit = MoneyField()
    pays_in_days = serializers.IntegerField(min_value=0, max_value=3650)
    filed_at = InstantField()


class EnvelopesInput(Input):
    """Every offer that was opened, void ones too; one of them is ours. Nobody's name is kept."""

    offers = serializers.ListField(child=OfferInput(), min_length=1, max_length=200)


class AuctionOfferSerializer(serializers.ModelSerializer[AuctionOffer]):
    rank = serializers.IntegerField(
        allow_null=True,
        help_text="none for a void offer; of equal prices by the order in force that day",
    )
    price = MoneyField()
    deposit = MoneyField()

    class Meta:
        model = AuctionOffer
        fields = ("number", "rank", "is_ours", "price", "deposit", "pays_in_days", "filed_at")


class Envelopes(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "acquisition.edit" if request.method == "POST" else "acquisition.view"

    @extend_schema(responses=AuctionOfferSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The offers of an auction, the one that would win first."""
        acquisition = listing.one(visible(self.person), pk)
        return self.paged(contests.ranking(acquisition), _told)

    @extend_schema(request=EnvelopesInput, responses={201: AuctionOfferSerializer(many=True)})
    def post(self, request: Request, pk: int) -> Response:
        """Write down what lay in the envelopes, once."""
        acquisition = listing.one(visible(self.person), pk)
        told = self.read(EnvelopesInput)["offers"]
        offers = [_offer(number, one) for number, one in enumerate(told, start=1)]
        contests.open_envelopes(
            acquisition=acquisition, offers=offers, by=self.person, at=clock.now()
        )
        return Response(_told(contests.ranking(acquisition)), status=201)


def _offer(number: int, told: dict[str, Any]) -> Offer:
    is_ours = told.pop("is_ours")
    return Offer(bidder=contests.OURS if is_ours else str(number), **told)


def _told(ranked: list[tuple[int | None, AuctionOffer]]) -> Any:
    for rank, row in ranked:
        row.rank = rank  # type: ignore[attr-defined]  # told beside the row, not kept
    return AuctionOfferSerializer([row for _rank, row in ranked], many=True).data
