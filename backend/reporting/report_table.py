"""A report as a table: the reader's euros and share, homes, what went worse, the year, each figure with its
formula and evidence, and what homes cost and bring. Page, PDF and table say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.core import tables

HEADER = (
    "part", "number", "code", "name", "text", "value", "low", "high", "as_of", "behind", "before",
    "standard", "formula", "evidence", "k", "version", "synthetic", "hash",
)  # fmt: skip
"""Money is in cents; what is withheld has neither value nor bounds, and says so in `text`.

`part` is money, homes, worse, year (words under a heading), targets, goals, figures, economy or about.
"""


def as_csv(contents: Mapping[str, Any]) -> str:
    """One row each in the columns of HEADER, in the language of the report."""
    marks = ("k", "version", "synthetic", "snapshot_hash")
    tail = tuple(contents.get(mark, "") for mark in marks)
    rows = [
        *_money(contents),
        *_said(contents),
        *_figures(contents),
        *_economy(contents),
        *_words(contents, "about", [["", contents["review"]], ["", contents["restates"]]]),
    ]
    return tables.write_csv(HEADER, ((*row, *tail) for row in rows))


def _money(contents: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    for code, cents in contents["money"].items():
        yield _row(contents, "money", code, cents)
    for holding in contents["holdings"]:
        for group in holding["groups"]:
            yield _row(contents, "homes", holding["campaign"], group["own_cents"], group["label"])
    if contents["share"]:
        yield _words_row(contents, "money", "", contents["share"], code="share")


def _said(contents: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    """What went worse, and of a year its headings, targets and goals."""
    yield from _words(contents, "worse", [["", sentence] for sentence in contents["worse"]])
    if year := contents["year"]:
        yield from _words(contents, "year", year["headings"])
        yield from _words(contents, "targets", (year["targets"] or {}).get("rows", []))
        yield from _words(
            contents, "targets", [["", sentence] for sentence in year.get("set_late", [])]
        )
        yield from _words(contents, "goals", year["ahead"])


def _economy(contents: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    economy = contents["economy"]
    notes = [["", sentence] for sentence in economy["notes"]]
    yield from _words(contents, "economy", [*economy["rows"], *notes])


def _words(
    contents: Mapping[str, Any], part: str, rows: Iterable[Sequence[str]]
) -> Iterable[tuple[Any, ...]]:
    for name, text in rows:
        if text:
            yield _words_row(contents, part, name, text)


def _words_row(
    contents: Mapping[str, Any], part: str, name: str, text: str, *, code: str = ""
) -> tuple[Any, ...]:
    return (part, "", code, name, text, *[""] * 3, contents["as_of"], *[""] * 5)


def _row(
    contents: Mapping[str, Any], part: str, code: str, cents: int, name: str = ""
) -> tuple[Any, ...]:
    return (part, "", code, name, "", cents, "", "", contents["as_of"], *[""] * 5)


def _figures(contents: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    for each in contents["figures"]:
        shown = each["shown"]
        yield (
            "figures",
            *(each[key] for key in ("number", "code", "name", "text")),
            *("" if shown[key] is None else shown[key] for key in ("value", "low", "high")),
            contents["as_of"],
            each.get("behind", ""),
            each.get("before", ""),
            each["standard"],
            each["formula"],
            each.get("evidence", ""),
        )
