"""The message catalogues: gathered, compared and compiled without the gettext binary.

The msgid is English; each package carries the Italian of its own texts in locale/it/LC_MESSAGES.
What is written holds no date and no line number, so that two people's changes rarely meet.
"""

import datetime as dt
import gettext
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from backend.embedded import BASE_DIR

PACKAGES = tuple(BASE_DIR / name for name in ("backend", "campaigns", "investors", "properties"))
LANGUAGE = "it"
TEMPLATE_SUFFIXES = (".html", ".txt")
HEADER = """\
msgid ""
msgstr ""
"Language: it\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
A_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str, str]


@dataclass
class Found:
    """A text in the code: its plural, if it has one, and the files it stands in."""

    plural: str = ""
    files: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Problem:
    package: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.package}: {self.kind}: {self.text!r}"


def update(package: Path, *, prune: bool = False) -> int:
    """Gather a package's texts into its catalogue, keep what was translated, and compile it.

    A text that vanished is kept as obsolete (it may come back with the next change) until pruned.
    Returns how many texts have no translation yet.
    """
    known = _known(package)
    texts = gather(package)
    catalogue = Catalog(locale=LANGUAGE)
    for (context, single), found in texts.items():
        before = known.pop((context, single), None)
        catalogue.add(
            (single, found.plural) if found.plural else single,
            _translation(before, found),
            locations=_locations(found),
            flags=before.flags & {"fuzzy"} if before else (),
            context=context or None,
        )
    for message in [] if prune else known.values():
        if any(_strings(message)):
            catalogue.obsolete[_key(message)[1]] = message
    _write(package, catalogue)
    return sum(1 for message in catalogue if message.id and not all(_strings(message)))


def problems(package: Path) -> Iterator[Problem]:
    """What keeps a package's Italian from being whole and fresh."""
    catalogue, texts = _read(package), gather(package)
    known = {_key(message): message for message in catalogue if message.id}
    for key in texts:
        message = known.get(key)
        if message is None or not all(_strings(message)):
            yield Problem(package.name, "no translation", key[1])
        elif "fuzzy" in message.flags:
            yield Problem(package.name, "fuzzy", key[1])
        elif not _placeholders_match(message):
            yield Problem(package.name, "placeholders differ", key[1])
    obsolete = [message for key, message in known.items() if key not in texts]
    for message in [*obsolete, *catalogue.obsolete.values()]:
        yield Problem(package.name, "obsolete (translations --update --prune)", _key(message)[1])
    if _compiled(_mo(package)) != _compiled(_mo_bytes(catalogue)):
        yield Problem(package.name, "stale", f"{_mo(package).name}: run make translations")


def gather(package: Path) -> dict[Key, Found]:
    """Every translatable text of a package, in order."""
    texts: dict[Key, Found] = {}
    for file in sorted(package.rglob("*")):
        if _is_read(file):
            for key, found in _texts(file):
                known = texts.setdefault(key, Found())
                known.plural = known.plural or found.plural
                known.files.add(file.relative_to(package.parent).as_posix())
    return dict(sorted(texts.items()))


def _is_read(file: Path) -> bool:
    if file.suffix == ".py":
        return "migrations" not in file.parts
    return file.suffix in TEMPLATE_SUFFIXES and "templates" in file.parts


def _texts(file: Path) -> Iterator[tuple[Key, Found]]:
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # What templatize leaves is Python in nothing but its calls; indentation has no meaning.
        lines = templatize(source, origin=str(file)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    rows = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in rows:
        single, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        yield (context or "", single), Found(plural)


def _locations(found: Found) -> Any:
    # Without line numbers, which Babel's own types do not foresee.
    return [(file, None) for file in sorted(found.files)]


def _known(package: Path) -> dict[Key, Message]:
    catalogue = _read(package)
    rows = [*catalogue.obsolete.values(), *(message for message in catalogue if message.id)]
    return {_key(message): message for message in rows}


def _key(message: Message) -> Key:
    single = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", single)


def _translation(before: Message | None, found: Found) -> str | tuple[str, ...]:
    strings = _strings(before) if before else ()
    if found.plural:
        return (*strings, "", "")[:2]
    return strings[0] if strings else ""


def _strings(message: Message) -> tuple[str, ...]:
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)


def _placeholders_match(message: Message) -> bool:
    """The last form says what the last msgid says; a singular may leave its number out."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    strings = _strings(message)
    allowed = _placeholders(ids)
    return _placeholders(strings) <= allowed and _placeholders(strings[-1:]) == _placeholders(
        ids[-1:]
    )


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {found for text in texts for found in PLACEHOLDER.findall(text)}


def _folder(package: Path) -> Path:
    return package / "locale" / LANGUAGE / "LC_MESSAGES"


def _mo(package: Path) -> Path:
    return _folder(package) / "django.mo"


def _read(package: Path) -> Catalog:
    file = _folder(package) / "django.po"
    text = file.read_bytes() if file.exists() else HEADER.encode()
    return read_po(io.BytesIO(text), locale=LANGUAGE)


def _write(package: Path, catalogue: Catalog) -> None:
    body = io.BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, sort_output=True)
    _folder(package).mkdir(parents=True, exist_ok=True)
    text = HEADER.encode() + body.getvalue().strip() + b"\n"
    (_folder(package) / "django.po").write_bytes(text)
    # Compiled from what was written, so that both say the same.
    _mo(package).write_bytes(_mo_bytes(_read(package)))


def _mo_bytes(catalogue: Catalog) -> bytes:
    # Babel would write today's date: the same texts must make the same file.
    catalogue.creation_date = catalogue.revision_date = A_DAY
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _compiled(source: Path | bytes) -> dict[object, str]:
    """The texts of a compiled catalogue, without its header, which names Babel's version."""
    if isinstance(source, Path):
        if not source.exists():
            return {}
        source = source.read_bytes()
    catalogue: dict[object, str] = vars(gettext.GNUTranslations(io.BytesIO(source)))["_catalog"]
    return {key: text for key, text in catalogue.items() if key != ""}
