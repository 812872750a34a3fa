"""Writes a statement as camt.053.001.08, the way a bank that keeps the standard does.

Numbers and ids are the bank's; this module only gives them their XML.
"""

import datetime as dt
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from backend.simulators.bank.noise import Remittance

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass(frozen=True)
class Line:
    """A booked movement; `cents` is positive for money in. A reason: it sends a payment back."""

    servicer_reference: str
    booked_on: dt.date
    value_on: dt.date
    cents: int
    name: str
    iban: str
    remittance: Remittance
    end_to_end_id: str = "NOTPROVIDED"
    return_reason: str = ""


@dataclass(frozen=True)
class Statement:
    """An account's movements from a day to a day, between two balances in cents."""

    id: str
    number: int
    iban: str
    holder: str
    first_day: dt.date
    last_day: dt.date
    opening: int
    lines: tuple[Line, ...]
    made_at: str

    @property
    def closing(self) -> int:
        return self.opening + sum(line.cents for line in self.lines)


def as_xml(statement: Statement) -> bytes:
    """The whole file."""
    root = Element("Document", xmlns=NAMESPACE)
    body = SubElement(root, "BkToCstmrStmt")
    header = SubElement(body, "GrpHdr")
    _texts(header, MsgId=statement.id, CreDtTm=statement.made_at)
    told = SubElement(body, "Stmt")
    number = str(statement.number)
    _texts(told, Id=statement.id, ElctrncSeqNb=number, CreDtTm=statement.made_at)
    _span(told, statement)
    _account(told, statement)
    _balance(told, "OPBD", statement.opening, statement.first_day)
    _balance(told, "CLBD", statement.closing, statement.last_day)
    for line in statement.lines:
        _entry(told, line)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _span(told: Element, statement: Statement) -> None:
    first, last = statement.first_day.isoformat(), statement.last_day.isoformat()
    _texts(
        SubElement(told, "FrToDt"),
        FrDtTm=f"{first}T00:00:00",
        ToDtTm=f"{last}T23:59:59",
    )


def _account(told: Element, statement: Statement) -> None:
    account = SubElement(told, "Acct")
    _texts(SubElement(account, "Id"), IBAN=statement.iban)
    _texts(account, Ccy="EUR", Nm=statement.holder)


def _balance(told: Element, code: str, cents: int, day: dt.date) -> None:
    balance = SubElement(told, "Bal")
    _path(balance, "Tp", "CdOrPrtry", Cd=code)
    _amount(balance, cents)
    _path(balance, "Dt", Dt=day.isoformat())


def _entry(told: Element, line: Line) -> None:
    entry = SubElement(told, "Ntry")
    _amount(entry, line.cents)
    _path(entry, "Sts", Cd="BOOK")
    _path(entry, "BookgDt", Dt=line.booked_on.isoformat())
    _path(entry, "ValDt", Dt=line.value_on.isoformat())
    _texts(entry, AcctSvcrRef=line.servicer_reference)
    domain = _path(entry, "BkTxCd", "Domn", Cd="PMNT")
    _path(domain, "Fmly", Cd="RCDT" if line.cents > 0 else "ICDT", SubFmlyCd="ESCT")
    details = _path(entry, "NtryDtls", "TxDtls")
    _path(
        details,
        "Refs",
        AcctSvcrRef=line.servicer_reference,
        EndToEndId=line.end_to_end_id,
    )
    _amount(details, line.cents)
    _parties(details, line)
    _remittance(details, line.remittance)
    if line.return_reason:
        _path(details, "RtrInf", "Rsn", Cd=line.return_reason)


def _parties(details: Element, line: Line) -> None:
    role = "Dbtr" if line.cents > 0 else "Cdtr"
    parties = SubElement(details, "RltdPties")
    _path(parties, role, "Pty", Nm=line.name)
    if line.iban:
        _path(parties, f"{role}Acct", "Id", IBAN=line.iban)


def _remittance(details: Element, told: Remittance) -> None:
    if not told.lines and not told.reference:
        return
    remittance = SubElement(details, "RmtInf")
    for text in told.lines:
        _texts(remittance, Ustrd=text)
    if told.reference:
        reference = _path(remittance, "Strd", "CdtrRefInf")
        _path(reference, "Tp", "CdOrPrtry", Cd="SCOR")
        _texts(reference, Ref=told.reference)


def _amount(parent: Element, cents: int) -> None:
    size = abs(cents)
    amount = SubElement(parent, "Amt", Ccy="EUR")
    amount.text = f"{size // 100}.{size % 100:02d}"
    _texts(parent, CdtDbtInd="DBIT" if cents < 0 else "CRDT")


def _path(parent: Element, *names: str, **texts: str) -> Element:
    """Go down through new elements of those names, and write the texts in the last."""
    for name in names:
        parent = SubElement(parent, name)
    _texts(parent, **texts)
    return parent


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text
