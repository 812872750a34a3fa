"""Children of one process that has loaded the application: brought back when they die, ended with it.

Tried with a server of Python's own in the place of web and worker.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.demo.processes import free_ports, is_free

PATIENCE_SECONDS = 60


@pytest.fixture
def port() -> int:
    return free_ports(1)[0]


@pytest.fixture
def parent(port: int) -> "Iterator[subprocess.Popen[bytes]]":
    commands = [["http.server", str(port), "--bind", "127.0.0.1", "--directory", "docs"]]
    command = [sys.executable, "-m", "backend.demo.siblings", json.dumps(commands)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: not is_free(port))
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.05)


def child_of(process: "subprocess.Popen[bytes]") -> int:
    """The one child; 0 while there is none."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(told[0]) if told else 0


def test_a_child_answers_is_brought_back_and_ends_with_its_parent(
    parent: "subprocess.Popen[bytes]", port: int
) -> None:
    first = child_of(parent)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        assert answer.status == 200

    os.kill(first, signal.SIGKILL)
    wait_for(lambda: child_of(parent) not in (0, first) and not is_free(port))

    parent.terminate()
    parent.wait(PATIENCE_SECONDS)
    wait_for(lambda: is_free(port))
