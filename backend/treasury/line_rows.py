"""A parsed movement as a row of BankLine, ready to be inserted. What is new is decided in `statements`."""

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.treasury.identities import Identity
from backend.treasury.models import BankLine, BankStatement
from backend.treasury.parsed import ParsedLine

OPENING = "opening"


def line(statement: BankStatement, identity: Identity, parsed: ParsedLine) -> BankLine:
    return BankLine(
        statement=statement,
        account=statement.account,
        identity=identity.identity,
        fingerprint=identity.fingerprint,
        booked_on=parsed.booked_on,
        value_on=parsed.value_on,
        amount=parsed.amount,
        counterparty_name=parsed.counterparty_name[:200],
        counterparty_iban=parsed.counterparty_iban[:34],
        text=parsed.text,
        end_to_end_id=parsed.end_to_end_id[:80],
        creditor_reference=parsed.creditor_reference,
        bank_id=identity.bank_id,
        instructed=_plain(parsed.instructed),
        is_reversal=parsed.is_reversal,
        return_reason=parsed.return_reason[:40],
        parts=parsed.parts,
    )


def opening_line(statement: BankStatement) -> BankLine:
    """Money that was there before we looked is explained by hand, as any other line."""
    return BankLine(
        statement=statement,
        account=statement.account,
        identity=OPENING,
        fingerprint=OPENING,
        booked_on=statement.from_on,
        value_on=statement.from_on,
        amount=statement.balances[0],
        text=str(_("Balance before the first statement")),
    )


def _plain(amount: Money | None) -> str:
    return f"{amount.amount:.2f} {amount.currency}" if amount is not None else ""
