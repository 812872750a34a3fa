"""The layout that the README's map promises, and links that lead somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from backend.embedded import BASE_DIR

TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".gitignore",
    ".typings",
    "LICENSE",
    "Makefile",
    "README.md",
    "backend",
    "campaigns",
    "docker-compose.yml",
    "docs",
    "investors",
    "manage.py",
    "properties",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
    "tests",
    "worker",
}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def tracked() -> list[Path]:
    command = ["git", "-C", str(BASE_DIR), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listed.split("\0") if name]


def documents() -> list[Path]:
    skipped = {".venv", ".data", "node_modules"}
    found = [file.relative_to(BASE_DIR) for file in BASE_DIR.rglob("*.md")]
    return sorted(file for file in found if not skipped & set(file.parts))


class TestTopLevel:
    @pytest.mark.skipif(not (BASE_DIR / ".git").exists(), reason="not a git checkout")
    def test_holds_what_the_map_names_and_nothing_else(self) -> None:
        assert {file.parts[0] for file in tracked()} == TOP_LEVEL

    def test_requirements_name_no_index_and_no_place(self) -> None:
        for file in ("requirements.txt", "requirements-dev.txt"):
            text = (BASE_DIR / file).read_text()

            assert not re.search(r"^-(?!-hash)|://|@ |file:/", text, re.MULTILINE), file
            assert "--hash=sha256:" in text


class TestLinks:
    @pytest.mark.parametrize("file", documents(), ids=str)
    def test_lead_to_a_file(self, file: Path) -> None:
        text = (BASE_DIR / file).read_text()
        links = [link.partition("#")[0] for link in LINK.findall(text)]
        inside = [link for link in links if link and "://" not in link and "mailto:" not in link]

        dead = [link for link in inside if not (BASE_DIR / file.parent / link).exists()]

        assert dead == []
