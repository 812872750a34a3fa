"""Write a payment order as ISO 20022 pain.001 (credit transfer initiation), versions .03 and .09.

Pure, and the same order gives the same bytes: the time is the approval's, the ids are our rows'. Each
transfer is booked on its own (`BtchBookg` false), so that each has its line on the statement. The
library for it (sepaxml) reads the clock, makes ids by chance and books batches in one line; its copy
of ISO's schemas judges ours in the tests.
"""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

V03 = "pain.001.001.03"
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
# EPC217-08, the characters that every bank of SEPA takes.
ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")


@dataclass(frozen=True, slots=True)
class Payment:
    """One credit transfer in euro."""

    end_to_end_id: str
    amount: Decimal
    name: str
    iban: str
    text: str


@dataclass(frozen=True, slots=True)
class Initiation:
    """A message: who pays, from where, when, and all the transfers."""

    schema: str
    message_id: str
    created_at: dt.datetime
    debtor: str
    iban: str
    execute_on: dt.date
    payments: Sequence[Payment]


def write(told: Initiation) -> bytes:
    """The message as a file."""
    space = NAMESPACE + told.schema
    default: dict[str, str] = {None: space}  # type: ignore[dict-item]  # lxml's own way to say it
    root = etree.Element(f"{{{space}}}Document", nsmap=default)
    message = etree.SubElement(root, f"{{{space}}}CstmrCdtTrfInitn")
    _header(message, told)
    _payments(message, told)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def plain(text: str, longest: int) -> str:
    """A text in the characters that every bank takes, cut to a length; never empty."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)
    )
    told = "".join(one if one in ALLOWED else " " for one in bare)
    # A slash at an end, or two in a row, mean something else to some banks.
    words = " ".join(told.replace("//", "/").split()).strip("/ ")
    return words[:longest].strip() or "-"


def _header(message: etree._Element, told: Initiation) -> None:
    header = _child(message, "GrpHdr")
    _child(header, "MsgId", told.message_id)
    _child(header, "CreDtTm", told.created_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _sums(header, told)
    _child(_child(header, "InitgPty"), "Nm", plain(told.debtor, 70))


def _payments(message: etree._Element, told: Initiation) -> None:
    group = _child(message, "PmtInf")
    _child(group, "PmtInfId", told.message_id)
    _child(group, "PmtMtd", "TRF")
    _child(group, "BtchBookg", "false")
    _sums(group, told)
    _child(_child(_child(group, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    day = _child(group, "ReqdExctnDt", told.execute_on.isoformat() if _is_old(told) else None)
    if not _is_old(told):
        _child(day, "Dt", told.execute_on.isoformat())
    _child(_child(group, "Dbtr"), "Nm", plain(told.debtor, 70))
    _child(_child(_child(group, "DbtrAcct"), "Id"), "IBAN", told.iban)
    # SEPA is by IBAN alone; the schema wants the bank named all the same.
    agent = _child(_child(group, "DbtrAgt"), "FinInstnId")
    _child(_child(agent, "Othr"), "Id", "NOTPROVIDED")
    _child(group, "ChrgBr", "SLEV")
    for payment in told.payments:
        _transfer(group, payment)


def _transfer(group: etree._Element, payment: Payment) -> None:
    one = _child(group, "CdtTrfTxInf")
    _child(_child(one, "PmtId"), "EndToEndId", payment.end_to_end_id)
    amount = _child(_child(one, "Amt"), "InstdAmt", f"{payment.amount:.2f}")
    amount.set("Ccy", "EUR")
    _child(_child(one, "Cdtr"), "Nm", plain(payment.name, 70))
    _child(_child(_child(one, "CdtrAcct"), "Id"), "IBAN", payment.iban)
    _child(_child(one, "RmtInf"), "Ustrd", plain(payment.text, 140))


def _sums(parent: etree._Element, told: Initiation) -> None:
    total = sum((payment.amount for payment in told.payments), Decimal(0))
    _child(parent, "NbOfTxs", str(len(told.payments)))
    _child(parent, "CtrlSum", f"{total:.2f}")


def _is_old(told: Initiation) -> bool:
    return told.schema == V03


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    made.text = text
    return made
