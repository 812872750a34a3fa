"""Each investor's euros, summed over the groups that may be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reporting import holdings, issue
from campaigns import members
from investors.models import Investor
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


class TestAfterAChangeOfHolder:
    def test_the_new_holder_has_the_euros_from_that_day(self, quarter: Quarter) -> None:
        world = quarter.scene
        pledge = world.pledges[0]
        heir = Investor.objects.create(
            kind="person",
            name="Erede",
            tax_code="SYNTH99999",
            email="erede@example.org",
            is_synthetic=True,
            registered_at=world.at,
        )
        change = members.Change(
            allotment=pledge.allotment,
            giver=pledge.investor,
            taker=heir,
            shares=7,
            kind="inheritance",
            happened_on=quarter.snapshot.as_of,
            evidence="succession",
        )
        members.change_holder(change=change, by=world.cast.owner, at=world.at)

        held = holdings.of_snapshot(quarter.snapshot)

        (own,), (rest,) = held[heir.pk], held[pledge.investor_id]
        assert (own.put_in, rest.put_in) == (350_000, 5_650_000)
        assert min(own.waiting, rest.waiting) >= 0
        placed = sum(part.cents for (each,) in held.values() for part in each.parts)
        frozen = quarter.snapshot.data["raises"][0]["groups"]
        assert placed == sum(group["cents"] for group in frozen)
        assert heir.pk in issue.recipients(quarter.snapshot, "quarterly")

    @given(
        st.lists(st.integers(1, 50), min_size=1, max_size=4),
        st.lists(st.integers(0, 9_999), max_size=5),
    )
    def test_no_cent_is_lost_and_nobody_has_more_in_homes(
        self, shares: list[int], lots: list[int]
    ) -> None:
        cents = sum(lots) + 17
        parts = holdings._divide(cents, lots, dict(enumerate(shares)))

        assert sum(put_in for put_in, _lots in parts.values()) == cents
        assert [
            sum(column) for column in zip(*(own for _p, own in parts.values()), strict=True)
        ] == lots
        assert all(sum(own) <= put_in for put_in, own in parts.values())
