"""Tables that come and go as files: CSV or XLSX, in and out; bounded, and harmless in a spreadsheet.

What the columns mean is the reader's business. Cells are text: a date is ISO, a number has a point.
"""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any, TextIO

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook

from backend.core.errors import Refused

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 20_000, 60, 2_000
ZIP, DELIMITERS = b"PK\x03\x04", ";,\t"
# What a spreadsheet would take for a formula when it opens the file.
FORMULA = re.compile(r"^\s*[=+\-@|%\t\r]")
NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


class NotATable(Refused):
    code = "table.not_readable"


class TooLarge(Refused):
    code = "table.too_large"
    status = 413


@dataclass(frozen=True)
class Row:
    """A row by column name; `line` is where it stands in the file, the header being line 1."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: its rows are read once."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read(raw: bytes) -> Table:
    """Read a CSV (UTF-8 or Windows-1252; comma, semicolon or tab) or the first sheet of an XLSX.

    Empty rows are left out. Raises NotATable, TooLarge.
    """
    if len(raw) > MAX_BYTES:
        raise TooLarge(_("The file is too large."), max_bytes=MAX_BYTES)
    lines = _sheet(raw) if raw.startswith(ZIP) else _csv(raw)
    header = tuple(cell.strip() for cell in lines[0][1]) if lines else ()
    while header and not header[-1]:
        header = header[:-1]
    _refuse_bad(header, lines)
    return Table(header, tuple(_row(header, number, cells) for number, cells in lines[1:]))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV that no spreadsheet runs: a cell that looks like a formula is led by an apostrophe."""
    out = io.StringIO()
    csv_to(out, header, rows)
    return out.getvalue()


def csv_to(out: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write such a CSV row by row, so that its length costs no memory."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)


def sheets_to(out: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write an XLSX row by row; days and amounts stay what they are, texts are never formulas."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.append([harmless(name) for name in sheet.header])
        for row in sheet.rows:
            page.append([_cell(value) for value in row])
    book.save(out)


def _cell(value: object) -> object:
    return value if isinstance(value, dt.date | Decimal | int) else harmless(value)


def harmless(cell: object) -> str:
    """A cell as text that is shown and never computed; a plain negative number stays one."""
    text = "" if cell is None else str(cell)
    is_risky = FORMULA.match(text) and not NUMBER.match(text)
    return f"'{text}" if is_risky else text


# --- CSV ------------------------------------------------------------------------------------------

Lines = list[tuple[int, list[str]]]


def _csv(raw: bytes) -> Lines:
    text = _decoded(raw)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: Lines = []
    try:
        starts_at = 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((starts_at, cells))
            starts_at = reader.line_num + 1
            _refuse_many(lines)
    except csv.Error as problem:
        raise NotATable(
            _("Line %(line)s of the file cannot be read as a table.") % {"line": reader.line_num}
        ) from problem
    return lines


def _decoded(raw: bytes) -> str:
    if b"\0" in raw:
        raise NotATable(_("This is neither a CSV nor an XLSX file."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


# --- XLSX -----------------------------------------------------------------------------------------


def _sheet(raw: bytes) -> Lines:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise TooLarge(_("The file is too large."), max_bytes=MAX_UNPACKED_BYTES)
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        try:
            return _lines(book.worksheets[0])
        finally:
            book.close()
    except (KeyError, ValueError, IndexError, OSError, SyntaxError, zipfile.BadZipFile) as problem:
        raise NotATable(_("This is neither a CSV nor an XLSX file.")) from problem


def _lines(sheet: Any) -> Lines:
    lines: Lines = []
    rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
    for number, values in enumerate(rows, start=1):
        cells = [_text(value) for value in values]
        if any(cell.strip() for cell in cells):
            lines.append((number, cells))
        _refuse_many(lines)
        if number > 2 * MAX_ROWS:
            break
    return lines


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    if isinstance(value, float):
        # A spreadsheet keeps 1234.56 as the nearest binary fraction: fifteen digits are what it shows.
        return format(Decimal(f"{value:.15g}").normalize(), "f")
    return str(value)


# --- What is refused ------------------------------------------------------------------------------


def _row(header: tuple[str, ...], number: int, cells: Sequence[str]) -> Row:
    found = [cell.strip() for cell in cells]
    if any(found[len(header) :]):
        raise NotATable(
            _("Line %(line)s has more columns than the header.") % {"line": number}, line=number
        )
    if any(len(cell) > MAX_CELL or "\0" in cell for cell in found):
        raise NotATable(
            _("Line %(line)s of the file cannot be read as a table.") % {"line": number},
            line=number,
        )
    found += [""] * (len(header) - len(found))
    return Row(number, dict(zip(header, found, strict=False)))


def _refuse_many(lines: Lines) -> None:
    if len(lines) > MAX_ROWS + 1:
        raise TooLarge(_("A file holds at most %(rows)s rows.") % {"rows": MAX_ROWS})


def _refuse_bad(header: tuple[str, ...], lines: Lines) -> None:
    if not header or len(lines) < 2:
        raise NotATable(_("The file has no rows: the first line names the columns."))
    if len(header) > MAX_COLUMNS:
        raise TooLarge(_("A file holds at most %(columns)s columns.") % {"columns": MAX_COLUMNS})
    doubles = sorted({name for name in header if header.count(name) > 1 or not name})
    if doubles:
        raise NotATable(
            _("Every column needs a name of its own: look at “%(name)s”.") % {"name": doubles[0]}
        )
