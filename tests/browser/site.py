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
from collections.abc import Iterator
from pathlib import Path

from backend import embedded
from backend.demo.processes import free_ports
from backend.demo.theatre import Ports

TELL_SECONDS = 420
STOP_SECONDS = 60


@contextlib.contextmanager
def running(log: Path) -> Iterator[Ports]:
    """Where a demo and its stand-ins answer, the story told; it ends with the tests if it is theirs."""
    if told := os.environ.get("BROWSER_DATA"):
        yield _ports(Path(told))
        return
    folder = embedded.data_folder() / "browser"
    process = _start(folder, log)
    try:
        _await_story(process, log)
        yield _ports(folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


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
