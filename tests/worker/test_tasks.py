"""The calendar names tasks that exist, and each task calls its rule."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from backend.core import jobs, notices, periods
from backend.core.models import Job, Notice
from backend.core.users import SYSTEM
from campaigns import lifecycle
from campaigns.models import Campaign, Interest
from campaigns.suspensions import Standstill
from properties import units
from properties.models import Unit
from tests.campaigns import scene as scenes
from tests.campaigns.scene import Scene
from tests.cast import Cast
from worker import schedule, tasks
from worker.celery import app

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Today, because tasks read the clock."""
    world = scenes.build(cast)
    world.day = timezone.localdate()
    return world


class TestSchedule:
    def test_names_tasks_that_there_are(self) -> None:
        named = {entry["task"] for entry in schedule.app.conf.beat_schedule.values()}

        assert named <= set(app.tasks)

    def test_runs_everything_but_the_drain_which_is_woken(self) -> None:
        ours = {name for name in app.tasks if name.startswith("worker.")}
        named = {entry["task"] for entry in schedule.app.conf.beat_schedule.values()}

        assert ours - named == {"worker.drain"}


@pytest.mark.django_db
class TestTasks:
    @pytest.mark.parametrize(
        "task",
        [
            tasks.sweep,
            tasks.pull_events,
            tasks.reconcile,
            tasks.lapse_unpaid,
            tasks.end_offers,
            tasks.watch_suspensions,
            tasks.watch_interests,
            tasks.keep_investors,
            tasks.seal,
            tasks.charge_rents,
            tasks.remind_of_homes,
            tasks.take_snapshots,
        ],
        ids=lambda task: task.name,
    )
    def test_bear_an_empty_house_and_a_second_run(self, task: object) -> None:
        task()
        task()

        assert not connection.needs_rollback

    def test_drain_does_a_batch_of_one_kind(self, mailoutbox: list[object]) -> None:
        Notice.objects.create(key="a", to="a@example.org", language="it", created_at=AT, body="-")
        jobs.enqueue(kind=notices.JOB, key="a", payload={"key": "a"}, at=AT)

        tasks.drain(notices.JOB)

        assert len(mailoutbox) == 1
        assert jobs.pending(notices.JOB) == 0

    def test_snapshots_are_asked_for_once_for_the_quarter_that_ended(self, cast: Cast) -> None:
        units.register(new=_home(cast), by=SYSTEM, at=AT)

        tasks.take_snapshots()
        tasks.take_snapshots()

        ended = periods.previous(periods.quarter_of(dt.datetime.now(dt.UTC).date()))
        assert [job.payload["as_of"] for job in Job.objects.all()] == [str(ended.last_day)]


@pytest.mark.django_db
class TestWatches:
    def test_a_standstill_is_reminded_of_and_ends(self, scene: Scene) -> None:
        """The tasks read the clock, so the standstill began in the past."""
        scene.wait(-31)
        campaign = scene.open_campaign()
        why = Standstill("The notary is ill.")
        lifecycle.suspend(campaign=campaign, why=why, by=SYSTEM, at=scene.at)

        tasks.watch_suspensions()

        assert scene.fresh(campaign).state == Campaign.State.OPEN
        assert Notice.objects.filter(template="suspension_reminder").exists()

    def test_an_interest_that_nobody_answered_lapses(self, scene: Scene) -> None:
        scene.wait(-40)
        campaign = scene.publish(scene.draft(deadline_on=scene.day + dt.timedelta(days=90)))
        wish = scene.wish(campaign)
        scene.open(campaign)

        tasks.watch_interests()

        wish.refresh_from_db()
        assert wish.state == Interest.State.LAPSED


def _home(cast: Cast) -> units.NewUnit:
    return units.NewUnit(
        organisation=cast.issuer,
        code="A1",
        address="Via della Prova 1",
        district=5,
        rooms=3,
        area_m2=Decimal(60),
        source=Unit.Source.COURT_AUCTION,
    )
