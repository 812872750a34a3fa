"""The pages that people start on take as many queries with many investors and homes as with few."""

import pytest

from backend.benches import dashboards


@pytest.mark.django_db
class TestRun:
    @pytest.mark.parametrize("size", [2, 8])
    def test_no_page_asks_more_of_the_database_when_there_is_more(self, size: int) -> None:
        found = dashboards.run(size)

        assert {name: found[f"{name}_queries"] for name in dashboards.PAGES} == QUERIES


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
