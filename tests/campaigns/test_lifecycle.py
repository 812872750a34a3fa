"""The life of a campaign: what blocks each step, who decides, and what follows from the end."""

import datetime as dt

import pytest

from backend.core import approvals, audit, states
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import funds
from backend.ledger.models import ACQUISITION, Purpose
from backend.treasury.models import Expectation
from campaigns import (
    amendments,
    checklist,
    drafting,
    figures,
    holding,
    interests,
    lifecycle,
    moves,
    obstacles,
    orders,
    pledges,
    refunds,
)
from campaigns.models import Campaign, Interest
from tests.campaigns.scene import Scene, states_of

pytestmark = pytest.mark.money
State = Campaign.State


def codes(campaign: Campaign, to: str, at: dt.datetime) -> list[str]:
    return [each.code for each in obstacles.found(campaign=campaign, to=to, at=at)]


class TestChecklist:
    def test_a_whole_draft_lacks_nothing(self, scene: Scene) -> None:
        assert checklist.missing(scene.draft()) == []

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"summary_it": ""}, "texts_it"),
            ({"risk_en": ""}, "texts_en"),
            ({"minimum": euro("1050.00")}, "whole_shares"),
            ({"deadline_on": None}, "dates"),
            ({"restricted_account": None}, "restricted_account"),
            ({"ordinary_account": None}, "ordinary_account"),
            ({"own_fund": None}, "own_fund"),
        ],
    )
    @pytest.mark.rule("R8")
    def test_what_is_missing_is_named(
        self, scene: Scene, change: dict[str, object], code: str
    ) -> None:
        campaign = scene.draft(**change)

        assert [item.code for item in checklist.missing(campaign)] == [code]

    def test_a_plan_that_does_not_add_up_is_missing(self, scene: Scene) -> None:
        campaign = scene.draft()
        line = drafting.PlannedLine("Altro", "Other", euro("1.00"))

        drafting.plan(campaign=campaign, lines=[line], by=scene.cast.owner, at=scene.at)

        assert [item.code for item in checklist.missing(campaign)] == ["use_of_funds"]


class TestDrafting:
    def test_papers_by_address_leave_a_trace_too(self, scene: Scene) -> None:
        campaign = scene.draft()
        paper = drafting.Paper("plan", "Plan", "https://example.org/plan.pdf")
        draft = drafting.Draft(campaign.slug, {}, papers=[paper])

        drafting.revise(campaign=campaign, draft=draft, by=scene.cast.owner, at=scene.at)

        event = audit.history(campaign).order_by("-id").first()
        assert event is not None
        assert (event.action, event.by) == ("campaign.document", scene.cast.owner)
        assert event.facts == {"kind": "plan", "version": 1, "url": paper.url}

    def test_sums_out_of_order_are_refused(self, scene: Scene) -> None:
        with pytest.raises(drafting.SumsOutOfOrder):
            scene.draft(minimum=euro("9000.00"))

    def test_an_address_is_used_once(self, scene: Scene) -> None:
        scene.draft()
        scene.numbers["campaign"] = 0

        with pytest.raises(drafting.AddressTaken):
            scene.draft()

    def test_an_open_campaign_binds_its_issuer(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        with pytest.raises(drafting.NotEditable):
            amend(scene, campaign, risk_it="Meno rischi.")

    def test_the_same_again_is_no_new_version_of_the_terms(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())

        assert amend(scene, campaign, use_of_funds="purchase_and_management").terms_version == 2
        assert amend(scene, campaign, use_of_funds="purchase_and_management").terms_version == 2


class TestPublish:
    def test_the_author_may_not_approve(self, scene: Scene) -> None:
        asked = lifecycle.submit(campaign=scene.draft(), by=scene.cast.owner, at=scene.at)

        with pytest.raises(approvals.SamePerson):
            approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)

    def test_sent_back_with_a_reason_and_handed_in_again(self, scene: Scene) -> None:
        campaign = scene.draft()
        lifecycle.submit(campaign=campaign, by=scene.cast.owner, at=scene.at)

        with pytest.raises(lifecycle.ReasonMissing):
            make(scene, campaign, State.NEEDS_WORK)
        lifecycle.send_back(
            campaign=campaign, by=scene.cast.colleague, at=scene.at, reason="Risks are too short."
        )
        assert scene.publish(campaign).state == State.PRE_CAMPAIGN
        reasons = audit.history(campaign).values_list("reason", flat=True)
        assert "Risks are too short." in reasons

    def test_nobody_moves_to_pre_campaign_by_hand(self, scene: Scene) -> None:
        with pytest.raises(moves.NotAMove):
            make(scene, scene.draft(), State.PRE_CAMPAIGN)


class TestOpen:
    def test_it_waits_for_interest_and_for_its_day(self, scene: Scene) -> None:
        later = scene.day + dt.timedelta(days=3)
        campaign = scene.publish(
            scene.draft(pre_campaign_threshold=euro("1000.00"), opens_on=later)
        )

        assert codes(campaign, State.OPEN, scene.at) == ["opens_on", "threshold"]
        scene.wish(campaign, "1000.00")
        scene.wait(3)
        assert codes(campaign, State.OPEN, scene.at) == []

    def test_the_fund_may_pay_what_the_terms_say(self, scene: Scene) -> None:
        narrow = scene.open_campaign()
        wide = scene.open_campaign(use_of_funds="purchase_and_management")

        allowed = [
            funds.allowed_purposes(fund=campaign.fund, on=scene.day)
            for campaign in (narrow, wide)
            if campaign.fund
        ]
        assert allowed[0] == ACQUISITION
        assert allowed[1] >= {Purpose.WORKS, Purpose.MANAGEMENT}
        assert Purpose.PROVIDER_FEES not in allowed[1]

    def test_the_interested_are_invited(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)

        scene.open(campaign)

        assert interests.by_token(wish.token).state == Interest.State.INVITED


class TestStopTakingPledges:
    def test_bound_until_the_deadline_or_the_maximum(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        assert campaign.deadline_on is not None
        assert codes(campaign, State.COLLECTING, scene.at) == ["deadline"]

        after = scene.at + (campaign.deadline_on + dt.timedelta(days=1) - scene.day)
        assert codes(campaign, State.COLLECTING, after) == []
        scene.pledge(campaign, shares=30)
        assert codes(campaign, State.COLLECTING, scene.at) == ["deadline"]
        scene.pledge(campaign, shares=20)
        assert codes(campaign, State.COLLECTING, scene.at) == []

    def test_silence_lets_an_interest_lapse(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        campaign = scene.open(campaign)
        scene.pledge(campaign, shares=50)

        make(scene, campaign, State.COLLECTING)

        assert interests.by_token(wish.token).state == Interest.State.LAPSED


class TestClose:
    def test_what_is_still_in_motion_blocks_it(self, scene: Scene) -> None:
        campaign = scene.open_campaign(target=euro("1000.00"), maximum=euro("1000.00"))
        pledge = scene.pledge(campaign, shares=10)
        make(scene, campaign, State.COLLECTING)
        campaign = scene.fresh(campaign)

        assert codes(campaign, State.SUCCEEDED, scene.at) == ["reflection", "unpaid"]
        scene.transfer(pledge)
        with pytest.raises(lifecycle.Blocked):
            make(scene, campaign, State.SUCCEEDED)
        scene.wait(5)
        assert codes(campaign, State.SUCCEEDED, scene.at) == []

    def test_the_paid_are_allotted_in_queue_order_and_the_rest_lapses(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        first, unpaid = scene.pledge(campaign, shares=10), scene.pledge(campaign, shares=40)
        waiting = scene.pledge(campaign)
        scene.transfer(first)
        scene.wait(15)
        make(scene, campaign, State.COLLECTING)

        closed = make(scene, campaign, State.SUCCEEDED)

        assert isinstance(closed, Campaign)
        assert closed.state == State.SUCCEEDED
        assert states_of([first, unpaid, waiting]) == ["allotted", "lapsed", "lapsed"]
        assert first.allotment.register_number == 1
        assert closed.allotments.count() == 1

    def test_below_the_minimum_it_fails(self, scene: Scene) -> None:
        campaign = scene.open_campaign(minimum=euro("1000.00"))
        pledge = scene.pledge(campaign, shares=9)
        scene.transfer(pledge)
        scene.wait(61)
        make(scene, campaign, State.COLLECTING)

        make(scene, campaign, State.SUCCEEDED)

        assert scene.fresh(campaign).state == State.FAILED
        back = Expectation.objects.get(owner_kind="campaigns.refund")
        assert (back.direction, back.amount) == ("out", euro("900.00"))

    def test_money_that_goes_back_reaches_no_minimum(self, scene: Scene) -> None:
        """An order that was paid and taken back, and a part of one."""
        campaign = scene.open_campaign(minimum=euro("1000.00"))
        whole, gone, part = (scene.pledge(campaign, shares) for shares in (7, 5, 10))
        scene.transfer(whole)
        scene.transfer(gone)
        scene.transfer(part, euro("400.00"))
        pledges.revoke(pledge=gone, by=SYSTEM, at=scene.at)
        scene.wait(61)
        make(scene, campaign, State.COLLECTING)
        assert figures.of_campaign(campaign, at=scene.at).settled == euro("1600.00")

        conditions = obstacles.conditions(scene.fresh(campaign), scene.at)
        make(scene, campaign, State.SUCCEEDED)

        assert [each.is_met for each in conditions] == [False]
        assert scene.fresh(campaign).state == State.FAILED
        assert states_of([whole, gone, part]) == ["lapsed", "revoked", "lapsed"]


class TestCounted:
    def test_are_the_orders_that_stand_and_are_paid_whole(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        smaller, exact, _unpaid = (scene.pledge(campaign, shares) for shares in (10, 5, 6))
        scene.transfer(smaller)
        scene.transfer(exact)
        assert figures.counted(campaign) == euro("1500.00")

        wanted = amendments.Wanted(shares=8)
        amendments.amend(pledge=smaller, wanted=wanted, by=SYSTEM, at=scene.at)
        assert figures.counted(campaign) == euro("1300.00")
        [refund] = refunds.under_way(smaller)
        scene.bank(scene.restricted, (-refund.amount, refund.reference))

        assert figures.counted(campaign) == euro("1300.00")


@pytest.mark.rule("I4")
class TestCancel:
    def test_everything_is_returned(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        scene.transfer(pledge)

        with pytest.raises(lifecycle.ReasonMissing):
            make(scene, campaign, State.CANCELLED)
        make(scene, campaign, State.CANCELLED, "The building burnt down.")
        refund = pledge.payments.get().refunds.get()
        scene.bank(scene.restricted, (-refund.amount, refund.reference))

        assert states_of([pledge]) == ["lapsed"]
        assert figures.of_campaign(campaign, at=scene.at).paid == ZERO


class TestTopUpFees:
    def test_before_the_opening_nothing_is_due(self, scene: Scene) -> None:
        with pytest.raises(holding.NothingDue):
            holding.top_up_fees(campaign=scene.draft(), by=scene.cast.finance, at=scene.at)


class TestSuspend:
    def test_suspended_takes_no_pledges_and_resumes(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        make(scene, campaign, State.SUSPENDED, "The sheet has an error.")
        with pytest.raises(orders.CampaignNotOpen):
            scene.pledge(campaign)

        make(scene, campaign, State.OPEN)

        assert scene.pledge(campaign).state == "placed"


class TestEveryPair:
    def test_the_dict_of_moves_is_the_law(self, scene: Scene) -> None:
        campaign = scene.draft()

        for before, allowed in Campaign.MOVES.items():
            for after in set(Campaign.MOVES) - allowed:
                campaign.state = before
                with pytest.raises(states.WrongState):
                    states.move(record=campaign, to=after, by=SYSTEM, at=scene.at)


def amend(scene: Scene, campaign: Campaign, **changes: object) -> Campaign:
    return drafting.amend(campaign=campaign, changes=changes, by=scene.cast.owner, at=scene.at)


def make(scene: Scene, campaign: Campaign, to: str, reason: str = "") -> object:
    return moves.make(
        campaign=scene.fresh(campaign),
        wanted=moves.Wanted(to, reason),
        by=scene.cast.owner,
        at=scene.at,
    )
