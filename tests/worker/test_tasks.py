"""The calendar names tasks that exist, and each task calls its rule."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from backend.core import jobs, notices, periods
from backend.core.models import Job, Notice
from backend.core.users import SYSTEM
from properties import units
from properties.models import Unit
from tests.cast import Cast
from worker import schedule, tasks
from worker.celery import app

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


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
