"""Whatever people do in whatever order: never over the maximum, no place lost, the queue is fair."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.errors import RuleBroken
from backend.core.money import euro
from backend.core.users import SYSTEM
from campaigns import pledges
from campaigns.models import Campaign, Pledge
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.thorough]

ACTS = st.one_of(
    st.tuples(st.just("place"), st.integers(5, 14)),
    st.tuples(st.just("revoke"), st.integers(0, 20)),
    st.tuples(st.just("pay"), st.integers(0, 20)),
    st.tuples(st.just("wait"), st.integers(1, 9)),
)


class TestAnyOrderOfActs:
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(acts=st.lists(ACTS, min_size=4, max_size=14))
    def test_the_maximum_holds_and_nobody_waits_beside_a_free_place(
        self, scene: Scene, acts: list[tuple[str, int]]
    ) -> None:
        campaign = scene.open_campaign(maximum=euro("3000.00"))

        for act, number in acts:
            _do(scene, campaign, act, number)
            campaign.refresh_from_db()
            standing = sum(p.shares for p in campaign.pledges.standing())
            assert campaign.taken_shares == standing <= 30
            waiting = campaign.pledges.filter(state="waitlisted")
            assert not waiting.filter(shares__lte=campaign.free_shares).exists()


def _do(scene: Scene, campaign: Campaign, act: str, number: int) -> None:
    if act == "place":
        scene.pledge(campaign, shares=number)
    elif act == "wait":
        scene.wait(number)
        pledges.lapse_unpaid(at=scene.at)
    else:
        _to_one(scene, campaign, act, number)


def _to_one(scene: Scene, campaign: Campaign, act: str, number: int) -> None:
    found: Any = list(campaign.pledges.order_by("pk"))
    if not found:
        return
    pledge: Pledge = found[number % len(found)]
    if act == "pay" and pledge.state == "placed" and not pledge.payments.exists():
        scene.transfer(pledge)
    if act == "revoke":
        try:
            pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)
        except RuleBroken as refused:
            # What the rules refuse leaves everything as it was.
            assert refused.code in {"state.wrong", "pledge.reflection_over"}  # noqa: PT017
