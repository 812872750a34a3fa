"""The compose file hangs together: every service, command, variable, file and volume it names is there."""

import re
import shutil
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.utils.module_loading import import_string

from tests.production import shape
from tests.production.shape import BASE_DIR

KEYS = {
    "build", "command", "depends_on", "environment", "healthcheck", "image", "init", "ports",
    "profiles", "restart", "secrets", "stop_grace_period", "volumes",
}  # fmt: skip
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
TOOLS = ("gunicorn", "celery", "python")
GIVEN = dict.fromkeys(("DB_PASSWORD", "SECRET_KEY", "IDENTITY_KEYS", "SITE_HOST"), "x")
# Read by Python and by PostgreSQL's library.
OF_TOOLS = {"PYTHONUNBUFFERED", "PGOPTIONS"}
# Asked for by other images than ours.
OF_OTHERS = {"GRAFANA_PASSWORD", "DB_PASSWORD", "SITE_HOST"}

# For one who works on it, or tries it, on their own machine.
OF_A_CHECKOUT = {"DEBUG", "DEMO_BANK_URL", "PORT"}


class TestServices:
    def test_are_those_that_the_documentation_draws(self) -> None:
        text = (BASE_DIR / "docs" / "production.md").read_text()

        assert [name for name in shape.services() if f"`{name}`" not in text] == []

    @pytest.mark.parametrize("name", shape.services())
    def test_say_only_what_compose_knows(self, name: str) -> None:
        told = shape.services()[name]

        assert set(told) <= KEYS
        assert {"image", "build"} & set(told)
        assert told.get("image", "").split(":")[-1] != "latest"

    @pytest.mark.parametrize("name", shape.services())
    def test_wait_for_services_that_can_be_waited_for(self, name: str) -> None:
        for other, how in shape.services()[name].get("depends_on", {}).items():
            assert how["condition"] in CONDITIONS
            waited_for = shape.services()[other]
            assert how["condition"] != "service_healthy" or "healthcheck" in waited_for

    @pytest.mark.parametrize("name", shape.services())
    def test_mount_files_and_volumes_that_are_there(self, name: str) -> None:
        for mount in shape.services()[name].get("volumes", []):
            source = mount.split(":")[0]
            there = Path(BASE_DIR, source).exists()
            assert there if source.startswith(".") else source in shape.compose()["volumes"]

    def test_keep_the_database_and_the_queue_to_themselves(self) -> None:
        open_ports = {name for name, told in shape.services().items() if told.get("ports")}

        assert open_ports == {"proxy", "grafana"}
        assert all(one.startswith("127.0.0.1:") for one in shape.services()["grafana"]["ports"])


class TestSecrets:
    def test_are_in_no_image(self) -> None:
        left_out = (BASE_DIR / ".dockerignore").read_text().splitlines()

        assert {".env", ".env.*", ".git", ".data"} <= set(left_out)

    def test_no_service_keeps_the_password_it_came_with(self) -> None:
        told = shape.services()["grafana"]["environment"]["GF_SECURITY_ADMIN_PASSWORD"]

        assert told == "${GRAFANA_PASSWORD:-${METRICS_TOKEN:-}}"


class TestCommands:
    @pytest.mark.parametrize("name", shape.OURS)
    def test_are_there(self, name: str) -> None:
        tool, *rest = shape.command(name)

        assert tool in TOOLS
        assert shutil.which(tool, path=Path(sys.executable).parent)
        if tool == "python":
            assert rest[0] == "manage.py"
            assert rest[1] in get_commands()
        if tool == "celery":
            assert import_string(f"{rest[rest.index('--app') + 1]}.app")

    def test_are_run_by_nobody_in_particular(self) -> None:
        assert shape.user() not in ("", "root", "0")

    def test_let_only_one_keep_the_calendar(self) -> None:
        keepers = [name for name in shape.OURS if "beat" in shape.command(name)]

        assert keepers == ["beat"]


class TestEnvironment:
    @pytest.mark.parametrize("name", shape.OURS)
    def test_tells_only_what_the_application_reads(self, name: str) -> None:
        told = shape.environment(name, GIVEN)

        assert set(told) - read_by_us() - OF_TOOLS == set()

    @pytest.mark.parametrize("name", GIVEN)
    def test_asks_for_what_nothing_can_be_invented_for(self, name: str) -> None:
        with pytest.raises(KeyError):
            shape.environment("web", {key: "x" for key in GIVEN if key != name})

    def test_hands_on_whatever_one_may_set(self) -> None:
        told = set(shape.environment("web", GIVEN))

        assert read_by_us() - told == OF_A_CHECKOUT

    @pytest.mark.parametrize("name", ["STRIPE_TIMEOUT_SECONDS", "API_CALLS_PER_MINUTE", "PROXIES"])
    def test_what_is_not_set_is_as_if_it_were_not_there(self, name: str) -> None:
        assert shape.environment("web", GIVEN)[name] == ""

    def test_takes_nothing_that_nobody_reads(self) -> None:
        assert shape.variables() - read_by_us() - OF_OTHERS == set()


class TestDocumentation:
    def test_has_every_variable_that_is_read(self) -> None:
        text = (BASE_DIR / "docs" / "running.md").read_text()
        tables = set(re.findall(r"`([A-Z][A-Z_]+)`", text))

        assert read_by_us() - tables == set()


def read_by_us() -> set[str]:
    """The variables that settings, commands and the embedded server read."""
    asked = re.compile(r"""(?:environ(?:\.get)?[\[(]|variables\.[a-z]+\()\s*"([A-Z_]+)["]""")
    files = [BASE_DIR / "backend" / "settings.py", *(BASE_DIR / "backend/embedded").glob("*.py")]
    found = {name for file in files for name in asked.findall(file.read_text())}
    # For tests of the embedded server alone, and Django's own.
    return found - {"MATTONE_PG_FAST", "DJANGO_SETTINGS_MODULE"}
