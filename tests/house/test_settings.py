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
            ("EMAIL_PORT", "465", "EMAIL_USE_SSL", "True"),
            ("EMAIL_PORT", "", "EMAIL_USE_TLS", "True"),
            ("PORT", "9000", "SITE_URL", "http://127.0.0.1:9000"),
            ("HTTPS", "1", "SESSION_COOKIE_SECURE", "True"),
            ("HTTPS", "1", "CSRF_COOKIE_NAME", "__Host-mattone_csrf"),
            ("MATTONE_DEMO", "1", "DEMO", "True"),
        ],
    )
    def test_follow_the_environment(
        self, tmp_path: Path, name: str, value: str, expression: str, expected: str
    ) -> None:
        assert show(tmp_path, expression, **{name: value}) == expected

    @pytest.mark.parametrize(
        ("name", "expression"),
        [
            ("SECRET_KEY", "SECRET_KEY"),
            ("STRIPE_SECRET_KEY", "STRIPE_SECRET_KEY"),
            ("EMAIL_HOST_PASSWORD", "EMAIL_HOST_PASSWORD"),
        ],
    )
    def test_read_a_secret_from_a_file(self, tmp_path: Path, name: str, expression: str) -> None:
        secret = tmp_path / "secret"
        secret.write_text("kept apart\n")

        assert show(tmp_path, expression, **{f"{name}_FILE": str(secret)}) == "kept apart"

    def test_read_the_databases_address_from_a_file(self, tmp_path: Path) -> None:
        secret = tmp_path / "url"
        secret.write_text("postgres://me:secret@db/mine")

        told = show(tmp_path, "DATABASES['default']['HOST']", DATABASE_URL_FILE=str(secret))

        assert told == "db"


class TestManage:
    def test_finds_nothing_amiss_with_a_deployment(self, tmp_path: Path) -> None:
        """Django's own list of what a site on the internet must have."""
        command = ("manage.py", "check", "--deploy", "--tag", "security", "--fail-level", "WARNING")

        said = run(
            tmp_path,
            *command,
            HTTPS="1",
            SECRET_KEY="x7!" * 20 + "abcdefgh",
            ALLOWED_HOSTS="m.example",
        )

        assert "no issues" in said

    def test_checks_without_a_server(self, tmp_path: Path) -> None:
        run(tmp_path, "manage.py", "check")

        assert not (tmp_path / "postgres").exists()
