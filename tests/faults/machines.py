"""Real processes: a PostgreSQL of its own, web servers and workers on it; started, killed, started.

Nobody here asks a process politely: what is killed gets SIGKILL.
"""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

import psycopg

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LONGEST_SECONDS = 240
TEMPLATE = "mattone"


def wait_until(condition: Callable[[], bool], what: str, seconds: float = LONGEST_SECONDS) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"in {seconds} s not: {what}"
        time.sleep(0.05)


@dataclass
class Server:
    """An embedded PostgreSQL in a folder of its own."""

    folder: Path

    def environment(self, database: str = TEMPLATE, **more: str) -> dict[str, str]:
        """Of a child that uses a database of this server; it never starts or stops the server."""
        url = self.url.removesuffix(TEMPLATE) + database
        mine = {"MATTONE_DATA": str(self.folder), "DATABASE_URL": url, "MATTONE_PG_FAST": "1"}
        return {**os.environ, **mine, **more}

    def start(self) -> None:
        self.url = self._ask("start") and self._ask("url").strip()

    def stop(self) -> None:
        self._ask("stop")

    def erase(self) -> None:
        self._ask("erase")

    def kill(self) -> None:
        """The power goes: postmaster and every session, at once."""
        pids = [int(row[0]) for row in self.rows("SELECT pid FROM pg_stat_activity")]
        for pid in (self.postmaster, *pids):
            _kill(pid)

    def rows(self, sql: str, database: str = TEMPLATE) -> list[tuple[Any, ...]]:
        address = self.url.removesuffix(TEMPLATE) + database
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def copy(self, name: str) -> str:
        """A database like the template, as it is now."""
        self.rows(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}", "postgres")
        return name

    @property
    def postmaster(self) -> int:
        (row,) = self.rows("SELECT pg_read_file('postmaster.pid')", "postgres")
        return int(row[0].split("\n", 1)[0])

    def _ask(self, action: str) -> str:
        environment = {**os.environ, "MATTONE_DATA": str(self.folder), "MATTONE_PG_FAST": "1"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "backend.embedded", action]
        done = subprocess.run(
            command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout


@dataclass
class House:
    """Web and workers on one database of a server; each is one process group of its own."""

    server: Server
    database: str
    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    port: int = 0

    def start(self, name: str, largest_file: int = 0) -> None:
        """Start `web` or a worker (any other name), unless it runs; files may be bounded in bytes."""
        running = self.processes.get(name)
        if running is not None and running.poll() is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self._command(name),
                cwd=BASE_DIR,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_bound(largest_file),
            )

    def await_web(self) -> None:
        wait_until(self._answers, "the web process answers", 120)

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def environment(self) -> dict[str, str]:
        mine = {"MATTONE_DATA": str(self.folder), **self.extra}
        return self.server.environment(self.database, **mine)

    def child(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What `world` does in a process of its own; its output."""
        return subprocess.run(
            [sys.executable, "-m", "tests.faults.world", *arguments],
            cwd=BASE_DIR,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def _command(self, name: str) -> list[str]:
        if name == "web":
            where = ["--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "4"]
            return [sys.executable, "-m", "gunicorn", "backend.wsgi", *where, "--timeout", "120"]
        return [
            sys.executable, "-m", "celery", "--app", "worker.celery", "worker", "--pool", "solo",
            "--hostname", f"{name}@%h", "-l", "WARNING",
        ]  # fmt: skip

    def is_free(self) -> bool:
        """Whether nobody listens on its port."""
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) != 0

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/", timeout=5):
                return True
        except URLError as problem:
            return hasattr(problem, "code")  # an answer, if only that there is nothing
        except OSError:
            return False


def _bound(largest_file: int) -> Callable[[], None] | None:
    if not largest_file:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
