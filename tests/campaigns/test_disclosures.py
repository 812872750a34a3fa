"""An offer says of its own accord who close to it invests, without a name."""

import pytest
from django.test import Client

from campaigns import disclosures
from investors import conflicts
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.rule("R7.disclosure")]


class TestTies:
    def test_who_pledged_and_is_close_is_counted_without_a_name(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor(name="Ugo Vicino")
        conflicts.declare(
            investor=investor,
            organisation=scene.cast.issuer,
            tie="manager",
            by=scene.cast.owner,
            at=scene.at,
        )
        assert disclosures.ties(campaign, on=scene.day) == []

        scene.pledge(campaign, investor=investor)

        assert [number for _, number in disclosures.ties(campaign, on=scene.day)] == [1]
        page = Client().get(f"/campaigns/{campaign.slug}/").content.decode()
        assert "Ugo Vicino" not in page
