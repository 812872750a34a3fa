"""Keys: made once, rotated, retired; what nobody may open stays shut."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from backend.core import encryption
from backend.core.encryption import Unreadable
from backend.core.errors import Conflict


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR, settings.IDENTITY_KEYS = tmp_path, []
    return tmp_path


class TestEncrypt:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
    @given(st.text())
    def test_gives_back_what_went_in_and_shows_nothing(self, text: str) -> None:
        token = encryption.encrypt(text)

        assert encryption.decrypt(token) == text
        assert len(text) < 4 or text not in token

    def test_a_changed_token_is_refused(self) -> None:
        token = encryption.encrypt("Rossi")

        with pytest.raises(Unreadable):
            encryption.decrypt(token[:-6] + "AAAAA=")


class TestKeys:
    def test_the_first_is_made_and_kept_for_the_owner_alone(self, folder: Path) -> None:
        assert encryption.keys() == encryption.keys()
        assert (folder / "identity_keys").stat().st_mode & 0o077 == 0

    def test_a_new_one_encrypts_and_the_old_one_still_opens(self) -> None:
        old = encryption.encrypt("Rossi")
        encryption.add_key()

        assert encryption.decrypt(old) == "Rossi"
        assert len(encryption.keys()) == 2

    def test_what_was_rotated_outlives_the_old_one(self) -> None:
        old = encryption.encrypt("Rossi")
        encryption.add_key()
        fresh = encryption.rotate(old)
        encryption.retire_keys()

        assert encryption.decrypt(fresh) == "Rossi"
        with pytest.raises(Unreadable):
            encryption.decrypt(old)

    def test_those_of_the_environment_are_changed_there(self, settings: Settings) -> None:
        settings.IDENTITY_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]

        assert encryption.decrypt(encryption.encrypt("Rossi")) == "Rossi"
        with pytest.raises(Conflict):
            encryption.add_key()


class TestFingerprints:
    def test_equal_texts_meet_however_they_are_typed(self) -> None:
        assert encryption.fingerprints("rss mra 80") == encryption.fingerprints("RSSMRA80")
        assert encryption.fingerprints("A") != encryption.fingerprints("B")
