"""A MATTONE_DATA of one test's own, with whatever server it starts erased at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import embedded


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that others may enter, so that root's server lives inside it too."""
    folder = Path(tempfile.mkdtemp(prefix="mattone-test-"))
    folder.chmod(0o755)
    monkeypatch.setenv("MATTONE_DATA", str(folder))
    monkeypatch.setenv("MATTONE_PG_FAST", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    try:
        yield folder
    finally:
        embedded.erase()
        shutil.rmtree(folder)


@pytest.fixture
def closed(data: Path) -> Path:
    """The same, but nobody else may enter: root's server has to live elsewhere."""
    data.chmod(0o700)
    return data
