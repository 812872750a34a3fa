"""The books as beancount's plain text: a stranger's program reads them, and finds the same closing.

Openings are an entry of the day before, closings are `balance` lines of the day after, without any
tolerance. Accounts are named by root, kind and a readable end; their number keeps two apart.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from backend.ledger.models import Account, Entry, Transfer
from backend.ledger.statements import Period, Row

Kind = Account.Kind
ROOTS = {
    Kind.OUTSIDE: "Equity:Outside",
    Kind.SUSPENSE: "Assets:Suspense",
    Kind.PAYER: "Liabilities:Payer",
    Kind.HELD: "Assets:Held",
    Kind.CLEARING: "Assets:Clearing",
    Kind.HOLDING: "Assets:Holding",
    Kind.USE: "Expenses:Use",
    Kind.DUE: "Assets:Due",
    Kind.OWED: "Liabilities:Owed",
}
UNNAMEABLE = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True)
class Heading:
    """What stands above the entries, as comments."""

    title: str
    seal: str
    period: Period


def lines(heading: Heading, rows: Iterable[Row], journal: Iterable[Transfer]) -> Iterator[str]:
    """The whole file, line by line. `rows` are accounts one by one, with openings and movements."""
    named = [(row, row.account) for row in rows if row.account is not None]
    period = heading.period
    yield f"; {_plain(heading.title)}, {period.from_on} - {period.to_on}"
    yield f"; seal: {heading.seal}"
    for _row, account in named:
        yield f"{period.eve} open {name(account)} {account.currency}"
    yield from _opening(period.eve, named)
    for entry, moved in groupby(journal, key=lambda transfer: transfer.entry):
        yield from _entry(entry, moved)
    after = period.to_on + dt.timedelta(days=1)
    for row, account in named:
        yield f"{after} balance {name(account)} {row.closing.amount:.2f} ~ 0.00 {account.currency}"


def name(account: Account) -> str:
    """The account's name in beancount, the same in every export."""
    code = UNNAMEABLE.sub("-", account.code).strip("-")
    return f"{ROOTS[Kind(account.kind)]}:{account.pk}-{code}".rstrip("-")


def _opening(day: dt.date, named: Iterable[tuple[Row, Account]]) -> Iterator[str]:
    moved = [(row, account) for row, account in named if row.opening.amount]
    if moved:
        yield f'{day} * "opening"'
    for row, account in moved:
        yield f"  {name(account)} {row.opening.amount:.2f} {account.currency}"


def _entry(entry: Entry, moved: Iterable[Transfer]) -> Iterator[str]:
    yield f"{entry.on} * {_quoted(entry.memo or entry.kind)}"
    yield f"  entry: {_quoted(entry.key)}"
    yield f"  kind: {_quoted(entry.kind)}"
    for one in moved:
        amount, currency = f"{one.amount.amount:.2f}", one.amount.currency
        yield f"  {name(one.source)} -{amount} {currency}"
        yield f"  {name(one.target)} {amount} {currency}"


def _quoted(text: str) -> str:
    return '"' + _plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
