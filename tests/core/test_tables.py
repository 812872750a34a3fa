"""Tables as files: what comes in is bounded and told by line, what goes out never computes."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from backend.core import tables


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestRead:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_a_csv_with_any_usual_delimiter(self, delimiter: str) -> None:
        raw = f"order{delimiter}amount\r\nA1{delimiter}500\r\n".encode()

        table = tables.read(raw)

        assert table.header == ("order", "amount")
        assert table.rows == (tables.Row(2, {"order": "A1", "amount": "500"}),)

    def test_accents_of_utf8_and_of_windows(self) -> None:
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            raw = "nome;città\nNiccolò;Forlì\n".encode(encoding)

            assert tables.read(raw).rows[0].cells == {"nome": "Niccolò", "città": "Forlì"}

    def test_lines_are_counted_as_an_editor_counts_them(self) -> None:
        raw = b'a;b\n\n"two\nlines";1\n\nlast;2\n'

        assert [row.line for row in tables.read(raw).rows] == [3, 6]

    def test_an_xlsx_gives_text_dates_and_exact_numbers(self) -> None:
        raw = xlsx(["id", "amount", "on"], ["A1", 1234.56, dt.date(2026, 3, 1)], [None], ["A2"])

        rows = tables.read(raw).rows

        assert rows[0].cells == {"id": "A1", "amount": "1234.56", "on": "2026-03-01"}
        assert rows[1] == tables.Row(4, {"id": "A2", "amount": "", "on": ""})

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"only;a;header\n",
            b"a;a\n1;2\n",
            b"a;b\n1;2;3\n",
            b'a;b\n"open;2\n',
            b"PK\x03\x04 not a zip",
            b"\0\1\2",
            b"a;b\n" + b"x" * 3000 + b";1\n",
        ],
    )
    def test_what_is_no_table_is_refused(self, raw: bytes) -> None:
        with pytest.raises(tables.NotATable):
            tables.read(raw)

    def test_too_much_is_refused(self) -> None:
        with pytest.raises(tables.TooLarge):
            tables.read(b"a\n" + b"1\n" * (tables.MAX_ROWS + 1))
        with pytest.raises(tables.TooLarge):
            tables.read(b"x" * (tables.MAX_BYTES + 1))

    def test_an_archive_that_unpacks_without_end_is_refused(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/workbook.xml", b"0" * (tables.MAX_UNPACKED_BYTES + 1))

        with pytest.raises(tables.TooLarge):
            tables.read(out.getvalue())


class TestWriteCsv:
    @pytest.mark.parametrize(
        "cell", ["=1+1", "+39", "-x", "@SUM(A1)", "\t=1", " =HYPERLINK(1)", "|x"]
    )
    def test_a_formula_is_only_shown(self, cell: str) -> None:
        assert tables.harmless(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["-500.00", "500", "Ada", "", "2026-01-01"])
    def test_plain_cells_stay_as_they_are(self, cell: str) -> None:
        assert tables.harmless(cell) == cell

    @given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=8))
    def test_whatever_is_written_reads_as_no_formula(self, rows: list[list[str]]) -> None:
        written = tables.write_csv(["a", "b"], rows)

        back = list(csv.reader(io.StringIO(written, newline="")))[1:]
        assert len(back) == len(rows)
        cells = [cell for row in back for cell in row]
        assert all(cell == tables.harmless(cell) for cell in cells)
