"""The application under test: `manage.py demo` as a process of its own, in a folder of its own.

Web, worker, database and stand-ins are those that a visitor of the demo meets. BROWSER_DATA names
the folder of a demo that runs already, which saves a developer the telling.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from backend import embedded
from backend.demo import theatre
from backend.demo.processes import free_ports
from backend.demo.theatre import Ports

TELL_SECONDS = 420
START_SECONDS = 90
STOP_SECONDS = 60
FORM_KEY = "pk_test_mattone_browser"


@contextlib.contextmanager
def running(log: Path) -> Iterator[Ports]:
    """Where a demo and its stand-ins answer, the story told; it ends with the tests if it is theirs."""
    if "BROWSER_DATA" in os.environ:
        yield _ports(_folder())
        return
    process = _start(_folder(), log)
    try:
        _await_story(process, log)
        yield _ports(_folder())
    finally:
        _end(process)


@contextlib.contextmanager
def with_form(there: Ports) -> Iterator[Ports]:
    """Another web process on the same demo, told a publishable key: cards are typed on our own page."""
    ports = replace(there, web=free_ports(1)[0])
    settings = theatre.environment(ports) | {
        "MATTONE_DATA": str(_folder()),
        "DATABASE_URL": "",
        "STRIPE_PUBLISHABLE_KEY": FORM_KEY,
    }
    command = [sys.executable, "-m", "gunicorn", "backend.wsgi:application", "--threads", "4"]
    bound = [*command, "--bind", f"127.0.0.1:{ports.web}", "--log-level", "warning"]
    process = subprocess.Popen(bound, cwd=embedded.BASE_DIR, env=settings)
    try:
        _await_answer(process, f"{ports.site}/health/")
        yield ports
    finally:
        _end(process)


def _folder() -> Path:
    """Where the demo lives that is walked."""
    told = os.environ.get("BROWSER_DATA")
    return Path(told) if told else embedded.data_folder() / "browser"


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(STOP_SECONDS)


def _await_answer(process: "subprocess.Popen[bytes]", url: str) -> None:
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- this machine
            return
        time.sleep(0.2)
    raise AssertionError(f"nobody answers at {url}")


def _ports(folder: Path) -> Ports:
    return Ports(**json.loads((folder / "demo" / "ports.json").read_text()))


def _start(folder: Path, log: Path) -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "MATTONE_DATA": str(folder),
        "MATTONE_DEMO": "1",
        "PORT": str(free_ports(1)[0]),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "manage.py", "demo", "--reset"]
    with log.open("wb") as out:
        return subprocess.Popen(
            command, cwd=embedded.BASE_DIR, env=environment, stdout=out, stderr=out
        )


def _await_story(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """The summary is printed once all is told; until then the half-told site is nobody's business."""
    limit = time.monotonic() + TELL_SECONDS
    while "Ctrl-C ends the demo" not in log.read_text():
        if process.poll() is not None or time.monotonic() > limit:
            raise AssertionError(f"the demo did not come up:\n{log.read_text()[-2000:]}")
        time.sleep(0.5)
