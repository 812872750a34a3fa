"""A person's own data: all of it as JSON, and its erasure as far as the law allows."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input
from backend.reporting import erasure, personal_data


class OwnDataSerializer(serializers.Serializer[Any]):
    sections = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class KeptSerializer(serializers.Serializer[erasure.Kept]):
    what = serializers.CharField()
    why = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class PlanSerializer(serializers.Serializer[erasure.Plan]):
    goes = serializers.ListField(child=serializers.CharField())
    stays = KeptSerializer(many=True)
    unfinished = serializers.ListField(child=serializers.CharField())


class ErasureInput(Input):
    confirms = serializers.BooleanField()


class OwnData(Endpoint):
    """Everything that is written down of the caller, by section; the archive is on the page."""

    permission = ""

    @extend_schema(responses=OwnDataSerializer)
    def get(self, request: Request) -> Response:
        told = {"sections": personal_data.plain_sections(self.person)}
        return Response(OwnDataSerializer(told).data)


class EraseOwnData(Endpoint):
    permission = ""

    @extend_schema(responses=PlanSerializer)
    def get(self, request: Request) -> Response:
        """What would go at once, what stays, why and until when, and what must end first."""
        return Response(PlanSerializer(erasure.plan(self.person)).data)

    @extend_schema(request=ErasureInput, responses={200: PlanSerializer})
    def post(self, request: Request) -> Response:
        """Erase the account and what no law keeps; it cannot be taken back."""
        erasure.refuse_unconfirmed(self.read(ErasureInput)["confirms"])
        done = erasure.erase(user=self.person, by=self.person, at=clock.now())
        return Response(PlanSerializer(done).data)
