"""What owners say to treasury, and what treasury says to owners: values without behaviour."""

import datetime as dt
from dataclasses import dataclass

from djmoney.money import Money

from backend.ledger.models import Account
from backend.treasury.models import BankAccount, BankLine, Expectation


@dataclass(frozen=True)
class ExpectationSpec:
    """A movement to wait for. The reference is a creditor reference (ISO 11649), or somebody else's
    code of at least eight characters, which is then booked only with the exact amount."""

    reference: str
    direction: str
    amount: Money
    bank_account: BankAccount
    source: Account
    target: Account
    owner_kind: str
    owner_key: str
    counterparty: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Met:
    """A line, or a part of it, met an expectation; `amount` is that part. Several may meet one."""

    expectation: Expectation
    amount: Money
    line: BankLine
    at: dt.datetime
