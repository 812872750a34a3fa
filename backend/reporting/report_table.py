"""The figures of a report as a table: the reader's euros, then each figure with its formula and evidence."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.core import tables

HEADER = (
    "part", "number", "code", "name", "text", "value", "low", "high", "as_of", "behind", "before",
    "standard", "formula", "evidence", "version", "synthetic", "hash",
)  # fmt: skip
"""Money is in cents; what is withheld has neither value nor bounds, and says so in `text`."""


def as_csv(contents: Mapping[str, Any]) -> str:
    """One row each in the columns of HEADER, in the language of the report."""
    tail = (contents["version"], contents["synthetic"], contents["snapshot_hash"])
    rows = [*_money(contents), *_figures(contents)]
    return tables.write_csv(HEADER, ((*row, *tail) for row in rows))


def _money(contents: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    for code, cents in contents["money"].items():
        yield _row(contents, "money", code, cents)
    for holding in contents["holdings"]:
        for group in holding["groups"]:
            yield _row(contents, "homes", holding["campaign"], group["own_cents"], group["label"])


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
