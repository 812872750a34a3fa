"""Children are started, awaited, brought back and ended; tried with tiny ones of this Python."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.demo.processes import Child, Company, DemoFailed, free_ports, is_free

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path, dict(os.environ), mend=lambda: None)
    yield made
    made.stop()


def server(port: int) -> Child:
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    return Child("server", command, f"http://127.0.0.1:{port}/")


def wait_for(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class TestAwaitAll:
    def test_it_waits_until_each_answers(self, company: Company) -> None:
        (port,) = free_ports(1)

        company.launch([server(port)])
        company.await_all()

        assert not is_free(port)

    def test_a_child_that_ends_at_once_is_told_with_its_log(self, company: Company) -> None:
        child = Child("broken", [sys.executable, "-c", "print('no')"], "http://127.0.0.1:1/")

        company.launch([child])

        with pytest.raises(DemoFailed, match=r"broken did not start; see .*broken\.log"):
            company.await_all()

        assert (company.logs / "broken.log").read_text() == "no\n"


class TestWatch:
    def test_a_killed_child_is_brought_back(self, company: Company) -> None:
        company.launch([Child("sleeper", SLEEPER)])
        first = company.running["sleeper"][1].pid
        company.watch()

        os.kill(first, signal.SIGKILL)

        wait_for(lambda: company.running["sleeper"][1].pid != first)
        assert is_alive(company.running["sleeper"][1].pid)

    def test_what_is_no_child_is_mended(self, tmp_path: Path) -> None:
        mended: list[int] = []
        company = Company(tmp_path, dict(os.environ), mend=lambda: mended.append(1))
        company.watch()

        wait_for(lambda: bool(mended))

        company.stop()


class TestStop:
    def test_nobody_is_left(self, company: Company) -> None:
        company.launch([Child("one", SLEEPER), Child("two", SLEEPER)])
        pids = [process.pid for _, process in company.running.values()]

        company.stop()

        assert not any(is_alive(pid) for pid in pids)


class TestFreePorts:
    def test_they_differ_and_are_free(self) -> None:
        ports = free_ports(3)

        assert len(set(ports)) == 3
        assert all(is_free(port) for port in ports)
