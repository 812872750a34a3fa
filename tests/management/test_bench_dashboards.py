"""The pages that people start on take as many queries with many investors and homes as with few."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.benches import dashboards, indicators
from backend.core.models import Organisation, User
from backend.core.roles import Role
from backend.reporting import day


@pytest.mark.django_db
class TestRun:
    @pytest.mark.parametrize("size", [2, 8])
    def test_no_page_asks_more_of_the_database_when_there_is_more(self, size: int) -> None:
        found = dashboards.run(size)

        assert {name: found[f"{name}_queries"] for name in dashboards.PAGES} == QUERIES


@pytest.mark.django_db
class TestLateRents:
    """The day's line of late rents costs what is late, not what was paid in all the months before."""

    def test_does_not_go_over_what_is_paid(self) -> None:
        issuer = Organisation.objects.create(name="Bench (synthetic)", kind="issuer")
        manager = User.objects.create(username="m", roles=[Role.MANAGER], organisation=issuer)
        indicators.portfolio(issuer, 60)

        with connection.cursor() as cursor, CaptureQueriesContext(connection) as seen:
            cursor.execute("ANALYZE")
            told = day.duties(manager, today=dt.date(2026, 11, 23))
        [query] = [each["sql"] for each in seen if "properties_rentcharge" in each["sql"]]

        assert [each.about.split()[0] for each in told if each.url == reverse("homes")] == ["36"]
        assert read_by(query) <= 5 * 36, "of 720 rents in all"


def read_by(query: str) -> int:
    """How many rows the tables and indexes of a query's plan gave, with those thrown away at once."""
    with connection.cursor() as cursor:
        # Of a few hundred rows reading all is the cheapest way; of many it is not.
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
        [[plan]] = cursor.fetchone()
    return _read_below(plan["Plan"])


def _read_below(plan: dict[str, Any]) -> int:
    if "Relation Name" in plan:
        rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        return int(rows * plan["Actual Loops"])
    return sum(_read_below(each) for each in plan.get("Plans", []))


QUERIES = {
    "front": 3,
    "campaign": 14,
    "open_data": 6,
    "my_home": 18,
    "day": 32,
    "review_desk": 4,
    "city": 9,
    "programme": 11,
    "issues": 12,
    "campaign_in_use": 25,
}
