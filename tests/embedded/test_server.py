"""The life of a server: started once by many, killed, stopped, erased, left without its folder."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from backend import embedded

COMMAND = [sys.executable, "-m", "backend.embedded"]


def pid() -> int:
    return int(embedded.place().pid_file.read_text().split("\n")[0])


def query(sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(embedded.url(), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def ends(number: int) -> bool:
    """Whether a process ends within seconds; one that nobody has asked after yet has ended too."""
    stat_file = Path(f"/proc/{number}/stat")
    for _ in range(100):
        try:
            state = stat_file.read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


class TestEnsure:
    def test_starts_a_server_once(self, data: Path) -> None:
        first = embedded.ensure()
        before = pid()

        assert embedded.ensure() == first == embedded.url()
        assert pid() == before
        assert query("SELECT current_database()") == [("mattone",)]

    def test_opens_no_port_and_lets_nobody_else_in(self, data: Path) -> None:
        embedded.ensure()

        assert query("SHOW listen_addresses") == [("",)]
        mode = stat.S_IMODE(embedded.place().socket.stat().st_mode)
        assert mode == 0o700

    def test_leaves_the_folder_above_as_it_was(self, closed: Path) -> None:
        embedded.ensure()

        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert embedded.is_running()

    def test_lets_two_processes_start_at_once(self, data: Path) -> None:
        starts = [
            subprocess.Popen([*COMMAND, "start"], cwd=embedded.BASE_DIR, stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        said = [start.communicate()[0].decode().strip() for start in starts]

        assert said == [embedded.url(), embedded.url()]

    def test_brings_a_killed_server_back_with_what_was_committed(self, data: Path) -> None:
        embedded.ensure()
        query("CREATE TABLE kept (n int)")
        query("INSERT INTO kept VALUES (1)")
        os.kill(pid(), signal.SIGKILL)

        embedded.ensure()

        assert query("SELECT n FROM kept") == [(1,)]

    def test_is_not_fooled_by_another_process_with_the_number_of_a_dead_server(
        self, data: Path
    ) -> None:
        embedded.ensure()
        embedded.stop()
        place = embedded.place()
        place.pid_file.write_text(f"{os.getpid()}\n{place.cluster}\n0\n5432\n\n\n0 0\n")

        embedded.ensure()

        assert embedded.is_running()
        assert pid() != os.getpid()

    def test_starts_afresh_when_its_folder_was_deleted(self, closed: Path) -> None:
        embedded.ensure()
        query("CREATE TABLE gone (n int)")
        for each in closed.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()

        embedded.ensure()

        assert query("SELECT to_regclass('gone')") == [(None,)]
        orphan = embedded.place().home.with_name(embedded.place().home.name + ".orphan")
        shutil.rmtree(orphan, ignore_errors=True)

    def test_ends_a_server_whose_folder_was_deleted_under_it(self, data: Path) -> None:
        embedded.ensure()
        before = pid()
        shutil.rmtree(embedded.place().home)

        embedded.ensure()

        assert ends(before)
        assert query("SELECT 1") == [(1,)]

    def test_says_so_when_the_folder_is_another_users(self, data: Path) -> None:
        if os.getuid() != 0:
            pytest.skip("only root can give a folder away")
        home = embedded.place().home
        home.symlink_to("/etc")

        with pytest.raises(embedded.EmbeddedFailed, match="belongs to another user"):
            embedded.ensure()

        home.unlink()


class TestPrepare:
    def test_makes_the_cluster_and_starts_nothing(self, data: Path) -> None:
        embedded.prepare()

        assert (embedded.place().cluster / "PG_VERSION").exists()
        assert not embedded.is_running()

    def test_is_done_once_though_the_start_comes_meanwhile(self, data: Path) -> None:
        with ThreadPoolExecutor(2) as both:
            waiting = [both.submit(embedded.prepare), both.submit(embedded.ensure)]
        for one in waiting:
            one.result()

        assert query("SELECT current_database()") == [("mattone",)]


class TestStop:
    def test_stops_a_running_server_and_says_whether_it_ran(self, data: Path) -> None:
        embedded.ensure()

        assert embedded.stop()
        assert not embedded.is_running()
        assert not embedded.stop()

    def test_cuts_open_connections(self, data: Path) -> None:
        embedded.ensure()

        with psycopg.connect(embedded.url()):
            began = time.monotonic()
            embedded.stop()

        assert time.monotonic() - began < 10


class TestErase:
    def test_removes_the_servers_folders_alone(self, data: Path) -> None:
        embedded.ensure()
        (data / "mails").mkdir()

        embedded.erase()

        assert not embedded.place().home.exists()
        assert (data / "mails").exists()


class TestByHand:
    def test_an_unknown_word_is_answered_with_the_known_ones(self) -> None:
        done = subprocess.run([*COMMAND, "dance"], cwd=embedded.BASE_DIR, capture_output=True)

        assert done.returncode == 2
        assert b"start|stop|status|erase|url" in done.stderr
