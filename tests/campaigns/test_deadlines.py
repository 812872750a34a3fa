"""An offer ends with its day, once, whoever is quicker; closing it stays a person's act."""

import datetime as dt

import pytest

from backend.core import audit
from backend.core.models import User
from backend.core.users import SYSTEM
from backend.reporting import day as days
from campaigns import deadlines, lifecycle
from campaigns.models import Campaign
from tests.campaigns.scene import Scene
from tests.threads import at_once

pytestmark = pytest.mark.money
State = Campaign.State


def last_day(scene: Scene, campaign: Campaign) -> None:
    assert campaign.deadline_on is not None
    scene.day = campaign.deadline_on


class TestEndOffers:
    def test_leaves_an_offer_its_last_day_to_the_end(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        last_day(scene, campaign)
        midnight = dt.datetime.combine(scene.day, dt.time(23, 59), tzinfo=scene.at.tzinfo)

        assert deadlines.end_offers(at=midnight) == []
        assert deadlines.end_offers(at=midnight + dt.timedelta(minutes=1)) == [campaign]

    def test_is_done_once_and_says_that_nobody_did_it(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        last_day(scene, campaign)
        scene.wait(1)

        ended = [deadlines.end_offers(at=scene.at) for _run in range(2)]

        assert ended == [[campaign], []]
        moved = audit.history(campaign).get(state_after=State.COLLECTING)
        assert moved.by is None

    def test_leaves_what_is_suspended_or_has_no_end(self, scene: Scene) -> None:
        paused, endless = scene.open_campaign(), scene.open_campaign()
        Campaign.objects.filter(pk=paused.pk).update(state=State.SUSPENDED)
        Campaign.objects.filter(pk=endless.pk).update(deadline_on=None)
        scene.wait(100)

        assert deadlines.end_offers(at=scene.at) == []


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def scene(self, new_scene: Scene) -> Scene:
        return new_scene

    def test_the_schedule_and_a_person_end_it_once(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        last_day(scene, campaign)
        scene.wait(1)

        def by_hand() -> object:
            found = scene.fresh(campaign)
            return lifecycle.stop_taking_pledges(campaign=found, by=SYSTEM, at=scene.at)

        at_once(*[lambda: deadlines.end_offers(at=scene.at)] * 3, by_hand)

        assert audit.history(campaign).filter(state_after=State.COLLECTING).count() == 1


class TestManagersDay:
    def test_shows_what_can_be_closed_and_only_then(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        last_day(scene, campaign)
        scene.pledge(campaign)
        scene.wait(1)
        deadlines.end_offers(at=scene.at)
        assert self._of(campaign, scene.cast.owner, scene) == []

        scene.wait(15)

        [duty] = self._of(campaign, scene.cast.owner, scene)
        assert (duty.on, duty.url) == (scene.day, f"/desk/campaigns/{campaign.slug}/")
        assert self._of(campaign, scene.cast.stranger, scene) == []

    def _of(self, campaign: Campaign, person: User, scene: Scene) -> list[days.Duty]:
        duties = days.duties(person, today=scene.day)
        return [duty for duty in duties if duty.about == campaign.title]
