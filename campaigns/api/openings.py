"""Opening balances: hand in what stood before, see what was handed in; a second person applies it."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock, tables
from backend.core.api import AskedSerializer, DayField, Endpoint, Input, MoneyField, each
from backend.core.money import euro
from campaigns import openings
from campaigns.api.campaigns import of_staff
from campaigns.models import Opening
from campaigns.openings.rows import Told


class OpeningInput(Input):
    file = serializers.FileField(allow_empty_file=True)
    as_of = DayField()
    evidence = serializers.CharField(max_length=300)
    released_on = DayField(required=False, help_text="of money that was released elsewhere")
    left = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, help_text="euro left of it"
    )


class OpeningSerializer(serializers.ModelSerializer[Opening]):
    rows = serializers.SerializerMethodField()
    left = MoneyField(allow_null=True)

    class Meta:
        model = Opening
        fields = (
            "id", "as_of", "released_on", "left", "evidence", "content_hash", "rows",
            "asked_at", "applied_at",
        )  # fmt: skip

    def get_rows(self, opening: Opening) -> int:
        return len(opening.rows)


class Openings(Endpoint):
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=OpeningSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The lists that were handed in, newest first."""
        return self.paged(of_staff(self, slug).openings.order_by("-id"), each(OpeningSerializer))

    @extend_schema(request={"multipart/form-data": OpeningInput}, responses={202: AskedSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Hand in pledges and money from before (CSV or XLSX), held or, with `released_on`, released
        elsewhere; it is tried, and then asked for."""
        told = self.read(OpeningInput)
        if told["file"].size > tables.MAX_BYTES:
            raise tables.TooLarge(_("The file is too large."), max_bytes=tables.MAX_BYTES)
        asked = openings.ask(
            campaign=of_staff(self, slug),
            told=Told(
                raw=told["file"].read(),
                as_of=told["as_of"],
                evidence=told["evidence"],
                released_on=told.get("released_on"),
                left=euro(told["left"]) if "left" in told else None,
            ),
            by=self.person,
            at=clock.now(),
        )
        return Response(AskedSerializer(asked).data, status=202)
