"""Three sides of a run: pledges, ledger and the outside agree, and what stands on one only is named."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.core import clock
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.treasury import reconciliation
from backend.treasury.models import ReconciliationRun
from campaigns import pledges, refunds, sides
from campaigns.models import Campaign, Payment
from campaigns.provider import pulls
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene
from tests.campaigns.test_payments import arrived_payout, paid_by_card

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def run(scene: Scene) -> ReconciliationRun:
    return reconciliation.run(by=scene.cast.finance, at=scene.at)


def money_of_every_kind(scene: Scene, provider: Provider) -> Campaign:
    """1,100 by card of which 500 goes back, 700 by transfer of which 100 is too much and waits."""
    campaign = scene.open_campaign()
    regretted = scene.pledge(campaign)
    paid_by_card(scene, provider, regretted)
    paid_by_card(scene, provider, scene.pledge(campaign, shares=6))
    pledges.revoke(pledge=regretted, by=SYSTEM, at=scene.at)
    scene.jobs()
    scene.transfer(scene.pledge(campaign, shares=6), euro("700.00"))
    provider.deliver()
    scene.jobs()
    return campaign


class TestARun:
    def test_finds_pledges_ledger_and_outside_equal(self, scene: Scene, provider: Provider) -> None:
        campaign = money_of_every_kind(scene, provider)
        payout = arrived_payout(scene, provider)
        scene.bank(scene.restricted, (euro(payout["amount"]) / 100, payout["id"]))
        pulls.pull(since=scene.at.replace(year=2020), by=SYSTEM, at=scene.at)

        totals = run(scene).totals

        assert totals["three_way"] == [
            {
                "about": campaign.title_it,
                "records": "1200.00",
                "ledger": "1200.00",
                "outside": "1200.00",
                "currency": "EUR",
                "is_equal": True,
            }
        ]
        assert totals["provider"] == []
        sent = totals["payouts"]
        assert (sent["amount"], sent["arrived"]) == (sent["parts"], sent["amount"])
        assert (sent["count"], sent["unexplained"], sent["open"]) == (1, "0.00", [])

    def test_names_what_only_we_know_of_with_its_age(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        payment = paid_by_card(scene, provider, scene.pledge(campaign))
        scene.wait(2)

        totals = run(scene).totals

        assert (totals["three_way"][0]["outside"], totals["three_way"][0]["is_equal"]) == (
            "0.00",
            False,
        )
        (item,) = totals["provider"]
        age = (scene.day - clock.today()).days
        assert (item["side"], item["about"], item["age_days"]) == ("here", payment.provider_id, age)

    def test_names_a_payout_that_is_late_at_the_bank(
        self, scene: Scene, provider: Provider
    ) -> None:
        campaign = scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(campaign))
        payout = arrived_payout(scene, provider)
        scene.wait(4)

        (late,) = run(scene).totals["payouts"]["open"]

        assert (late["about"], late["arrived"]) == (payout["id"], "0.00")
        assert late["age_days"] >= 4

    def test_shows_all_of_it_on_its_page(self, scene: Scene, provider: Provider) -> None:
        campaign = scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(campaign))
        arrived_payout(scene, provider)
        scene.wait(4)
        made = run(scene)
        client = Client()
        client.force_login(scene.cast.finance)

        page = client.get(reverse("treasury-run", args=[made.pk])).content.decode()

        assert campaign.title_it in page
        assert "po_" in page


class TestGather:
    def test_counts_a_returned_transfer_and_what_the_bank_sent_back(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        scene.transfer(pledge)
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)
        refund = refunds.under_way(pledge).get()

        scene.bank(scene.restricted, (-refund.amount, refund.reference))

        # All of it came and went: three sides of nothing.
        assert sides.gather(scene.cast.issuer).three_way == []
        assert Payment.objects.count() == 1

    def test_tells_nothing_of_another_holder(self, scene: Scene, provider: Provider) -> None:
        campaign = scene.open_campaign()
        paid_by_card(scene, provider, scene.pledge(campaign))

        told = sides.gather(scene.cast.stranger.organisation)

        assert (told.three_way, told.payouts, told.one_sided) == ((), (), ())
        assert sides.gather(None).three_way[0].records == euro("500.00")
