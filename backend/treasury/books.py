"""What treasury writes into the ledger; no other module of treasury posts.

A line is booked to suspense as it is imported (outside -> suspense for money in, the other way for
money out). Explaining it is one entry that undoes as much of the suspense and moves the same amount
from where it came from to where it belongs. So the books' money at a bank is the bank's at all
times.

                      import                       explained
    money in    outside -> suspense     suspense -> outside  +  payer    -> held (fund, bank)
    money out   suspense -> outside     outside -> suspense  +  holding  -> use  (fund, purpose)
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from djmoney.money import Money

from backend.core.users import Actor
from backend.ledger import months, posting
from backend.ledger.models import Account, Entry
from backend.ledger.posting import Leg, NewEntry
from backend.treasury.models import BankLine

EXPLAINED, WRITTEN_OFF = "bank_line_explained", "write_off"


@dataclass(frozen=True)
class Explained:
    """A part of a line, and where its money came from and belongs. `number` counts the line's
    parts.

    Two lines of one account that cancel each other (money sent back) need no accounts: each undoes
    the suspense of the other.
    """

    line: BankLine
    number: int
    amount: Money
    source: Account | None = None
    target: Account | None = None
    memo: str = ""
    kind: str = EXPLAINED


def lines_received(lines: Sequence[BankLine], *, by: Actor, at: dt.datetime) -> list[Entry]:
    """Book lines to suspense, one entry each, on their day or the first open one. Safe to repeat."""
    closed = months.closed_until(line.account.holder_id for line in lines)
    entries = [
        NewEntry(
            key=f"bank-line:{line.pk}",
            kind="bank_line",
            on=_day(line, closed),
            legs=(_into_suspense(line),),
            memo=line.counterparty_name,
            subject=_subject(line),
        )
        for line in lines
    ]
    return posting.post_many(entries=entries, by=by, at=at)


def parts_explained(parts: Sequence[Explained], *, by: Actor, at: dt.datetime) -> list[Entry]:
    """Move parts of lines out of suspense to where they belong, one entry each. Safe to repeat.

    Raises FundRule, and books none, when a fund's rules refuse one of them.
    """
    closed = months.closed_until(part.line.account.holder_id for part in parts)
    entries = [
        NewEntry(
            key=f"bank-line:{part.line.pk}:part:{part.number}",
            kind=part.kind,
            on=_day(part.line, closed),
            legs=_legs(part),
            memo=part.memo,
            subject=_subject(part.line),
        )
        for part in parts
    ]
    return posting.post_many(entries=entries, by=by, at=at)


def part_taken_back(entry: Entry, *, reason: str, on: dt.date, by: Actor, at: dt.datetime) -> Entry:
    """Put a part of a line back into suspense by the counter-entry. Safe to repeat."""
    return posting.reverse(entry=entry, reason=reason, on=on, by=by, at=at)


def _day(line: BankLine, closed: dict[int, dt.date]) -> dt.date:
    return months.open_day(line.booked_on, organisation=line.account.holder_id, closed=closed)


def _into_suspense(line: BankLine) -> Leg:
    if line.is_in:
        return Leg(line.account.outside, line.account.suspense, line.size)
    return Leg(line.account.suspense, line.account.outside, line.size)


def _legs(part: Explained) -> tuple[Leg, ...]:
    if part.source is None or part.target is None:
        return (_out_of_suspense(part),)
    return (_out_of_suspense(part), Leg(part.source, part.target, part.amount))


def _out_of_suspense(part: Explained) -> Leg:
    account = part.line.account
    if part.line.is_in:
        return Leg(account.suspense, account.outside, part.amount)
    return Leg(account.outside, account.suspense, part.amount)


def _subject(line: BankLine) -> str:
    return f"bank_line:{line.pk}"
