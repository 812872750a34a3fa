"""The Italian banks' fixed-width flow (CBI, records RH and EC of 120 characters) to values. Pure.

RH opens a flow and EF ends it, with the number of its records; 61 opens an account's day with its
balance, 62 is a movement, 63 says more about it, 64 closes with the balance. Amounts have a comma,
dates are ddmmyy (CBI-RND-001; positions count from one there and from nought here).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.treasury.formats.values import bad, day, exact, given
from backend.treasury.parsed import (
    CutOff,
    Incomplete,
    ParsedFile,
    ParsedLine,
    ParsedStatement,
)

HEADS, FOOT = (b" RH", b" EC"), "EF"
IGNORED = frozenset({"65"})  # liquidity of the days to come: no movement
_AMOUNT = re.compile(r"\d{1,12},\d{2}", re.ASCII)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b", re.ASCII)


def is_flow(raw: bytes) -> bool:
    """Whether the file begins as such a flow does."""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").startswith(HEADS)


def read(raw: bytes) -> ParsedFile:
    """The statements of a flow. Raises a StatementRefused that names the record."""
    reading = _Reading()
    for number, record in _records(raw):
        reading.take(record, f"record {number}")
    reading.end()
    return ParsedFile(format="CBI RH", statements=tuple(reading.statements))


@dataclass
class _Movement:
    """A record 62 with the records 63 that follow it."""

    line: ParsedLine
    notes: list[str] = field(default_factory=list)


@dataclass
class _Account:
    """An account's day between its records 61 and 64."""

    iban: str
    opening: Money
    on: dt.date
    movements: list[_Movement] = field(default_factory=list)


class _Reading:
    """What was read so far: record after record, each in the place where it may stand."""

    def __init__(self) -> None:
        self.statements: list[ParsedStatement] = []
        self.account: _Account | None = None
        self.flow = ""
        self.count = 0
        self.is_whole = False

    def take(self, record: str, place: str) -> None:
        kind = record[1:3]
        self.count += 1
        if kind in ("RH", "EC"):
            self.flow, self.count, self.is_whole = record[19:39].strip(), 1, False
        elif kind == FOOT:
            self._foot(record, place)
        elif kind == "61":
            self.account = _opened(record, place)
        elif kind in ("62", "63", "64"):
            self._inside(kind, record, place)
        elif kind not in IGNORED:
            raise bad(place, record[:20])

    def end(self) -> None:
        if not self.is_whole or self.account is not None:
            raise CutOff(_("The flow is cut off: its last record is missing."), place="EF")
        if not self.statements:
            raise Incomplete(_("The flow holds no account."), place="61")

    def _foot(self, record: str, place: str) -> None:
        written = record[82:89].strip()
        if written.isdigit() and int(written) != self.count:
            raise CutOff(
                _("The flow says that it has %(said)s records, and has %(found)s.")
                % {"said": int(written), "found": self.count},
                place=place,
            )
        self.is_whole = True

    def _inside(self, kind: str, record: str, place: str) -> None:
        if self.account is None:
            raise Incomplete(
                _("%(place)s: the balance %(kind)s is missing.") % {"place": place, "kind": "61"},
                place=place,
            )
        if kind == "62":
            self.account.movements.append(_movement(record, self.account, place))
        elif kind == "63":
            self._note(record, place)
        else:
            number = len(self.statements) + 1
            name = f"{self.flow}-{number}" if self.flow else place
            self.statements.append(_closed(self.account, record, name, place))
            self.account = None

    def _note(self, record: str, place: str) -> None:
        assert self.account is not None
        if not self.account.movements:
            raise bad(place, record[:20])
        self.account.movements[-1].notes.append(record[13:120].rstrip())


def _records(raw: bytes) -> Iterator[tuple[int, str]]:
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    for number, record in enumerate(text.splitlines(), start=1):
        if record.strip():
            yield number, record.ljust(120)


def _opened(record: str, place: str) -> _Account:
    currency = record[74:77].strip() or "EUR"
    iban = f"{record[99:103]}{record[51]}{record[52:57]}{record[57:62]}{record[62:74]}"
    opening = _amount(record[84:99], record[83], currency, place)
    return _Account(iban.replace(" ", ""), opening, day(record[77:83], "%d%m%y", place))


def _movement(record: str, account: _Account, place: str) -> _Movement:
    value_on = day(record[13:19], "%d%m%y", place)
    booked = record[19:25].strip()
    bank_id = given(record[61:77])
    line = ParsedLine(
        booked_on=day(booked, "%d%m%y", place) if booked else value_on,
        value_on=value_on,
        amount=_amount(record[26:41], record[25], str(account.opening.currency), place),
        text=record[86:120].strip(),
        # Nothing but noughts names no movement.
        bank_id=bank_id if bank_id.strip("0") else "",
    )
    return _Movement(line)


def _closed(account: _Account, record: str, name: str, place: str) -> ParsedStatement:
    currency = record[10:13].strip() or str(account.opening.currency)
    if currency != str(account.opening.currency):
        raise bad(place, currency)
    lines = [_told(movement) for movement in account.movements]
    return ParsedStatement(
        statement_id=name,
        iban=account.iban,
        from_on=account.on,
        to_on=day(record[13:19], "%d%m%y", place),
        opening=account.opening,
        closing=_amount(record[20:35], record[19], currency, place),
        lines=tuple(line for line in lines if line.amount.amount),
    )


def _told(movement: _Movement) -> ParsedLine:
    """The movement with what its notes say; what a bank did not mark is text."""
    texts, ids = [], ""
    name = iban = ""
    for note in movement.notes:
        mark, rest = note[:3], note[3:]
        if mark == "ID1":
            ids = given(rest[35:70])
        elif mark == "YYY":
            name, iban = _party(rest, name, iban)
        elif mark in ("RI1", "RI2"):
            texts.append(rest.strip())
        else:
            texts.append(note.strip())
    said = "\n".join(filter(None, [movement.line.text, *texts]))
    return replace(
        movement.line,
        text=said,
        end_to_end_id=ids,
        counterparty_name=name,
        counterparty_iban=iban,
    )


def _party(rest: str, name: str, iban: str) -> tuple[str, str]:
    """Who ordered it: first a record with the name, then one with address and IBAN."""
    found = _IBAN.search(rest[50:])
    if name:
        return name, iban or (found.group() if found else "")
    # Eight characters of date, sixteen of tax code, then the name.
    return " ".join(rest[24:64].split()), iban


def _amount(written: str, sign: str, currency: str, place: str) -> Money:
    if not _AMOUNT.fullmatch(written.strip()) or sign not in "CD" or not sign.strip():
        raise bad(place, f"{sign}{written}".strip())
    size = exact(Decimal(written.strip().replace(",", ".")), currency, place)
    return size if sign == "C" else -size
