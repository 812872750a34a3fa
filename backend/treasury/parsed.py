"""What a statement file says, as values, and why a file may be refused. Pure.

Readers (`formats`) make these values, `bank_statements` judges them,
`statements` stores them. An amount is signed as the account's holder sees it: money in is positive.
"""

import datetime as dt
from dataclasses import dataclass

from djmoney.money import Money

from backend.core.errors import Refused

BOOKS = "EUR"


class StatementRefused(Refused):
    """A file of which nothing is booked. Its facts name the place."""

    code = "statement.refused"


class NotCamt(StatementRefused):
    code = "statement.not_camt"


class CutOff(StatementRefused):
    code = "statement.cut_off"


class WrongSum(StatementRefused):
    code = "statement.wrong_sum"


class TooLarge(StatementRefused):
    code = "statement.too_large"


class ForbiddenContent(StatementRefused):
    code = "statement.forbidden_content"


class BadValue(StatementRefused):
    code = "statement.bad_value"


class Incomplete(StatementRefused):
    code = "statement.incomplete"


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One movement. `parts` above one is a batch that the bank did not take apart."""

    booked_on: dt.date
    value_on: dt.date
    amount: Money
    counterparty_name: str = ""
    counterparty_iban: str = ""
    text: str = ""
    end_to_end_id: str = ""
    creditor_reference: str = ""
    bank_id: str = ""
    instructed: Money | None = None
    is_reversal: bool = False
    return_reason: str = ""
    parts: int = 1


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """One account's movements between two balances. `pending` entries are counted, never booked.

    A notification (camt.054) has no balances: the statement that follows it proves its lines.
    """

    statement_id: str
    iban: str
    from_on: dt.date
    to_on: dt.date
    opening: Money | None
    closing: Money | None
    lines: tuple[ParsedLine, ...]
    pending: int = 0

    @property
    def currency(self) -> str:
        """The account's; of a notification without lines, the books'."""
        if self.opening is not None:
            return str(self.opening.currency)
        return str(self.lines[0].amount.currency) if self.lines else BOOKS


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """All statements of one file, with the format that its reader recognised."""

    format: str
    statements: tuple[ParsedStatement, ...]
