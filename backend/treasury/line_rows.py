"""Parsed movements as rows of BankLine, brought to the database in one COPY. What is new is decided in
`statements`.
"""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.treasury import matching
from backend.treasury.identities import Identity
from backend.treasury.models import BankStatement
from backend.treasury.parsed import ParsedLine

OPENING = "opening"
COLUMNS = (
    "statement_id", "account_id", "identity", "fingerprint", "booked_on", "value_on", "amount",
    "amount_currency", "counterparty_name", "counterparty_iban", "text", "end_to_end_id",
    "creditor_reference", "bank_id", "instructed", "is_reversal", "return_reason", "parts", "key",
    "key_reason",
)  # fmt: skip
Row = tuple[object, ...]


def store(rows: Iterable[Row]) -> None:
    """Insert rows in their order; the database numbers them so. It takes some in while others are made."""
    copy_in = f"COPY treasury_bankline ({', '.join(COLUMNS)}) FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(copy_in) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def lines(statement: BankStatement, named: Iterable[tuple[Identity, ParsedLine]]) -> Iterator[Row]:
    """A statement's rows, made as they are asked for."""
    for identity, parsed in named:
        yield _line(statement, identity, parsed)


def _line(statement: BankStatement, identity: Identity, parsed: ParsedLine) -> Row:
    key, reason = matching.the_key(parsed.creditor_reference, parsed.end_to_end_id, parsed.text)
    return (
        statement.pk,
        statement.account_id,
        identity.identity,
        identity.fingerprint,
        parsed.booked_on,
        parsed.value_on,
        parsed.amount.amount,
        parsed.amount.currency.code,
        parsed.counterparty_name[:200],
        parsed.counterparty_iban[:34],
        parsed.text,
        parsed.end_to_end_id[:80],
        parsed.creditor_reference,
        identity.bank_id,
        _plain(parsed.instructed),
        parsed.is_reversal,
        parsed.return_reason[:40],
        parsed.parts,
        key,
        reason,
    )


def opening_line(statement: BankStatement) -> Row:
    """Money that was there before we looked is explained by hand, as any other line."""
    opening, day = statement.balances[0], statement.from_on
    words = str(_("Balance before the first statement"))
    return (
        statement.pk, statement.account_id, OPENING, OPENING, day, day, opening.amount,
        opening.currency.code, "", "", words, "", "", "", "", False, "", 1, "", "",
    )  # fmt: skip


def _plain(amount: Money | None) -> str:
    return f"{amount.amount:.2f} {amount.currency}" if amount is not None else ""
