"""What a run saw, summed up as JSON: counts, amounts, and the two lists of what is on one side only.

"There, not here" is on a statement and unexplained; "here, not there" was expected by a day that has
passed. Both with value date and age. Amounts are strings with two decimals, by currency.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from djmoney.money import Money

from backend.treasury import bank_accounts, expectations
from backend.treasury.matching import SHORT, Decision
from backend.treasury.models import BankAccount, BankLine, Expectation

LONGEST_LIST = 100


@dataclass(frozen=True)
class Seen:
    """A line and what was decided; `note` is what the books or an owner said against it."""

    line: BankLine
    decision: Decision
    note: str = ""

    @property
    def booked(self) -> Money | None:
        return self.decision.amount

    @property
    def difference(self) -> Money:
        assert self.decision.difference is not None, "what is open has an amount"
        return self.decision.difference

    @property
    def is_left(self) -> bool:
        """Whether a part of the line stays in suspense."""
        return self.decision.open not in ("", SHORT)


def of_run(seen: Sequence[Seen], accounts: Sequence[BankAccount], day: dt.date) -> dict[str, Any]:
    """The totals of a run on a day."""
    left = sorted((one for one in seen if one.is_left), key=lambda one: one.line.value_on)
    late = expectations.overdue(on=day).filter(bank_account__in=accounts)
    booked = [one.booked for one in seen if one.booked is not None]
    return {
        "lines": len(seen),
        "booked": _sums(booked),
        "left": _sums([one.difference for one in left]),
        "kinds": Counter(one.decision.open for one in seen if one.decision.open),
        "reasons": Counter(one.decision.reason for one in seen),
        "there_not_here": [_there(one, day) for one in left[:LONGEST_LIST]],
        "here_not_there": [_here(one, day) for one in late[:LONGEST_LIST]],
        "late": late.count(),
        "accounts": [_standing(one) for one in bank_accounts.standings(accounts)],
    }


def _sums(amounts: Iterable[Money]) -> dict[str, Any]:
    sums: dict[str, Money] = {}
    count = 0
    for amount in amounts:
        currency = str(amount.currency)
        sums[currency] = sums[currency] + amount if currency in sums else amount
        count += 1
    return {"count": count, "amounts": {name: plain(amount) for name, amount in sums.items()}}


def plain(amount: Money) -> str:
    """The amount as text, without its currency."""
    return f"{amount.amount:.2f}"


def _there(one: Seen, day: dt.date) -> dict[str, Any]:
    return {
        "line": one.line.pk,
        "value_on": one.line.value_on.isoformat(),
        "age_days": (day - one.line.value_on).days,
        "amount": plain(one.line.amount),
        "left": plain(one.difference),
        "currency": str(one.line.amount.currency),
        "counterparty": one.line.counterparty_name,
        "kind": one.decision.open,
        "reason": one.decision.reason,
        "note": one.note,
    }


def _here(one: Expectation, day: dt.date) -> dict[str, Any]:
    assert one.due_on is not None, "what is late had a day"
    return {
        "expectation": one.pk,
        "reference": one.reference,
        "due_on": one.due_on.isoformat(),
        "age_days": (day - one.due_on).days,
        "amount": plain(one.amount),
        "left": f"{one.amount.amount - one.received:.2f}",
        "currency": str(one.amount.currency),
        "counterparty": one.counterparty,
        "direction": one.direction,
    }


def _standing(one: bank_accounts.Standing) -> dict[str, Any]:
    return {
        "account": one.account.name,
        "iban": one.account.iban,
        "currency": one.account.currency,
        "books": plain(one.books),
        "bank": plain(one.bank) if one.bank is not None else None,
        "difference": plain(one.difference),
    }
