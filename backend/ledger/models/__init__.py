"""The tables of the ledger: what is posted (`entries`), and months and days of it (`periods`)."""

from backend.ledger.models.entries import (
    ACQUISITION,
    Account,
    Balance,
    Entry,
    Fund,
    FundPolicy,
    Purpose,
    Seal,
    Transfer,
)
from backend.ledger.models.periods import Books, DayTotal, Month

__all__ = [
    "ACQUISITION",
    "Account",
    "Balance",
    "Books",
    "DayTotal",
    "Entry",
    "Fund",
    "FundPolicy",
    "Month",
    "Purpose",
    "Seal",
    "Transfer",
]
