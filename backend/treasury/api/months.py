"""The months of the books: which are closed, and asking for the next to be."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import AskedSerializer, DayField, Endpoint, Input, each
from backend.ledger import months
from backend.ledger.models import Month


class BookMonthInput(Input):
    first_day = DayField(help_text="the first day of the month to be closed")


class MonthSerializer(serializers.ModelSerializer[Month]):
    """A month; `digest` is over all that stood in it when it was closed."""

    class Meta:
        model = Month
        fields = ("id", "first_day", "last_day", "closed_at", "transfers", "digest")


class Months(Endpoint):
    def permission_for(self, request: Request) -> str:
        return months.CLOSE if request.method == "POST" else "books.check"

    @extend_schema(responses=MonthSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The months of one's organisation that are closed or asked for, newest first."""
        return self.paged(
            Month.objects.visible_to(self.person).order_by("-first_day"), each(MonthSerializer)
        )

    @extend_schema(request=BookMonthInput, responses={201: AskedSerializer})
    def post(self, request: Request) -> Response:
        """Ask for a month to be closed. Safe to repeat without a key: the same request waits."""
        asked = months.ask_to_close(
            organisation=months.books_of(self.person),
            first_day=self.read(BookMonthInput)["first_day"],
            by=self.person,
            at=clock.now(),
        )
        return Response(AskedSerializer(asked).data, status=201)
