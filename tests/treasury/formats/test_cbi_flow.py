"""The Italian fixed-width flow: positions, comma, ddmmyy, notes; and every way to be damaged."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro, from_cents
from backend.treasury import bank_statements
from backend.treasury.parsed import BadValue, CutOff, Incomplete, StatementRefused, WrongSum
from tests.treasury.files import IBAN


@dataclass(frozen=True)
class Moved:
    """A record 62 with its notes; the amount in cents, signed."""

    cents: int
    text: str = ""
    bank_id: str = "0000000000000000"
    notes: tuple[str, ...] = ()


def flow(*moved: Moved, opening: int = 100_00, closing: int | None = None) -> bytes:
    """A flow of one account's day, as a bank writes it."""
    ends_at = opening + sum(each.cents for each in moved) if closing is None else closing
    records = [_at(" RH0542812345010426FLUSSO1"), _first(opening)]
    for number, each in enumerate(moved, start=1):
        records += _moved(number, each)
    records.append(_at(f" 640000001EUR010426{_amount(ends_at)}{_amount(ends_at)}"))
    count = len(records) + 1
    records.append(_at(_at(" EF0542812345010426FLUSSO1", 82) + f"{count:07d}"))
    return "\r\n".join(records).encode("latin-1")


def _first(opening: int) -> str:
    head = _at(" 610000001", 51) + IBAN[4] + IBAN[5:10] + IBAN[10:15] + IBAN[15:]
    return _at(f"{head}EUR010426{_amount(opening)}{IBAN[:4]}")


def _moved(number: int, each: Moved) -> list[str]:
    mark = f"0000001{number:03d}"
    head = f" 62{mark}020426010426{_amount(each.cents)}48  "
    records = [_at(_at(head, 61) + each.bank_id.ljust(16) + " " * 9 + each.text)]
    return records + [_at(f" 63{mark}{note}") for note in each.notes]


def _amount(cents: int) -> str:
    euros, rest = divmod(abs(cents), 100)
    return f"{'D' if cents < 0 else 'C'}{euros:012d},{rest:02d}"


def _at(text: str, width: int = 120) -> str:
    return text.ljust(width)[:width]


class TestRead:
    def test_reads_account_days_and_balances(self) -> None:
        only = bank_statements.parse(flow(Moved(500_00), Moved(-12_50))).statements[0]

        assert (only.iban, only.opening, only.closing) == (IBAN, euro("100"), euro("587.50"))
        assert [line.amount for line in only.lines] == [euro("500.00"), euro("-12.50")]
        assert only.lines[0].booked_on == dt.date(2026, 4, 1)
        assert only.lines[0].value_on == dt.date(2026, 4, 2)

    def test_reads_what_the_notes_say(self) -> None:
        who = f"YYY01042026{'':16}{'Anna Verdi':40}TORINO"
        order = f"ID1{'MSG-1':35}{'E2E-1':35}"
        where = f"YYY{'Via Po 1':50}{IBAN}"
        moved = Moved(500_00, "BONIFICO", notes=(who, where, order, "RI1RF18539007547034 quota"))

        line = bank_statements.parse(flow(moved)).statements[0].lines[0]

        assert (line.counterparty_name, line.counterparty_iban) == ("Anna Verdi", IBAN)
        assert line.end_to_end_id == "E2E-1"
        assert line.text == "BONIFICO\nRF18539007547034 quota"

    def test_takes_a_number_of_noughts_for_none(self) -> None:
        lines = bank_statements.parse(flow(Moved(1), Moved(2, bank_id="CRO-7"))).statements[0].lines

        assert [line.bank_id for line in lines] == ["", "CRO-7"]

    def test_keeps_a_text_without_a_mark(self) -> None:
        line = bank_statements.parse(flow(Moved(1, notes=("COMMISSIONI",)))).statements[0].lines[0]

        assert line.text == "COMMISSIONI"

    @given(st.lists(st.integers(-(10**11), 10**11).filter(bool), max_size=8))
    def test_reads_back_every_amount(self, cents: list[int]) -> None:
        only = bank_statements.parse(flow(*map(Moved, cents))).statements[0]

        assert [line.amount for line in only.lines] == [from_cents(each) for each in cents]


class TestRefusal:
    def test_of_a_wrong_sum_names_the_difference(self) -> None:
        with pytest.raises(WrongSum) as refused:
            bank_statements.parse(flow(Moved(500_00), closing=600_01))

        assert refused.value.facts["difference"] == "0.01 EUR"

    def test_of_a_flow_without_its_end(self) -> None:
        raw = flow(Moved(500_00))

        with pytest.raises(CutOff):
            bank_statements.parse(raw[: raw.rindex(b" EF")])

    def test_of_a_flow_that_lost_records(self) -> None:
        lines = flow(Moved(1, notes=("A", "B"))).split(b"\r\n")

        with pytest.raises(CutOff):
            bank_statements.parse(b"\r\n".join(line for line in lines if b"001B" not in line))

    def test_of_a_movement_outside_an_account(self) -> None:
        lines = flow(Moved(1)).split(b"\r\n")

        with pytest.raises(Incomplete):
            bank_statements.parse(b"\r\n".join([lines[0], *lines[2:]]))

    @pytest.mark.parametrize("wrong", ["0000000500,000", "00000000500.00", "            ,01"])
    def test_of_an_amount_that_is_none(self, wrong: str) -> None:
        raw = flow(Moved(500_00)).replace(b"000000000500,00", wrong.rjust(15).encode())

        with pytest.raises(BadValue) as refused:
            bank_statements.parse(raw)

        assert refused.value.facts["place"] == "record 3"

    def test_of_a_day_that_is_none(self) -> None:
        with pytest.raises(BadValue):
            bank_statements.parse(flow(Moved(1)).replace(b"020426010426", b"300226010426"))

    @given(st.data())
    def test_of_any_damage_is_a_refusal_or_harmless(self, data: st.DataObject) -> None:
        raw = bytearray(flow(Moved(500_00, "quota"), Moved(-20_00)))
        for _ in range(3):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

        try:
            parsed = bank_statements.parse(bytes(raw))
        except StatementRefused:
            return
        for one in parsed.statements:
            bank_statements.prove(one)
