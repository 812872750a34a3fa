"""camt.053 and camt.054 read into values, by local names, so that versions 001.02 to 001.08 and later,
and the Italian banks' CBI wrapper, read alike. Pure.

A notification (camt.054) tells movements ahead of the statement and has no balances. Streamed entry
by entry; entities, DTD and network are off; nothing is guessed: a missing or unreadable value refuses
the file and names the place. Whether the sums are right is judged in `bank_statements`.
"""

import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from lxml import etree

from backend.treasury.formats import camt_entries
from backend.treasury.formats import camt_values as values
from backend.treasury.formats.camt_values import Element, Node
from backend.treasury.parsed import (
    BadValue,
    CutOff,
    ForbiddenContent,
    Incomplete,
    NotCamt,
    ParsedFile,
    ParsedLine,
    ParsedStatement,
)

# Older files give the closing balance of the day before in place of an opening one.
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_FORMAT = re.compile(r"camt\.05[34]\.\d{3}\.\d{2}|CBI\w+\.\d\d\.\d\d\.\d\d", re.ASCII)
# Where statements stand: the ISO message, or the daily and the periodic one of CBI.
_MESSAGES = (
    "BkToCstmrStmt",
    "BkToCstmrDbtCdtNtfctn",
    "CBIDlyStmtReqLogMsg",
    "CBIPrdcStmtReqLogMsg",
)
_STATEMENTS = ("Stmt", "Ntfctn")
_WATCHED = tuple(f"{{*}}{name}" for name in ("Document", *_MESSAGES, *_STATEMENTS, "Ntry"))


def read(raw: bytes) -> ParsedFile:
    """The statements of a camt.053 or camt.054 file. Raises a StatementRefused that names the place."""
    # Before the parser sees it: libxml2 reads a declaration before it tells us of any element.
    if b"<!DOCTYPE" in raw[:4096]:
        raise _forbidden()
    state = _Reading()
    try:
        for event, element in _events(raw):
            state.take(event, element)
    except etree.XMLSyntaxError as problem:
        raise _broken(problem, state) from problem
    if not state.is_camt or not state.statements:
        raise _unknown(format=state.format)
    return ParsedFile(format=state.format, statements=tuple(state.statements))


def _events(raw: bytes) -> Iterator[tuple[str, Element]]:
    yield from etree.iterparse(
        io.BytesIO(raw),
        events=("start", "end"),
        tag=_WATCHED,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )


class _Reading:
    """What was read so far; entries are taken and let go, so memory does not follow the file."""

    def __init__(self) -> None:
        self.format = ""
        self.is_camt = False
        self.statements: list[ParsedStatement] = []
        self.lines: list[ParsedLine] = []
        self.entries = 0
        self.pending = 0

    def take(self, event: str, element: Element) -> None:
        name = values.local(element)
        if event == "start":
            if name != "Ntry":
                self.begin(name, element)
        elif name == "Ntry" and values.local(element.getparent()) in _STATEMENTS:
            self.entry(element)
        elif name in _STATEMENTS:
            self.statement(element)

    def begin(self, name: str, element: Element) -> None:
        if element.getroottree().docinfo.internalDTD is not None:
            raise _forbidden()
        if name == "Document" or name in _MESSAGES:
            found = _FORMAT.search(str(element.tag).rpartition("}")[0])
            self.format = self.format or (found.group() if found else "")
        self.is_camt = self.is_camt or name in _MESSAGES

    def entry(self, element: Element) -> None:
        self.entries += 1
        # PDNG may never come, INFO never does; a bank sends a pending entry again once it is booked.
        node = Node(element)
        if node.first("Sts/Cd", "Sts") == "BOOK":
            self.lines.extend(camt_entries.lines(node, self.place(element)))
        else:
            self.pending += 1
        _let_go(element)

    def statement(self, element: Element) -> None:
        place = f"{values.local(element)} {len(self.statements) + 1}"
        reader = _statement if values.local(element) == "Stmt" else _notification
        self.statements.append(reader(Node(element), self, place))
        self.lines, self.entries, self.pending = [], 0, 0
        element.clear()

    def place(self, element: Element) -> str:
        where = f"Stmt {len(self.statements) + 1}, Ntry {self.entries}"
        return f"{where}, line {element.sourceline}"


def _let_go(entry: Element) -> None:
    # The parser still holds the entry itself, so what is removed is the one before it.
    entry.clear()
    before, parent = entry.getprevious(), entry.getparent()
    if before is not None and parent is not None and values.local(before) == "Ntry":
        parent.remove(before)


def _notification(node: Node, reading: _Reading, place: str) -> ParsedStatement:
    """Movements without balances; the days are those of its lines."""
    days = [line.booked_on for line in reading.lines]
    if not days:
        created = values.day(node.text("CreDtTm"), place)
        days = [created]
    currencies = {str(line.amount.currency) for line in reading.lines}
    if len(currencies) > 1:
        raise BadValue(
            _("%(place)s: its entries are in several currencies.") % {"place": place}, place=place
        )
    return ParsedStatement(
        statement_id=node.text("Id") or place,
        iban=_account(node),
        from_on=min(days),
        to_on=max(days),
        opening=None,
        closing=None,
        lines=tuple(reading.lines),
        pending=reading.pending,
    )


def _account(node: Node) -> str:
    return node.first("Acct/Id/IBAN", "Acct/Id/Othr/Id").replace(" ", "").upper()


def _statement(node: Node, reading: _Reading, place: str) -> ParsedStatement:
    balances = {one.text("Tp/CdOrPrtry/Cd"): one for one in node.parts(values.BALANCE)}
    opening = _balance(balances, OPENING, place)
    closing = _balance(balances, CLOSING, place)
    amount = values.signed(opening, values.amount(opening, "Amt", place), place)
    _one_currency(reading.lines, amount, place)
    from_text = node.text("FrToDt/FrDtTm")
    return ParsedStatement(
        statement_id=node.text("Id") or place,
        iban=_account(node),
        from_on=values.day(from_text, place) if from_text else values.date(opening, "Dt", place),
        to_on=values.date(closing, "Dt", place),
        opening=amount,
        closing=values.signed(closing, values.amount(closing, "Amt", place), place),
        lines=tuple(reading.lines),
        pending=reading.pending,
    )


def _balance(balances: dict[str, Node], kinds: tuple[str, ...], place: str) -> Node:
    for kind in kinds:
        if kind in balances:
            return balances[kind]
    raise Incomplete(
        _("%(place)s: the balance %(kind)s is missing.") % {"place": place, "kind": kinds[0]},
        place=place,
    )


def _one_currency(lines: list[ParsedLine], opening: Money, place: str) -> None:
    others = {str(line.amount.currency) for line in lines} - {str(opening.currency)}
    if others:
        raise BadValue(
            _("%(place)s: an entry is in %(other)s, the account is in %(currency)s.")
            % {"place": place, "other": min(others), "currency": str(opening.currency)},
            place=place,
        )


def _forbidden() -> ForbiddenContent:
    return ForbiddenContent(
        _("The file declares a document type or entities; no statement needs them.")
    )


def _broken(problem: etree.XMLSyntaxError, reading: _Reading) -> Exception:
    line, column = problem.position
    if not reading.is_camt:
        return _unknown(line=line, column=column)
    return CutOff(
        _("The file is cut off or damaged at line %(line)s, column %(column)s.")
        % {"line": line, "column": column},
        place=f"line {line}, column {column}",
    )


def _unknown(**facts: object) -> NotCamt:
    return NotCamt(
        _("No bank statement can be read here: neither camt.053, camt.054, CBI nor MT940."), **facts
    )
