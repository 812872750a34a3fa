"""What everybody sees of a campaign's figures: exact, or as old as the installation allows."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from campaigns import shown
from campaigns.models import Campaign
from tests.campaigns import scene as scenes
from tests.cast import Cast

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def campaign(cast: Cast, settings: Settings) -> Campaign:
    settings.FIGURES_SECONDS = 5
    cache.clear()
    scene = scenes.build(cast)
    opened = scene.open_campaign()
    scene.pledge(opened, investor=scene.investor(cast.investor))
    return Campaign.objects.get(pk=opened.pk)


@pytest.mark.money
class TestOfCampaigns:
    def test_are_computed_once_for_a_while(self, campaign: Campaign) -> None:
        at = campaign.created_at + dt.timedelta(days=400)
        first = shown.of_campaigns([campaign], at=at)

        with CaptureQueriesContext(connection) as asked:
            again = shown.of_campaigns([campaign], at=at + 4 * SECOND)

        assert again == first
        assert first[campaign.pk].pledges == 1
        assert len(asked) == 0

    def test_are_computed_anew_by_one_when_they_are_old(self, campaign: Campaign) -> None:
        at = campaign.created_at + dt.timedelta(days=400)
        shown.of_campaigns([campaign], at=at)

        costs = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                shown.of_campaigns([campaign], at=at + 6 * SECOND)
            costs.append(len(asked))

        assert costs == [2, 0]

    def test_are_exact_where_nothing_else_is_asked_for(
        self, campaign: Campaign, settings: Settings
    ) -> None:
        settings.FIGURES_SECONDS = 0

        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                shown.of_campaigns([campaign], at=campaign.created_at)
            assert len(asked) == 2
