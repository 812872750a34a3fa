"""Two who wait for each other, on real connections: the database ends one, and that one begins anew."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from backend.core import jobs, transactions
from backend.core.models import Job, Organisation
from tests.cast import Cast
from tests.core.test_jobs import AT
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(new_cast: Cast) -> Cast:
    return new_cast


class Circle:
    """Two writers who take two rows in opposite orders, each holding one before asking for the other."""

    def __init__(self) -> None:
        self.gate = threading.Barrier(2)
        self.met: set[int] = set()
        self.tries = 0

    def take(self, rows: Sequence[int]) -> None:
        """Lock the first row, wait until the other writer has locked its own, ask for the second."""
        self.tries += 1
        self.lock(rows[0])
        self.meet()
        self.lock(rows[1])

    def meet(self) -> None:
        """Wait for the other writer; who begins anew meets nobody, for the other one has gone on."""
        me = threading.get_ident()
        if me not in self.met:
            self.met.add(me)
            self.gate.wait(timeout=10)

    @staticmethod
    def lock(pk: int) -> None:
        Organisation.objects.select_for_update().get(pk=pk)


def pair(cast: Cast) -> tuple[int, int]:
    return cast.issuer.pk, cast.rival.pk


class TestRepeated:
    def test_both_get_through(self, cast: Cast) -> None:
        one, other = pair(cast)
        circle = Circle()
        work: Callable[..., None] = transactions.repeated(circle.take)

        raised = at_once(lambda: work([one, other]), lambda: work([other, one]))

        assert raised == [None, None]
        assert circle.tries > 2

    def test_without_it_one_of_them_is_ended(self, cast: Cast) -> None:
        one, other = pair(cast)
        circle = Circle()
        work = transaction.atomic(circle.take)

        raised = at_once(lambda: work([one, other]), lambda: work([other, one]))

        [problem] = [each for each in raised if each]
        assert transactions.is_contention(problem)

    def test_what_is_wrong_otherwise_is_tried_once(self) -> None:
        tries: list[int] = []

        @transactions.repeated
        def fail() -> None:
            tries.append(1)
            raise OperationalError("the disk is full")

        with pytest.raises(OperationalError):
            fail()

        assert len(tries) == 1

    def test_inside_a_transaction_it_leaves_the_outermost_to_make_way(self) -> None:
        with transaction.atomic():
            assert (
                transactions.repeated(lambda: len(transaction.get_connection().savepoint_ids))()
                == 0
            )


class TestDrain:
    def test_a_batch_that_meets_a_circle_is_done_one_by_one(self, cast: Cast) -> None:
        """The batch holds the first job's row when its second asks for what the other writer has."""
        one, other = pair(cast)
        circle = Circle()
        seen: list[int] = []

        def handle(payload: dict[str, Any], *, at: object) -> None:
            circle.lock(payload["row"])
            if payload["row"] == one:
                circle.meet()
            seen.append(payload["row"])

        jobs.register("tests.circle", handle)
        for row in (one, other):
            jobs.enqueue(kind="tests.circle", key=f"circle:{row}", payload={"row": row}, at=AT)
        against = transactions.repeated(lambda: circle.take([other, one]))

        raised = at_once(lambda: jobs.drain(kind="tests.circle", at=AT), against)

        assert raised == [None, None]
        assert set(seen) == {one, other}
        assert all(job.done_at and not job.last_error for job in Job.objects.all())

    def test_nothing_of_the_batch_that_was_given_up_stands(self) -> None:
        met: list[str] = []

        def handle(payload: dict[str, Any], *, at: object) -> None:
            Organisation.objects.create(name=payload["name"], kind="issuer")
            met.append(payload["name"])
            if met == ["a", "b"]:
                raise OperationalError("deadlock detected") from DeadlockDetected()

        jobs.register("tests.given_up", handle)
        for name in ("a", "b"):
            jobs.enqueue(kind="tests.given_up", key=name, payload={"name": name}, at=AT)

        jobs.drain(kind="tests.given_up", at=AT)

        assert met == ["a", "b", "a", "b"]
        assert sorted(Organisation.objects.values_list("name", flat=True)) == ["a", "b"]
        assert {job.attempts for job in Job.objects.all()} == {1}
