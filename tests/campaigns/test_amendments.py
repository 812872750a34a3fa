"""An order made smaller or larger: places, money and the queue come out right."""

import dataclasses
import datetime as dt

import pytest

from backend.core import states
from backend.core.models import Notice
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.treasury.models import Discrepancy
from campaigns import amendments, figures, orders, pledges, reading, sheets
from campaigns.amendments import Amended, Wanted
from campaigns.models import Pledge, Refund
from tests.campaigns.scene import Scene, states_of

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def amend(scene: Scene, pledge: Pledge, shares: int) -> Amended:
    read = sheets.version_in_force(pledge.campaign)
    wanted = Wanted(shares, is_acknowledged=True, sheet_version=read)
    try:
        return amendments.amend(pledge=pledge, wanted=wanted, by=SYSTEM, at=scene.at)
    except reading.WarningsUnread as problem:
        wanted = dataclasses.replace(wanted, warnings_read=problem.facts["now"])
        return amendments.amend(pledge=pledge, wanted=wanted, by=SYSTEM, at=scene.at)


class TestFewer:
    def test_it_keeps_its_place_and_frees_the_rest(self, scene: Scene) -> None:
        campaign = scene.open_campaign(maximum=euro("3000.00"))
        pledge = scene.pledge(campaign, shares=30)
        waiting = scene.pledge(campaign, shares=10)
        scene.wait(1)

        now = amend(scene, pledge, 20).pledge

        assert (now.shares, now.amount, now.queued_at) == (20, euro("2000.00"), pledge.queued_at)
        assert states_of([pledge, waiting]) == ["placed", "placed"]
        assert scene.fresh(campaign).taken_shares == 30
        assert Notice.objects.filter(template="pledge_amended").count() == 1

    def test_what_was_paid_beyond_it_goes_back(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign(), shares=10)
        scene.transfer(pledge, euro("300.00"))
        scene.transfer(pledge, euro("700.00"))

        amend(scene, pledge, 8)
        now = amend(scene, pledge, 5).pledge

        asked = [refund.amount for refund in Refund.objects.order_by("id")]
        assert sum(asked, ZERO) == euro("500.00")
        for refund in Refund.objects.all():
            scene.bank(scene.restricted, (-refund.amount, refund.reference))
        assert figures.of_pledge(now).paid == euro("500.00")

    def test_the_smaller_transfer_with_the_old_reference_pays_it(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign(), shares=10)
        now = amend(scene, pledge, 5).pledge

        scene.transfer(now)

        assert figures.of_pledge(now).is_paid
        assert not Discrepancy.objects.filter(resolved_at=None).exists()

    def test_the_larger_transfer_with_the_old_reference_brings_change(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign(), shares=10)
        now = amend(scene, pledge, 5).pledge

        scene.transfer(now, euro("1000.00"))

        assert Refund.objects.get().amount == euro("500.00")
        assert now.amount == euro("500.00")

    def test_not_after_reflection_once_paid(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign(), shares=10)
        scene.transfer(pledge)
        scene.wait(10)

        with pytest.raises(pledges.ReflectionOver):
            amend(scene, pledge, 5)

    def test_not_below_the_smallest_order(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign(), shares=10)

        with pytest.raises(orders.BelowMinimum):
            amend(scene, pledge, 4)
        with pytest.raises(amendments.NothingChanges):
            amend(scene, pledge, 10)

    def test_one_that_waits_may_fit_then(self, scene: Scene) -> None:
        campaign = scene.open_campaign(maximum=euro("3000.00"))
        scene.pledge(campaign, shares=25)
        waiting = scene.pledge(campaign, shares=10)

        amend(scene, waiting, 5)

        assert states_of([waiting]) == ["placed"]


class TestMore:
    def test_the_added_part_queues_behind(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(maximum=euro("3000.00")), scene.investor()
        pledge = scene.pledge(campaign, shares=25, investor=investor)
        scene.wait(1)
        other = scene.pledge(campaign, shares=5)
        waiting = scene.pledge(campaign, shares=5)
        scene.wait(1)

        made = amend(scene, pledge, 27)

        assert made.added is not None
        assert (made.pledge.shares, made.added.shares, made.added.state) == (25, 2, "waitlisted")
        assert list(campaign.pledges.in_queue()) == [pledge, other, waiting, made.added]
        pledges.revoke(pledge=other, by=SYSTEM, at=scene.at)
        assert states_of([waiting, made.added]) == ["placed", "waitlisted"]

    def test_a_reflection_of_its_own(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.wait(2)

        added = amend(scene, pledge, 6).added

        assert added is not None
        assert added.reflection_ends_at is not None
        assert pledge.reflection_ends_at is not None
        assert added.reflection_ends_at - pledge.reflection_ends_at == dt.timedelta(days=2)

    def test_an_ended_one_is_not_changed(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)

        with pytest.raises(states.WrongState):
            amend(scene, pledge, 6)


class TestTheSameSecond:
    def test_revoked_then_paid_goes_back_in_full(self, scene: Scene) -> None:
        """The bank's line comes after the revocation of the same instant: nobody keeps it."""
        pledge = scene.pledge(scene.open_campaign())
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)

        scene.transfer(pledge)

        assert figures.of_pledge(pledge).paid == ZERO
        line = scene.restricted.lines.unexplained().get()
        assert line.amount == euro("500.00")

    def test_paid_then_revoked_goes_back_in_full(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        scene.transfer(pledge)

        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)

        assert Refund.objects.get().amount == euro("500.00")
