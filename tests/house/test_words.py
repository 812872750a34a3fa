"""One English text has one Italian: the catalogues of all packages are merged when a page is shown."""

import io
import re
from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po

from backend.management.catalogues import LANGUAGE, PACKAGES
from backend.settings import BASE_DIR

# Names that the gathering of texts does not know: what is asked for by them stays English.
UNKNOWN_NAME = re.compile(r"\bn?p?gettext(?:_lazy|_noop)? as (?!_\b)\w+")


def _italian() -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for package in PACKAGES:
        file = Path(BASE_DIR, package, "locale", LANGUAGE, "LC_MESSAGES", "django.po")
        for message in read_po(io.BytesIO(file.read_bytes()), locale=LANGUAGE):
            if message.id and message.string:
                key = (message.context or "", str(message.id))
                found[key][str(package)] = str(message.string)
    return found


class TestCatalogues:
    def test_no_text_is_said_in_two_ways(self) -> None:
        several = {key: said for key, said in _italian().items() if len(set(said.values())) > 1}

        assert not several, "the first package wins: say it alike, or write another English text"


class TestGathering:
    def test_every_text_is_asked_for_by_a_name_that_is_gathered(self) -> None:
        files = [file for package in PACKAGES for file in Path(BASE_DIR, package).rglob("*.py")]

        assert [file for file in files if UNKNOWN_NAME.search(file.read_text())] == []
