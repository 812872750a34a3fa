"""What a row of a platform's file says: columns by a saved mapping, each cell read or refused. Pure.

A fault names the line and the field, so that somebody can mend the file. What an order then does is in
`platform_orders`.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock
from backend.core.errors import Refused, RuleBroken
from backend.core.money import euro, said
from backend.core.tables import Row, Table

FIELDS: dict[str, str | Promise] = {
    "order_id": _("Order"),
    "tax_code": _("Tax code"),
    "name": _("Name"),
    "amount": _("Amount"),
    "shares": _("Shares"),
    "ordered_at": _("Ordered at"),
    "status": _("Status"),
    "kind": _("Person or entity"),
    "born_on": _("Born on"),
    "email": _("E-mail"),
    "iban": _("IBAN"),
    "changed_at": _("Changed at"),
}
PERSONAL = ("tax_code", "name", "kind", "born_on", "email", "iban")
"""Who ordered: kept sealed, apart from what was ordered."""
NEEDED = ("order_id", "tax_code", "name", "ordered_at")
REVOKED = frozenset({"revoked", "cancelled", "canceled", "withdrawn", "revocato", "annullato"})
STANDING = frozenset({"", "placed", "active", "confirmed", "attivo", "confermato", "valido"})
ENTITIES = frozenset({"entity", "company", "legal", "ente", "azienda", "società"})
PEOPLE = frozenset({"", "person", "natural", "persona"})
# One separator with one or two decimals, or both: 1.234 alone might be a thousand or one and a bit.
PLAIN = re.compile(r"^\d{1,12}([.,]\d{1,2})?$", re.ASCII)
ITALIAN = re.compile(r"^\d{1,3}(\.\d{3})+,\d{1,2}$", re.ASCII)
ENGLISH = re.compile(r"^\d{1,3}(,\d{3})+\.\d{1,2}$", re.ASCII)
INSTANTS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y",
)  # fmt: skip


class BadMapping(Refused):
    code = "order_mapping.bad"


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row: `field` is one of FIELDS, or empty for the row as a whole."""

    line: int
    field: str
    sentence: str


@dataclass(frozen=True)
class OrderRow:
    """An order as the platform tells it, at the price of the campaign: whole shares."""

    line: int
    order_id: str
    tax_code: str
    name: str
    shares: int
    ordered_at: dt.datetime
    is_revoked: bool = False
    kind: str = "person"
    born_on: dt.date | None = None
    email: str = ""
    iban: str = ""
    changed_at: dt.datetime | None = None

    def facts(self) -> dict[str, Any]:
        """All that was told; the same facts again are no new version."""
        changed = {"changed_at": _as_text(self.changed_at)} if self.changed_at else {}
        return changed | {
            "tax_code": self.tax_code,
            "name": self.name,
            "shares": self.shares,
            "ordered_at": _as_text(self.ordered_at),
            "is_revoked": self.is_revoked,
            "kind": self.kind,
            "born_on": self.born_on.isoformat() if self.born_on else None,
            "email": self.email,
            "iban": self.iban,
        }

    def order(self) -> dict[str, Any]:
        """Of the facts, what was ordered."""
        return {name: value for name, value in self.facts().items() if name not in PERSONAL}

    def person(self) -> dict[str, Any]:
        """Of the facts, who ordered."""
        return {name: value for name, value in self.facts().items() if name in PERSONAL}


def _as_text(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).isoformat()


class _Unreadable(Exception):
    """A cell that cannot be read; becomes a fault."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, str(sentence)


def check_mapping(columns: Mapping[str, str]) -> dict[str, str]:
    """The mapping itself: field to column. Raises BadMapping when a needed field has no column."""
    named = {field: column.strip() for field, column in columns.items() if column.strip()}
    unknown = sorted(named.keys() - FIELDS.keys())
    lacks = [str(FIELDS[field]) for field in NEEDED if field not in named]
    if not {"amount", "shares"} & named.keys():
        lacks.append(str(FIELDS["amount"]))
    if unknown or lacks or len(set(named.values())) < len(named):
        raise BadMapping(
            _("Say once for each which column holds it. Missing: %(lacks)s.")
            % {"lacks": ", ".join(lacks + unknown) or "–"},
            field="columns",
        )
    return named


def read(
    *, table: Table, columns: Mapping[str, str], price: Money
) -> tuple[list[OrderRow], list[Fault]]:
    """The orders of a table and all that is wrong in it; identical rows count once.

    Raises BadMapping when the file lacks a column of the mapping.
    """
    absent = sorted(set(columns.values()) - set(table.header))
    if absent:
        raise BadMapping(
            _("The file has no column “%(name)s”.") % {"name": absent[0]}, field="columns"
        )
    rows, faults = [], []
    for row in table.rows:
        try:
            rows.append(read_row(row=row, columns=columns, price=price))
        except _Unreadable as problem:
            faults.append(Fault(row.line, problem.field, problem.sentence))
    rows, twice = _once(rows)
    return rows, sorted(faults + twice, key=lambda fault: fault.line)


def read_row(*, row: Row, columns: Mapping[str, str], price: Money) -> OrderRow:
    """One row read cell by cell."""
    cells = {field: row.cells.get(column, "") for field, column in columns.items()}
    for field in NEEDED:
        if not cells.get(field):
            raise _Unreadable(field, _("This must not be empty."))
    return OrderRow(
        line=row.line,
        order_id=_short(cells, "order_id", 60),
        tax_code=_short(cells, "tax_code", 32),
        name=_short(cells, "name", 200),
        shares=_shares(cells, price),
        ordered_at=_instant(cells, "ordered_at"),
        changed_at=_instant(cells, "changed_at") if cells.get("changed_at") else None,
        is_revoked=_one_of(cells, "status", REVOKED, STANDING),
        kind="entity" if _one_of(cells, "kind", ENTITIES, PEOPLE) else "person",
        born_on=_day(cells.get("born_on", "")),
        email=_short(cells, "email", 254),
        iban=_short(cells, "iban", 42),
    )


def _short(cells: Mapping[str, str], field: str, longest: int) -> str:
    text = cells.get(field, "").strip()
    if len(text) > longest:
        raise _Unreadable(field, _("This is too long."))
    return text


def _shares(cells: Mapping[str, str], price: Money) -> int:
    """From the shares or the amount; where both are told they must agree."""
    told = cells.get("shares", "")
    if told and not re.fullmatch(r"[1-9]\d{0,8}", told, re.ASCII):
        raise _Unreadable("shares", _("Shares are a whole number."))
    shares = int(told) if told else None
    if not cells.get("amount"):
        if shares is None:
            raise _Unreadable("amount", _("This must not be empty."))
        return shares
    amount = _amount(cells["amount"])
    bought, rest = divmod(amount.amount, price.amount)
    if rest or bought < 1 or (shares is not None and shares != bought):
        raise _Unreadable(
            "amount",
            _("At %(price)s each this is not this number of shares.") % {"price": said(price)},
        )
    return int(bought)


def _amount(text: str) -> Money:
    bare = re.sub(r"[\s€’']|EUR", "", text)
    if ITALIAN.match(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif ENGLISH.match(bare):
        bare = bare.replace(",", "")
    elif not PLAIN.match(bare):
        raise _Unreadable("amount", _("Write an amount, such as 500 or 1250.50."))
    try:
        return euro(Decimal(bare.replace(",", ".")))
    except RuleBroken as problem:
        raise _Unreadable("amount", problem.sentence) from problem


def _instant(cells: Mapping[str, str], field: str) -> dt.datetime:
    """An ISO instant, or a time as it was on the clocks of Rome; in the hour that autumn repeats, the
    first. A day alone is its beginning."""
    found = _parsed(cells[field].strip())
    if found is None or not 2000 <= found.year < 2200:
        raise _Unreadable(field, _("Write day and time, such as 2026-03-01 10:30."))
    zoned = found if found.tzinfo else found.replace(tzinfo=clock.ROME)
    return zoned.astimezone(dt.UTC)


def _day(text: str) -> dt.date | None:
    """Asked of people whose tax code does not tell it."""
    if not text:
        return None
    found = _parsed(text)
    if found is None or not 1900 <= found.year < 2200:
        raise _Unreadable("born_on", _("Write a day, such as 1980-12-31."))
    return found.date()


def _parsed(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in INSTANTS:
        try:
            return dt.datetime.strptime(text, form)  # noqa: DTZ007  # the zone is Rome's, set above
        except ValueError:
            continue
    return None


def plain_code(text: str) -> str:
    """A tax code as it is compared: without what people put between its letters."""
    return "".join(text.split()).replace(".", "").replace("-", "").upper()


def amount_of(text: str) -> Money | None:
    """An amount as people write it, nothing included; None where it cannot be read."""
    try:
        return _amount(text)
    except _Unreadable:
        return None


def day_of(text: str) -> dt.date | None:
    """A day as people write it; None where there is none or it cannot be read."""
    found = _parsed(text.strip()) if text else None
    return found.date() if found else None


def _one_of(cells: Mapping[str, str], field: str, yes: frozenset[str], no: frozenset[str]) -> bool:
    word = cells.get(field, "").strip().lower()
    if word not in yes | no:
        raise _Unreadable(field, _("This word is not known: %(word)s.") % {"word": word[:40]})
    return word in yes


def _once(rows: Sequence[OrderRow]) -> tuple[list[OrderRow], list[Fault]]:
    """Each order once; the same order told in two ways is a fault."""
    seen: dict[str, OrderRow] = {}
    faults = []
    for row in rows:
        first = seen.setdefault(row.order_id, row)
        if first.facts() != row.facts():
            sentence = _("This order stands in line %(line)s too, and otherwise.")
            faults.append(Fault(row.line, "order_id", str(sentence % {"line": first.line})))
    return list(seen.values()), faults
