"""The ceiling of twelve months, over what the issuer offers here and elsewhere."""

import datetime as dt

import pytest

from backend.core import clock
from backend.core.models import AuditEvent
from backend.core.money import NotAnAmount, euro
from campaigns import ceilings, checklist, lifecycle
from campaigns.ceilings import Elsewhere
from tests.campaigns.scene import Scene
from tests.campaigns.test_members import closed

pytestmark = pytest.mark.django_db


def told(
    scene: Scene, amount: str, days_ago: int = 10, place: str = "Another platform"
) -> Elsewhere:
    return Elsewhere("securities", scene.day - dt.timedelta(days=days_ago), euro(amount), place)


def record(scene: Scene, elsewhere: Elsewhere) -> None:
    issuer, owner = scene.cast.issuer, scene.cast.owner
    ceilings.record(issuer=issuer, told=elsewhere, by=owner, at=scene.at)


@pytest.mark.rule("R2", "R2.ceiling")
class TestStanding:
    @pytest.mark.parametrize(
        ("elsewhere", "is_over"), [("4995000.00", False), ("4995000.01", True)]
    )
    def test_adds_the_maximum_to_what_is_offered_elsewhere(
        self, scene: Scene, elsewhere: str, is_over: bool
    ) -> None:
        campaign = scene.draft()
        record(scene, told(scene, elsewhere))

        found = ceilings.standing(campaign, at=scene.at)

        assert found.total == euro(elsewhere) + euro("5000.00")
        assert found.is_over is is_over

    def test_forgets_what_opened_a_year_ago(self, scene: Scene) -> None:
        campaign = scene.draft()
        record(scene, told(scene, "4999999.99", days_ago=366))

        assert ceilings.standing(campaign, at=scene.at).total == euro("5000.00")

    def test_counts_other_campaigns_that_run_and_none_that_ended_in_nothing(
        self, scene: Scene
    ) -> None:
        running, given_up = scene.open_campaign(), scene.open_campaign()
        lifecycle.cancel(campaign=given_up, by=scene.cast.owner, at=scene.at, reason="no")
        campaign = scene.draft()

        found = ceilings.standing(campaign, at=scene.at)

        assert running.maximum + campaign.maximum == found.total

    def test_one_that_succeeded_counts_with_what_it_raised(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        closed(scene, scene.pledge(campaign, shares=20))

        assert scene.fresh(campaign).state == "succeeded"
        opened_at = clock.start_of(scene.day - dt.timedelta(days=60))
        for at in (scene.at, opened_at):
            assert ceilings.standing(scene.fresh(campaign), at=at).total == euro("2000.00")

    def test_under_the_rules_of_2020_it_is_eight_million(self, scene: Scene) -> None:
        campaign = scene.draft(regime="consob_2020", opens_on=dt.date(2020, 9, 1))

        assert ceilings.standing(campaign, at=scene.at).ceiling == euro("8000000.00")


class TestRecord:
    def test_writes_an_audit_row(self, scene: Scene) -> None:
        record(scene, told(scene, "100.00"))

        assert AuditEvent.objects.filter(action="offer_elsewhere.recorded").count() == 1

    def test_refuses_the_same_offer_twice(self, scene: Scene) -> None:
        record(scene, told(scene, "100.00"))

        with pytest.raises(ceilings.ToldTwice):
            record(scene, told(scene, "200.00"))

    def test_refuses_an_offer_of_nothing(self, scene: Scene) -> None:
        with pytest.raises(NotAnAmount):
            record(scene, told(scene, "0.00"))


class TestChecklist:
    def test_lists_a_ceiling_that_is_exceeded(self, scene: Scene) -> None:
        campaign = scene.draft()
        record(scene, told(scene, "4995000.01"))

        assert "ceiling" in {item.code for item in checklist.missing(campaign)}

    @pytest.mark.rule("I7")
    @pytest.mark.parametrize(("is_synthetic", "is_listed"), [(False, True), (True, False)])
    def test_lists_a_law_that_has_ended_for_a_live_offer(
        self, scene: Scene, is_synthetic: bool, is_listed: bool
    ) -> None:
        campaign = scene.draft(regime="consob_2020")
        campaign.is_synthetic = is_synthetic

        assert ("regime" in {item.code for item in checklist.missing(campaign)}) is is_listed
