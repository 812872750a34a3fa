"""Guesses for a line that no key explains, each with its reasons, in order. Pure. A person decides.

    its reference is named > it differs by one character > the IBAN paid for them before
      > the name, near in time > the amount

A guess is never booked by itself: two people give the same amount, families share a name and an
account, and a reference that differs by one character may be the neighbour's.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from djmoney.money import Money

from backend.treasury import references
from backend.treasury.matching import Line

NAMED, NEAR, IBAN, NAME, AMOUNT = "named", "near", "iban", "name", "amount"
# Each outweighs all that come after it.
WEIGHTS = {NAMED: 16, NEAR: 8, IBAN: 4, NAME: 2, AMOUNT: 1}
MOST = 3
# A name counts this long before something is due, or was asked for, and after it.
WINDOW = dt.timedelta(days=60)
# Shorter words are initials, particles and titles.
_WORD = re.compile(r"[a-z]{3,}")
# Words that banks and companies put into names; they make nobody alike.
_COMMON = frozenset({"srl", "spa", "snc", "sas", "bonifico", "della", "dott", "sig", "the", "and"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An outstanding expectation as a guess sees it; `left` is what is still to come."""

    id: int
    key: str
    account: int
    is_in: bool
    left: Money
    counterparty: str
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Payer:
    """Who is on the other side of a line, and whose dues its IBAN paid before (`paid_for`)."""

    name: str = ""
    on: dt.date | None = None
    paid_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Guess:
    """An expectation that a line may belong to; reasons are codes, strongest first."""

    expectation: int
    reasons: tuple[str, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)


def guess(line: Line, payer: Payer, waiting: Iterable[Waiting]) -> list[Guess]:
    """The best guesses, at most three, best first. The amount alone counts when nothing else does."""
    here = (one for one in waiting if (one.account, one.is_in) == (line.account, line.is_in))
    typed = references.codes(f"{line.structured}\n{line.end_to_end_id}\n{line.text}")
    guesses = [Guess(one.id, _reasons(line, payer, typed, one)) for one in here]
    best = sorted(guesses, key=lambda one: (-one.weight, one.expectation))[:MOST]
    only_amount = best and best[0].weight == WEIGHTS[AMOUNT]
    return [one for one in best if one.weight > WEIGHTS[AMOUNT] or (only_amount and one.reasons)]


def _reasons(line: Line, payer: Payer, typed: frozenset[str], one: Waiting) -> tuple[str, ...]:
    found = []
    if one.key in typed:
        found.append(NAMED)
    elif any(_share_an_end(one.key, code) and differ_by_one(one.key, code) for code in typed):
        found.append(NEAR)
    if one.counterparty in payer.paid_for:
        found.append(IBAN)
    if alike(payer.name, one.counterparty) and _is_near(payer.on, one.due_on):
        found.append(NAME)
    if line.left == one.left:
        found.append(AMOUNT)
    return tuple(found)


def _is_near(on: dt.date | None, due_on: dt.date | None) -> bool:
    return on is None or due_on is None or abs(on - due_on) <= WINDOW


def alike(one: str, other: str) -> bool:
    """Whether two names share two words, or their only one. Accents and order do not count."""
    mine, theirs = _words(one), _words(other)
    fewest = min(len(mine), len(theirs))
    return fewest > 0 and len(mine & theirs) >= min(2, fewest)


def differ_by_one(one: str, other: str) -> bool:
    """Whether one wrong, missing, added or swapped character makes the one into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    middle, others = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(middle), len(others)) <= 1 or (len(middle) == 2 and middle == others[::-1])


def _share_an_end(one: str, other: str) -> bool:
    """One slip leaves one end of a reference whole; this is quick and rules most of them out."""
    return one[:6] == other[:6] or one[-6:] == other[-6:]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return frozenset(_WORD.findall(plain)) - _COMMON
