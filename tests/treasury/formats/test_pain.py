"""The file of a payment order: as ISO's own schemas want it, the same bytes for the same order."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import sepaxml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from backend.treasury.formats import pain
from backend.treasury.formats.pain import Initiation, Payment

SCHEMAS = Path(sepaxml.__file__).parent / "schemas"
VERSIONS = ("pain.001.001.03", "pain.001.001.09")
AT = dt.datetime(2026, 4, 2, 9, tzinfo=dt.UTC)


def told(schema: str, *payments: Payment) -> Initiation:
    return Initiation(
        schema=schema,
        message_id="MATTONE-20260402-1-1",
        created_at=AT,
        debtor="Casa Mattone S.r.l. (synthetic)",
        iban="IT60X0542811101000000123456",
        execute_on=dt.date(2026, 4, 3),
        payments=payments,
    )


def payment(number: int = 1, amount: str = "500.00", name: str = "Anna Verdi") -> Payment:
    iban = "IT76N0300203280123456789012"
    return Payment(f"RF71KTMB0000000{number}", Decimal(amount), name, iban, "Restituzione")


def judge(content: bytes, schema: str) -> None:
    etree.XMLSchema(etree.parse(SCHEMAS / f"{schema}.xsd")).assertValid(etree.fromstring(content))


class TestWrite:
    @pytest.mark.parametrize("schema", VERSIONS)
    def test_is_what_the_schema_of_iso_wants(self, schema: str) -> None:
        content = pain.write(told(schema, payment(1), payment(2, "0.01")))

        judge(content, schema)

    @pytest.mark.parametrize("schema", VERSIONS)
    def test_gives_the_same_bytes_for_the_same_order(self, schema: str) -> None:
        assert pain.write(told(schema, payment())) == pain.write(told(schema, payment()))

    def test_counts_and_sums_what_it_holds_and_books_each_alone(self) -> None:
        content = pain.write(told(VERSIONS[1], payment(1), payment(2, "0.01")))

        found = etree.fromstring(content)
        values = {one.tag.split("}")[1]: one.text for one in found.iter()}
        assert (values["NbOfTxs"], values["CtrlSum"]) == ("2", "500.01")
        assert (values["BtchBookg"], values["EndToEndId"]) == ("false", "RF71KTMB00000002")

    @given(st.text(max_size=200), st.decimals("0.01", "99999999", places=2))
    def test_takes_any_name_and_amount(self, name: str, amount: Decimal) -> None:
        content = pain.write(told(VERSIONS[1], payment(1, str(amount), name)))

        judge(content, VERSIONS[1])


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("Niccolò D'Alì", "Niccolo D'Ali"),
            ("Café & Söhne", "Cafe Sohne"),
            ("/rimborso//quota/", "rimborso/quota"),
            ("Ω", "-"),
            ("x" * 80, "x" * 70),
        ],
    )
    def test_keeps_what_every_bank_takes(self, text: str, wanted: str) -> None:
        assert pain.plain(text, 70) == wanted
