"""Snapshots and their review: `snapshots/`, `snapshots/{id}/`, `snapshots/{id}/moves/`."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, roles
from backend.core.api import Endpoint
from backend.core.models import User
from properties import disclosure, freezing, reviews, snapshots
from properties.api import listing
from properties.models import Snapshot


class NewSnapshotSerializer(serializers.Serializer[Any]):
    as_of = serializers.DateField()


class SnapshotMoveSerializer(serializers.Serializer[Any]):
    to = serializers.ChoiceField(
        ["submitted", "returned", "accepted", "published", "published_unreviewed"]
    )
    text = serializers.CharField(required=False, allow_blank=True, default="")


def audience_of(person: User) -> disclosure.Audience:
    """Whose view of a snapshot this person reads."""
    return disclosure.CITY if roles.may(person, "snapshot.review") else disclosure.PUBLIC


def as_json(snapshot: Snapshot, person: User) -> dict[str, Any]:
    return {
        "id": snapshot.pk,
        "as_of": snapshot.as_of,
        "version": snapshot.version,
        "state": snapshot.state,
        "reviewed_by_city": snapshot.is_reviewed_by_city,
        "restatement_reason": snapshot.restatement_reason,
        "hash": snapshot.content_hash,
        "synthetic": snapshot.data["synthetic"],
        "figures": freezing.view(snapshot.data, audience_of(person)),
    }


class Snapshots(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "snapshot.edit" if request.method == "POST" else "snapshot.view"

    def get(self, request: Request) -> Response:
        rows = Snapshot.objects.visible_to(self.person)
        if as_of := request.query_params.get("as_of"):
            data = NewSnapshotSerializer(data={"as_of": as_of})
            data.is_valid(raise_exception=True)
            rows = rows.filter(as_of=data.validated_data["as_of"])
        return listing.page(request, rows, lambda row: as_json(row, self.person))

    @extend_schema(request=NewSnapshotSerializer)
    def post(self, request: Request) -> Response:
        """Have a snapshot taken by the worker; it then stands in the list."""
        data = NewSnapshotSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        as_of = data.validated_data["as_of"]
        job = snapshots.request(
            organisation=listing.organisation_of(self.person),
            as_of=as_of,
            by=self.person,
            at=clock.now(),
        )
        return Response({"job": job, "as_of": as_of}, status=202)


class OneSnapshot(Endpoint):
    permission = "snapshot.view"

    def get(self, request: Request, pk: int) -> Response:
        snapshot = listing.one(Snapshot.objects.visible_to(self.person), pk)
        return Response(as_json(snapshot, self.person))


class SnapshotMoves(Endpoint):
    """Submit and publish (manager), return with questions and accept (city)."""

    permission = "snapshot.view"

    @extend_schema(request=SnapshotMoveSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = SnapshotMoveSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        snapshot = listing.one(Snapshot.objects.visible_to(self.person), pk)
        MOVES[data.validated_data["to"]](snapshot, data.validated_data["text"], self.person)
        snapshot.refresh_from_db()
        return Response(as_json(snapshot, self.person))


def _submit(snapshot: Snapshot, text: str, person: User) -> object:
    if text.strip():
        reviews.answer(snapshot=snapshot, text=text, by=person, at=clock.now())
    return snapshots.submit(snapshot=snapshot, by=person, at=clock.now())


def _return(snapshot: Snapshot, text: str, person: User) -> object:
    return reviews.return_with_questions(snapshot=snapshot, text=text, by=person, at=clock.now())


def _accept(snapshot: Snapshot, text: str, person: User) -> object:
    return reviews.accept(snapshot=snapshot, text=text, by=person, at=clock.now())


def _publish(snapshot: Snapshot, text: str, person: User) -> object:
    return snapshots.publish(snapshot=snapshot, by=person, at=clock.now())


def _ask_to_publish(snapshot: Snapshot, text: str, person: User) -> object:
    return snapshots.ask_to_publish(snapshot=snapshot, note=text, by=person, at=clock.now())


MOVES: dict[str, Callable[[Snapshot, str, User], object]] = {
    "submitted": _submit,
    "returned": _return,
    "accepted": _accept,
    "published": _publish,
    "published_unreviewed": _ask_to_publish,
}
