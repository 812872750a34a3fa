"""The pages that people start on take as many queries with many investors and homes as with few."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.benches import dashboards, indicators
from backend.core.models import Organisation, User
from backend.core.roles import Role
from backend.reporting import day
from tests.plans import rows_read


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
        assert rows_read(query).total() <= 5 * 36, "of 720 rents in all"


QUERIES = {
    "front": 3,
    "campaign": 15,
    "open_data": 6,
    "my_home": 18,
    "day": 32,
    "review_desk": 4,
    "city": 9,
    "programme": 11,
    "issues": 12,
    "campaign_in_use": 26,
}
