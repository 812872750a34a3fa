"""Each investor's euros, summed over the groups that may be told."""

import pytest

from backend.reporting import holdings
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money


class TestOfSnapshot:
    def test_follows_every_cent_of_every_investor(self, quarter: Quarter) -> None:
        held = holdings.of_snapshot(quarter.snapshot)

        put_in = sorted(each.put_in for (each,) in held.values())
        assert put_in == [6_000_000, 9_000_000, 15_000_000]
        assert all(each.in_homes + each.waiting == each.put_in for (each,) in held.values())

    def test_sums_to_what_each_group_of_homes_cost(self, quarter: Quarter) -> None:
        held = holdings.of_snapshot(quarter.snapshot)

        for group in quarter.snapshot.data["raises"][0]["groups"]:
            own = [
                part.cents
                for (each,) in held.values()
                for part in each.parts
                if part.group["number"] == group["number"]
            ]
            assert sum(own) == group["cents"]

    def test_tells_occupied_homes_in_groups_of_three_or_more(self, quarter: Quarter) -> None:
        held = holdings.of_snapshot(quarter.snapshot)

        parts = [part for (each,) in held.values() for part in each.parts]
        lived_in = [part for part in parts if part.group["kind"] != "free"]
        assert lived_in
        assert all(part.group["count"] >= 3 for part in lived_in)
