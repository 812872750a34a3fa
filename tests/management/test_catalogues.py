"""The catalogues: what is gathered, what is kept, what is complained of."""

from pathlib import Path

import pytest

from backend.management import catalogues

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

NAME = _("A home")
LONG = _("A sentence that "
         "goes on")
def count(n): return ngettext("%(n)d home", "%(n)d homes", n)
OPEN = pgettext("a shop", "Open")
"""
TEMPLATE = """
{% load i18n %}
  <p title="it's">{% translate "Hello" %}</p>
{% if x %}{% blocktranslate trimmed with name=x %}
    Dear {{ name }},
    welcome
{% endblocktranslate %}{% endif %}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with a module and a template."""
    folder = tmp_path / "homes"
    (folder / "templates").mkdir(parents=True)
    (folder / "names.py").write_text(PYTHON)
    (folder / "templates" / "page.html").write_text(TEMPLATE)
    return folder


def translate(package: Path, **texts: str) -> None:
    """Write Italian into the catalogue by hand, as a person would."""
    file = package / "locale" / "it" / "LC_MESSAGES" / "django.po"
    text = file.read_text()
    for english, italian in texts.items():
        msgid = english.replace("_", " ")
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{italian}"')
    file.write_text(text)


def kinds(package: Path) -> dict[str, str]:
    return {problem.text: problem.kind for problem in catalogues.problems(package)}


class TestGather:
    def test_finds_the_texts_of_code_and_templates(self, package: Path) -> None:
        texts = catalogues.gather(package)

        assert set(texts) == {
            ("", "A home"),
            ("", "A sentence that goes on"),
            ("", "%(n)d home"),
            ("a shop", "Open"),
            ("", "Hello"),
            ("", "Dear %(name)s, welcome"),
        }

    def test_knows_plurals_and_the_files_they_stand_in(self, package: Path) -> None:
        found = catalogues.gather(package)[("", "%(n)d home")]

        assert found.plural == "%(n)d homes"
        assert found.files == {"homes/names.py"}


class TestUpdate:
    def test_counts_what_has_no_translation(self, package: Path) -> None:
        assert catalogues.update(package) == 6

    def test_keeps_what_was_translated_and_writes_the_same_twice(self, package: Path) -> None:
        catalogues.update(package)
        translate(package, Hello="Ciao", A_home="Una casa")
        catalogues.update(package)
        first = {file: file.read_bytes() for file in package.rglob("*.?o")}

        assert catalogues.update(package) == 4
        assert {file: file.read_bytes() for file in package.rglob("*.?o")} == first

    def test_keeps_a_vanished_text_until_it_is_pruned(self, package: Path) -> None:
        catalogues.update(package)
        translate(package, Hello="Ciao")
        page = package / "templates" / "page.html"
        page.write_text("")
        catalogues.update(package)
        page.write_text(TEMPLATE)
        catalogues.update(package)

        assert "Hello" not in kinds(package)

    def test_forgets_a_vanished_text_when_asked(self, package: Path) -> None:
        catalogues.update(package)
        translate(package, Hello="Ciao")
        (package / "templates" / "page.html").write_text("")

        catalogues.update(package, prune=True)

        assert "Hello" not in kinds(package)


class TestProblems:
    def test_name_every_text_without_italian(self, package: Path) -> None:
        catalogues.update(package)

        assert set(kinds(package).values()) == {"no translation"}
        assert len(kinds(package)) == 6

    def test_name_a_placeholder_that_got_lost(self, package: Path) -> None:
        catalogues.update(package)
        file = next(package.rglob("*.po"))
        english = '"Dear %(name)s, welcome"\nmsgstr "'
        file.write_text(file.read_text().replace(english, english + "Benvenuti"))

        assert kinds(package)["Dear %(name)s, welcome"] == "placeholders differ"

    def test_name_a_vanished_text_and_a_stale_compilation(self, package: Path) -> None:
        catalogues.update(package)
        translate(package, A_home="Una casa")
        (package / "templates" / "page.html").write_text("")

        found = kinds(package)

        assert found["Hello"].startswith("obsolete")
        assert found["django.mo: run make translations"] == "stale"
