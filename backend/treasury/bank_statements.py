"""Bytes of a statement file to values, through the gate: what does not add up is refused whole.
Pure.

bytes -> a reader of `formats`, chosen by how the file begins -> gate (opening + entries = closing) ->
ParsedFile. Storing and booking is in `statements`.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.treasury.formats import camt, cbi_flow, delimited, mt940
from backend.treasury.formats.delimited import Sheet
from backend.treasury.parsed import ParsedFile, ParsedLine, ParsedStatement, TooLarge, WrongSum

BRIDGE = "bridge"
MAX_BYTES = 64 * 1024 * 1024


def parse(raw: bytes, sheet: Sheet | None = None) -> ParsedFile:
    """Read a statement file and prove its sums.

    camt.053 and camt.054 (ISO 20022, 001.02 to .08 and later, also in the CBI wrapper), the CBI
    fixed-width flow and MT940 say themselves what they are; a table (CSV, XLSX) needs `sheet`, the
    account and the layout of its columns. Raises a StatementRefused that names the place, and for a
    wrong sum the difference; then nothing of the file may be booked.
    """
    parsed = read(raw, sheet)
    for statement in parsed.statements:
        prove(statement)
    return parsed


def read(raw: bytes, sheet: Sheet | None = None) -> ParsedFile:
    """Read a statement file and prove nothing. Raises a StatementRefused that names the place."""
    if len(raw) > MAX_BYTES:
        raise TooLarge(
            _("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1024**2},
            size_bytes=len(raw),
        )
    return delimited.read(raw, sheet) if sheet is not None else _read(raw)


def bridged(parsed: ParsedFile, words: str) -> ParsedFile:
    """The file with a line more for what is missing of each statement that does not add up."""
    return replace(parsed, statements=tuple(_bridged(one, words) for one in parsed.statements))


def _bridged(statement: ParsedStatement, words: str) -> ParsedStatement:
    if statement.opening is None or statement.closing is None:
        return statement
    missing = statement.closing - statement.opening - total(statement)
    if not missing.amount:
        return statement
    name = f"{BRIDGE}:{statement.statement_id}"[:100]
    day = statement.to_on
    line = ParsedLine(day, day, missing, text=words, bank_id=name)
    return replace(statement, lines=(*statement.lines, line))


def _read(raw: bytes) -> ParsedFile:
    if cbi_flow.is_flow(raw):
        return cbi_flow.read(raw)
    return mt940.read(raw) if mt940.is_mt940(raw) else camt.read(raw)


def prove(statement: ParsedStatement) -> None:
    """The gate: opening + entries = closing, else WrongSum with the difference.

    A notification has no balances to prove it. Software differs on whether the sign of a reversal is
    its own or the first entry's. Ours is the standard's (its own); where only the other reading adds
    up, the refusal says so and guesses nothing.
    """
    if statement.opening is None or statement.closing is None:
        return
    expected = statement.opening + total(statement)
    if expected == statement.closing:
        return
    difference = statement.closing - expected
    sentence = _(
        "Statement %(id)s does not add up: opening %(opening)s and entries %(entries)s give"
        " %(expected)s, but it closes at %(closing)s. Difference: %(difference)s."
    )
    if statement.opening + total(statement, reversed_sign=-1) == statement.closing:
        sentence = _(
            "Statement %(id)s adds up only if its reversals are read with the opposite sign (opening"
            " %(opening)s, entries %(entries)s, closing %(closing)s). Difference: %(difference)s."
        )
    figures = {
        "opening": _plain(statement.opening),
        "entries": _plain(total(statement)),
        "expected": _plain(expected),
        "closing": _plain(statement.closing),
        "difference": _plain(difference),
    }
    raise WrongSum(sentence % {"id": statement.statement_id, **figures}, **figures)


def total(statement: ParsedStatement, reversed_sign: int = 1) -> Money:
    """The sum of a statement's lines, those that reverse an earlier one times `reversed_sign`."""
    signed = (
        line.amount.amount * reversed_sign if line.is_reversal else line.amount.amount
        for line in statement.lines
    )
    # Readers refuse a statement in two currencies; plain numbers add up five times as fast.
    return Money(sum(signed), statement.currency)


def _plain(amount: Money) -> str:
    return f"{amount.amount:.2f} {amount.currency}"
