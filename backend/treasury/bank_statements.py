"""Bytes of a statement file to values, through the gate: what does not add up is refused whole.
Pure.

bytes -> `camt` (elements to values) -> gate (opening + entries = closing) -> ParsedFile. Storing
and booking is in `statements`; CBI, MT940 and CSV readers will stand beside `camt`.
"""

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.treasury import camt
from backend.treasury.parsed import ParsedFile, ParsedStatement, TooLarge, WrongSum

MAX_BYTES = 64 * 1024 * 1024


def parse(raw: bytes) -> ParsedFile:
    """Read a statement file and prove its sums.

    Raises a StatementRefused that names the place, and for a wrong sum the difference; then nothing
    of the file may be booked (ISO 20022 camt.053.001.02 to .08 and later).
    """
    if len(raw) > MAX_BYTES:
        raise TooLarge(
            _("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1024**2},
            size_bytes=len(raw),
        )
    parsed = camt.read(raw)
    for statement in parsed.statements:
        prove(statement)
    return parsed


def prove(statement: ParsedStatement) -> None:
    """The gate: opening + entries = closing, else WrongSum with the difference.

    Software differs on whether the sign of a reversal is its own or the first entry's. Ours is the
    standard's (its own); where only the other reading adds up, the refusal says so and guesses
    nothing.
    """
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
    signed = (n.amount * reversed_sign if n.is_reversal else n.amount for n in statement.lines)
    return sum(signed, start=Money(0, statement.currency))


def _plain(amount: Money) -> str:
    return f"{amount.amount:.2f} {amount.currency}"
