"""Differences: find them, read one with its trail, give it an owner, a note, an end."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, IdField, Input, MoneyField, each
from backend.core.models import AuditEvent, User
from backend.treasury import reasons
from backend.treasury.api.desk import DeskActSerializer
from backend.treasury.api.shapes import GuessSerializer, guesses_of
from backend.treasury.desk import acts, items, queue
from backend.treasury.desk.items import NotOfTheDesk
from backend.treasury.desk.queue import Wanted
from backend.treasury.models import BankLine, Discrepancy


class WantedInput(Input):
    """What of the queue is looked for."""

    kind = serializers.ChoiceField(Discrepancy.Kind.choices, required=False)
    state = serializers.ChoiceField(queue.State.choices, default=queue.State.WAITING)
    owner = serializers.RegexField(r"^(mine|nobody|\d{1,9})$", required=False)
    account = IdField(required=False)
    least = serializers.DecimalField(14, 2, required=False)
    most = serializers.DecimalField(14, 2, required=False)
    older_than_days = serializers.IntegerField(required=False, min_value=0, max_value=36500)


QUERY = [
    OpenApiParameter("kind", str, enum=Discrepancy.Kind.values),
    OpenApiParameter("state", str, enum=queue.State.values, description="else those waiting"),
    OpenApiParameter("owner", str, description="mine, nobody, or the number of a person"),
    OpenApiParameter("account", int, description="the bank account"),
    OpenApiParameter("least", OpenApiTypes.DECIMAL),
    OpenApiParameter("most", OpenApiTypes.DECIMAL),
    OpenApiParameter("older_than_days", int),
]


class DeskOwnerInput(Input):
    owner = serializers.EmailField(
        allow_null=True, help_text="of a colleague; null gives it back to the whole desk"
    )


class DeskNoteInput(Input):
    text = serializers.CharField(max_length=2000)


class ResolveInput(Input):
    reason = serializers.CharField(max_length=300)


class DiscrepancySerializer(serializers.ModelSerializer[Discrepancy]):
    """A difference; `reason` is a code, `explanation` says it in the reader's language."""

    iban = serializers.CharField(source="bank_account.iban")
    reference = serializers.CharField(source="expectation.reference", default="")
    amount = MoneyField(help_text="what is open of it")
    owner = serializers.CharField(source="owner.username", allow_null=True, default=None)
    age_days = serializers.SerializerMethodField()
    explanation = serializers.SerializerMethodField()
    resolution = serializers.SerializerMethodField()

    class Meta:
        model = Discrepancy
        fields = (
            "id", "kind", "iban", "line", "expectation", "reference", "amount", "reason",
            "explanation", "note", "owner", "opened_at", "age_days", "resolved_at", "resolution",
        )  # fmt: skip

    def get_age_days(self, row: Discrepancy) -> int:
        return ((row.resolved_at or clock.now()) - row.opened_at).days

    def get_explanation(self, row: Discrepancy) -> str:
        return reasons.text(row.reason)

    def get_resolution(self, row: Discrepancy) -> str:
        return reasons.text(row.resolution)


class TrailSerializer(serializers.ModelSerializer[AuditEvent]):
    by = serializers.CharField(source="by_label")

    class Meta:
        model = AuditEvent
        fields = ("at", "by", "action", "state_before", "state_after", "reason", "facts")


class OneDiscrepancySerializer(DiscrepancySerializer):
    guesses = serializers.SerializerMethodField()
    acts = serializers.SerializerMethodField()
    trail = serializers.SerializerMethodField()

    class Meta(DiscrepancySerializer.Meta):
        fields = (*DiscrepancySerializer.Meta.fields, "guesses", "acts", "trail")  # type: ignore[assignment]

    @extend_schema_field(GuessSerializer(many=True))
    def get_guesses(self, row: Discrepancy) -> list[dict[str, Any]]:
        if row.line_id is None or row.resolved_at is not None:
            return []
        return guesses_of(BankLine.objects.with_allocated().get(pk=row.line_id))

    @extend_schema_field(DeskActSerializer(many=True))
    def get_acts(self, row: Discrepancy) -> Any:
        found = items.acts_about(row).prefetch_related("parts__allocation__entry", "parts__fund")
        return DeskActSerializer(found, many=True).data

    @extend_schema_field(TrailSerializer(many=True))
    def get_trail(self, row: Discrepancy) -> Any:
        return TrailSerializer(items.trail(row), many=True).data


class Discrepancies(Endpoint):
    permission = "discrepancy.view"

    @extend_schema(parameters=QUERY, responses=DiscrepancySerializer(many=True))
    def get(self, request: Request) -> Response:
        """The differences of one's organisation, oldest first; unless asked, those that wait."""
        names = set(request.query_params) & set(WantedInput().fields)
        asked = WantedInput(data={name: request.query_params[name] for name in names})
        # As everywhere: what can be nothing of ours finds nothing.
        is_some = asked.is_valid()
        wanted = Wanted(**asked.validated_data) if is_some else Wanted()
        rows = queue.find(wanted=wanted, to=self.person, at=clock.now())
        rows = rows if is_some else rows.none()
        return self.paged(rows, each(DiscrepancySerializer))


class OneDiscrepancy(Endpoint):
    permission = "discrepancy.view"

    @extend_schema(responses=OneDiscrepancySerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One difference with what may explain it, what was done about it, and its whole trail."""
        return Response(OneDiscrepancySerializer(visible(self.person, pk)).data)


class OfOne(Endpoint):
    permission = "discrepancy.resolve"


class Owner(OfOne):
    @extend_schema(request=DeskOwnerInput, responses=DiscrepancySerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Say who looks after a difference."""
        found = visible(self.person, pk)
        owner = _colleague(found, self.read(DeskOwnerInput)["owner"])
        given = items.assign(discrepancy=found, owner=owner, by=self.person, at=clock.now())
        return Response(DiscrepancySerializer(given).data)


class Notes(OfOne):
    @extend_schema(request=DeskNoteInput, responses={201: TrailSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Write down what was found out; it stays in the trail."""
        text = self.read(DeskNoteInput)["text"]
        event = items.note(
            discrepancy=visible(self.person, pk), text=text, by=self.person, at=clock.now()
        )
        return Response(TrailSerializer(event).data, status=201)


class Resolve(OfOne):
    @extend_schema(request=ResolveInput, responses=DiscrepancySerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Expect no more of what is missing; no money moves, and a second end is refused.

        Above a limit another person decides, and the difference waits until then.
        """
        found = visible(self.person, pk)
        reason = self.read(ResolveInput)["reason"]
        acts.give_up(discrepancy=found, by=self.person, at=clock.now(), reason=reason)
        return Response(DiscrepancySerializer(visible(self.person, pk)).data)


def visible(person: User, pk: int) -> Discrepancy:
    """A difference of the person's organisation."""
    mine = Discrepancy.objects.visible_to(person)
    related = mine.select_related("bank_account", "expectation", "line", "owner")
    found: Discrepancy = get_object_or_404(related, pk=pk)
    return found


def _colleague(discrepancy: Discrepancy, email: str | None) -> User | None:
    if email is None:
        return None
    found = [one for one in items.colleagues(discrepancy) if one.email == email]
    if not found:
        raise NotOfTheDesk(items.NOT_HERE, field="owner")
    return found[0]
