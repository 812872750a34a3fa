"""A disk that is full, and a bank's id that comes back with other money: said clearly, nothing lost."""

import json
import threading

import pytest

from tests.faults import books
from tests.faults.conftest import World
from tests.faults.machines import House
from tests.treasury.files import Move, paper

pytestmark = [pytest.mark.faults, pytest.mark.allow_hosts(["127.0.0.1"])]

LARGE = paper(*(Move("1.00", "x" * 130, bank_id=f"L{number:05d}") for number in range(8_000)))
MEGABYTE = 1024 * 1024
COUNT = "SELECT count(*) FROM treasury_bankline"


def web(world: World, name: str, largest_file: int = 0) -> House:
    house = world.house(name)
    house.start("web", largest_file)
    house.await_web()
    return house


class TestADiskThatIsFull:
    def test_takes_nothing_and_says_so_and_takes_it_when_there_is_room(self, world: World) -> None:
        assert len(LARGE) > 3 * MEGABYTE, "small uploads never touch the disk"
        house = web(world, "full", largest_file=MEGABYTE)

        status, answer = books.hand_in(house, LARGE)

        assert (status, json.loads(answer)["code"]) == (507, "storage.full")
        assert world.server.rows(COUNT, house.database) == [(0,)]
        house.kill("web")
        house.start("web")
        house.await_web()
        assert books.hand_in(house, LARGE)[0] == 201
        assert world.server.rows(COUNT, house.database) == [(8_000,)]
        house.end()


class TestAnIdWithOtherMoney:
    def test_is_taken_once_and_the_other_kept_as_a_contradiction(self, world: World) -> None:
        house = web(world, "twice")
        papers = [
            paper(Move(amount, bank_id="SAME"), id=name)
            for name, amount in (("S-1", "10.00"), ("S-2", "99.00"))
        ]
        answers: list[tuple[int, bytes]] = []
        threads = [
            threading.Thread(target=lambda one=one: answers.append(books.hand_in(house, one)))
            for one in papers
        ]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        house.end()

        assert sorted(status for status, _answer in answers) == [201, 422]
        refused = next(json.loads(answer) for status, answer in answers if status == 422)
        assert refused["code"] == "statement.contradiction"
        kept = world.server.rows(
            "SELECT (SELECT count(*) FROM treasury_statementfile),"
            " (SELECT count(*) FROM treasury_statementrefusal), count(*) FROM treasury_bankline",
            house.database,
        )
        assert kept == [(2, 1, 1)]
