"""Ten thousand items while workers, web and database are killed: the books are those of a calm run."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from urllib.error import URLError

import pytest

from tests.faults import books
from tests.faults.conftest import ITEMS, World
from tests.faults.load import Load
from tests.faults.machines import House, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.allow_hosts(["127.0.0.1"])]

FILES = 5
KILLS = ("one", "server", "web", "two", "server", "one", "two", "restart", "web", "one", "server")
WORKERS = ("one", "two")


def hand_in_all(house: House, papers: Sequence[bytes]) -> None:
    """Finance hands in every file until it was taken; a broken answer is no answer."""
    for content in papers:
        wait_until(lambda paper=content: _was_taken(house, paper), "a file is taken")  # type: ignore[misc]  # bound now


def _was_taken(house: House, content: bytes) -> bool:
    try:
        status, answer = books.hand_in(house, content)
    except (URLError, OSError):
        time.sleep(0.3)
        return False
    assert status in (200, 201, 500, 502, 503), answer
    return status in (200, 201)


def work_off(house: House) -> None:
    """Until nothing waits; a worker that was cut off from the database is started anew."""
    limit = time.monotonic() + 200
    while books.waiting(house.server, house.database):
        assert time.monotonic() < limit, "the jobs are not done in time"
        for name in WORKERS:
            house.start(name)
        moment = time.monotonic() + 8
        while time.monotonic() < moment and books.waiting(house.server, house.database):
            time.sleep(0.1)
        if books.waiting(house.server, house.database):
            house.kill("one")


def storm(house: House, is_over: Callable[[], bool], *, pause: float) -> list[str]:
    """Kill what the list names, some `pause` seconds apart, and start it again; what was killed."""
    chance = random.Random(7)
    killed = []
    for name in KILLS:
        time.sleep(chance.uniform(0.2, 1.8) * pause)
        if is_over():
            break
        _strike(house, name)
        killed.append(name)
        for other in ("web", *WORKERS):
            house.start(other)
    return killed


def _strike(house: House, name: str) -> None:
    if name == "server":
        house.server.kill()
        house.server.start()
    elif name == "restart":
        house.server.stop()
        house.server.start()
    else:
        house.kill(name)


def calm(world: World, papers: Sequence[bytes]) -> tuple[House, float]:
    """A house that nothing disturbs, and the seconds that its work took."""
    house = world.house("calm")
    for name in ("web", "one"):
        house.start(name)
    house.await_web()
    begun = time.monotonic()
    hand_in_all(house, papers)
    work_off(house)
    took = time.monotonic() - begun
    house.end()
    return house, took


class TestTenThousandItems:
    def test_end_in_the_books_of_a_calm_run(self, world: World) -> None:
        papers = list(Load(ITEMS, FILES).papers(world.references))
        undisturbed, seconds = calm(world, papers)
        house = world.house("storm")
        for name in ("web", *WORKERS):
            house.start(name)
        house.await_web()

        handing_in = threading.Thread(target=hand_in_all, args=(house, papers))
        handing_in.start()
        pause = seconds / len(KILLS)
        killed = storm(house, lambda: not _is_at_work(house, handing_in), pause=pause)
        handing_in.join(timeout=120)
        work_off(house)
        house.end()

        assert len(killed) >= 6, f"it was over before it was disturbed: {killed}"
        assert "server" in killed
        expected, found = (
            books.of(world.server, each) for each in (undisturbed.database, house.database)
        )
        assert expected["matches"]
        assert found == expected
        assert house.child("check").stdout == ""
        assert undisturbed.child("check").stdout == ""


def _is_at_work(house: House, handing_in: threading.Thread) -> bool:
    return handing_in.is_alive() or books.waiting(house.server, house.database) > 0
