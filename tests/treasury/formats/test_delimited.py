"""Tables of a bank: columns by a layout, Italian and English numbers, a balance that must follow."""

import datetime as dt
from dataclasses import replace

import pytest
from djmoney.money import Money

from backend.core.money import euro
from backend.core.tables import NotATable
from backend.treasury import bank_statements
from backend.treasury.formats.delimited import Balances, Layout, Sheet
from backend.treasury.parsed import BadValue, Incomplete, ParsedStatement, WrongSum
from tests.treasury.files import IBAN

COLUMNS = {
    "booked_on": "Data",
    "value_on": "Valuta",
    "amount": "Importo",
    "balance": "Saldo",
    "counterparty_name": "Ordinante",
    "text": "Causale",
}
SHEET = Sheet(IBAN, "EUR", Layout(COLUMNS))
HEAD = "Data;Valuta;Importo;Saldo;Ordinante;Causale\n"
FIRST = "01/04/2026;02/04/2026;1.234,56;2.234,56;Anna Verdi;RF18539007547034\n"
SECOND = "03/04/2026;03/04/2026;-34,56;2.200,00;;Commissioni\n"


def read(text: str, sheet: Sheet = SHEET) -> ParsedStatement:
    return bank_statements.parse(text.encode(), sheet).statements[0]


def balances(opening: str, closing: str) -> Balances:
    return Balances(Money(opening, "EUR"), Money(closing, "EUR"))


class TestRead:
    def test_reads_italian_numbers_and_days(self) -> None:
        only = read(HEAD + FIRST + SECOND)

        assert [line.amount for line in only.lines] == [euro("1234.56"), euro("-34.56")]
        assert (only.opening, only.closing) == (euro("1000.00"), euro("2200.00"))
        assert only.lines[0].value_on == dt.date(2026, 4, 2)
        assert only.lines[0].counterparty_name == "Anna Verdi"

    def test_reads_the_newest_first(self) -> None:
        turned = replace(SHEET, layout=replace(SHEET.layout, is_newest_first=True))

        assert read(HEAD + SECOND + FIRST, turned) == read(HEAD + FIRST + SECOND)

    def test_reads_two_columns_of_amounts(self) -> None:
        columns = {"booked_on": "Date", "money_in": "In", "money_out": "Out", "text": "Text"}
        layout = Layout(columns, "%Y-%m-%d", ".")
        sheet = Sheet(IBAN, "EUR", layout, balances("0", "88.50"))

        only = read('Date,In,Out,Text\n2026-04-01,"1,100.00",,a\n2026-04-02,,-1011.50,b\n', sheet)

        assert [line.amount for line in only.lines] == [euro("1100"), euro("-1011.50")]

    def test_leaves_out_messages_of_nothing(self) -> None:
        only = read(HEAD + FIRST + "04/04/2026;;0,00;2.234,56;;avviso\n")

        assert len(only.lines) == 1


class TestRefusal:
    def test_of_a_balance_that_does_not_follow_names_the_line(self) -> None:
        with pytest.raises(WrongSum) as refused:
            read(HEAD + FIRST + SECOND.replace("2.200,00", "2.200,01"))

        assert refused.value.facts == {"line": 3, "difference": "0.01"}

    def test_of_typed_balances_that_do_not_fit(self) -> None:
        columns = {name: COLUMNS[name] for name in ("booked_on", "amount")}
        sheet = Sheet(IBAN, "EUR", Layout(columns), balances("1000.00", "2200.01"))

        with pytest.raises(WrongSum):
            read(HEAD + FIRST + SECOND, sheet)

    def test_of_a_table_without_any_balance(self) -> None:
        columns = {name: COLUMNS[name] for name in ("booked_on", "amount")}

        with pytest.raises(Incomplete):
            read(HEAD + FIRST, Sheet(IBAN, "EUR", Layout(columns)))

    @pytest.mark.parametrize("wrong", ["", "n/a", "12,345", "1,234.56", "1.23,4", "٣,00", "1e3"])
    def test_of_an_amount_that_is_none_names_line_and_column(self, wrong: str) -> None:
        with pytest.raises(BadValue) as refused:
            read(HEAD + FIRST.replace("1.234,56", wrong))

        assert refused.value.facts["place"] == "line 2, Importo"

    @pytest.mark.parametrize("wrong", ["31/02/2026", "01/04/0026", "2026-04-01", ""])
    def test_of_a_day_that_is_none(self, wrong: str) -> None:
        with pytest.raises(BadValue):
            read(HEAD + FIRST.replace("01/04/2026", wrong))

    def test_of_another_banks_table_says_which_column_it_lacks(self) -> None:
        with pytest.raises(Incomplete) as refused:
            read("Date,Amount\n2026-04-01,1.00\n")

        assert refused.value.facts["columns"] == ["Date", "Amount"]

    def test_of_what_is_no_table(self) -> None:
        with pytest.raises(NotATable):
            read("\0\1\2")
