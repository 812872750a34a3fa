"""`past-purchases/`: homes bought before this system with their costs, handed in and applied by two."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, tables
from backend.core.api import AskedSerializer, Endpoint, Input, each
from properties import past_purchases
from properties.api import listing
from properties.models import PastPurchases
from properties.models.scope import own_or_overseen


class PastPurchasesInput(Input):
    file = serializers.FileField(allow_empty_file=True)
    evidence = serializers.CharField(max_length=300)


class PastPurchasesSerializer(serializers.ModelSerializer[PastPurchases]):
    rows = serializers.SerializerMethodField()

    class Meta:
        model = PastPurchases
        fields = ("id", "evidence", "content_hash", "rows", "asked_at", "applied_at")

    def get_rows(self, listed: PastPurchases) -> int:
        return len(listed.rows)


class PastPurchaseLists(Endpoint):
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "acquisition.edit" if request.method == "POST" else "acquisition.view"

    @extend_schema(responses=PastPurchasesSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The lists that were handed in, newest first."""
        lists = PastPurchases.objects.filter(own_or_overseen(self.person))
        return self.paged(lists.order_by("-id"), each(PastPurchasesSerializer))

    @extend_schema(
        request={"multipart/form-data": PastPurchasesInput}, responses={202: AskedSerializer}
    )
    def post(self, request: Request) -> Response:
        """Hand in homes and costs from before (CSV or XLSX); the list is tried, and then asked for."""
        told = self.read(PastPurchasesInput)
        if told["file"].size > tables.MAX_BYTES:
            raise tables.TooLarge(_("The file is too large."), max_bytes=tables.MAX_BYTES)
        asked = past_purchases.ask(
            organisation=listing.organisation_of(self.person),
            raw=told["file"].read(),
            evidence=told["evidence"],
            by=self.person,
            at=clock.now(),
        )
        return Response(AskedSerializer(asked).data, status=202)
