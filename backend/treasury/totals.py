"""What a run saw, summed up as JSON: counts, amounts, and the two lists of what is on one side only.

"There, not here" is on a statement and unexplained; "here, not there" was expected by a day that has
passed. Both with value date and age. Amounts are strings with two decimals, by currency.
"""

import datetime as dt
import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from backend.treasury import bank_accounts, expectations, sides
from backend.treasury.exact import Booked
from backend.treasury.matching import SHORT, Decision, Line
from backend.treasury.models import BankAccount, BankLine, Discrepancy, Expectation

LONGEST_LIST = sides.LONGEST_LIST


@dataclass(frozen=True)
class Seen:
    """A line and what was decided; `note` is what the books or an owner said against it."""

    line: Line
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


NO_SUMS: dict[str, Any] = {"count": 0, "amounts": {}}
NOTHING: dict[str, Any] = {
    "lines": 0,
    "booked": NO_SUMS,
    "left": NO_SUMS,
    "kinds": {},
    "reasons": {},
    "discrepancies_opened": 0,
    "discrepancies_settled": 0,
    "there_not_here": [],
    "here_not_there": [],
    "late": 0,
    "accounts": [],
    **sides.NOTHING,
}


def of_seen(seen: Sequence[Seen]) -> dict[str, Any]:
    """What lines came to that were decided one by one."""
    booked = [one.booked for one in seen if one.booked is not None]
    return {
        "lines": len(seen),
        "booked": _sums(booked),
        "left": _sums([one.difference for one in seen if one.is_left]),
        "kinds": Counter(one.decision.open for one in seen if one.decision.open),
        "reasons": Counter(one.decision.reason for one in seen),
    }


def of_booked(booked: Booked) -> dict[str, Any]:
    """What lines came to that were booked in a set; those explained in part are seen again."""
    sums: list[dict[str, Any]] = [
        {"count": count, "amounts": {currency: amount}}
        for _reason, currency, count, amount in booked.parts
    ]
    return {
        "lines": booked.whole,
        "booked": functools.reduce(add, sums, NO_SUMS),
        "kinds": {SHORT: booked.short} if booked.short else {},
        "reasons": Counter({part[0]: part[2] for part in booked.parts}),
        "discrepancies_opened": booked.opened,
    }


def add(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Two totals as one: counts and amounts add up, key by key."""
    return {
        **one,
        **{key: _plus(one[key], value) if key in one else value for key, value in other.items()},
    }


def _plus(one: Any, other: Any) -> Any:
    if isinstance(one, Mapping):
        return add(one, other)
    # An amount is a text with two decimals.
    return f"{Decimal(one) + Decimal(other):.2f}" if isinstance(one, str) else one + other


def standing(accounts: Sequence[BankAccount], day: dt.date) -> dict[str, Any]:
    """How it stands after a run: both lists of what is on one side only, and books beside banks."""
    late = expectations.overdue(on=day).filter(bank_account__in=accounts)
    return {
        "there_not_here": _unexplained(accounts, day),
        "here_not_there": [_here(one, day) for one in late[:LONGEST_LIST]],
        "late": late.count(),
        "accounts": [_standing(one) for one in bank_accounts.standings(accounts)],
    }


def _unexplained(accounts: Sequence[BankAccount], day: dt.date) -> list[dict[str, Any]]:
    """The oldest lines that wait, with why."""
    waiting = Discrepancy.objects.waiting().filter(bank_account__in=accounts).exclude(kind=SHORT)
    found = list(waiting.order_by("line__value_on", "line_id")[:LONGEST_LIST])
    lines = BankLine.objects.with_allocated().in_bulk([one.line_id for one in found])
    return [_there(one, lines[one.line_id], day) for one in found if one.line_id is not None]


def _sums(amounts: Iterable[Money]) -> dict[str, Any]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    count = 0
    for amount in amounts:
        sums[amount.currency.code] += amount.amount
        count += 1
    return {"count": count, "amounts": {name: f"{total:.2f}" for name, total in sums.items()}}


def plain(amount: Money) -> str:
    """The amount as text, without its currency."""
    return f"{amount.amount:.2f}"


def _there(one: Discrepancy, line: BankLine, day: dt.date) -> dict[str, Any]:
    return {
        "line": line.pk,
        "value_on": line.value_on.isoformat(),
        "age_days": (day - line.value_on).days,
        "amount": plain(line.amount),
        "left": plain(line.left),
        "currency": str(line.amount.currency),
        "counterparty": line.counterparty_name,
        "kind": one.kind,
        "reason": one.reason,
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
