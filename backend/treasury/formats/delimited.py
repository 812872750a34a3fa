"""A bank's table (CSV or XLSX) to values, by a layout that says what its columns mean. Pure.

A table has no balances of its own: a column with the running balance proves every row, or else the
person who hands it in writes the opening and the closing balance from the bank's page.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import tables
from backend.core.tables import Row
from backend.treasury.formats.values import bad, day, exact, given
from backend.treasury.parsed import (
    Incomplete,
    ParsedFile,
    ParsedLine,
    ParsedStatement,
    WrongSum,
)

NEEDED = ("booked_on",)
AMOUNTS = ("amount", "money_in", "money_out")
FIELDS = (
    "booked_on", "value_on", *AMOUNTS, "balance", "counterparty_name", "counterparty_iban", "text",
    "bank_id",
)  # fmt: skip
_NUMBER = {
    ",": re.compile(r"[+-]?(\d{1,3}([. ]\d{3})+|\d{1,12})(,\d{1,2})?", re.ASCII),
    ".": re.compile(r"[+-]?(\d{1,3}([, ]\d{3})+|\d{1,12})(\.\d{1,2})?", re.ASCII),
}


@dataclass(frozen=True)
class Layout:
    """Which column says what: our field to the bank's heading; the form of dates and numbers."""

    columns: dict[str, str]
    date_form: str = "%d/%m/%Y"
    decimal_mark: str = ","
    is_newest_first: bool = False


@dataclass(frozen=True)
class Balances:
    """What the person read off the bank's page, where the table has no running balance."""

    opening: Money | None = None
    closing: Money | None = None


@dataclass(frozen=True)
class Sheet:
    """A table handed in for an account, and how to read it."""

    iban: str
    currency: str
    layout: Layout
    balances: Balances = field(default_factory=Balances)


def read(raw: bytes, sheet: Sheet) -> ParsedFile:
    """The one statement of a table.

    Raises NotATable, and a StatementRefused that names line and column; WrongSum where the running
    balance does not follow.
    """
    table = tables.read(raw)
    _refuse_lacking(table.header, sheet.layout)
    rows = list(reversed(table.rows)) if sheet.layout.is_newest_first else list(table.rows)
    movements = [(row, _line(row, sheet)) for row in rows]
    balances = _balances(movements, sheet)
    lines = tuple(line for _row, line in movements)
    days = [line.booked_on for line in lines]
    statement = ParsedStatement(
        statement_id=f"{min(days)}/{max(days)}",
        iban=sheet.iban,
        from_on=min(days),
        to_on=max(days),
        opening=balances[0],
        closing=balances[1],
        lines=tuple(line for line in lines if line.amount.amount),
    )
    return ParsedFile(format="CSV", statements=(statement,))


def _refuse_lacking(header: Sequence[str], layout: Layout) -> None:
    wanted = [layout.columns[name] for name in layout.columns if layout.columns[name]]
    lacking = [name for name in wanted if name not in header]
    if lacking:
        raise Incomplete(
            _("The file has no column “%(name)s”: change the layout, or choose another file.")
            % {"name": lacking[0]},
            columns=list(header),
        )


def _line(row: Row, sheet: Sheet) -> ParsedLine:
    booked_on = _day(row, "booked_on", sheet.layout)
    has_value_date = bool(_cell(row, "value_on", sheet.layout))
    return ParsedLine(
        booked_on=booked_on,
        value_on=_day(row, "value_on", sheet.layout) if has_value_date else booked_on,
        amount=_amount(row, sheet),
        counterparty_name=_cell(row, "counterparty_name", sheet.layout),
        counterparty_iban=_cell(row, "counterparty_iban", sheet.layout).replace(" ", "").upper(),
        text=_cell(row, "text", sheet.layout),
        bank_id=given(_cell(row, "bank_id", sheet.layout)),
    )


def _amount(row: Row, sheet: Sheet) -> Money:
    """One signed column, or two of which one is filled; a minus before money out counts once."""
    layout = sheet.layout
    if layout.columns.get("amount"):
        return _number(row, "amount", sheet)
    money_in, money_out = (_cell(row, name, layout) for name in ("money_in", "money_out"))
    if bool(money_in) == bool(money_out):
        raise bad(_place(row, layout, "money_in"), f"{money_in} {money_out}".strip())
    if money_in:
        return _number(row, "money_in", sheet)
    return -abs(_number(row, "money_out", sheet))


def _balances(movements: list[tuple[Row, ParsedLine]], sheet: Sheet) -> tuple[Money, Money]:
    if sheet.layout.columns.get("balance"):
        return _proved(movements, sheet)
    if sheet.balances.opening is None or sheet.balances.closing is None:
        raise Incomplete(
            _("This table has no running balance: write the opening and the closing balance.")
        )
    return sheet.balances.opening, sheet.balances.closing


def _proved(movements: list[tuple[Row, ParsedLine]], sheet: Sheet) -> tuple[Money, Money]:
    """Opening and closing as the running balance says, proved row by row."""
    first, line = movements[0]
    opening = _number(first, "balance", sheet) - line.amount
    before = opening
    for row, moved in movements:
        told = _number(row, "balance", sheet)
        if before + moved.amount != told:
            difference = told - before - moved.amount
            raise WrongSum(
                _("Line %(line)s: the balance does not follow. Difference: %(difference)s.")
                % {"line": row.line, "difference": difference},
                line=row.line,
                difference=str(difference.amount),
            )
        before = told
    return opening, before


def _number(row: Row, name: str, sheet: Sheet) -> Money:
    written = _cell(row, name, sheet.layout).replace("\u00a0", " ").replace("€", "").strip()
    mark = sheet.layout.decimal_mark
    place = _place(row, sheet.layout, name)
    if not _NUMBER[mark].fullmatch(written):
        raise bad(place, written)
    plain = written.replace(" ", "").replace("." if mark == "," else ",", "").replace(mark, ".")
    return exact(Decimal(plain), sheet.currency, place)


def _day(row: Row, name: str, layout: Layout) -> dt.date:
    return day(_cell(row, name, layout), layout.date_form, _place(row, layout, name))


def _cell(row: Row, name: str, layout: Layout) -> str:
    return row.cells.get(layout.columns.get(name, ""), "").strip()


def _place(row: Row, layout: Layout, name: str) -> str:
    return f"line {row.line}, {layout.columns.get(name, name)}"
