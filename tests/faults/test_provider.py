"""The provider killed, stopped in its tracks, broken, or busy: nothing is proven, and it is said so."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import World
from tests.faults.machines import BASE_DIR, House, free_port, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.allow_hosts(["127.0.0.1"])]

NEWEST = "SELECT outcome, reason FROM campaigns_providerproof ORDER BY id DESC LIMIT 1"
LONGEST_SECONDS = 30


def process(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=BASE_DIR)


def simulator(port: int, folder: Path) -> subprocess.Popen[bytes]:
    """The stand-in for Stripe, with nobody at home where it sends its events."""
    where = ["--port", str(port), "--state", str(folder / "stripe.sqlite")]
    return process("backend.simulators.stripe", *where, "--webhook", "http://127.0.0.1:9/")


@pytest.fixture
def house(world: World, request: pytest.FixtureRequest) -> Iterator[House]:
    """A house whose provider is expected on a free port, and answered for within two seconds."""
    house = world.house(f"provider_{abs(hash(request.node.name)) % 10**6}")
    house.folder.mkdir(parents=True)
    house.port = free_port()
    house.extra |= {
        "STRIPE_SECRET_KEY": "sk_test_mattone",
        "STRIPE_API_BASE": f"http://127.0.0.1:{house.port}",
        "STRIPE_TIMEOUT_SECONDS": "2",
    }
    yield house
    house.end()


def proof(house: House) -> tuple[str, str]:
    """Ask in a process of its own; what was written down, within a bounded time."""
    began = time.monotonic()
    done = house.child("prove")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < LONGEST_SECONDS
    (row,) = house.server.rows(NEWEST, house.database)
    return row[0], row[1]


class TestAProviderThatAnswersWithAnError:
    @pytest.mark.parametrize("status", ["500", "503", "429"])
    def test_proves_nothing(self, house: House, status: str) -> None:
        answers = process("tests.faults.answers", str(house.port), status)
        wait_until(lambda: not house.is_free(), "it answers", 30)
        try:
            outcome, reason = proof(house)
        finally:
            answers.kill()
            answers.wait()

        assert outcome == "not_proven"
        assert reason


class TestAProviderThatIsKilledAndComesBack:
    def test_proves_nothing_while_it_is_down_or_slow(self, house: House) -> None:
        assert proof(house)[0] == "not_proven"

        running = simulator(house.port, house.folder)
        wait_until(lambda: not house.is_free(), "the stand-in listens", 60)
        assert proof(house)[0] == "proven"
        running.send_signal(signal.SIGSTOP)
        assert proof(house)[0] == "not_proven"
        running.send_signal(signal.SIGCONT)
        assert proof(house)[0] == "proven"
        running.kill()
        running.wait()
        assert proof(house)[0] == "not_proven"
