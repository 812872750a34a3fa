"""Child processes of the demo: started in order, restarted when they die, ended with their parent.

What each child is stands in `theatre.py`; here is only how any child is kept.
"""

import contextlib
import ctypes
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60
# All work is rows in the database: whoever needs longer loses nothing by being killed.
STOP_SECONDS = 0.2
PAUSE_SECONDS = 0.5
MEND_EVERY = 6
PR_SET_PDEATHSIG = 1


class DemoFailed(Exception):
    """The demo cannot go on; the sentence says why and where to look."""


@dataclass(frozen=True)
class Child:
    """What to run, and the address that answers once it is ready ("" where there is none)."""

    name: str
    command: Sequence[str]
    health: str = ""


@dataclass
class Company:
    """The children of one demo. `mend` is called now and then to bring back what is no child."""

    logs: Path
    environment: Mapping[str, str]
    mend: Callable[[], object]
    running: dict[str, tuple[Child, subprocess.Popen[bytes]]] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def launch(self, children: Sequence[Child]) -> None:
        """Start children and wait for none."""
        for child in children:
            self._spawn(child)

    def await_all(self) -> None:
        """Wait until every child that was launched answers; raises DemoFailed."""
        for child, _ in list(self.running.values()):
            self._await(child)

    def watch(self) -> None:
        """From now on bring back whoever dies, until `stop`."""
        threading.Thread(target=self._watch, daemon=True, name="watch").start()

    def stop(self) -> None:
        """End all children, the last started first; those that do not end in time are killed, with
        the children of their own."""
        self.ended.set()
        in_reverse = [process for _, process in reversed(self.running.values())]
        for process in in_reverse:
            process.terminate()
        limit = time.monotonic() + STOP_SECONDS
        for process in in_reverse:
            _wait(process, limit)
        self.running.clear()

    def _spawn(self, child: Child) -> None:
        with (self.logs / f"{child.name}.log").open("ab") as log:
            # A session of its own: Ctrl-C reaches the demo alone, which then ends them in order.
            process = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self.environment),
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.running[child.name] = (child, process)

    def _await(self, child: Child) -> None:
        limit = time.monotonic() + START_SECONDS
        while not _answers(child.health):
            process = self.running[child.name][1]
            if process.poll() is not None or time.monotonic() > limit:
                raise DemoFailed(f"{child.name} did not start; see {self.logs / child.name}.log")
            time.sleep(0.05)

    def _watch(self) -> None:
        for turn in itertools.count():
            if self.ended.wait(PAUSE_SECONDS):
                return
            if turn % MEND_EVERY == 0:
                with contextlib.suppress(Exception):
                    self.mend()
            for child, process in list(self.running.values()):
                if process.poll() is not None and not self.ended.is_set():
                    self._spawn(child)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at this moment."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def is_free(port: int) -> bool:
    """Whether one may listen on the port."""
    with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False


def _answers(address: str) -> bool:
    if not address:
        return True
    try:
        with urllib.request.urlopen(address, timeout=20):  # noqa: S310 -- always this machine
            return True
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except OSError:
        return False


def _wait(process: "subprocess.Popen[bytes]", limit: float) -> None:
    try:
        process.wait(max(0.1, limit - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def die_with_parent() -> None:
    """Where the kernel offers it, a child is told to end when the demo was killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
