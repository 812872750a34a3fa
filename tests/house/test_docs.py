"""What the documents name is there: tests, files, commands of manage.py, targets of make."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

from backend.embedded import BASE_DIR
from tests import named

QUOTED = re.compile(r"`([^`\n]+)`")
TEST = re.compile(r"^(?:tests/[\w/]*)?test_\w+\.py(?:::\w+)*$")
FILE = re.compile(
    r"^(?:backend|campaigns|docs|investors|properties|tests|worker)/[\w/.-]*\.(?:md|py|sql|css|js|json|yml|typ|html)$"
)
COMMAND = re.compile(r"manage\.py (\w+)")
TARGET = re.compile(r"(?:^|[`\s(])make ([a-z][\w-]*)`")
PAGES = sorted(
    page.relative_to(BASE_DIR)
    for folder in ("", "docs", "backend", "campaigns", "investors", "properties", "worker", "tests")
    for page in (BASE_DIR / folder).glob("**/*.md" if folder else "*.md")
)


def told(page: Path) -> str:
    return (BASE_DIR / page).read_text(encoding="utf-8")


def quoted(page: Path, shape: re.Pattern[str]) -> Iterator[str]:
    return (each for each in QUOTED.findall(told(page)) if shape.match(each))


@cache
def bare(name: str) -> list[Path]:
    """The files of a test that is named without its folder."""
    return list((BASE_DIR / "tests").rglob(name))


def is_test(name: str) -> bool:
    file, *path = name.split("::")
    places = [BASE_DIR / file] if "/" in file else bare(file)
    names = ["::".join([str(place.relative_to(BASE_DIR)), *path]) for place in places]
    return any(place.is_file() for place in places) and any(named.is_there(each) for each in names)


@pytest.mark.parametrize("page", PAGES, ids=str)
class TestPage:
    def test_names_tests_that_are_there(self, page: Path) -> None:
        assert [each for each in quoted(page, TEST) if not is_test(each)] == []

    def test_names_files_that_are_there(self, page: Path) -> None:
        assert [each for each in quoted(page, FILE) if not (BASE_DIR / each).exists()] == []

    def test_names_commands_that_are_there(self, page: Path) -> None:
        assert [each for each in COMMAND.findall(told(page)) if each not in get_commands()] == []

    def test_names_targets_of_make_that_are_there(self, page: Path) -> None:
        made = (BASE_DIR / "Makefile").read_text(encoding="utf-8")

        wanted = set(TARGET.findall(told(page)))

        assert [each for each in wanted if not re.search(rf"^{each}:", made, re.M)] == []
