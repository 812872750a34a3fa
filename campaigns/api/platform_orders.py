"""Orders of the authorised platform: the columns of its files, a file (also as a dry run), one typed in."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, tables
from backend.core.api import DayField, Endpoint, Idempotent, Input, InstantField, each
from campaigns import order_rows, platform_orders
from campaigns.api.campaigns import of_staff
from campaigns.models import OrderFile, PlatformOrder
from campaigns.order_rows import OrderRow
from campaigns.platform_orders import Outcome, Upload
from investors.models import Investor


class MappingSerializer(Input):
    """Field to column; which fields there are stands in the answer to GET."""

    columns = serializers.DictField(child=serializers.CharField(max_length=200, allow_blank=True))


class OrderFileInput(Input):
    file = serializers.FileField(allow_empty_file=True)
    made_at = InstantField(
        required=False, help_text="when the platform made it; else the newest instant in it counts"
    )
    dry_run = serializers.BooleanField(default=False)


class FaultSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    field = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()


class OrderFileOutcomeSerializer(serializers.Serializer[Outcome]):
    counts = serializers.DictField(child=serializers.IntegerField())
    faults = FaultSerializer(many=True)


class OrderFileSerializer(serializers.ModelSerializer[OrderFile]):
    class Meta:
        model = OrderFile
        fields = ("id", "name", "content_hash", "rows", "applied_at", "by_label")


class OrderInput(Input):
    """One order as it would stand in a row of a file."""

    order_id = serializers.CharField(max_length=60)
    tax_code = serializers.CharField(max_length=32)
    name = serializers.CharField(max_length=200)
    shares = serializers.IntegerField(min_value=1, max_value=10**9)
    ordered_at = InstantField()
    changed_at = InstantField(
        required=False, help_text="when the platform heard of this version; else now"
    )
    revoked = serializers.BooleanField(default=False)
    kind = serializers.ChoiceField(Investor.Kind.choices, default=Investor.Kind.PERSON)
    born_on = DayField(required=False, help_text="where no tax code tells it")
    email = serializers.EmailField(default="", allow_blank=True)
    iban = serializers.CharField(default="", allow_blank=True, max_length=42)


class PlatformOrderSerializer(serializers.ModelSerializer[PlatformOrder]):
    class Meta:
        model = PlatformOrder
        fields = ("order_id", "version", "facts", "pledge", "file", "recorded_at", "by_label")


class OrderMappings(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=MappingSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """The columns as they are saved, every field named."""
        known = platform_orders.mapping_of(of_staff(self, slug))
        return Response({"columns": {name: known.get(name, "") for name in order_rows.FIELDS}})

    @extend_schema(request=MappingSerializer, responses=MappingSerializer)
    def post(self, request: Request, slug: str) -> Response:
        """Save which column holds what, for all offers of the issuer on this platform."""
        saved = platform_orders.save_mapping(
            campaign=of_staff(self, slug),
            columns=self.read(MappingSerializer)["columns"],
            by=self.person,
            at=clock.now(),
        )
        return Response({"columns": saved.columns})


class OrderFiles(Endpoint):
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=OrderFileSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The files that were applied, newest first."""
        return self.paged(
            of_staff(self, slug).order_files.order_by("-id"), each(OrderFileSerializer)
        )

    @extend_schema(
        request={"multipart/form-data": OrderFileInput}, responses=OrderFileOutcomeSerializer
    )
    def post(self, request: Request, slug: str) -> Response:
        """Hand in a file of orders (CSV or XLSX), or with `dry_run` only ask what it would do.

        Safe to repeat without a key: orders that did not change stay as they are.
        """
        told = self.read(OrderFileInput)
        file = told["file"]
        if file.size > tables.MAX_BYTES:
            raise tables.TooLarge(_("The file is too large."), max_bytes=tables.MAX_BYTES)
        upload = Upload(of_staff(self, slug), file.read(), file.name or "", told.get("made_at"))
        act = platform_orders.look if told["dry_run"] else platform_orders.take_in
        outcome = act(upload=upload, by=self.person, at=clock.now())
        return Response(OrderFileOutcomeSerializer(outcome).data)


class PlatformOrders(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=PlatformOrderSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Every version of every order, newest first."""
        rows = of_staff(self, slug).platform_orders.order_by("-id")
        return self.paged(rows, each(PlatformOrderSerializer))

    @extend_schema(request=OrderInput, responses={201: PlatformOrderSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Type in one order, or a later version of it: also a revocation told to the manager."""
        told = self.read(OrderInput)
        row = OrderRow(line=0, is_revoked=told.pop("revoked"), **told)
        made = platform_orders.type_in(
            campaign=of_staff(self, slug), row=row, by=self.person, at=clock.now()
        )
        return Response(PlatformOrderSerializer(made).data, status=201)
