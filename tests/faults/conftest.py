"""One server for all fault tests, with a world to copy: ten thousand pledges that wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import machines
from tests.faults.machines import House, Server

ITEMS = 10_000


@dataclass(frozen=True)
class World:
    """A server, and the references that its pledges wait for."""

    server: Server
    references: list[str]
    folder: Path

    def house(self, name: str) -> House:
        """Processes on a fresh copy of the world."""
        return House(self.server, self.server.copy(f"faults_{name}"), self.folder / name)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("faults")
    server = Server(folder / "server")
    server.folder.mkdir()
    server.start()
    built = House(server, machines.TEMPLATE, folder / "build")
    built.folder.mkdir()
    told = built.child("build", str(ITEMS))
    assert told.returncode == 0, told.stderr
    yield World(server, told.stdout.split(), folder)
    server.erase()
