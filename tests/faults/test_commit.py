"""Killed in the very moment of a commit: by whom it was done is unknown, that it was done once is not."""

from collections.abc import Iterator

import pytest

from tests.faults import books
from tests.faults.conftest import World
from tests.faults.load import Load
from tests.faults.machines import House, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.allow_hosts(["127.0.0.1"])]

FEW = Load(300, 1)
# Makes a commit with allocations take seconds, so that a kill falls into it.
SLOW_COMMIT = """
    CREATE FUNCTION faults_slow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.id = (SELECT max(id) FROM treasury_allocation) THEN PERFORM pg_sleep(3); END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER faults_slow AFTER INSERT ON treasury_allocation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION faults_slow()
"""
IN_COMMIT = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = '{}' AND state = 'active' AND query ILIKE 'COMMIT%' AND wait_event = 'PgSleep'
"""


@pytest.fixture(scope="module")
def expected(world: World) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    """The books of a calm run of the few."""
    house = world.house("commit_calm")
    yield run(world, house)
    house.end()


def hand_in(world: World, house: House) -> None:
    house.start("web")
    house.await_web()
    (paper,) = FEW.papers(world.references)
    status, answer = books.hand_in(house, paper)
    assert status == 201, answer


def run(world: World, house: House) -> dict[str, list[tuple[object, ...]]]:
    """Hand in, let one worker do it, and read the books."""
    if not books.waiting(world.server, house.database):
        hand_in(world, house)
    house.start("one")
    wait_until(lambda: not books.waiting(world.server, house.database), "the jobs are done")
    return books.of(world.server, house.database)


class TestAWorkerKilledInItsCommit:
    def test_did_it_once(self, world: World, expected: dict[str, list[tuple[object, ...]]]) -> None:
        house = world.house("commit_worker")
        world.server.rows(SLOW_COMMIT, house.database)
        hand_in(world, house)
        house.start("one")
        wait_until(lambda: is_committing(world, house), "the worker commits")

        house.kill("one")
        found = run(world, house)
        house.end()

        assert found == expected
        assert house.child("check").stdout == ""


class TestAServerKilledInACommit:
    def test_undoes_it_and_the_next_worker_does_it_once(
        self, world: World, expected: dict[str, list[tuple[object, ...]]]
    ) -> None:
        house = world.house("commit_server")
        world.server.rows(SLOW_COMMIT, house.database)
        hand_in(world, house)
        house.start("one")
        wait_until(lambda: is_committing(world, house), "the worker commits")

        world.server.kill()
        world.server.start()
        house.kill("one")
        world.server.rows("DROP FUNCTION faults_slow CASCADE", house.database)
        assert books.of(world.server, house.database)["matches"] == []
        found = run(world, house)
        house.end()

        assert found == expected
        assert house.child("check").stdout == ""


def is_committing(world: World, house: House) -> bool:
    return bool(world.server.rows(IN_COMMIT.format(house.database)))
