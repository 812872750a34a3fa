"""Reading statement files: every version alike, nothing guessed, and what is wrong refused by place."""

import datetime as dt
import zlib
from decimal import Decimal

import pytest
from djmoney.money import Money
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.money import euro, from_cents
from backend.simulators.bank import camt as bank
from backend.simulators.bank.noise import Remittance
from backend.treasury import bank_statements
from backend.treasury.parsed import (
    BadValue,
    CutOff,
    ForbiddenContent,
    Incomplete,
    NotCamt,
    ParsedLine,
    ParsedStatement,
    StatementRefused,
    TooLarge,
    WrongSum,
)
from tests.treasury.files import DAY, IBAN, OTHER_IBAN, Move, Paper, as_file, paper, payload


def read(raw: bytes) -> ParsedStatement:
    return bank_statements.parse(raw).statements[0]


def line(**more: str) -> ParsedLine:
    return read(paper(Move(more.pop("amount", "10.00"), **more))).lines[0]  # type: ignore[arg-type]


class TestVersion02:
    def test_takes_a_batch_apart(self) -> None:
        first, second, third = read(payload("camt053_v02_batch.xml")).lines[:3]

        assert [one.amount for one in (first, second, third)] == [
            euro("500.00"),
            euro("250.25"),
            euro("250.25"),
        ]
        assert (first.counterparty_name, first.counterparty_iban) == ("Anna Verdi", IBAN)
        assert first.text == "Quota Mattone RF18 KTMB\n3184 2207"
        assert third.creditor_reference == "RF18539007547034"

    def test_numbers_the_parts_of_a_batch(self) -> None:
        lines = read(payload("camt053_v02_batch.xml")).lines

        assert [one.bank_id for one in lines[:3]] == ["BATCH-77/1", "BATCH-77/2", "BATCH-77/3"]

    def test_reads_either_kind_of_date(self) -> None:
        first = read(payload("camt053_v02_batch.xml")).lines[0]

        assert (first.booked_on, first.value_on) == (dt.date(2026, 3, 10), dt.date(2026, 3, 11))

    def test_knows_a_stand_in_from_an_end_to_end_id(self) -> None:
        ids = [one.end_to_end_id for one in read(payload("camt053_v02_batch.xml")).lines]

        assert ids == ["", "E2E-2", "", "", ""]

    def test_keeps_a_return_with_its_reason_as_money_out(self) -> None:
        returned = read(payload("camt053_v02_batch.xml")).lines[-1]

        assert returned.amount == euro("-50.00")
        assert returned.is_reversal
        assert returned.return_reason == "MD06"
        assert returned.counterparty_name == "Dario Rossi"

    def test_keeps_pending_money_out(self) -> None:
        statement = read(payload("camt053_v02_batch.xml"))

        assert statement.pending == 1
        assert len(statement.lines) == 5

    def test_takes_the_closing_before_as_opening(self) -> None:
        statement = read(payload("camt053_v02_batch.xml"))

        assert (statement.opening, statement.from_on) == (euro("1000"), dt.date(2026, 2, 28))
        assert statement.iban == IBAN


class TestVersion08:
    def test_reads_several_statements_and_prefixed_names(self) -> None:
        parsed = bank_statements.parse(payload("camt053_v08_two_accounts.xml"))

        assert parsed.format == "camt.053.001.08"
        assert [one.iban for one in parsed.statements] == [IBAN, OTHER_IBAN]
        assert [len(one.lines) for one in parsed.statements] == [1, 0]

    def test_reads_an_overdrawn_balance(self) -> None:
        assert read(payload("camt053_v08_two_accounts.xml")).opening == euro("-10.00")

    def test_keeps_what_was_ordered_in_another_currency(self) -> None:
        only = read(payload("camt053_v08_two_accounts.xml")).lines[0]

        assert only.instructed == Money("11.20", "USD")
        assert only.bank_id == "TX-1"

    def test_reads_what_the_demo_bank_writes(self) -> None:
        told = bank.Line(
            "B1", DAY, DAY, 50000, "Anna", "", Remittance(("RF18",), "RF18539007547034")
        )
        file = bank.as_xml(
            bank.Statement("S", 1, IBAN, "Casa", DAY, DAY, 0, (told,), "2026-04-02T00:00:00")
        )

        assert read(file).lines[0].amount == euro("500.00")


class TestBatch:
    def batch(self, *parts: str) -> ParsedStatement:
        details = "".join(f"<TxDtls>{part}</TxDtls>" for part in parts)
        entry = (
            '<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
            "<BookgDt><Dt>2026-04-01</Dt></BookgDt><AddtlNtryInf>Incassi</AddtlNtryInf>"
            f"<NtryDtls>{details}</NtryDtls></Ntry>"
        )
        return read(as_file(Paper(extra=entry, closing="30.00")))

    def test_of_which_a_part_has_no_amount_stays_whole(self) -> None:
        lines = self.batch('<Amt Ccy="EUR">10.00</Amt>', "").lines

        assert [(one.amount, one.parts) for one in lines] == [(euro("30.00"), 2)]

    def test_of_which_the_parts_do_not_sum_stays_whole(self) -> None:
        lines = self.batch('<Amt Ccy="EUR">10.00</Amt>', '<Amt Ccy="EUR">19.00</Amt>').lines

        assert [one.parts for one in lines] == [2]
        assert lines[0].text == "Incassi"

    def test_may_hold_parts_of_both_directions(self) -> None:
        back = '<Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>'

        lines = self.batch('<Amt Ccy="EUR">35.00</Amt>', back).lines

        assert [one.amount for one in lines] == [euro("35.00"), euro("-5.00")]


class TestGate:
    def test_names_the_difference(self) -> None:
        with pytest.raises(WrongSum) as refused:
            bank_statements.parse(paper(Move("10.00"), opening="5.00", closing="20.00"))

        assert refused.value.facts["difference"] == "5.00 EUR"
        assert "S-1" in str(refused.value)

    def test_says_when_only_the_opposite_reading_of_reversals_adds_up(self) -> None:
        move = Move("-10.00", is_reversal=True)

        with pytest.raises(WrongSum, match=r"opposite|opposto"):
            bank_statements.parse(paper(move, closing="10.00"))

    def test_refuses_all_when_one_of_several_is_wrong(self) -> None:
        with pytest.raises(WrongSum):
            bank_statements.parse(as_file(Paper(), Paper(iban=OTHER_IBAN, closing="1.00")))

    @given(st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=8), st.integers(-99, 99))
    @settings(max_examples=50)
    def test_lets_pass_what_adds_up_and_nothing_else(self, cents: list[int], off: int) -> None:
        moves = [Move(f"{from_cents(one).amount:.2f}") for one in cents]
        closing = f"{from_cents(sum(cents) + off).amount:.2f}"

        if off:
            with pytest.raises(WrongSum):
                bank_statements.parse(paper(*moves, closing=closing))
        else:
            assert read(paper(*moves, closing=closing)).closing == from_cents(sum(cents))


class TestRefusal:
    def test_of_what_is_no_statement(self) -> None:
        for raw in (b"", b"hello", b"%PDF-1.7", b"<html/>", b"a;b\n1;2", b"\xff\xfe\x00"):
            with pytest.raises(NotCamt):
                bank_statements.parse(raw)

    def test_of_another_message_of_the_family(self) -> None:
        raw = paper().replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt")

        with pytest.raises(NotCamt):
            bank_statements.parse(raw)

    def test_of_a_file_cut_anywhere(self) -> None:
        whole = paper(Move("10.00"), Move("20.00"))

        for end in range(150, len(whole) - 1, 97):
            with pytest.raises(StatementRefused):
                bank_statements.parse(whole[:end])

    def test_of_a_cut_file_names_line_and_column(self) -> None:
        with pytest.raises(CutOff) as refused:
            bank_statements.parse(paper(Move("10.00"))[:600])

        assert "line 2" in refused.value.facts["place"]

    def test_of_a_missing_balance(self) -> None:
        with pytest.raises(Incomplete, match="CLBD"):
            bank_statements.parse(paper().replace(b"CLBD", b"ITBD"))

    @pytest.mark.parametrize(
        "amount", ["1.234,56", "1,00", "abc", "", "1.005", "1e3", "+1.00", "9" * 13, "NaN"]
    )
    def test_of_an_amount_that_is_none(self, amount: str) -> None:
        with pytest.raises(BadValue) as refused:
            bank_statements.parse(paper(Move(amount), closing="1.00"))

        assert "Ntry 1" in refused.value.facts["place"]

    @pytest.mark.parametrize("day", ["", "0001-01-01", "2026-02-30", "01/04/2026"])
    def test_of_a_day_that_is_none(self, day: str) -> None:
        raw = paper(Move("1.00")).replace(
            b"<BookgDt><Dt>2026-04-01", b"<BookgDt><Dt>" + day.encode()
        )

        with pytest.raises(BadValue):
            bank_statements.parse(raw)

    def test_of_an_entry_in_another_currency(self) -> None:
        with pytest.raises(BadValue, match="USD"):
            bank_statements.parse(paper(Move("1.00", currency="USD")))

    def test_of_a_direction_that_is_none(self) -> None:
        with pytest.raises(BadValue, match="CdtDbtInd"):
            bank_statements.parse(
                paper(Move("1.00")).replace(b"CRDT</CdtDbtInd><Sts>", b"X</CdtDbtInd><Sts>")
            )

    def test_of_what_is_too_large(self) -> None:
        with pytest.raises(TooLarge):
            bank_statements.parse(b" " * (bank_statements.MAX_BYTES + 1))


class TestHostile:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<Document><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>"
    )

    def test_entities_are_refused(self) -> None:
        with pytest.raises(ForbiddenContent):
            bank_statements.parse(self.bomb.encode())

    def test_entities_in_another_encoding_are_refused(self) -> None:
        raw = self.bomb.replace('"1.0"?', '"1.0" encoding="UTF-16"?').encode("utf-16")

        with pytest.raises(ForbiddenContent):
            bank_statements.parse(raw)

    def test_no_file_is_read_from_outside(self) -> None:
        raw = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document><BkToCstmrStmt/></Document>'

        with pytest.raises(ForbiddenContent):
            bank_statements.parse(raw)

    @given(st.binary(max_size=300))
    def test_noise_is_refused_and_nothing_else_happens(self, noise: bytes) -> None:
        with pytest.raises(StatementRefused):
            bank_statements.parse(noise)

    @given(st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
    @settings(max_examples=200)
    def test_damage_is_refused_or_leaves_the_sums_right(self, seed: int, noise: bytes) -> None:
        whole = paper(Move("10.00", text="uno"), Move("-4.00", text="due"))
        at = zlib.crc32(seed.to_bytes(4)) % len(whole)
        raw = whole[:at] + noise + whole[at + len(noise) :]

        try:
            statement = read(raw)
        except StatementRefused:
            return
        assert statement.opening + bank_statements.total(statement) == statement.closing


class TestText:
    def test_keeps_lines_apart_and_accents(self) -> None:
        assert line(text="così & perché <1>").text == "così & perché <1>"

    def test_of_money_out_names_the_creditor(self) -> None:
        assert line(amount="-3.00", name="Studio Notarile").counterparty_name == "Studio Notarile"

    def test_amounts_keep_their_cents(self) -> None:
        assert line(amount="0.10").amount.amount == Decimal("0.10")
