"""The indicators as they stand now, for those who may see what is behind them: `indicators/`.

The city, investors and the public read published snapshots instead: live figures day by day would tell
of single households by their differences (P6).
"""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, each
from properties import members, worktray
from properties.api import listing
from properties.indicators import shapes
from properties.models import Household

UNITS = [(each.value, each.value) for each in shapes.Unit]


class LiveIndicatorSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(source="indicator.number")
    code = serializers.CharField(source="indicator.code")
    standard = serializers.CharField(source="indicator.standard")
    unit = serializers.ChoiceField(UNITS, source="indicator.unit", help_text="EUR: in cents")
    name = serializers.CharField(source="indicator.name")
    formula = serializers.CharField(source="indicator.formula")
    projected = serializers.BooleanField(source="indicator.is_projected")
    suppressed = serializers.BooleanField(
        source="is_suppressed", help_text="sensitive: published figures alone tell it"
    )
    value = serializers.IntegerField(source="result.value", allow_null=True)
    of = serializers.IntegerField(source="result.of", allow_null=True)
    high = serializers.IntegerField(source="result.high", allow_null=True)
    high_of = serializers.IntegerField(
        source="result.high_of", allow_null=True, help_text="of how many at best, where not `of`"
    )
    members = serializers.IntegerField(
        source="count", allow_null=True, help_text="how many stand behind it"
    )


class FigureMemberSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField([(one, one) for one in ("home", "household")])
    id = serializers.IntegerField()
    code = serializers.CharField()
    contribution = serializers.IntegerField()


class TaskSerializer(serializers.Serializer[worktray.Task]):
    household = serializers.IntegerField()
    code = serializers.CharField()
    what = serializers.CharField()
    by_when = serializers.DateField()
    kind = serializers.CharField()


class Indicators(Endpoint):
    permission = "indicator.view"

    @extend_schema(
        parameters=[OpenApiParameter("as_of", OpenApiTypes.DATE, description="else today")],
        responses=LiveIndicatorSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """All indicators of one's own issuer as of a day (today), exact; sensitive ones suppressed."""
        found = members.all_of(listing.organisation_of(self.person), as_of=self._day(request))
        return self.paged(found, each(LiveIndicatorSerializer))

    def _day(self, request: Request) -> Any:
        told = request.query_params.get("as_of")
        return DayField().run_validation(told) if told else clock.today()


class Members(Endpoint):
    permission = "indicator.view"

    @extend_schema(responses=FigureMemberSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        """The homes or households behind an indicator, those of them that the caller may see.

        403 for a sensitive trait (disability, displacement): nobody is listed behind it.
        """
        indicator = members.find(code)
        rows = members.behind(indicator, person=self.person, as_of=clock.today())
        return self.paged(rows, each(FigureMemberSerializer))


class Worktray(Endpoint):
    permission = "household.view"

    @extend_schema(responses=TaskSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What to do next for whom and by when, the nearest first."""
        mine = Household.objects.visible_to(self.person)
        rows = worktray.tasks(mine, on=clock.today())
        return self.paged(rows, each(TaskSerializer))
