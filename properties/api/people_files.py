"""People who are housed already, from a file: `households/files/`."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, tables
from backend.core.api import Endpoint, Input
from properties import people_files
from properties.api.units import UnitFaultSerializer


class PeopleFileInput(Input):
    file = serializers.FileField(allow_empty_file=True)
    dry_run = serializers.BooleanField(default=False)


class PeopleFileSerializer(serializers.Serializer[people_files.Outcome]):
    households = serializers.IntegerField()
    stays = serializers.IntegerField()
    faults = UnitFaultSerializer(many=True)


class PeopleFiles(Endpoint):
    permission = "household.edit"
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    @extend_schema(request={"multipart/form-data": PeopleFileInput}, responses=PeopleFileSerializer)
    def post(self, request: Request) -> Response:
        """Take households with their leases over (CSV or XLSX), or with `dry_run` only ask.

        A household or a contract that is there already is a fault: a file is applied once.
        """
        told = self.read(PeopleFileInput)
        act = people_files.look if told["dry_run"] else people_files.take_in
        raw = told["file"].read(tables.MAX_BYTES + 1)
        return Response(PeopleFileSerializer(act(raw=raw, by=self.person, at=clock.now())).data)
