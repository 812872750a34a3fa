"""Several web processes and workers on a real PostgreSQL and Redis, as the compose file starts them."""

import datetime as dt
import itertools
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.load import Load
from tests.faults.machines import wait_until
from tests.production.conftest import PLEDGES, WEBS, WORKERS
from tests.production.house import Production

pytestmark = [pytest.mark.production, pytest.mark.allow_hosts(["127.0.0.1"])]

WAITING = "SELECT count(*) FROM core_job WHERE done_at IS NULL"
LINES = "SELECT count(*), count(DISTINCT bank_id) FROM treasury_bankline"
OVER_EXPLAINED = """
    SELECT count(*) FROM (SELECT line_id FROM treasury_allocation GROUP BY line_id
        HAVING count(*) > 1) twice
"""
JSON = {"Content-Type": "application/json"}
NEWCOMER = json.dumps(
    {"email": "anna@example.org", "first_name": "Anna", "last_name": "Prova"}
).encode()
MAILS = "SELECT count(*) FROM core_notice WHERE \"to\" = 'anna@example.org' AND sent_at IS NOT NULL"
FILES = 12
BEAT_SECONDS = 65
LOST_SECONDS = 150
MINUTE = dt.timedelta(seconds=58)


class TestWeb:
    def test_is_ready_on_every_process(self, running: Production) -> None:
        found = [json.loads(running.ask(name, "/ready/").body) for name in WEBS]

        assert found == [{"database": "ok", "broker": "ok"}] * 2

    def test_sends_plain_http_away_but_for_its_checks(self, running: Production) -> None:
        plain = {"X-Forwarded-Proto": "http"}

        assert running.ask("web-1", "/", **plain).headers["Location"].startswith("https://")
        assert running.ask("web-1", "/health/", **plain).status == 200

    def test_answers_to_its_name_alone(self, running: Production) -> None:
        assert running.ask("web-1", "/", Host="elsewhere.example").status == 400

    def test_serves_static_files_that_may_be_kept_for_ever(self, running: Production) -> None:
        page = running.ask("web-1", "/login/").body.decode()
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]

        answer = running.ask("web-2", style)

        assert answer.status == 200
        assert "max-age=315360000" in answer.headers["Cache-Control"]
        assert running.ask("web-1", "/static/nothing.css").status == 404

    def test_names_each_request_in_its_answer_and_its_log(self, running: Production) -> None:
        name = running.ask("web-1", "/health/?mail=anna@example.org").headers["X-Request-ID"]

        wait_until(lambda: any(_of(running, name)), "the line is written", 5)
        (line,) = _of(running, name)
        assert line["request"] == "GET /health/"


def _of(running: Production, request_id: str) -> list[dict[str, Any]]:
    return [line for line in running.log("web-1") if line.get("request_id") == request_id]


class TestAReplacementUnderLoad:
    def test_loses_nothing(self, running: Production, references: list[str]) -> None:
        """Each web and each worker is asked to stop and started again while statements come in."""
        is_over, cuts = threading.Event(), Counter[str]()
        readers = [threading.Thread(target=read, args=(running, is_over, cuts)) for _ in range(2)]
        papers = Load(PLEDGES, FILES).papers(references)
        handing_in = threading.Thread(target=hand_in_all, args=(running, papers, cuts))

        for thread in (*readers, handing_in):
            thread.start()
        codes = [replace(running, name) for name in ("web-1", "worker-1", "web-2", "worker-2")]
        handing_in.join(100)
        is_over.set()
        for thread in readers:
            thread.join(30)
        wait_until(lambda: running.server.rows(WAITING) == [(0,)], "the jobs are done", 60)

        assert codes == [0, 0, 0, 0]
        assert cuts["answered wrongly"] == 0
        assert cuts["answered"] > FILES
        assert running.server.rows(LINES) == [(PLEDGES, PLEDGES)]
        assert running.server.rows(OVER_EXPLAINED) == [(0,)]
        assert "FAILED" not in running.once("python", "manage.py", "check_books")

    def test_was_shared_by_both_workers(self, running: Production) -> None:
        drains = Counter(
            name
            for name in WORKERS
            for line in running.log(name)
            if line.get("event") == "task_started" and line.get("task") == "worker.drain"
        )

        assert set(drains) == set(WORKERS)


class TestBeat:
    def test_fires_once_for_all(self, running: Production) -> None:
        """A minute after its start beat sweeps; never twice within one, and one worker does each."""
        wait_until(lambda: bool(sweeps(running)), "beat sweeps", BEAT_SECONDS)
        time.sleep(1)

        sent = sweeps(running)
        done = [
            line["task_id"]
            for name in WORKERS
            for line in running.log(name)
            if line.get("event") == "task_started"
        ]
        assert all(after - before > MINUTE for before, after in itertools.pairwise(sent))
        assert len(done) == len(set(done))


class TestARedisThatIsLost:
    def test_loses_no_work_and_stops_no_answer(self, running: Production) -> None:
        """It comes back empty; beat's next sweep finds the mail that nobody was woken for."""
        running.kill("redis")
        status = running.ask("web-1", "/api/v1/sign-ups/", NEWCOMER, **JSON).status
        sent_without = running.server.rows(MAILS)
        running.start_redis()
        wait_until(lambda: running.server.rows(MAILS) == [(1,)], "the mail is sent", LOST_SECONDS)

        assert status == 202
        assert sent_without == [(0,)]
        assert json.loads(running.ask("web-2", "/ready/").body)["broker"] == "ok"


def sweeps(running: Production) -> list[dt.datetime]:
    """When beat sent the sweep."""
    return [
        dt.datetime.fromisoformat(line["timestamp"])
        for line in running.log("beat")
        if "Sending due task sweep" in str(line.get("event"))
    ]


def replace(running: Production, name: str) -> int:
    """Stop a process gracefully, and start it again; the code it ended with."""
    time.sleep(0.7)
    code = running.stop(name)
    running.start(name)
    if name in WEBS:
        running.await_web(name)
    return code


def hand_in_all(running: Production, papers: Iterator[bytes], cuts: Counter[str]) -> None:
    """One file after the other, as a bank's come: to the one web, or else the other."""
    for paper, name in zip(papers, itertools.cycle(WEBS)):
        status = 0
        while status not in (200, 201):
            status = proxied(running, name, cuts, "/api/v1/bank-statements/", paper)


def read(running: Production, is_over: threading.Event, cuts: Counter[str]) -> None:
    for name in itertools.cycle(WEBS):
        if is_over.is_set():
            return
        proxied(running, name, cuts, "/login/")
        time.sleep(0.05)


def proxied(
    running: Production, name: str, cuts: Counter[str], path: str, paper: bytes = b""
) -> int:
    """Ask a web; where nobody takes the call ask the other, as the proxy does; 0 where none did."""
    body, headers = _form(paper) if paper else (b"", {})
    for each in (name, *(other for other in WEBS if other != name)):
        try:
            status = running.ask(each, path, body, **headers).status
        except OSError:
            cuts["not taken"] += 1
            continue
        cuts["answered" if status in (200, 201) else "answered wrongly"] += 1
        return status
    return 0


def _form(paper: bytes) -> tuple[bytes, dict[str, str]]:
    """A file as finance uploads it."""
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="s.xml"\r\n\r\n'
    body = head.encode() + paper + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    return body, {"Authorization": "Token faults", "Content-Type": kind}
