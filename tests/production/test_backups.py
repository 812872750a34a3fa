"""A server is lost with its disk, and comes back as of a moment, with books that hold."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import psycopg
import pytest

from backend import backups
from backend.core import vitals
from backend.embedded import user
from tests.faults.machines import BASE_DIR, Server, wait_until

pytestmark = [pytest.mark.production]

SETTINGS = ("wal_level = replica", "max_wal_senders = 4", "max_replication_slots = 4")
"""What the embedded server goes without, and PostgreSQL has by itself."""
PLEDGES, FILES = 80, 3
ALLOCATIONS = "SELECT count(*), sum(amount)::text FROM treasury_allocation"
FETCHED = """
    SELECT coalesce(bool_and(flush_lsn >= pg_current_wal_lsn()), false) FROM pg_stat_replication
"""


@dataclass
class Lost:
    """A server that is gone: what its backups are, and what it held when."""

    backup: Path
    at_one: dt.datetime
    held_at_one: list[tuple[object, ...]]
    held_last: list[tuple[object, ...]]
    waiting: dict[object, object]


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lost]:
    """A base backup, a payment, a moment, another payment; then the server is killed and erased."""
    folder = tmp_path_factory.mktemp("lost")
    # The server's own user must get there, and into no folder of pytest's.
    backup = Path(mkdtemp(prefix="mattone-backup-"))
    server = Server(folder)
    try:
        yield _lose(server, backup)
    finally:
        server.erase()
        shutil.rmtree(backup)


def _lose(server: Server, backup: Path) -> Lost:
    server.start()
    for line in SETTINGS:
        server.rows(f"ALTER SYSTEM SET {line}")
    server.stop()
    server.start()
    world(server, "build", str(PLEDGES))
    with follow(server, backup) as log:
        try:
            manage(server.environment(), "backup", "base", str(backup))
            world(server, "pay", "0", str(FILES))
            one, at_one = server.rows(ALLOCATIONS), server.rows("SELECT now()")[0][0]
            world(server, "pay", "1", str(FILES))
            last = server.rows(ALLOCATIONS)
            wait_until(lambda: server.rows(FETCHED) == [(True,)], "the log is fetched", 30)
            waiting = dict(server.rows(vitals.KEPT_LOG))
        finally:
            server.kill()
            log.terminate()
    server.erase()
    return Lost(backup, at_one, one, last, waiting)


class TestFigure:
    def test_tells_how_much_of_the_log_the_backup_has_not_fetched(self, lost: Lost) -> None:
        assert set(lost.waiting) == {backups.SLOT}
        assert 0 <= int(str(lost.waiting[backups.SLOT])) < 2**24, "at most a piece of it"


class TestARestore:
    def test_to_a_moment_holds_what_was_booked_until_then(self, lost: Lost) -> None:
        with restored(lost, "--at", lost.at_one.isoformat()) as url:
            assert rows(url) == lost.held_at_one
            assert "FAILED" not in manage({**os.environ, "DATABASE_URL": url}, "check_books")

    def test_without_a_moment_holds_all_that_was_committed(self, lost: Lost) -> None:
        with restored(lost) as url:
            assert rows(url) == lost.held_last != lost.held_at_one
            assert "FAILED" not in manage({**os.environ, "DATABASE_URL": url}, "check_books")

    def test_before_the_oldest_backup_is_refused(self, lost: Lost, tmp_path: Path) -> None:
        long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

        with pytest.raises(backups.NothingToRestore):
            backups.restore(lost.backup, to=tmp_path / "new", at=long_ago)

    def test_writes_over_nothing(self, lost: Lost, tmp_path: Path) -> None:
        (tmp_path / "precious").touch()

        with pytest.raises(backups.PlaceTaken):
            backups.restore(lost.backup, to=tmp_path)


class TestPrune:
    def test_keeps_the_newest_and_the_log_that_it_needs(self, lost: Lost, tmp_path: Path) -> None:
        folder = tmp_path / "copy"
        shutil.copytree(lost.backup, folder)
        (only,) = backups.bases(folder)
        shutil.copytree(only.folder, only.folder.with_name("20200101T000000Z"))
        (folder / "log" / "000000010000000000000000").touch()

        gone = backups.prune(folder, keep=1)

        assert gone == 1
        assert [base.made_at for base in backups.bases(folder)] == [only.made_at]
        assert not (folder / "log" / "000000010000000000000000").exists()
        assert any((folder / "log").iterdir())


def world(server: Server, *arguments: str) -> None:
    command = [sys.executable, "-m", "tests.faults.world", *arguments]
    environment = server.environment()
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, capture_output=True)


def manage(environment: dict[str, str], *command: str) -> str:
    whole = [sys.executable, "manage.py", *command]
    done = subprocess.run(
        whole, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def follow(server: Server, backup: Path) -> "subprocess.Popen[bytes]":
    """The log streams from here on."""
    command = [sys.executable, "manage.py", "backup", "log", str(backup)]
    process = subprocess.Popen(command, cwd=BASE_DIR, env=server.environment())
    wait_until(lambda: server.rows(FETCHED) == [(True,)], "the log streams", 60)
    return process


class restored:  # noqa: N801 -- read as a sentence where it is used
    """A server on what `manage.py restore` laid out, while the block lasts; its address."""

    def __init__(self, lost: Lost, *moment: str) -> None:
        self.folder = Path(mkdtemp(prefix="mattone-restored-"))
        self.folder.chmod(0o755)
        self.cluster, self.socket = self.folder / "cluster", self.folder / "socket"
        manage(dict(os.environ), "restore", str(lost.backup), "--to", str(self.cluster), *moment)
        self.socket.mkdir()
        for place in (lost.backup, self.folder):
            _give_to_server(place)

    def __enter__(self) -> str:
        options = f"-c listen_addresses= -c unix_socket_directories={self.socket}"
        log = self.socket / "log"
        self._tool("pg_ctl", "-o", options, "-l", log, "-w", "-t", "60", "start")
        url = f"postgres://mattone@{quote(str(self.socket), safe='')}/mattone"
        wait_until(lambda: not _recovers(url), "the log was played", 60)
        return url

    def __exit__(self, *_told: object) -> None:
        self._tool("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def _tool(self, name: str, *arguments: str | Path) -> None:
        user.run([user.binaries() / name, "-D", self.cluster, *arguments])


def _give_to_server(place: Path) -> None:
    """Started by root, the server runs as a user of its own."""
    if user.is_root():
        for each in (place, *place.rglob("*")):
            shutil.chown(each, user.SYSTEM_USER)


def _recovers(url: str) -> bool:
    with psycopg.connect(url, autocommit=True) as connection:
        (found,) = connection.execute("SELECT pg_is_in_recovery()").fetchone() or (True,)
    return bool(found)


def rows(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(ALLOCATIONS.encode()).fetchall()
