"""The register of members: who holds what on a day, what may pass on, and what was filed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from backend.core import clock
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from campaigns import allotments, figures, lifecycle, members
from campaigns.members import Change, Filing, Move
from campaigns.models import Allotment, Campaign, ChangeOfHolder, Pledge
from investors import identification
from investors.models import Investor
from tests.campaigns import ahead
from tests.campaigns.scene import Scene, states_of

DAY = dt.date(2026, 1, 1)


def closed(scene: Scene, *pledges: Pledge) -> Campaign:
    """Pay every pledge, wait for the deadline and close."""
    for pledge in pledges:
        scene.transfer(pledge)
    scene.wait(61)
    campaign = scene.fresh(pledges[0].campaign)
    lifecycle.stop_taking_pledges(campaign=campaign, by=SYSTEM, at=scene.at)
    lifecycle.close(campaign=campaign, by=SYSTEM, at=scene.at)
    return scene.fresh(campaign)


@ahead.act
def succeeded(scene: Scene) -> Allotment:
    """A campaign that closed with one member of thirty shares."""
    campaign = scene.open_campaign()
    closed(scene, scene.pledge(campaign, shares=30))
    return Allotment.objects.select_related("pledge__investor", "campaign").get()


pytestmark = pytest.mark.ahead.with_args(succeeded)


def pass_on(
    scene: Scene, allotment: Allotment, taker: Investor, shares: int, kind: str = "gift"
) -> ChangeOfHolder:
    giver = allotment.pledge.investor
    change = Change(allotment, giver, taker, shares, kind, scene.day, "deed 12/2026")
    return members.change_holder(change=change, by=scene.cast.owner, at=scene.at)


def check(scene: Scene, investor: Investor, *, is_good: bool) -> None:
    finding = identification.Finding(
        "Bank", scene.day, scene.day + dt.timedelta(days=365), is_identified=is_good
    )
    identification.record(investor=investor, finding=finding, by=SYSTEM, at=scene.at)


class TestHeldOn:
    @given(
        st.lists(
            st.tuples(st.integers(0, 9), st.integers(1, 4), st.integers(1, 4), st.integers(1, 30)),
            max_size=12,
        )
    )
    def test_shares_are_neither_made_nor_lost(
        self, wanted: list[tuple[int, int, int, int]]
    ) -> None:
        moves: list[Move] = []
        for day, giver, taker, shares in wanted:
            move = Move(DAY + dt.timedelta(days=day), giver, taker, shares)
            if giver != taker and members.may_give(1, 20, moves, move):
                moves.append(move)

        for day in range(10):
            held = members.held_on(1, 20, moves, DAY + dt.timedelta(days=day))
            assert sum(held.values()) == 20
            assert min(held.values()) >= 0

    def test_what_was_given_later_cannot_be_given_before(self) -> None:
        later = Move(DAY + dt.timedelta(days=5), 1, 2, 15)

        assert not members.may_give(1, 20, [later], Move(DAY, 1, 3, 6))
        assert members.may_give(1, 20, [later], Move(DAY, 1, 3, 5))


@pytest.mark.money
@pytest.mark.rule("R54")
class TestChangeHolder:
    def test_a_part_passes_on_and_the_past_stays_readable(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        before = scene.day
        scene.wait(10)

        pass_on(scene, allotment, taker, 10)

        now = members.holdings(allotment.campaign, on=scene.day)
        assert [(each.holder, each.shares) for each in now] == [
            (allotment.pledge.investor, 20),
            (taker, 10),
        ]
        then = members.holdings(allotment.campaign, on=before)
        assert [(each.holder, each.shares) for each in then] == [(allotment.pledge.investor, 30)]
        assert taker.known_to.filter(pk=allotment.campaign.issuer_id).exists()

    def test_not_more_than_one_holds(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        pass_on(scene, allotment, taker, 30)

        with pytest.raises(members.NotHeld):
            pass_on(scene, allotment, taker, 1)

    def test_a_day_that_cannot_be_is_refused(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        early = clock.day_of(allotment.allotted_at) - dt.timedelta(days=1)

        for day in (early, scene.day + dt.timedelta(days=1)):
            change = Change(allotment, allotment.pledge.investor, taker, 1, "sale", day, "deed")
            with pytest.raises(members.BadChange):
                members.change_holder(change=change, by=SYSTEM, at=scene.at)

    def test_a_change_is_never_rewritten(self, scene: Scene) -> None:
        change = pass_on(scene, succeeded(scene), scene.investor(), 1)

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            ChangeOfHolder.objects.filter(pk=change.pk).update(shares=2)


@pytest.mark.money
class TestFile:
    def test_allotments_and_a_change_are_filed_with_their_day(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        change = pass_on(scene, allotment, scene.investor(), 1)

        for about in (None, change):
            filing = Filing(scene.day, "TO-2026-1", about)
            members.file(campaign=allotment.campaign, filing=filing, by=SYSTEM, at=scene.at)

        assert allotment.campaign.filings.count() == 2
        with pytest.raises(members.BadFiling):
            members.file(
                campaign=allotment.campaign,
                filing=Filing(scene.day + dt.timedelta(days=1), "TO-2026-2"),
                by=SYSTEM,
                at=scene.at,
            )


@pytest.mark.money
class TestIdentity:
    def test_the_unidentified_wait_for_their_shares_and_keep_their_money_there(
        self, scene: Scene
    ) -> None:
        campaign = scene.open_campaign()
        known, unknown = scene.pledge(campaign, shares=20), scene.pledge(campaign, shares=10)
        unpaid = scene.pledge(campaign)
        check(scene, unknown.investor, is_good=False)
        scene.transfer(unknown)

        campaign = closed(scene, known)

        assert states_of([known, unknown, unpaid]) == ["allotted", "placed", "lapsed"]
        assert figures.of_pledge(unknown).paid == euro("1000.00")
        ((waiting, needs),) = allotments.waiting(campaign, at=scene.at)
        assert (waiting, [need.code for need in needs]) == (unknown, ["identity_refused"])
        with pytest.raises(allotments.NothingToAllot):
            allotments.allot_waiting(campaign=campaign, by=SYSTEM, at=scene.at)

        check(scene, unknown.investor, is_good=True)
        (late,) = allotments.allot_waiting(campaign=campaign, by=SYSTEM, at=scene.at)

        assert (late.register_number, late.shares) == (2, 10)
        assert figures.of_pledge(unknown).to_return == ZERO
