"""Where the server lives is computed, and the same before and after a start."""

import os
from pathlib import Path

import dj_database_url
import pytest

from backend import embedded
from backend.embedded.user import SYSTEM_FOLDER

is_root = os.getuid() == 0


class TestDataFolder:
    def test_lies_beside_manage_py_unless_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("MATTONE_DATA", raising=False)

        assert embedded.data_folder() == embedded.BASE_DIR / ".data"
        assert (embedded.BASE_DIR / "manage.py").exists()


class TestUrl:
    def test_names_a_socket_in_the_folder_and_starts_nothing(self, data: Path) -> None:
        found = dj_database_url.parse(embedded.url())

        assert found["HOST"] == str(data / "postgres" / "socket")
        assert found["NAME"] == "mattone"
        assert list(data.iterdir()) == []

    def test_has_a_short_socket_for_a_long_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MATTONE_DATA", "/tmp/" + "far/" * 40)

        assert len(dj_database_url.parse(embedded.url())["HOST"]) < 80

    def test_differs_between_two_folders(self, monkeypatch: pytest.MonkeyPatch) -> None:
        urls = set()

        for folder in ("/tmp/" + "far/" * 40 + "one", "/tmp/" + "far/" * 40 + "two"):
            monkeypatch.setenv("MATTONE_DATA", folder)
            urls.add(embedded.url())

        assert len(urls) == 2

    @pytest.mark.skipif(not is_root, reason="only root's server has another user")
    def test_leads_out_of_a_folder_that_the_dedicated_user_cannot_enter(self, closed: Path) -> None:
        assert SYSTEM_FOLDER in embedded.place().home.parents


class TestIsOurs:
    def test_is_true_without_a_database_url(self, data: Path) -> None:
        assert embedded.is_ours()

    def test_is_false_with_one_of_ones_own(
        self, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgres://me@example.org/mine")

        assert not embedded.is_ours()
        assert embedded.ensure() == "postgres://me@example.org/mine"
        assert not embedded.is_running()

    def test_is_true_in_a_child_that_was_told_the_url(
        self, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", embedded.environment()["DATABASE_URL"])

        assert embedded.is_ours()
