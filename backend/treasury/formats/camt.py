"""camt.053 and camt.054 read into values, by local names, so that versions 001.02 to 001.08 and later,
and the Italian banks' CBI wrapper, read alike. Pure.

A notification (camt.054) tells movements ahead of the statement and has no balances. Streamed: what is
complete of the tree is taken and let go after each piece of the file. Document types, and so entities,
are refused; nothing is guessed: a missing or unreadable value refuses the file and names the place.
Whether the sums are right is judged in `bank_statements`. (The standard library's tree, because lxml
makes an object anew for each element that is looked at: that took half of the time.)
"""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.treasury.formats import camt_entries
from backend.treasury.formats import camt_values as values
from backend.treasury.formats.camt_values import Node
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
# Few entries at once: they are gone before anybody looks among them for garbage.
_PIECE = 16 * 1024
# Statements stand three or four deep; what is hidden deeper is not one.
_DEEPEST = 8


def read(raw: bytes) -> ParsedFile:
    """The statements of a camt.053 or camt.054 file. Raises a StatementRefused that names the place."""
    _refuse_document_type(raw)
    state = _Reading()
    builder = ElementTree.TreeBuilder()
    # All of the file grows below an element of ours, which is looked at while it does.
    root = builder.start("file", {})
    parser = ElementTree.XMLParser(target=builder)  # noqa: S314 -- no document type comes here
    try:
        for start in range(0, len(raw), _PIECE):
            parser.feed(raw[start : start + _PIECE])
            state.take(root, is_open=True)
        parser.close()
    except ElementTree.ParseError as problem:
        state.is_camt |= any(values.local(element) in _MESSAGES for element in root.iter())
        raise _broken(problem, state) from problem
    except (LookupError, ValueError) as problem:
        # An encoding that there is not; what is wrong inside is a StatementRefused.
        raise _unknown() from problem
    state.take(root, is_open=False)
    if not state.is_camt or not state.statements:
        raise _unknown(format=state.format)
    return ParsedFile(format=state.format, statements=tuple(state.statements))


class _InBody(Exception):
    """The first element: a document type can only stand before it."""


def _refuse_document_type(raw: bytes) -> None:
    """Look at what stands before the first element with a parser that stops at either."""
    prolog = expat.ParserCreate()

    def at_type(*_told: object) -> None:
        raise _forbidden()

    def at_element(*_told: object) -> None:
        raise _InBody

    prolog.StartDoctypeDeclHandler = at_type
    prolog.StartElementHandler = at_element
    try:
        prolog.Parse(raw, True)
    except _InBody:
        return
    except (expat.ExpatError, LookupError, ValueError):
        return  # read says what is wrong


class _Reading:
    """What was read so far; entries are taken and let go, so memory does not follow the file."""

    def __init__(self) -> None:
        self.format = ""
        self.is_camt = False
        self.statements: list[ParsedStatement] = []
        self.lines: list[ParsedLine] = []
        self.entries = 0
        self.pending = 0

    def take(self, parent: Element, *, is_open: bool, depth: int = 0) -> None:
        """Read what is complete below an element and let it go; of an open one its last child is not."""
        children = list(parent)
        for child in children:
            name = values.local(child)
            if depth == 0 or name in _MESSAGES:
                self.begin(name, child)
            is_last = is_open and child is children[-1]
            if name in _STATEMENTS:
                self.entries_of(child, is_open=is_last)
            elif depth < _DEEPEST:
                self.take(child, is_open=is_last, depth=depth + 1)
            if name in _STATEMENTS and not is_last:
                self.statement(child)
        parent[:] = children[-1:] if is_open else []

    def entries_of(self, statement: Element, *, is_open: bool) -> None:
        # The last one may still grow when nothing stands behind it.
        growing = statement[-1] if is_open and len(statement) else None
        kept = []
        for child in statement:
            if child is growing or values.local(child) != "Ntry":
                kept.append(child)
            else:
                self.entry(child)
        statement[:] = kept

    def begin(self, name: str, element: Element) -> None:
        if name == "Document" or name in _MESSAGES:
            found = _FORMAT.search(str(element.tag).rpartition("}")[0])
            self.format = self.format or (found.group() if found else "")
        self.is_camt = self.is_camt or name in _MESSAGES

    def entry(self, element: Element) -> None:
        self.entries += 1
        # PDNG may never come, INFO never does; a bank sends a pending entry again once it is booked.
        node = values.node(element)
        if node.first("Sts/Cd", "Sts") == "BOOK":
            place = f"Stmt {len(self.statements) + 1}, Ntry {self.entries}"
            self.lines.extend(camt_entries.lines(node, place))
        else:
            self.pending += 1

    def statement(self, element: Element) -> None:
        place = f"{values.local(element)} {len(self.statements) + 1}"
        reader = _statement if values.local(element) == "Stmt" else _notification
        self.statements.append(reader(values.node(element), self, place))
        self.lines, self.entries, self.pending = [], 0, 0


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
    others = {line.amount.currency.code for line in lines} - {opening.currency.code}
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


def _broken(problem: ElementTree.ParseError, reading: _Reading) -> Exception:
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
