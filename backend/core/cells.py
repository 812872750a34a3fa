"""What the cells of a table mean: each column with its names, whether it is needed, how it is read. Pure.

`read` gives the rows that can be read and every fault of the others, with line and column, so that
somebody can mend the file. What a row then does is the reader's business.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from backend.core.errors import RuleBroken
from backend.core.money import CENT
from backend.core.money import euro as exact_euro
from backend.core.tables import Row, Table

# One separator with its decimals, or both kinds: 1.234 alone might be a thousand or one and a bit.
PLAIN = re.compile(r"^-?\d{1,12}([.,]\d{1,2})?$", re.ASCII)
ITALIAN = re.compile(r"^-?\d{1,3}(\.\d{3})+,\d{1,2}$", re.ASCII)
ENGLISH = re.compile(r"^-?\d{1,3}(,\d{3})+\.\d{1,2}$", re.ASCII)
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
LANGUAGES = ("it", "en")


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row; an empty `field` means the row, line 1 means the header."""

    line: int
    field: str
    sentence: str


@dataclass(frozen=True)
class Column:
    """A column of a file: its name and other names it goes by, and how a cell of it is read."""

    name: str
    read: Callable[[str], Any]
    is_needed: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """A row that could be read: its values by column; what was left empty is not among them."""

    line: int
    values: Mapping[str, Any]


class Unreadable(Exception):
    """A cell that cannot be read, with the sentence that says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read(*, table: Table, columns: Sequence[Column]) -> tuple[list[Read], list[Fault]]:
    """The rows of a table and all that is wrong in it, in the order of its lines.

    With a header that lacks a needed column, or has one that is not known, no row is read.
    """
    by_header, faults = _header(table.header, columns)
    if faults:
        return [], faults
    rows: list[Read] = []
    for row in table.rows:
        values, wrong = _row(row, by_header)
        faults += wrong
        if not wrong:
            rows.append(Read(row.line, values))
    return rows, faults


def _header(
    header: Sequence[str], columns: Sequence[Column]
) -> tuple[dict[str, Column], list[Fault]]:
    names = {name: column for column in columns for name in (column.name, *column.also)}
    found = {each: names[each.lower()] for each in header if each.lower() in names}
    unknown = [each for each in header if each not in found]
    present = [column.name for column in found.values()]
    lacks = [one.name for one in columns if one.is_needed and one.name not in present]
    twice = {name for name in present if present.count(name) > 1}
    faults = [Fault(1, name, str(_("This column is not known."))) for name in unknown]
    faults += [Fault(1, name, str(_("This column is missing."))) for name in lacks]
    faults += [Fault(1, name, str(_("This column stands there twice."))) for name in sorted(twice)]
    return found, faults


def _row(row: Row, by_header: Mapping[str, Column]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for header, column in by_header.items():
        text = row.cells.get(header, "").strip()
        try:
            if text:
                values[column.name] = column.read(text)
            elif column.is_needed:
                raise Unreadable(_("This is needed."))
        except (Unreadable, RuleBroken) as problem:
            faults.append(Fault(row.line, column.name, str(problem.sentence)))
    return values, faults


# --- How cells are read ------------------------------------------------------------------------------


def text(longest: int) -> Callable[[str], str]:
    """A text of so many letters at most."""

    def read_text(cell: str) -> str:
        if len(cell) > longest:
            raise Unreadable(_("This has more than %(longest)s letters.") % {"longest": longest})
        return cell

    return read_text


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number in a range."""

    def read_whole(cell: str) -> int:
        if not re.fullmatch(r"\d{1,9}", cell, re.ASCII) or not least <= int(cell) <= most:
            span = {"least": least, "most": most}
            raise Unreadable(_("Write a whole number from %(least)s to %(most)s.") % span)
        return int(cell)

    return read_whole


def decimal(most: int, *, or_zero: bool = False) -> Callable[[str], Decimal]:
    """A number above zero with two decimals at most, as people of either language write it."""

    def read_decimal(cell: str) -> Decimal:
        number = _number(cell)
        if or_zero and number == 0:
            return Decimal(0)
        if number is None or not 0 < number <= most:
            raise Unreadable(_("Write a number such as 62.5, above zero."))
        return number

    return read_decimal


def one_of(choices: Mapping[str, str | Promise]) -> Callable[[str], str]:
    """One of some codes, or of what they are called in either language."""

    @cache
    def codes() -> dict[str, str]:
        return {name: code for code, label in choices.items() for name in _names(code, label)}

    def read_choice(cell: str) -> str:
        if cell.lower() in codes():
            return codes()[cell.lower()]
        known = ", ".join(choices)
        raise Unreadable(_("This word is not known; write one of: %(known)s.") % {"known": known})

    return read_choice


def day(cell: str) -> dt.date:
    """A day: 2026-03-31 or 31/03/2026."""
    for form in DAYS:
        try:
            found = dt.datetime.strptime(cell, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if 1900 <= found.year < 2200:
            return found
    raise Unreadable(_("Write a day, such as 2026-12-31 or 31/12/2026."))


def euro(cell: str) -> Any:
    """An amount of euro above zero."""
    number = _number(cell.replace("€", "").strip())
    if number is None or number <= 0 or number != number.quantize(CENT):
        raise Unreadable(_("Write an amount, such as 500 or 1250.50."))
    return exact_euro(number)


def _number(cell: str) -> Decimal | None:
    if ITALIAN.match(cell):
        return Decimal(cell.replace(".", "").replace(",", "."))
    if ENGLISH.match(cell):
        return Decimal(cell.replace(",", ""))
    return Decimal(cell.replace(",", ".")) if PLAIN.match(cell) else None


def _names(code: str, label: str | Promise) -> set[str]:
    found = {code.lower()}
    for language in LANGUAGES:
        with override(language):
            found.add(str(label).lower())
    return found
