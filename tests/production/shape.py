"""What docker-compose.yml and the Dockerfile say: services, commands, environments, filled in."""

import functools
import json
import re
from pathlib import Path
from typing import Any

import yaml

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DOCKERFILE = BASE_DIR / "backend" / "Dockerfile"
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?:(?P<sign>:[-?])(?P<rest>[^}]*))?\}")
OURS = ("migrate", "web", "worker", "beat", "backup-log", "backup-base")


@functools.cache
def compose() -> dict[str, Any]:
    """The compose file, its anchors resolved."""
    told: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
    return told


def services() -> dict[str, dict[str, Any]]:
    """Every service by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def variables() -> set[str]:
    """The names that the file takes from whoever runs it."""
    text = (BASE_DIR / "docker-compose.yml").read_text()
    return {found["name"] for found in VARIABLE.finditer(text)}


def command(service: str) -> list[str]:
    """What a service of ours runs: its own command, else that of the image."""
    own = services()[service].get("command")
    return list(own or json.loads(_line("CMD")))


def environment(service: str, given: dict[str, str]) -> dict[str, str]:
    """What a service is told, with what is given in place of `${...}`, over the image's own."""
    image = dict(part.split("=", 1) for part in _line("ENV").split())
    told = services()[service].get("environment", {})
    return image | {name: filled(str(value), given) for name, value in told.items()}


def filled(text: str, given: dict[str, str]) -> str:
    """A text as compose reads it. KeyError for what is asked for and not given."""

    def fill(found: re.Match[str]) -> str:
        if found["sign"] == ":-":
            return given.get(found["name"]) or found["rest"]
        return given[found["name"]]

    return VARIABLE.sub(fill, text)


def user() -> str:
    """The user under whom the image runs."""
    return _line("USER")


def _line(word: str) -> str:
    lines = DOCKERFILE.read_text().splitlines()
    (found,) = [line.removeprefix(word).strip() for line in lines if line.startswith(f"{word} ")]
    return found
