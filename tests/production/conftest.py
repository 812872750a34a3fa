"""One production for all tests: migrated, static files collected, two webs, two workers and one beat."""

from collections.abc import Iterator

import pytest

from tests.faults.machines import Server
from tests.production.house import Production

WEBS, WORKERS = ("web-1", "web-2"), ("worker-1", "worker-2")
PLEDGES = 600


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    folder = tmp_path_factory.mktemp("production")
    server = Server(folder / "server")
    server.folder.mkdir()
    server.start()
    house = Production(server, folder)
    try:
        house.start_redis()
        house.once("python", "manage.py", "migrate", "--noinput")
        house.once("python", "manage.py", "collectstatic", "--noinput")
        yield house
    finally:
        house.end()
        server.erase()


@pytest.fixture(scope="session")
def references(production: Production) -> list[str]:
    """A world of pledges that wait for their transfers; their references."""
    told = production.once("python", "-m", "tests.faults.world", "build", str(PLEDGES))
    return told.split()


@pytest.fixture(scope="session")
def running(production: Production, references: list[str]) -> Production:
    """Everything started; beat first, whose first minute passes while other tests run."""
    for name in ("beat", *WORKERS, *WEBS):
        production.start(name)
    for name in WEBS:
        production.await_web(name)
    return production
