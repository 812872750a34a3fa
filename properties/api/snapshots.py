"""Snapshots and their review: `snapshots/`, `snapshots/{id}/`, `snapshots/{id}/moves/`."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, roles
from backend.core.api import DayField, Endpoint, Input
from backend.core.filters import Filters
from backend.core.models import User
from properties import disclosure, freezing, indicators, reviews, snapshots
from properties.api import listing
from properties.api.years import YearNoteSerializer
from properties.models import Snapshot

TELLINGS = [(each.value, each.value) for each in disclosure.Telling]
UNITS = [(each.value, each.value) for each in indicators.Unit]
GOALS = (
    *("submitted", "returned", "accepted", "published", "published_unreviewed"),
    "words_accepted",
    "words_unreviewed",
)


class NewSnapshotInput(Input):
    as_of = DayField()
    reason = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=300,
        help_text="restates the figures that stand for this day",
    )  # fmt: skip


class SnapshotMoveInput(Input):
    to = serializers.ChoiceField([(each, each) for each in GOALS])
    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=4000)
    about = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=60, help_text="code of the figure"
    )


class ShownSerializer(serializers.Serializer[Any]):
    """A figure as it may be told: a value, "fewer than" `high`, a band, or nothing."""

    telling = serializers.ChoiceField(TELLINGS)
    value = serializers.IntegerField(allow_null=True)
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)
    parts = serializers.ListField(
        child=serializers.ListField(), help_text="of a list: each label with its count"
    )


class IndicatorSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    code = serializers.CharField()
    standard = serializers.CharField()
    unit = serializers.ChoiceField(UNITS, help_text="EUR: in cents; m²: in hundredths")
    projected = serializers.BooleanField()
    name = serializers.DictField(child=serializers.CharField(), help_text="by language")
    formula = serializers.DictField(child=serializers.CharField(), help_text="by language")
    evidence = serializers.DictField(child=serializers.CharField(), help_text="by language")
    shown = ShownSerializer()
    behind = ShownSerializer(allow_null=True, help_text="how many stand behind it, as may be told")


class RaiseSerializer(serializers.Serializer[Any]):
    campaign = serializers.CharField()
    titles = serializers.DictField(child=serializers.CharField(), help_text="by language")
    raised_cents = serializers.IntegerField()
    groups = serializers.ListField(
        child=serializers.DictField(), help_text="homes as they may be told, with their cents"
    )


class SnapshotFiguresSerializer(serializers.Serializer[Any]):
    """The frozen document as one audience may read it; `k` is how few are never told of."""

    as_of = serializers.DateField()
    issuer = serializers.CharField()
    synthetic = serializers.BooleanField()
    formulas = serializers.CharField()
    seal = serializers.CharField()
    k = serializers.IntegerField()
    raises = RaiseSerializer(many=True)
    indicators = IndicatorSerializer(many=True)


class SnapshotSerializer(serializers.ModelSerializer[Snapshot]):
    """A snapshot as the reader in the context may see it."""

    reviewed_by_city = serializers.BooleanField(source="is_reviewed_by_city")
    hash = serializers.CharField(source="content_hash")
    synthetic = serializers.BooleanField(source="data.synthetic")
    figures = serializers.SerializerMethodField()
    year_words = serializers.SerializerMethodField()

    class Meta:
        model = Snapshot
        fields = (
            "id", "as_of", "version", "state", "reviewed_by_city", "restatement_reason", "hash",
            "synthetic", "figures", "year_words",
        )  # fmt: skip

    @extend_schema_field(SnapshotFiguresSerializer)
    def get_figures(self, snapshot: Snapshot) -> dict[str, Any]:
        return freezing.view(snapshot.data, audience_of(self.context["person"]))

    @extend_schema_field(YearNoteSerializer(many=True))
    def get_year_words(self, snapshot: Snapshot) -> Any:
        """What was written of the year that the figures close; empty on any other day."""
        written = reviews.words_for(self.context["person"], snapshot)
        return YearNoteSerializer(written, many=True).data


class OrderedSerializer(serializers.Serializer[Any]):
    job = serializers.CharField(help_text="its key")
    as_of = serializers.DateField()


def audience_of(person: User) -> disclosure.Audience:
    """Whose view of a snapshot this person reads."""
    return disclosure.CITY if roles.may(person, "snapshot.review") else disclosure.PUBLIC


def shown(snapshots: Any, person: User, **how: Any) -> Any:
    return SnapshotSerializer(snapshots, context={"person": person}, **how).data


FILTERS = Filters(
    choices=(("state", Snapshot.State.values),), days=("as_of",), order=("id", "as_of")
)


class Snapshots(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "snapshot.edit" if request.method == "POST" else "snapshot.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("as_of", dt.date, description="only those of this day"),
            *FILTERS.parameters,
        ],
        responses=SnapshotSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The snapshots one may see, newest day first."""
        rows = Snapshot.objects.visible_to(self.person)
        if as_of := request.query_params.get("as_of"):
            asked = NewSnapshotInput(data={"as_of": as_of})
            asked.is_valid(raise_exception=True)
            rows = rows.filter(as_of=asked.validated_data["as_of"])
        rows = FILTERS.narrow(rows, request)
        return self.paged(rows, lambda page: shown(page, self.person, many=True))

    @extend_schema(request=NewSnapshotInput, responses={202: OrderedSerializer})
    def post(self, request: Request) -> Response:
        """Have a snapshot taken by the worker; it then stands in the list."""
        told = self.read(NewSnapshotInput)
        as_of = told["as_of"]
        job = snapshots.request(
            organisation=listing.organisation_of(self.person),
            as_of=as_of,
            reason=told["reason"],
            by=self.person,
            at=clock.now(),
        )
        return Response({"job": job, "as_of": as_of}, status=202)


class OneSnapshot(Endpoint):
    permission = "snapshot.view"

    @extend_schema(responses=SnapshotSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One snapshot, suppressed for who reads it."""
        snapshot = listing.one(Snapshot.objects.visible_to(self.person), pk)
        return Response(shown(snapshot, self.person))


class SnapshotMoves(Endpoint):
    permission = "snapshot.view"

    @extend_schema(request=SnapshotMoveInput, responses=SnapshotSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Submit and publish (manager); return with questions, accept, accept the year's words (city)."""
        told = self.read(SnapshotMoveInput)
        snapshot = listing.one(Snapshot.objects.visible_to(self.person), pk)
        if told["to"] == "returned":
            _return(snapshot, told, self.person)
        else:
            MOVES[told["to"]](snapshot, told["text"], self.person)
        snapshot.refresh_from_db()
        return Response(shown(snapshot, self.person))


def _submit(snapshot: Snapshot, text: str, person: User) -> object:
    if text.strip():
        reviews.answer(snapshot=snapshot, text=text, by=person, at=clock.now())
    return snapshots.submit(snapshot=snapshot, by=person, at=clock.now())


def _return(snapshot: Snapshot, told: dict[str, Any], person: User) -> object:
    text, about = told["text"], told["about"]
    return reviews.return_with_questions(
        snapshot=snapshot, text=text, about=about, by=person, at=clock.now()
    )


def _accept(snapshot: Snapshot, text: str, person: User) -> object:
    return reviews.accept(snapshot=snapshot, text=text, by=person, at=clock.now())


def _publish(snapshot: Snapshot, text: str, person: User) -> object:
    return snapshots.publish(snapshot=snapshot, by=person, at=clock.now())


def _ask_to_publish(snapshot: Snapshot, text: str, person: User) -> object:
    return snapshots.ask_to_publish(snapshot=snapshot, note=text, by=person, at=clock.now())


def _ask_to_tell(snapshot: Snapshot, text: str, person: User) -> object:
    return reviews.ask_to_tell(snapshot=snapshot, note=text, by=person, at=clock.now())


def _accept_words(snapshot: Snapshot, text: str, person: User) -> object:
    return reviews.accept_words(snapshot=snapshot, by=person, at=clock.now())


MOVES: dict[str, Callable[[Snapshot, str, User], object]] = {
    "submitted": _submit,
    "accepted": _accept,
    "published": _publish,
    "published_unreviewed": _ask_to_publish,
    "words_accepted": _accept_words,
    "words_unreviewed": _ask_to_tell,
}
