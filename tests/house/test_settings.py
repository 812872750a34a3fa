"""Importing the settings starts nothing; what the environment may change, it changes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded import BASE_DIR

SHOW = "from django.conf import settings; print(settings.{})"


def run(data: Path, *command: str, **environment: str) -> str:
    """Run Python with an environment in which nothing of ours is set."""
    ours = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "backend.settings"}
    whole = {**ours, "MATTONE_DATA": str(data), **environment}
    done = subprocess.run(
        [sys.executable, *command], cwd=BASE_DIR, env=whole, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def show(data: Path, expression: str, **environment: str) -> str:
    return run(data, "-c", SHOW.format(expression), **environment)


class TestSettings:
    def test_start_no_server(self, tmp_path: Path) -> None:
        show(tmp_path, "DATABASES")

        assert not (tmp_path / "postgres").exists()

    def test_keep_their_secret_between_two_starts(self, tmp_path: Path) -> None:
        first = show(tmp_path, "SECRET_KEY")

        assert show(tmp_path, "SECRET_KEY") == first
        assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize(
        ("name", "value", "expression", "expected"),
        [
            ("DATABASE_URL", "postgres://me@db/mine", "DATABASES['default']['HOST']", "db"),
            ("REDIS_URL", "redis://here/1", "REDIS_URL", "redis://here/1"),
            ("EMAIL_HOST", "mail", "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
            ("PORT", "9000", "SITE_URL", "http://127.0.0.1:9000"),
            ("HTTPS", "1", "SESSION_COOKIE_SECURE", "True"),
            ("MATTONE_DEMO", "1", "DEMO", "True"),
        ],
    )
    def test_follow_the_environment(
        self, tmp_path: Path, name: str, value: str, expression: str, expected: str
    ) -> None:
        assert show(tmp_path, expression, **{name: value}) == expected


class TestManage:
    def test_checks_without_a_server(self, tmp_path: Path) -> None:
        run(tmp_path, "manage.py", "check")

        assert not (tmp_path / "postgres").exists()
