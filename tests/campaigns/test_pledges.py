"""Pledges: what is refused and why, the waiting list, changing one's mind, not paying in time."""

import datetime as dt
from dataclasses import replace

import pytest

from backend.core import states
from backend.core.errors import RuleBroken
from backend.core.models import Notice
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.treasury.models import Expectation
from campaigns import deadlines, drafting, figures, interests, orders, pledges
from campaigns.models import Campaign, Pledge
from campaigns.orders import Order
from investors.models import Acknowledgement
from tests.campaigns.scene import Scene, states_of

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


class TestPlace:
    def test_it_takes_its_places_and_waits_for_its_money(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        pledge = scene.pledge(campaign, shares=7)

        assert (pledge.state, pledge.amount) == ("placed", euro("700.00"))
        assert pledge.queued_at == pledge.placed_at == scene.at
        assert scene.fresh(campaign).taken_shares == 7
        assert Expectation.objects.get(reference=pledge.reference).amount == euro("700.00")
        assert Notice.objects.get(template="pledge_placed").to == pledge.investor.email

    @pytest.mark.parametrize(
        ("shares", "error"),
        [
            (4, orders.BelowMinimum),
            (6, orders.NotAStep),
            (53, orders.OverMaximum),
        ],
    )
    def test_a_wrong_number_is_refused(
        self, scene: Scene, shares: int, error: type[RuleBroken]
    ) -> None:
        campaign = scene.open_campaign(min_shares=5, share_step=2, maximum=euro("5100.00"))

        with pytest.raises(error):
            scene.pledge(campaign, shares=shares)

        assert not Pledge.objects.exists()

    @pytest.mark.parametrize("to", ["suspended", "collecting", "cancelled"])
    def test_a_campaign_that_is_not_open_takes_none(self, scene: Scene, to: str) -> None:
        campaign = scene.open_campaign()
        states.move(record=campaign, to=to, by=SYSTEM, at=scene.at)

        with pytest.raises(orders.CampaignNotOpen):
            scene.pledge(campaign)

    def test_the_deadline_is_the_end_of_its_day(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        assert campaign.deadline_on is not None
        scene.day, scene.hour = campaign.deadline_on, 23

        assert scene.pledge(campaign).state == "placed"
        scene.day, scene.hour = scene.day + dt.timedelta(days=1), 0
        with pytest.raises(orders.CampaignNotOpen):
            scene.pledge(campaign)

    def test_orders_of_one_person_are_summed_for_the_warning(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        scene.pledge(campaign, shares=15, investor=investor)

        order = Order(campaign, investor, 6)

        # Net worth 40,000: five percent are 2,000; 1,500 alone is fine, 2,100 together is not.
        told = [
            orders.warnings(order=each, at=scene.at) for each in (order, replace(order, shares=5))
        ]
        assert ["large_order" in {each.kind for each in said} for said in told] == [True, False]

    def test_the_warnings_accepted_are_written_down(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign(), shares=21)

        kinds = Acknowledgement.objects.filter(subject=f"pledge:{pledge.pk}")
        assert set(kinds.values_list("kind", flat=True)) == {"loss_of_all", "large_order"}

    def test_real_people_and_invented_campaigns_are_kept_apart(self, scene: Scene) -> None:
        investor = scene.investor()
        investor.is_synthetic = False

        with pytest.raises(orders.NotReady):
            scene.pledge(scene.open_campaign(), investor=investor)


class TestSharesFor:
    def test_whole_shares_or_the_two_amounts_beside(self, scene: Scene) -> None:
        campaign = scene.draft()

        assert orders.shares_for(campaign=campaign, amount=euro("700.00")) == 7
        with pytest.raises(orders.NotWhole, match=r"700[.,]00.* .*800[.,]00"):
            orders.shares_for(campaign=campaign, amount=euro("700.01"))


@pytest.mark.rule("R4")
class TestInterestConverted:
    def test_it_keeps_its_place_in_the_queue(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        expressed = scene.at
        scene.wait(1)
        campaign = scene.open(campaign)
        scene.pledge(campaign)

        pledge = converted(scene, campaign, wish.token)

        assert pledge.queued_at == expressed
        assert next(iter(campaign.pledges.in_queue())) == pledge
        assert interests.by_token(wish.token).state == "converted"

    def test_once_only(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        campaign = scene.open(campaign)
        converted(scene, campaign, wish.token)

        with pytest.raises(orders.NotThisInterest):
            converted(scene, campaign, wish.token)

    def test_changed_terms_must_be_confirmed(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        change_use_of_funds(scene, campaign)
        scene.wait(5)
        campaign = scene.open(scene.fresh(campaign))

        with pytest.raises(orders.TermsChanged):
            converted(scene, campaign, wish.token)
        assert converted(scene, campaign, wish.token, confirms_terms=True).state == "placed"


class TestWaitingList:
    def test_a_freed_place_goes_to_the_first_whom_it_fits(self, scene: Scene) -> None:
        campaign = scene.open_campaign(maximum=euro("3000.00"))
        first = scene.pledge(campaign, shares=20)
        small = scene.pledge(campaign, shares=10)
        too_big = scene.pledge(campaign, shares=21)
        fits = scene.pledge(campaign, shares=15)

        assert states_of([too_big, fits]) == ["waitlisted", "waitlisted"]
        scene.wait(1)
        pledges.revoke(pledge=first, by=SYSTEM, at=scene.at)

        assert states_of([first, small, too_big, fits]) == [
            "revoked",
            "placed",
            "waitlisted",
            "placed",
        ]
        fits.refresh_from_db()
        assert fits.placed_at == scene.at
        assert Notice.objects.filter(template="pledge_promoted").count() == 1
        assert Expectation.objects.filter(reference=fits.reference, state="open").exists()

    def test_a_place_that_lapses_after_the_last_day_goes_on_too(self, scene: Scene) -> None:
        """Most places come free so: the time to pay of late orders ends after the deadline."""
        tomorrow = scene.day + dt.timedelta(days=1)
        campaign = scene.open_campaign(deadline_on=tomorrow, maximum=euro("3000.00"))
        unpaid, waiting = scene.pledge(campaign, shares=30), scene.pledge(campaign, shares=10)
        scene.wait(2)
        deadlines.end_offers(at=scene.at)

        scene.wait(14)
        pledges.lapse_unpaid(at=scene.at)

        assert states_of([unpaid, waiting]) == ["lapsed", "placed"]
        waiting.refresh_from_db()
        assert waiting.reflection_last_day == scene.day + dt.timedelta(days=4)

    def test_who_waits_may_leave_the_line(self, scene: Scene) -> None:
        campaign = scene.open_campaign(maximum=euro("3000.00"))
        scene.pledge(campaign, shares=30)
        waiting = scene.pledge(campaign)

        pledges.revoke(pledge=waiting, by=SYSTEM, at=scene.at)

        assert states_of([waiting]) == ["revoked"]
        assert scene.fresh(campaign).taken_shares == 30


@pytest.mark.rule("R49")
class TestRevoke:
    def test_until_the_last_second_of_reflection_also_when_paid(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.transfer(pledge)
        assert pledge.reflection_ends_at is not None
        last = pledge.reflection_ends_at - dt.timedelta(seconds=1)

        pledges.revoke(pledge=pledge, by=SYSTEM, at=last)

        refund = pledge.payments.get().refunds.get()
        assert refund.amount == euro("500.00")
        scene.bank(scene.restricted, (-refund.amount, refund.reference))
        assert figures.of_pledge(pledge).paid == ZERO

    def test_a_paid_one_stays_after_reflection(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.transfer(pledge)

        with pytest.raises(pledges.ReflectionOver):
            pledges.revoke(pledge=pledge, by=SYSTEM, at=pledge.reflection_ends_at)

    def test_an_unpaid_one_goes_also_after_reflection(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.wait(10)

        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)

        assert states_of([pledge]) == ["revoked"]

    def test_twice_is_refused(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)

        with pytest.raises(states.WrongState):
            pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)


class TestLapseUnpaid:
    def test_after_fourteen_days_to_the_second(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        assert pledge.pay_until is not None

        assert pledges.lapse_unpaid(at=pledge.pay_until - dt.timedelta(seconds=1)) == []
        assert pledges.lapse_unpaid(at=pledge.pay_until) == [pledge]
        assert pledges.lapse_unpaid(at=pledge.pay_until) == []
        assert scene.fresh(pledge.campaign).taken_shares == 0

    def test_the_paid_stay_and_the_part_paid_get_their_money_back(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        paid = scene.pledge(campaign)
        scene.transfer(paid)
        scene.pledge(campaign)
        scene.wait(20)

        lapsed = pledges.lapse_unpaid(at=scene.at)

        assert paid not in lapsed
        assert len(lapsed) == 1

    def test_a_transfer_that_comes_too_late_is_a_discrepancy(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.wait(20)
        pledges.lapse_unpaid(at=scene.at)

        scene.transfer(pledge)

        assert not pledge.payments.exists()
        assert scene.restricted.lines.unexplained().count() == 1


def converted(scene: Scene, campaign: Campaign, token: str, confirms_terms: bool = False) -> Pledge:
    order = replace(
        scene.order(campaign, scene.investor()),
        interest=interests.by_token(token),
        confirms_terms=confirms_terms,
    )
    return pledges.place(order=order, by=SYSTEM, at=scene.at)


def change_use_of_funds(scene: Scene, campaign: Campaign) -> None:
    drafting.amend(
        campaign=campaign,
        changes={"use_of_funds": Campaign.UseOfFunds.PURCHASE_AND_MANAGEMENT},
        by=scene.cast.owner,
        at=scene.at,
    )
