"""What every test may use: the database, the cast, the books' own check, files that vanish.

The database part is in database.py, the people in cast.py.
"""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from backend.core import encryption
from backend.ledger import checks
from tests import database, kept
from tests.cast import Cast, gather
from worker.celery import app as celery_app

# A busy machine is no error: Hypothesis judges what comes out, not how long it took.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

# To load three hundred files of tests makes nothing that could be thrown away.
gc.disable()

# Nobody listens here: a wake-up that a test sends goes nowhere, and its rows are drained by hand.
celery_app.conf.update(broker_url="memory://", broker_transport_options={})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test marked `money` uses the database, without saying so twice."""
    for item in items:
        if item.get_closest_marker("money") and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    database.use_embedded()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        database.let_flush_pass_append_only_tables()


@pytest.fixture(autouse=True)
def clean_books(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test marked `money`, every check of the books must hold."""
    if not request.node.get_closest_marker("money"):
        yield
        return
    request.getfixturevalue("db")
    yield
    database.check_deferred()
    broken = [check for check in checks.run() if not check.ok]
    assert not broken, f"the books do not hold: {broken}"


@pytest.fixture
def commit_checks(db: None) -> Callable[[], None]:
    """Call it where a commit would be, to fire the constraint triggers that wait for one."""
    return database.check_deferred


@pytest.fixture(scope="module")
def module_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files stand that module-scoped fixtures write."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, module_files: Path
) -> Iterator[None]:
    """What a module-scoped fixture writes after this stands under each test of the module (kept.py)."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=str(module_files)),
        kept.open_transaction(),
    ):
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test with real commits stands on nothing that its module kept until then, and keeps nothing:
    what nobody commits no other connection sees."""
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        kept.let_go()
        assert isinstance(item, pytest.Function)
        assert "rows" not in item.fixturenames, "it commits: let it use `new_cast` and the like"


@pytest.fixture
def copied() -> kept.Copied:
    """Copies, for one test, of what module-scoped fixtures returned."""
    return kept.copies()


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path, module_files: Path) -> None:
    """Files that a test writes go with it. Static files are for browsers: to look for all of them
    whenever a client is made took half of the suite's time. Calls are counted where that is tried."""
    settings.API_CALLS_PER_MINUTE = settings.PUBLIC_FORMS_PER_MINUTE = 0
    media = shutil.copytree(module_files, tmp_path / "media")
    settings.MEDIA_ROOT = str(media)
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture
def new_cast(db: None) -> Cast:
    """The fixed people of the tests, one per role, and strangers who must see nothing."""
    return gather()


@pytest.fixture
def cast(kept_cast: Cast, copied: kept.Copied, db: None) -> Cast:
    """The same, written once for the module; a test that commits overrides this with `new_cast`."""
    return copied(kept_cast)


@pytest.fixture(scope="module")
def kept_cast(rows: None) -> Cast:
    """The same people, for the fixtures of a whole module."""
    return gather()


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> None:
    """Keys that a test may add to and retire: those with which other tests work stay as they are."""
    (tmp_path / "identity_keys").write_text("\n".join(encryption.keys()), encoding="ascii")
    settings.DATA_DIR = tmp_path
