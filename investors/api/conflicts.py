"""Conflicts of interest: declared by who acts for an investor, seen by staff who see the investor."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, IdField, Input, each
from backend.core.models import Organisation
from investors import conflicts
from investors.api.investors import own, seen
from investors.models import Conflict, Investor


class ConflictSerializer(serializers.ModelSerializer[Conflict]):
    organisation = serializers.CharField(source="organisation.name")

    class Meta:
        model = Conflict
        fields = ("id", "organisation", "tie", "since", "until", "declared_at")


class TieInput(Input):
    organisation = IdField()
    tie = serializers.ChoiceField(choices=Conflict.Tie.choices)


class Conflicts(Endpoint):
    permission = ""

    @extend_schema(responses=ConflictSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The declared ties of an investor one may see."""
        found = seen(self.person, pk).conflicts.select_related("organisation").order_by("id")
        return self.paged(found, each(ConflictSerializer))

    @extend_schema(request=TieInput, responses={201: ConflictSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Declare that an investor one acts for is close to a platform or an owner."""
        investor, told = own(self.person, pk), self.read(TieInput)
        declared = conflicts.declare(
            investor=investor,
            organisation=get_object_or_404(Organisation, pk=told["organisation"]),
            tie=told["tie"],
            by=self.person,
            at=clock.now(),
        )
        return Response(ConflictSerializer(declared).data, status=201)


class EndConflict(Endpoint):
    """Say that a declared tie is no more."""

    permission = ""

    @extend_schema(request=None, responses={200: ConflictSerializer})
    def post(self, request: Request, pk: int) -> Response:
        mine = Conflict.objects.filter(investor__in=Investor.objects.acted_for_by(self.person))
        found = get_object_or_404(mine.select_related("organisation", "investor"), pk=pk)
        ended = conflicts.end(conflict=found, by=self.person, at=clock.now())
        return Response(ConflictSerializer(ended).data)
