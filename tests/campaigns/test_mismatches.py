"""A transfer that was matched to the wrong pledge: taken back, booked where it belongs, both told."""

import pytest

from backend.core.models import Notice
from backend.core.money import ZERO, euro
from backend.treasury.desk import acts
from backend.treasury.desk.acts import Share
from backend.treasury.models import Allocation, BankLine, Expectation
from campaigns import figures, refunds
from campaigns.mismatches import AlreadyAllotted, AlreadyGoingBack
from campaigns.models import Pledge
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


@pytest.fixture
def pledge(scene: Scene) -> Pledge:
    """A pledge of 1250 that another person's transfer paid: its reference was copied."""
    placed = scene.pledge(scene.open_campaign(), 5)
    scene.transfer(placed)
    return placed


def take_back(scene: Scene) -> None:
    acts.take_back(
        allocation=Allocation.objects.latest("id"),
        by=scene.cast.finance,
        at=scene.at,
        reason="It was Bruno's.",
    )


class TestOnTakenBack:
    def test_leaves_the_pledge_unpaid_and_the_line_open(self, scene: Scene, pledge: Pledge) -> None:
        assert figures.of_pledge(pledge).is_paid

        take_back(scene)

        found = figures.of_pledge(pledge)
        campaign = figures.of_campaign(pledge.campaign, at=scene.at)
        assert (found.paid, found.settled, found.shortfall) == (ZERO, ZERO, pledge.amount)
        assert (campaign.promised, campaign.paid, campaign.settled) == (pledge.amount, ZERO, ZERO)
        assert BankLine.objects.unexplained().get().left == pledge.amount

    def test_is_told_to_the_investor(self, scene: Scene, pledge: Pledge) -> None:
        take_back(scene)

        assert Notice.objects.filter(template="payment_taken_back").count() == 1

    def test_is_not_booked_again_by_the_next_run(self, scene: Scene, pledge: Pledge) -> None:
        take_back(scene)

        scene.bank(scene.restricted)

        assert figures.of_pledge(pledge).paid == ZERO

    def test_lets_the_line_go_where_it_belongs(self, scene: Scene, pledge: Pledge) -> None:
        other = scene.pledge(pledge.campaign, 5)
        take_back(scene)
        line = BankLine.objects.select_related("account").get()
        share = Share(expectation=Expectation.objects.get(owner_key=str(other.pk)))

        acts.explain(
            line=line, shares=[share], by=scene.cast.finance, at=scene.at, reason="Bruno's."
        )

        assert figures.of_pledge(other).is_paid
        assert not figures.of_pledge(pledge).is_paid

    def test_is_refused_for_what_was_asked_back(self, scene: Scene, pledge: Pledge) -> None:
        refunds.return_part(
            pledge=pledge, amount=euro("1.00"), by=scene.cast.owner, at=scene.at, reason="?"
        )

        with pytest.raises(AlreadyGoingBack):
            take_back(scene)

    def test_is_refused_once_shares_were_allotted(self, scene: Scene, pledge: Pledge) -> None:
        Pledge.objects.filter(pk=pledge.pk).update(state=Pledge.State.ALLOTTED)

        with pytest.raises(AlreadyAllotted):
            take_back(scene)

        Pledge.objects.filter(pk=pledge.pk).update(state=pledge.state)
