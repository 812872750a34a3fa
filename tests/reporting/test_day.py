"""The manager's day, and what the public sees of homes."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from backend.reporting import day as days
from properties import public, reviews, snapshots
from properties.acquisitions import NewAcquisition, record
from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene, noon

pytestmark = pytest.mark.money


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return scenes.make(cast)


class TestDuties:
    def test_a_date_that_cannot_be_missed_comes_up_before_it_is_due(self, scene: Scene) -> None:
        due = scene.day + dt.timedelta(days=5)
        new = NewAcquisition(
            unit=scene.unit("A1"), route="court_auction", fund=scene.raised, offer_due_at=noon(due)
        )
        record(new=new, by=scene.cast.owner, at=scene.at)

        [duty] = days.duties(scene.cast.owner, today=scene.day)

        assert (duty.about, duty.on) == ("A1", due)

    def test_a_cost_that_is_owed_comes_up_with_what_is_left_of_it(self, scene: Scene) -> None:
        acquisition = scene.buy(scene.unit("A1"))
        line = scene.commit(acquisition, "acquisition.taxes", "900.00")

        [duty] = days.duties(scene.cast.owner, today=scene.day)

        assert duty.amount == line.amount

    def test_what_is_paid_is_no_duty(self, scene: Scene) -> None:
        scene.buy(scene.unit("A1"))

        assert days.duties(scene.cast.owner, today=scene.day) == []

    def test_a_stranger_has_no_duty_here(self, scene: Scene) -> None:
        scene.commit(scene.buy(scene.unit("A1")), "acquisition.taxes", "900.00")

        assert days.duties(scene.cast.stranger, today=scene.day) == []


class TestReportsToDo:
    def test_each_step_of_the_figures_is_a_duty(self, scene: Scene) -> None:
        snapshot = snapshots.take(
            organisation=scene.cast.issuer, as_of=scene.day, by=scene.cast.owner, at=scene.at
        )
        assert len(days.reports_to_do(scene.cast.owner)) == 1
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        assert days.reports_to_do(scene.cast.owner) == []


class TestDayPage:
    def test_a_manager_starts_the_day_here(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))
        client = Client()
        client.force_login(scene.cast.owner)
        client.post(reverse("purchase-ask", args=[acquisition.pk]))
        client.force_login(scene.cast.colleague)

        page = client.get(reverse("day"))

        assert page.status_code == 200
        assert [row["is"].subject_label for row in page.context["approvals"]] == ["A1"]

    def test_a_caseworker_has_another_day(self, scene: Scene) -> None:
        client = Client()
        client.force_login(scene.cast.caseworker)

        assert client.get(reverse("day")).status_code == 403


class TestHomesSoFar:
    def test_before_anything_is_published_nothing_is_told(self, scene: Scene) -> None:
        scene.buy(scene.unit("A1"))

        told = public.homes_so_far(scene.campaign)

        assert told is not None
        assert told["snapshot"] is None
        assert told["chart"].bars == []

    def test_published_homes_are_told_with_their_cost(self, scene: Scene) -> None:
        scene.buy(scene.unit("A1"), price="41000.00")
        snapshot = snapshots.take(
            organisation=scene.cast.issuer, as_of=scene.day, by=scene.cast.owner, at=scene.at
        )
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        reviews.accept(snapshot=snapshot, text="", by=scene.cast.city_reviewer, at=scene.at)
        snapshots.publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        told = public.homes_so_far(scene.campaign)

        assert told is not None
        assert ["41.000" in bar.text for bar in told["chart"].bars] == [True]

    def test_a_campaign_that_is_still_open_tells_of_no_homes(self, scene: Scene) -> None:
        scene.campaign.state = "open"

        assert public.homes_so_far(scene.campaign) is None
