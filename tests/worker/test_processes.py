"""A real Celery worker process on the database under test: woken, left behind, killed.

The mails are files in the worker's own folder, so that what was done twice would be seen there.
"""

import contextlib
import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from backend.core import jobs, notices
from backend.core.models import Job, Notice
from backend.embedded import BASE_DIR
from tests.cast import Cast
from tests.database import child_environment
from tests.treasury import house as houses
from tests.treasury.files import Move

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(new_cast: Cast) -> Cast:
    return new_cast


LONGEST_SECONDS = 90  # on a busy machine; by itself each takes two or three
AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
WORKER = (
    sys.executable,
    "-m",
    "celery",
    "--app",
    "worker.celery",
    "worker",
    "--pool",
    "solo",
    "-l",
    "INFO",
)
REDIS = shutil.which("redis-server")


@contextlib.contextmanager
def running(folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    whole = {**child_environment(), "MATTONE_DATA": str(folder), **environment}
    # Root is warned by Celery; here the worker is ours and lives for seconds.
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(WORKER, cwd=BASE_DIR, env=whole, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def enqueue(count: int) -> None:
    """Write mails and their jobs; the tests' own broker wakes nobody."""
    rows = [
        Notice(key=f"mail {n}", to="giulia@example.org", language="it", created_at=AT, body="Ciao")
        for n in range(count)
    ]
    Notice.objects.bulk_create(rows)
    new = [jobs.NewJob(notices.JOB, row.key, {"key": row.key}) for row in rows]
    jobs.enqueue_many(jobs=new, at=AT)


def wait_until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + LONGEST_SECONDS
    while not condition():
        assert time.monotonic() < limit, "the worker did not do it in time"
        time.sleep(0.05)


def nothing_waits() -> bool:
    return not Job.objects.filter(done_at=None).exists()


@contextlib.contextmanager
def without_last_migration() -> Iterator[None]:
    """As if the newest were not applied yet."""
    newest = MigrationRecorder.Migration.objects.latest("pk")
    newest.delete()
    try:
        yield
    finally:
        MigrationRecorder.Migration.objects.create(app=newest.app, name=newest.name)


def has_asked() -> bool:
    """Whether another process than this one looks which migrations there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND query LIKE '%%django_migrations%%'"
        )
        return bool(cursor.fetchone()[0])


def mails(folder: Path) -> int:
    return sum(file.read_text().count("To: giulia") for file in (folder / "mails").glob("*.log"))


class TestWorker:
    def test_a_worker_that_starts_does_what_nobody_woke_it_for(self, tmp_path: Path) -> None:
        enqueue(3)

        with running(tmp_path):
            wait_until(nothing_waits)

        assert mails(tmp_path) == 3

    def test_a_killed_worker_loses_nothing_and_doubles_no_row(self, tmp_path: Path) -> None:
        enqueue(250)

        with running(tmp_path) as worker:
            wait_until(lambda: Notice.objects.exclude(sent_at=None).exists())
            os.kill(worker.pid, signal.SIGKILL)
        with running(tmp_path):
            wait_until(nothing_waits)

        assert Notice.objects.filter(sent_at=None).count() == 0
        # A batch cut off before its commit mails again; a committed one never does.
        assert 250 <= mails(tmp_path) <= 250 + jobs.BATCH

    def test_waits_for_a_migration_that_is_missing_yet(self, tmp_path: Path) -> None:
        enqueue(1)
        with without_last_migration(), running(tmp_path):
            wait_until(has_asked)
            assert "ready" not in (tmp_path / "worker.log").read_text()
            assert Job.objects.filter(done_at=None).exists()
        with running(tmp_path):
            wait_until(nothing_waits)


class TestFollowed:
    """What the page says of long work while a real worker does it."""

    @pytest.fixture
    def finance(self, cast: Cast) -> Client:
        client = Client(headers={"Accept-Language": "en", "X-Requested-With": "fetch"})
        client.force_login(cast.finance)
        return client

    def _handed_in(self, cast: Cast, count: int) -> str:
        """A statement that nobody looked at yet; the address where that is followed."""
        house = houses.build(cast.issuer)
        known = [Move("500.00", f"quota {house.expect(n).reference}") for n in range(count)]
        return f"/work/statement/{house.bank(*known)[0].pk}/"

    def test_a_statement_until_its_lines_are_recognised(
        self, tmp_path: Path, cast: Cast, finance: Client
    ) -> None:
        address = self._handed_in(cast, 40)
        assert 'data-state="running"' in finance.get(address).text

        with running(tmp_path):
            wait_until(lambda: 'data-state="done"' in finance.get(address).text)

        assert "40 of 40 lines are recognised." in finance.get(address).text

    def test_one_that_fails_until_that_is_said(
        self, tmp_path: Path, cast: Cast, finance: Client
    ) -> None:
        address = self._handed_in(cast, 1)
        Job.objects.filter(done_at=None).update(payload={"holder": 0})

        with running(tmp_path):
            wait_until(lambda: 'data-state="stopped"' in finance.get(address).text)

        assert "It stands still" in finance.get(address).text


class TestWakeUp:
    def test_reaches_a_running_worker_through_the_folders(self, tmp_path: Path) -> None:
        queue, control = tmp_path / "broker" / "queue", tmp_path / "broker" / "control"
        folders = {"data_folder_in": queue, "data_folder_out": queue, "control_folder": control}
        sender = Celery(broker="folders://localhost", set_as_current=False)
        sender.conf.broker_transport_options = {name: str(at) for name, at in folders.items()}

        with running(tmp_path):
            wait_until(lambda: "ready" in (tmp_path / "worker.log").read_text())
            enqueue(1)
            sender.send_task("worker.drain", args=[notices.JOB])
            wait_until(nothing_waits)

        assert mails(tmp_path) == 1

    @pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine: not tried on Redis")
    def test_reaches_a_running_worker_through_redis(self, tmp_path: Path, redis_url: str) -> None:
        sender = Celery(broker=redis_url, set_as_current=False)

        with running(tmp_path, REDIS_URL=redis_url):
            wait_until(lambda: "ready" in (tmp_path / "worker.log").read_text())
            enqueue(1)
            sender.send_task("worker.drain", args=[notices.JOB])
            wait_until(nothing_waits)

        assert mails(tmp_path) == 1


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen([str(REDIS), *options], stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()
