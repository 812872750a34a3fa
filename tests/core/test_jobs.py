"""Jobs: once per key, kept when they fail, shared between drains."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection, transaction

from backend.core import jobs
from backend.core.models import Job

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
done: list[int] = []


def _do(payload: dict[str, Any], *, at: dt.datetime) -> None:
    if payload.get("fails"):
        raise RuntimeError("the printer is on fire")
    if payload.get("is_killed"):
        raise SystemExit
    done.append(payload["n"])


jobs.register("test.work", _do)
jobs.register("test.mail", _do, is_outward=True)


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def _enqueue(*numbers: int) -> None:
    new = [jobs.NewJob("test.work", f"work:{n}", {"n": n}) for n in numbers]
    jobs.enqueue_many(jobs=new, at=AT)


@pytest.mark.django_db
class TestDrain:
    def test_does_each_job_once(self) -> None:
        _enqueue(1, 2)
        _enqueue(2)

        jobs.drain(kind="test.work", at=AT)
        jobs.drain(kind="test.work", at=AT)

        assert done == [1, 2]

    def test_keeps_a_job_that_failed_and_does_the_others(self) -> None:
        jobs.enqueue(kind="test.work", key="bad", payload={"fails": True}, at=AT)
        _enqueue(1)

        jobs.drain(kind="test.work", at=AT)

        bad = Job.objects.get(key="bad")
        assert done == [1]
        assert bad.done_at is None
        assert "on fire" in bad.last_error
        assert bad.run_after > AT

    @pytest.mark.parametrize(("kind", "kept"), [("test.mail", ["a"]), ("test.work", [])])
    def test_what_went_outside_before_a_worker_was_killed_is_kept(
        self, kind: str, kept: list[str]
    ) -> None:
        for key, payload in (("a", {"n": 1}), ("b", {"is_killed": True}), ("c", {"n": 3})):
            jobs.enqueue(kind=kind, key=key, payload=payload, at=AT)

        with pytest.raises(SystemExit):
            jobs.drain(kind=kind, at=AT)

        over = Job.objects.filter(done_at=AT).order_by("key")
        assert list(over.values_list("key", flat=True)) == kept

    def test_waits_for_the_day_a_job_is_due(self) -> None:
        later = jobs.NewJob("test.work", "later", {"n": 9}, AT + dt.timedelta(days=1))
        jobs.enqueue_many(jobs=[later], at=AT)

        assert jobs.drain(kind="test.work", at=AT) == 0
        assert jobs.drain_all(at=AT + dt.timedelta(days=1)) == 1


@pytest.mark.django_db(transaction=True)
class TestDrainSideBySide:
    def test_leaves_to_others_what_one_has_taken(self) -> None:
        _enqueue(*range(6))

        with transaction.atomic():
            taken = Job.objects.select_for_update().order_by("id")[:4]
            assert len(taken) == 4
            other = threading.Thread(target=_drain_in_thread)
            other.start()
            other.join(timeout=20)

        assert sorted(done) == [4, 5]


def _drain_in_thread() -> None:
    jobs.drain(kind="test.work", at=AT)
    connection.close()
