"""What the camt reader makes of messages beside camt.053: notifications, and the CBI wrapper."""

import datetime as dt

import pytest

from backend.core.money import euro
from backend.treasury import bank_statements
from backend.treasury.formats import camt
from backend.treasury.parsed import BadValue, CutOff, WrongSum
from tests.treasury.files import IBAN, Move, paper

CBI = (
    '<?xml version="1.0"?><ns2:CBIBdyBkToCstmrStmtReq'
    ' xmlns:ns2="urn:CBI:xsd:CBIBdyBkToCstmrStmtReq.00.01.02"'
    ' xmlns:ns3="urn:CBI:xsd:CBIBkToCstmrStmtReqLogMsg.00.01.02"'
    ' xmlns:ns4="urn:CBI:xsd:CBIDlyStmtReqLogMsg.00.01.02">'
    "<ns2:CBIEnvelBkToCstmrStmtReqLogMsg><ns3:CBIBkToCstmrStmtReqLogMsg><ns4:CBIDlyStmtReqLogMsg>"
    "{statements}</ns4:CBIDlyStmtReqLogMsg></ns3:CBIBkToCstmrStmtReqLogMsg>"
    "</ns2:CBIEnvelBkToCstmrStmtReqLogMsg></ns2:CBIBdyBkToCstmrStmtReq>"
)


def notification(*moves: Move) -> bytes:
    """The same movements as a camt.054: another message name, and no balances."""
    raw = paper(*moves).decode().replace("camt.053.001.08", "camt.054.001.08")
    raw = raw.replace("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn").replace("Stmt>", "Ntfctn>")
    first, last = raw.index("<Bal>"), raw.rindex("</Bal>") + len("</Bal>")
    return (raw[:first] + raw[last:]).encode()


def wrapped(raw: bytes) -> bytes:
    """A camt.053's statements in the Italian banks' envelope, with prefixed names."""
    text = raw.decode()
    inside = text[text.index("<Stmt>") : text.rindex("</Stmt>") + len("</Stmt>")]
    prefixed = inside.replace("</", "\0").replace("<", "<ns4:").replace("\0", "</ns4:")
    return CBI.format(statements=prefixed).encode()


class TestNotification:
    def test_has_lines_and_no_balances(self) -> None:
        parsed = bank_statements.parse(notification(Move("10.00", bank_id="B-1")))
        only = parsed.statements[0]

        assert parsed.format == "camt.054.001.08"
        assert (only.opening, only.closing, only.iban) == (None, None, IBAN)
        assert only.lines[0].amount == euro("10.00")

    def test_spans_the_days_of_its_lines(self) -> None:
        days = (dt.date(2026, 4, 3), dt.date(2026, 4, 1))
        raw = notification(*(Move("1.00", on=day) for day in days))

        only = bank_statements.parse(raw).statements[0]

        assert (only.from_on, only.to_on) == (days[1], days[0])

    def test_of_two_currencies_is_refused(self) -> None:
        with pytest.raises(BadValue):
            bank_statements.parse(notification(Move("1.00"), Move("1.00", currency="USD")))


class TestWrapperOfCbi:
    def test_reads_as_the_statement_inside(self) -> None:
        raw = paper(Move("10.00", text="RF18539007547034"), Move("-3.00"), opening="5.00")

        inside, outside = bank_statements.parse(raw), bank_statements.parse(wrapped(raw))

        assert inside.statements == outside.statements
        assert outside.format == "CBIDlyStmtReqLogMsg.00.01.02"

    def test_passes_the_same_gate(self) -> None:
        with pytest.raises(WrongSum):
            bank_statements.parse(wrapped(paper(Move("10.00"), closing="11.00")))


class TestStream:
    """A file is read in pieces of 64 KiB, wherever they end."""

    def test_reads_the_same_of_many_pieces(self) -> None:
        moves = [Move(f"{number}.00", text="x" * (number % 97)) for number in range(1, 700)]

        parsed = camt.read(paper(*moves))

        assert [str(line.amount.amount) for line in parsed.statements[0].lines] == [
            move.amount for move in moves
        ]

    def test_names_the_entry_that_cannot_be_read_in_a_late_piece(self) -> None:
        moves = [Move("1.00", text="x" * 100) for _number in range(600)]
        raw = paper(*moves, Move("5.00")).replace(b">5.00<", b">5,00<")

        with pytest.raises(BadValue) as refused:
            camt.read(raw)

        assert refused.value.facts["place"] == "Stmt 1, Ntry 601"

    def test_says_that_a_file_damaged_in_its_first_piece_is_damaged(self) -> None:
        with pytest.raises(CutOff):
            camt.read(paper(Move("1.00")).replace(b"</Amt>", b"</Amnt>"))


def collective(message: str, details: str) -> bytes:
    """One debit for a whole payment order, with as much of its transfers as the bank tells."""
    raw = paper(Move("-1500.00"), opening="1500.00").decode()
    first, last = raw.index("<TxDtls>"), raw.index("</TxDtls>") + len("</TxDtls>")
    batch = f"<Btch><PmtInfId>{message}</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>"
    return (raw[:first] + batch + details + raw[last:]).encode()


class TestACollectiveDebit:
    @pytest.mark.parametrize(
        ("details", "parts"),
        [("", 1), ("<TxDtls></TxDtls>", 1), ("<TxDtls></TxDtls><TxDtls></TxDtls>", 2)],
    )
    def test_names_the_order_that_it_books(self, details: str, parts: int) -> None:
        ((line,),) = (
            each.lines
            for each in bank_statements.parse(
                collective("MATTONE-20260402-1-1", details)
            ).statements
        )

        assert (line.end_to_end_id, line.parts) == ("MATTONE-20260402-1-1", parts)
