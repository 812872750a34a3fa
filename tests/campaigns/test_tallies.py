"""The kept sums of offers say at every step what the facts add up to, at the same cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.money import euro
from backend.core.users import SYSTEM
from campaigns import amendments, figures, invariants, pledges, tallies
from campaigns.models import Campaign, Tally
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene
from tests.campaigns.test_members import succeeded
from tests.campaigns.test_payments import arrived_payout, paid_by_card

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def same(scene: Scene, campaign: Campaign) -> figures.CampaignFigures:
    """The kept figures of now, which are those that the facts add up to."""
    kept = tallies.of_campaign(campaign, at=scene.at)
    assert kept == figures.of_campaign(campaign, at=scene.at)
    return kept


class TestOfCampaigns:
    def test_of_orders_as_they_come_wait_move_up_and_go(self, scene: Scene) -> None:
        campaign, twice = scene.open_campaign(), scene.investor()
        first = scene.pledge(campaign, shares=40, investor=twice)
        scene.pledge(campaign, investor=twice)
        scene.pledge(campaign, shares=10)
        found = same(scene, campaign)
        assert (found.pledges, found.investors, found.waitlisted) == (2, 1, 1)

        pledges.revoke(pledge=first, by=SYSTEM, at=scene.at)

        found = same(scene, campaign)
        assert (found.pledges, found.investors, found.waitlisted) == (2, 2, 0)
        assert found.promised == euro("1500.00")

    def test_of_an_order_that_is_made_smaller(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign, shares=20)

        wanted = amendments.Wanted(10)
        amendments.amend(pledge=pledge, wanted=wanted, by=SYSTEM, at=scene.at)

        assert same(scene, campaign).promised == euro("1000.00")

    def test_of_all_orders_of_one_person_that_end_at_once(self, scene: Scene) -> None:
        campaign, twice = scene.open_campaign(), scene.investor()
        for _ in range(2):
            scene.pledge(campaign, investor=twice)
        scene.wait(15)

        pledges.lapse_unpaid(at=scene.at)

        assert same(scene, campaign).investors == 0

    def test_of_transfers_and_what_goes_back(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        kept, regretted = scene.pledge(campaign), scene.pledge(campaign)
        scene.transfer(kept)
        scene.transfer(regretted)
        assert same(scene, campaign).settled == euro("1000.00")

        pledges.revoke(pledge=regretted, by=SYSTEM, at=scene.at)
        [refund] = regretted.payments.get().refunds.all()
        scene.bank(scene.restricted, (-euro("500.00"), refund.reference))

        assert same(scene, campaign).settled == euro("500.00")

    def test_of_cards_their_payout_and_a_refund(self, scene: Scene, provider: Provider) -> None:
        campaign = scene.open_campaign()
        regretted = scene.pledge(campaign)
        for pledge in (regretted, scene.pledge(campaign, shares=6)):
            paid_by_card(scene, provider, pledge)
        assert same(scene, campaign).settled == euro("0.00")
        pledges.revoke(pledge=regretted, by=SYSTEM, at=scene.at)
        scene.jobs()
        provider.deliver()
        scene.jobs()

        payout = arrived_payout(scene, provider)
        scene.bank(scene.restricted, (euro(payout["amount"]) / 100, str(payout["id"])))

        assert same(scene, campaign).settled == euro("600.00")
        scene.wait(125)
        assert same(scene, campaign).beyond_recall == euro("600.00")

    def test_at_two_queries_however_many(self, scene: Scene) -> None:
        campaigns = [scene.open_campaign() for _ in range(3)]
        for campaign in campaigns:
            scene.pledge(campaign)

        with CaptureQueriesContext(connection) as asked:
            tallies.of_campaigns(campaigns, at=scene.at)

        assert len(asked) == 2


class TestFold:
    def test_makes_one_row_of_many_and_changes_no_sum(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        for _ in range(4):
            scene.transfer(scene.pledge(campaign))
        before = same(scene, campaign)

        tallies.fold(many=2)

        assert same(scene, campaign) == before
        assert Tally.objects.filter(campaign=campaign).count() == 2

    def test_leaves_few_alone(self, scene: Scene) -> None:
        scene.pledge(scene.open_campaign())
        rows = set(Tally.objects.values_list("pk", flat=True))

        tallies.fold()

        assert set(Tally.objects.values_list("pk", flat=True)) == rows


class TestKept:
    def test_a_sum_that_is_not_its_rows_is_found(self, scene: Scene) -> None:
        campaign = succeeded(scene).campaign
        assert not invariants.FINDERS["kept sums of offers are those of their rows"]()
        extra = Tally.objects.create(campaign=campaign, paid=1)

        found = invariants.FINDERS["kept sums of offers are those of their rows"]()

        assert len(list(found)) == 1
        extra.delete()
