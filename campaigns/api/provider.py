"""What the payment provider holds: does it equal our books, what came late, payouts to the cent, cash."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Idempotent, Input, MoneyField, each
from backend.treasury.models import Expectation
from campaigns.models import Payout, PayoutItem, ProviderProof, ProviderPull
from campaigns.provider import cash, landings, proofs, pulls


class DifferenceSerializer(serializers.Serializer[dict[str, Any]]):
    """A named difference: on the provider's side only (`there`), or on ours (`here`)."""

    side = serializers.ChoiceField(choices=["there", "here"])
    id = serializers.CharField()
    kind = serializers.CharField()
    about = serializers.CharField()
    net = serializers.CharField(help_text="euro, with two decimals")
    since = serializers.CharField(help_text="an instant, empty where there is none")


class ProofSerializer(serializers.ModelSerializer[ProviderProof]):
    """One look; `not_proven` means that the provider could not be asked, never that all is well."""

    items = DifferenceSerializer(many=True)

    class Meta:
        model = ProviderProof
        fields = (
            "id",
            "looked_at",
            "outcome",
            "provider",
            "books",
            "in_transit",
            "items",
            "reason",
        )


class Proofs(Endpoint):
    """Is what the provider has for us what our books say? Each look is kept with its answer."""

    def permission_for(self, request: Request) -> str:
        return "provider.ask" if request.method == "POST" else "provider.view"

    @extend_schema(responses=ProofSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Looks at the provider's balance beside our books, the newest first."""
        found = ProviderProof.objects.order_by("-looked_at", "-id")
        return self.paged(found, each(ProofSerializer))

    @extend_schema(request=None, responses={201: ProofSerializer})
    def post(self, request: Request) -> Response:
        """Look at the balance now. Safe to repeat: it only asks, and keeps the answer."""
        made = proofs.prove(by=self.person, at=clock.now())
        return Response(ProofSerializer(made).data, status=201)


class PullInput(Input):
    since = DayField(help_text="the first day to look at; events are kept for 30 days")


class PullSerializer(serializers.ModelSerializer[ProviderPull]):
    class Meta:
        model = ProviderPull
        fields = (
            "id",
            "since",
            "pulled_at",
            "events",
            "new_events",
            "movements",
            "new_movements",
        )


class Pulls(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "provider.ask" if request.method == "POST" else "provider.view"

    @extend_schema(responses=PullSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Pulls so far and what each found that no webhook had brought, the newest first."""
        return self.paged(ProviderPull.objects.order_by("-pulled_at", "-id"), each(PullSerializer))

    @extend_schema(request=PullInput, responses={201: PullSerializer})
    def post(self, request: Request) -> Response:
        """Fetch every event and movement since a day. Safe to repeat without a key."""
        since = clock.start_of(self.read(PullInput)["since"])
        made = pulls.pull(since=since, by=self.person, at=clock.now())
        return Response(PullSerializer(made).data, status=201)


class PayoutSerializer(serializers.ModelSerializer[Payout]):
    amount = MoneyField()

    class Meta:
        model = Payout
        fields = (
            "id",
            "provider_id",
            "amount",
            "announced_at",
            "arrives_on",
            "arrived_at",
            "failed_at",
            "failure",
        )


class PayoutItemSerializer(serializers.ModelSerializer[PayoutItem]):
    """A part of a payout: gross less fee is net; without a campaign nothing of ours explains it."""

    movement = serializers.CharField(source="movement.provider_id")
    kind = serializers.CharField(source="movement.kind")
    about = serializers.CharField(source="movement.source")
    gross = MoneyField(source="movement.gross")
    fee = MoneyField(source="movement.fee")
    net = MoneyField(source="movement.net")
    campaign = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)

    class Meta:
        model = PayoutItem
        fields = ("movement", "kind", "about", "gross", "fee", "net", "campaign")


class PayoutOnwardSerializer(serializers.ModelSerializer[Expectation]):
    """A part that landed at another restricted account, and the transfer that brings it home."""

    amount = MoneyField()
    from_iban = serializers.CharField(source="after.bank_account.iban")
    to_iban = serializers.CharField(source="bank_account.iban")
    has_arrived = serializers.BooleanField(source="received")

    class Meta:
        model = Expectation
        fields = ("reference", "amount", "from_iban", "to_iban", "due_on", "state", "has_arrived")


class PayoutPartsSerializer(serializers.ModelSerializer[Payout]):
    amount = MoneyField()
    items = PayoutItemSerializer(many=True)
    onward = serializers.SerializerMethodField()

    class Meta:
        model = Payout
        fields = (
            "id", "provider_id", "amount", "arrives_on", "arrived_at", "failed_at", "items", "onward",
        )  # fmt: skip

    @extend_schema_field(PayoutOnwardSerializer(many=True))
    def get_onward(self, payout: Payout) -> list[dict[str, Any]]:
        return list(PayoutOnwardSerializer(landings.onward(payout), many=True).data)


class PayoutList(Endpoint):
    """What the provider sent to the bank, the newest first."""

    permission = "provider.view"

    @extend_schema(responses=PayoutSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = Payout.objects.visible_to(self.person).order_by("-announced_at", "-id")
        return self.paged(found, each(PayoutSerializer))


class PayoutDetail(Endpoint):
    """One payout with all its parts: their net amounts are its amount."""

    permission = "provider.view"

    @extend_schema(responses=PayoutPartsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        rows = Payout.objects.visible_to(self.person)
        parts = rows.prefetch_related("items__movement", "items__campaign")
        return Response(PayoutPartsSerializer(get_object_or_404(parts, pk=pk)).data)


class WaitingCashSerializer(serializers.Serializer[Any]):
    """Cash that waits at the provider under an investor's name; in no book of ours."""

    customer = serializers.IntegerField(source="customer.pk")
    investor = serializers.CharField(source="customer.investor.name")
    amount = MoneyField()
    since = serializers.DateTimeField()


class WaitingCash(Endpoint):
    """What waits at the provider and no payment of ours took."""

    permission = "provider.view"

    @extend_schema(responses=WaitingCashSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.paged(cash.waiting(self.person), each(WaitingCashSerializer))


class ReturnedSerializer(serializers.Serializer[Any]):
    returned = MoneyField()


class ReturnCash(Idempotent):
    """Have all that waits under a name returned to where it came from."""

    permission = "provider.ask"

    @extend_schema(request=None, responses=ReturnedSerializer)
    def create(self, request: Request, pk: int) -> Response:
        customer = get_object_or_404(cash.customers_of(self.person), pk=pk)
        sent = cash.send_back(customer=customer, by=self.person, at=clock.now())
        return Response(ReturnedSerializer({"returned": sent}).data)
