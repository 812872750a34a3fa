"""Runs in batches: the same as at once, whoever works at them, wherever they are stopped."""

from typing import Any

import pytest

from backend.core import jobs
from backend.core.users import SYSTEM
from backend.treasury import reconciliation
from backend.treasury.models import Allocation, Discrepancy, ReconciliationRun
from tests.treasury.files import Move
from tests.treasury.house import AT, House, Owner

pytestmark = pytest.mark.money


@pytest.fixture
def work(house: House, owner: Owner) -> House:
    """Ten lines of every kind for eight pledges."""
    for number in range(8):
        house.expect(number)
    refs = [house.pledge(number).reference for number in range(8)]
    damaged = refs[7][:-2] + refs[7][-1] + refs[7][-2]
    texts = [
        refs[0],
        refs[1],
        refs[0],
        "bonifico",
        damaged,
        refs[2],
        refs[3],
        f"{refs[5]} {refs[6]}",
    ]
    amounts = ["500.00", "200.00", "500.00", "70.00", "500.00", "650.00", "500.00", "1000.00"]
    moves = [Move(amount, text=text) for amount, text in zip(amounts, texts, strict=True)]
    house.bank(*moves, Move("300.00", text=refs[1]), Move("500.00", text=refs[4]))
    return house


def books() -> tuple[Any, ...]:
    """What stands in the end, without numbers that tell the order of work."""
    parts = Allocation.objects.values_list("line__text", "expectation__owner_key", "amount")
    waiting = Discrepancy.objects.waiting().values_list("kind", "line__text", "amount")
    return sorted(map(str, parts)), sorted(map(str, waiting))


def in_batches(batch: int) -> ReconciliationRun:
    return reconciliation.run(by=SYSTEM, at=AT, batch=batch)


class TestBatches:
    @pytest.mark.parametrize("batch", [1, 2, 3, 5])
    def test_come_to_the_same_as_one(self, work: House, batch: int) -> None:
        dry = work.run(dry_run=True)

        run = in_batches(batch)

        assert run.finished_at == AT
        for name in ("lines", "booked", "left", "reasons"):
            assert run.totals[name] == dry.totals[name]

    def test_leave_nothing_that_one_would_book(self, work: House) -> None:
        in_batches(1)
        before = books()

        again = work.run()

        assert books() == before
        assert again.totals["booked"]["count"] == 0


class TestStopped:
    def begun(self, batches: int) -> ReconciliationRun:
        """A run whose worker was killed after some batches: what they committed is there."""
        run = reconciliation.begin(by=SYSTEM, at=AT)
        for _batch in range(batches):
            reconciliation.advance(run=run, by=SYSTEM, at=AT, batch=2)
        return run

    @pytest.mark.parametrize("batches", [0, 1, 2, 4, 6])
    def test_anywhere_is_ended_by_the_next_sweep(self, work: House, batches: int) -> None:
        self.begun(batches)

        reconciliation.enqueue_all(at=AT)
        jobs.drain_all(at=AT)

        assert not ReconciliationRun.objects.filter(finished_at=None).exists()
        booked = (one.totals["booked"]["count"] for one in ReconciliationRun.objects.all())
        assert sum(booked) == Allocation.objects.count()
        assert in_batches(100).totals["booked"]["count"] == 0

    def test_is_continued_where_it_was(self, work: House) -> None:
        run = self.begun(2)
        done, reached = Allocation.objects.count(), run.reached

        assert (done > 0, reached > 0) == (True, True)
        reconciliation.advance(run=run, by=SYSTEM, at=AT, batch=100)

        assert run.totals["booked"]["count"] == Allocation.objects.count() > done


class TestTwoAtOnce:
    def test_take_turns_and_book_once(self, work: House, owner: Owner) -> None:
        runs = [reconciliation.begin(by=SYSTEM, at=AT) for _ in range(2)]

        at_work = runs
        while at_work:
            at_work = [
                run
                for run in at_work
                if not reconciliation.advance(run=run, by=SYSTEM, at=AT, batch=2)
            ]

        booked = sum(run.totals["booked"]["count"] for run in runs)
        assert booked == Allocation.objects.count() == len(owner.told)
        assert in_batches(100).totals["booked"]["count"] == 0


class TestJobs:
    def test_do_a_batch_each_and_ask_for_the_next(self, work: House) -> None:
        jobs.drain_all(at=AT)

        assert ReconciliationRun.objects.get().finished_at == AT
        assert jobs.pending(reconciliation.JOB) == 0

    def test_told_again_of_a_finished_run_do_nothing(self, work: House) -> None:
        run = in_batches(100)

        reconciliation.run_job({"run": run.pk}, at=AT)

        assert books() == books()
        assert ReconciliationRun.objects.get().totals == run.totals


class TestDryRun:
    def test_tells_no_owner_and_leaves_no_trace(self, work: House, owner: Owner) -> None:
        run = work.run(dry_run=True)

        assert run.totals["booked"]["count"] > 0
        assert (owner.told, Allocation.objects.count(), Discrepancy.objects.count()) == ([], 0, 0)
