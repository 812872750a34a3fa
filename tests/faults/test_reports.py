"""Workers killed while they issue reports and mail them: everybody has one report, and one mail of it."""

from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.faults import books
from tests.faults.conftest import World
from tests.faults.machines import House, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.allow_hosts(["127.0.0.1"])]

INVESTORS, KILLS = 600, 2
ISSUED = "SELECT count(*) FROM investors_investorreport"
ISSUING = "SELECT 1 FROM core_job WHERE kind = 'report.issue' AND done_at IS NULL"
SENT = "SELECT count(*) FROM core_notice WHERE sent_at IS NOT NULL"


def count(house: House, sql: str) -> int:
    (row,) = house.server.rows(sql, house.database)
    return int(row[0])


def mails(house: House) -> Counter[str]:
    """How often each mail left, by its Message-ID, as the files of the outbox have it."""
    found: Counter[str] = Counter()
    for file in Path(house.folder, "mails").glob("*.log"):
        for text in file.read_bytes().split(b"-" * 79):
            if name := message_from_bytes(text.strip())["Message-ID"]:
                found[name] += 1
    return found


class TestAWorkerKilledHalfWay:
    def test_goes_on_and_nobody_gets_two(self, world: World) -> None:
        house = world.house("reports")
        asked = house.child("ask", str(INVESTORS))
        assert asked.returncode == 0, asked.stderr
        house.start("one")
        wait_until(lambda: 0 < count(house, ISSUED) < INVESTORS, "a batch is issued")
        house.kill("one")
        half = count(house, ISSUED)
        left = bool(house.server.rows(ISSUING, house.database))

        house.start("two")
        wait_until(lambda: count(house, SENT) > INVESTORS // 2, "half of the mails went")
        house.kill("two")
        house.start("three")
        wait_until(lambda: not books.waiting(house.server, house.database), "all is done")
        house.end()

        assert left
        assert half < INVESTORS
        assert count(house, ISSUED) == count(house, SENT) == INVESTORS
        told = mails(house)
        assert len(told) == INVESTORS
        # Between a mail's leaving and its commit a killed worker knows nothing of it: one for each kill,
        # under the Message-ID that it had.
        assert sum(told.values()) <= INVESTORS + KILLS
