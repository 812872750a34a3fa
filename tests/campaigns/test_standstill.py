"""A suspended offer: thirty days at most, corrected or cancelled, everyone told; and a later deadline."""

import datetime as dt

import pytest

from backend.core import approvals, clock
from backend.core.models import AuditEvent, Notice
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.treasury.models import Expectation
from campaigns import (
    checklist,
    deadlines,
    extensions,
    figures,
    interests,
    lifecycle,
    obstacles,
    orders,
    pledges,
    sheets,
    suspensions,
    windows,
)
from campaigns.extensions import Later
from campaigns.models import Campaign, Extension, Pledge, Suspension
from campaigns.suspensions import Standstill
from tests.campaigns.scene import Scene, states_of

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]
State = Campaign.State
ERROR = Standstill("The sheet names a wrong debt.", "material_error", "We correct part A.")


def suspend(scene: Scene, campaign: Campaign, why: Standstill = ERROR) -> Suspension:
    lifecycle.suspend(campaign=campaign, why=why, by=scene.cast.owner, at=scene.at)
    standing = suspensions.standing(campaign)
    assert standing is not None
    return standing


class TestSuspend:
    def test_everyone_is_told_of_the_steps_and_of_the_right(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        scene.wish(campaign)
        campaign = scene.open(campaign)
        pledge = scene.pledge(campaign)

        suspend(scene, campaign)

        mails = Notice.objects.filter(template="offer_suspended")
        assert mails.count() == 2
        assert all("We correct part A." in mail.body for mail in mails)
        assert windows.until(pledge) is not None

    def test_another_reason_opens_no_right(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        suspend(scene, campaign, Standstill("The notary is ill."))

        assert not windows.is_open(campaign, at=scene.at)

    def test_it_goes_on_once_the_error_is_corrected(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        suspend(scene, campaign)
        scene.wait(1)
        with pytest.raises(lifecycle.Blocked):
            lifecycle.resume(campaign=campaign, by=scene.cast.owner, at=scene.at)

        scene.change_sheet(campaign, is_material=True)
        lifecycle.resume(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)

        assert scene.fresh(campaign).state == State.OPEN
        assert suspensions.standing(campaign) is None


class TestCancelUncorrected:
    def test_on_the_last_day_it_may_still_be_saved(self, scene: Scene) -> None:
        suspension = suspend(scene, scene.open_campaign())
        last = suspension.ends_before - dt.timedelta(seconds=1)

        assert clock.day_of(last) - scene.day == dt.timedelta(days=30)
        assert deadlines.cancel_uncorrected(at=last) == []

    def test_afterwards_it_is_cancelled_and_money_goes_back(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        scene.transfer(pledge)
        suspension = suspend(scene, campaign)

        deadlines.cancel_uncorrected(at=suspension.ends_before)
        deadlines.cancel_uncorrected(at=suspension.ends_before)

        assert scene.fresh(campaign).state == State.CANCELLED
        assert states_of([pledge]) == [Pledge.State.LAPSED]
        scene.wait(31)
        refund = pledge.payments.get().refunds.get()
        scene.bank(scene.restricted, (-refund.amount, refund.reference))
        assert figures.of_campaign(campaign, at=scene.at).paid == ZERO

    def test_what_was_corrected_or_is_no_error_stays(self, scene: Scene) -> None:
        corrected, other = scene.open_campaign(), scene.open_campaign()
        suspend(scene, corrected)
        scene.wait(1)
        scene.change_sheet(corrected, is_material=True)
        suspend(scene, other, Standstill("The notary is ill."))

        assert deadlines.cancel_uncorrected(at=scene.at + dt.timedelta(days=40)) == []


class TestResume:
    def test_places_given_back_meanwhile_go_to_those_who_wait(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        first, leaving = scene.pledge(campaign, shares=30), scene.pledge(campaign, shares=20)
        waiting = scene.pledge(campaign, shares=10)
        suspend(scene, campaign, Standstill("The notary is ill."))
        pledges.revoke(pledge=leaving, by=SYSTEM, at=scene.at)
        assert states_of([waiting]) == ["waitlisted"]

        lifecycle.resume(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)

        newcomer = scene.pledge(campaign, shares=20)
        assert states_of([first, waiting, newcomer]) == ["placed", "placed", "waitlisted"]

    def test_an_offer_that_had_ended_goes_back_to_collecting(self, scene: Scene) -> None:
        """It was full before its day, so it had ended; nobody may order in it again."""
        campaign = scene.open_campaign(maximum=euro("3000.00"))
        pledge, waiting = scene.pledge(campaign, shares=30), scene.pledge(campaign)
        by = scene.cast.owner
        lifecycle.stop_taking_pledges(campaign=scene.fresh(campaign), by=by, at=scene.at)
        suspend(scene, campaign := scene.fresh(campaign))
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)
        scene.wait(1)
        codes = [each.code for each in obstacles.found(campaign=campaign, to="open", at=scene.at)]

        scene.change_sheet(campaign, is_material=True)
        lifecycle.resume(campaign=scene.fresh(campaign), by=by, at=scene.at)

        assert (codes, scene.fresh(campaign).state) == (["over"], State.COLLECTING)
        assert states_of([waiting]) == ["placed"]


@pytest.mark.rule("R17.time")
class TestTimeGivenBack:
    """Nobody can pay or answer while an offer stands still: those days do not count."""

    def test_nobody_is_late_while_it_stands_still(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        scene.wait(4)
        suspend(scene, campaign, Standstill("The notary is ill."))
        scene.wait(14)

        lapsed = pledges.lapse_unpaid(at=scene.at)

        assert (lapsed, states_of([pledge])) == ([], ["placed"])

    def test_the_days_that_were_left_are_left_again(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        assert pledge.pay_until is not None
        scene.wait(4)
        suspend(scene, campaign, Standstill("The notary is ill."))
        scene.wait(20)
        lifecycle.resume(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)

        end = clock.days_after(pledge.pay_until, 20)
        looked_for = Expectation.objects.get(owner_kind="campaigns.pledge")
        assert looked_for.due_on == clock.day_of(end)
        still = pledges.lapse_unpaid(at=end - dt.timedelta(seconds=1))
        over = pledges.lapse_unpaid(at=end)

        assert (still, over) == ([], [pledge])
        given = AuditEvent.objects.get(action="campaign.time_given_back")
        assert given.facts == {"days": 20, "orders": 1, "invitations": 0}

    def test_what_was_late_before_stays_late(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        scene.wait(15)
        suspend(scene, campaign, Standstill("The notary is ill."))
        scene.wait(2)
        lifecycle.resume(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)

        assert pledges.lapse_unpaid(at=scene.at) == [pledge]

    def test_an_invitation_waits_too_but_not_beyond_the_deadline(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        campaign = scene.open(campaign)
        until = interests.by_token(wish.token).answer_before
        assert until is not None
        suspend(scene, campaign, Standstill("The notary is ill."))
        scene.wait(10)
        assert interests.lapse_unanswered(at=until) == 0

        lifecycle.resume(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)

        assert campaign.deadline_on is not None
        last = min(clock.days_after(until, 10), clock.end_of(campaign.deadline_on))
        assert interests.by_token(wish.token).answer_before == last


class TestResumeOverdue:
    def test_a_standstill_without_an_error_ends_after_thirty_days(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        suspension = suspend(scene, campaign, Standstill("The notary is ill."))
        last = suspension.ends_before - dt.timedelta(seconds=1)

        assert deadlines.resume_overdue(at=last) == []
        assert deadlines.resume_overdue(at=suspension.ends_before) == [campaign]
        assert deadlines.resume_overdue(at=suspension.ends_before) == []
        assert scene.fresh(campaign).state == State.OPEN

    def test_one_whose_error_was_corrected_too_late_is_cancelled(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        suspension = suspend(scene, campaign)
        scene.wait(32)
        scene.change_sheet(campaign, is_material=True)

        with pytest.raises(lifecycle.Blocked) as blocked:
            lifecycle.resume(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)
        assert [each["code"] for each in blocked.value.facts["blockers"]] == ["too_long"]
        assert deadlines.resume_overdue(at=scene.at) == []
        assert deadlines.cancel_uncorrected(at=scene.at) == [suspension.campaign]

    @pytest.mark.parametrize("by_calendar", [True, False])
    def test_past_its_deadline_it_ends_when_it_goes_on(
        self, scene: Scene, by_calendar: bool
    ) -> None:
        campaign = scene.open_campaign(deadline_on=scene.day + dt.timedelta(days=20))
        pledge = scene.pledge(campaign)
        suspend(scene, campaign, Standstill("The notary is ill."))
        scene.wait(21 if not by_calendar else 31)
        assert deadlines.end_offers(at=scene.at) == []

        if by_calendar:
            deadlines.resume_overdue(at=scene.at)
        else:
            lifecycle.resume(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)

        assert scene.fresh(campaign).state == State.COLLECTING
        told = Notice.objects.get(template="offer_resumed", to=pledge.investor.email)
        assert "è finita" in told.subject


class TestRemindOfSuspensions:
    def test_three_times_and_each_once(self, scene: Scene) -> None:
        suspend(scene, scene.open_campaign())

        for days in (5, 20, 21, 27, 28, 30, 30):
            deadlines.remind_of_suspensions(at=scene.at + dt.timedelta(days=days))

        mails = Notice.objects.filter(template="suspension_reminder")
        to_owner = mails.filter(to=scene.cast.owner.email)
        assert to_owner.count() == 3
        assert not mails.filter(to=scene.cast.stranger.email).exists()


class TestExtend:
    def ask(self, scene: Scene, campaign: Campaign, *, material: bool = True) -> approvals.Approval:
        assert campaign.deadline_on is not None
        later = campaign.deadline_on + dt.timedelta(days=30)
        wish = Later(later, "The bank needs longer.", material)
        return extensions.ask(campaign=campaign, wish=wish, by=scene.cast.owner, at=scene.at)

    def grant(self, scene: Scene, asked: approvals.Approval) -> None:
        approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)

    def test_a_second_person_moves_the_deadline_and_all_are_told(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        asked = self.ask(scene, campaign)
        with pytest.raises(approvals.SamePerson):
            approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)

        self.grant(scene, asked)

        after, sheet = scene.fresh(campaign), sheets.current(campaign)
        assert after.deadline_on == Extension.objects.get().to_on
        assert sheet is not None
        assert sheet.facts["deadline_on"] == str(after.deadline_on)
        assert windows.until(pledge) is not None
        assert Notice.objects.filter(template="offer_extended").count() == 1
        assert after.terms_version == 2

    def test_one_that_is_not_material_opens_no_right(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        self.grant(scene, self.ask(scene, campaign, material=False))

        assert not windows.is_open(campaign, at=scene.at)
        assert scene.fresh(campaign).terms_version == 1

    def test_only_while_the_offer_is_open(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        asked = self.ask(scene, campaign)
        suspend(scene, campaign)

        with pytest.raises(extensions.NotExtendable):
            self.grant(scene, asked)
        with pytest.raises(extensions.NotExtendable):
            self.ask(scene, scene.publish(scene.draft()))

    def test_never_to_an_earlier_day(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        assert campaign.deadline_on is not None

        wish = Later(campaign.deadline_on, "No reason.")
        with pytest.raises(extensions.NotLater):
            extensions.ask(campaign=campaign, wish=wish, by=SYSTEM, at=scene.at)


class TestClosingConditions:
    def test_without_professionals_the_rules_of_2020_block_a_success(self, scene: Scene) -> None:
        terms = {"regime": "consob_2020", "reflection_days": 7, "maximum": euro("3000.00")}
        campaign = scene.open_campaign(**terms)
        pledge = scene.pledge(campaign, shares=30)
        scene.transfer(pledge)
        scene.wait(8)
        lifecycle.stop_taking_pledges(campaign=campaign, by=scene.cast.owner, at=scene.at)
        campaign = scene.fresh(campaign)

        found = obstacles.found(campaign=campaign, to=State.SUCCEEDED, at=scene.at)
        assert [each.code for each in found] == ["professional_share", "order_checks"]
        assert obstacles.found(campaign=campaign, to=State.FAILED, at=scene.at) == []
        lifecycle.fail(campaign=campaign, by=scene.cast.owner, at=scene.at)
        assert scene.fresh(campaign).state == State.FAILED

    @pytest.mark.parametrize(("shares", "is_met"), [(2, True), (1, False)])
    def test_five_percent_of_what_is_offered_are_enough(
        self, scene: Scene, shares: int, is_met: bool
    ) -> None:
        campaign = scene.open_campaign(regime="consob_2020", reflection_days=7, min_shares=1)
        scene.transfer(scene.pledge(campaign, shares=10))
        bank = scene.investor()
        scene.professional(bank)
        scene.transfer(scene.pledge(campaign, shares=shares, investor=bank))

        [_minimum, share] = obstacles.conditions(campaign, scene.at)

        assert (share.code, share.is_met) == ("professional_share", is_met)

    def test_what_is_met_does_not_fail(self, scene: Scene) -> None:
        campaign = scene.open_campaign(target=euro("1000.00"), maximum=euro("1000.00"))
        scene.transfer(scene.pledge(campaign, shares=10))
        scene.wait(5)
        lifecycle.stop_taking_pledges(campaign=campaign, by=scene.cast.owner, at=scene.at)

        with pytest.raises(lifecycle.Blocked) as refused:
            lifecycle.fail(campaign=campaign, by=scene.cast.owner, at=scene.at)
        assert [each["code"] for each in refused.value.facts["blockers"]] == ["succeeds"]


class TestMode:
    def test_what_a_platform_takes_is_not_taken_here(self, scene: Scene) -> None:
        campaign = scene.open_campaign(mode="mirror")

        with pytest.raises(orders.TakenElsewhere):
            scene.pledge(campaign)

    @pytest.mark.parametrize(
        ("mode", "missing"),
        [("mirror", {"platform", "platform_url"}), ("operator", {"authorisation", "money_bank"})],
    )
    def test_a_live_offer_names_who_may_take_orders(
        self, scene: Scene, mode: str, missing: set[str]
    ) -> None:
        scene.cast.issuer.is_synthetic = False
        campaign = scene.draft(mode=mode)

        found = {item.code for item in checklist.missing(campaign)}
        assert found == missing | {"owner_check"}
