"""SWIFT MT940 to values, by the library mt-940 with all of its corrections switched on. Pure.

The library reads what it can and passes over the rest in silence, so here every movement that the file
announces (:61:) must come out, and both balances must stand there; the gate proves the sums. RC is money
out and RD money in: a reversal has the sign of its own direction.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import mt940
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from mt940.options import Options

from backend.treasury.formats.values import YEARS, bad, exact, given
from backend.treasury.parsed import (
    BadValue,
    CutOff,
    Incomplete,
    ParsedFile,
    ParsedLine,
    ParsedStatement,
)

OPENINGS = ("final_opening_balance", "intermediate_opening_balance")
CLOSINGS = ("final_closing_balance", "intermediate_closing_balance")
_BEGINS = re.compile(rb"^\s*(\{1:|:20:)", re.ASCII)
_MOVEMENT = re.compile(r"^:61:", re.MULTILINE)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)


def is_mt940(raw: bytes) -> bool:
    """Whether the file begins with a SWIFT header or a transaction reference."""
    return bool(_BEGINS.match(raw.removeprefix(b"\xef\xbb\xbf")))


def read(raw: bytes) -> ParsedFile:
    """The statements of a file. Raises a StatementRefused that names the place."""
    text = _decoded(raw)
    try:
        found = mt940.parse_statements(text, options=Options.all())
    except (ValueError, ArithmeticError, LookupError, RuntimeError) as problem:
        raise BadValue(
            _("The file cannot be read as MT940: %(why)s.") % {"why": str(problem)[:120]}
        ) from problem
    statements = [_statement(one, f"statement {n}") for n, one in enumerate(found, start=1)]
    announced = len(_MOVEMENT.findall(text))
    if announced != sum(len(one) for one in found):
        raise CutOff(
            _("The file announces %(said)s movements, of which %(found)s can be read.")
            % {"said": announced, "found": sum(len(one) for one in found)},
            place=":61:",
        )
    return ParsedFile(format="MT940", statements=tuple(statements))


def _statement(found: Any, place: str) -> ParsedStatement:
    opening = _balance(found.data, OPENINGS, ":60F:", place)
    closing = _balance(found.data, CLOSINGS, ":62F:", place)
    currency = str(opening.amount.currency)
    if str(closing.amount.currency) != currency:
        raise bad(place, str(closing.amount.currency))
    lines = tuple(
        _line(one.data, currency, f"{place}, movement {n}") for n, one in enumerate(found, start=1)
    )
    number = [found.data.get(name) for name in ("statement_number", "sequence_number")]
    name = "/".join(filter(None, [found.data.get("transaction_reference"), *number]))
    return ParsedStatement(
        statement_id=name or place,
        iban=_iban(found.data.get("account_identification") or ""),
        from_on=min((line.booked_on for line in lines), default=_day(closing.date, place)),
        to_on=_day(closing.date, place),
        opening=exact(opening.amount.amount, currency, place),
        closing=exact(closing.amount.amount, currency, place),
        lines=tuple(line for line in lines if line.amount.amount),
    )


def _balance(data: dict[str, Any], names: tuple[str, ...], tag: str, place: str) -> Any:
    for name in names:
        if data.get(name) is not None:
            return data[name]
    raise Incomplete(
        _("%(place)s: the balance %(kind)s is missing.") % {"place": place, "kind": tag},
        place=place,
    )


def _line(data: dict[str, Any], currency: str, place: str) -> ParsedLine:
    amount = data.get("amount")
    if amount is None or not isinstance(amount.amount, Decimal):
        raise bad(place, str(amount))
    value_on = _day(data.get("date"), place)
    size: Money = exact(amount.amount, currency, place)
    return ParsedLine(
        booked_on=_day(data.get("entry_date") or value_on, place),
        value_on=value_on,
        amount=size,
        counterparty_name=(data.get("applicant_name") or "").strip(),
        counterparty_iban=(data.get("applicant_iban") or "").replace(" ", ""),
        text=_text(data),
        end_to_end_id=given(data.get("end_to_end_reference") or data["customer_reference"] or ""),
        bank_id=given(data.get("bank_reference") or ""),
        is_reversal="R" in (data.get("status") or ""),
    )


def _text(data: dict[str, Any]) -> str:
    names = ("purpose", "additional_purpose", "transaction_details", "extra_details")
    said = dict.fromkeys((data.get(name) or "").strip() for name in names)
    return "\n".join(filter(None, said))


def _day(found: Any, place: str) -> dt.date:
    # The library's Date is a date; from a strange one it makes another year.
    if not isinstance(found, dt.date) or found.year not in YEARS:
        raise bad(place, str(found))
    return dt.date(found.year, found.month, found.day)


def _iban(written: str) -> str:
    found = _IBAN.search(written.replace(" ", "").upper())
    return found.group() if found else written.strip()


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
