"""MT940: signs of reversals, structured details, several statements; silence is not accepted."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from backend.treasury import bank_statements
from backend.treasury.parsed import Incomplete, StatementRefused, WrongSum
from tests.treasury.files import IBAN

HEAD = f":20:STMT-1\r\n:25:{IBAN}\r\n:28C:00012/001\r\n:60F:C260331EUR1000,00\r\n"


def mt940(*movements: str, closing: str, head: str = HEAD) -> bytes:
    """A statement around movements; a movement is its lines from :61: on."""
    return (head + "".join(movements) + f":62F:C260402EUR{closing}\r\n-\r\n").encode()


def moved(mark: str, amount: str, text: str = "QUOTA", ids: str = "NTRFNONREF//B1") -> str:
    return f":61:2604010401{mark}{amount}{ids}\r\n:86:{text}\r\n"


class TestRead:
    def test_reads_account_days_and_balances(self) -> None:
        only = bank_statements.parse(mt940(moved("C", "500,00"), closing="1500,00")).statements[0]

        assert (only.iban, only.statement_id) == (IBAN, "STMT-1/00012/001")
        assert (only.opening, only.closing) == (euro("1000"), euro("1500"))
        assert (only.from_on, only.to_on) == (dt.date(2026, 4, 1), dt.date(2026, 4, 2))

    @pytest.mark.parametrize(
        ("mark", "closing", "amount", "is_reversal"),
        [
            ("C", "1050,00", "50.00", False),
            ("D", "950,00", "-50.00", False),
            ("RC", "950,00", "-50.00", True),
            ("RD", "1050,00", "50.00", True),
        ],
    )
    def test_gives_a_reversal_the_sign_of_its_own_direction(
        self, mark: str, closing: str, amount: str, is_reversal: bool
    ) -> None:
        line = bank_statements.parse(mt940(moved(mark, "50,00"), closing=closing)).statements[0]

        assert line.lines[0].amount == euro(amount)
        assert line.lines[0].is_reversal is is_reversal

    def test_reads_structured_details(self) -> None:
        details = (
            "166?00GUTSCHRIFT?20EREF+E2E-7?21SVWZ+RF18539007547034?30BCITITMM"
            f"?31{IBAN}?32ANNA?33 VERDI"
        )

        line = bank_statements.parse(mt940(moved("C", "1,00", details), closing="1001,00"))

        only = line.statements[0].lines[0]
        assert "RF18539007547034" in only.text
        assert (only.counterparty_iban, only.end_to_end_id) == (IBAN, "E2E-7")

    def test_reads_several_statements(self) -> None:
        one = mt940(moved("C", "1,00"), closing="1001,00")

        parsed = bank_statements.parse(one + one.replace(b"STMT-1", b"STMT-2"))

        assert [each.statement_id[:6] for each in parsed.statements] == ["STMT-1", "STMT-2"]

    def test_knows_a_stand_in_from_an_id(self) -> None:
        line = bank_statements.parse(mt940(moved("C", "1,00"), closing="1001,00")).statements[0]

        assert (line.lines[0].end_to_end_id, line.lines[0].bank_id) == ("", "B1")


class TestRefusal:
    def test_of_a_wrong_sum(self) -> None:
        with pytest.raises(WrongSum):
            bank_statements.parse(mt940(moved("C", "500,00"), closing="1499,99"))

    def test_of_a_movement_that_cannot_be_read(self) -> None:
        raw = mt940(moved("C", "500,00"), ":61:gibberish\r\n", closing="1500,00")

        with pytest.raises(StatementRefused):
            bank_statements.parse(raw)

    def test_of_a_file_without_its_end(self) -> None:
        raw = mt940(moved("C", "500,00"), closing="1500,00")

        with pytest.raises(Incomplete):
            bank_statements.parse(raw[: raw.index(b":62F:")])

    @given(st.data())
    def test_of_any_damage_is_a_refusal_or_harmless(self, data: st.DataObject) -> None:
        raw = bytearray(mt940(moved("C", "500,00"), moved("RC", "20,00"), closing="1480,00"))
        for _ in range(3):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

        try:
            parsed = bank_statements.parse(bytes(raw))
        except StatementRefused:
            return
        for one in parsed.statements:
            bank_statements.prove(one)
