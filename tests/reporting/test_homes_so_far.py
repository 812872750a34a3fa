"""What a campaign's public page tells of its homes: the plan against what was paid, and the map."""

import pytest

from backend.core.money import euro
from properties import freezing, public
from properties.disclosure import PUBLIC
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money


class TestHomesSoFar:
    def test_the_plan_stands_beside_what_was_paid(self, quarter: Quarter) -> None:
        campaign = quarter.scene.campaign
        campaign.planned_lines.create(label_it="Case", label_en="Homes", amount=euro("300000.00"))

        told = public.homes_so_far(campaign)

        assert told is not None
        groups = freezing.view(quarter.snapshot.data, PUBLIC)["raises"][0]["groups"]
        assert told["use"]["paid"].amount * 100 == sum(group["cents"] for group in groups)
        assert told["use"]["paid"] + told["use"]["rest"] == told["use"]["planned"]

    def test_the_map_tells_what_the_public_is_told_and_no_more(self, quarter: Quarter) -> None:
        told = public.homes_so_far(quarter.scene.campaign)

        assert told is not None
        figures = freezing.view(quarter.snapshot.data, PUBLIC)["indicators"]
        shown = next(one["shown"] for one in figures if one["code"] == "homes_by_district")
        counted = {label: str(count) for label, count in shown["parts"] if count is not None}
        on_map = {str(tile.number): tile.text for tile in told["tiles"] if tile.text != "–"}
        assert on_map == {place: text for place, text in counted.items() if place.isdecimal()}
