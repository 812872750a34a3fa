"""Guesses for a line that no key explains, each with its reasons. Pure. A person decides.

A guess is never booked by itself: two people give the same amount, families share a name, and a
reference that differs by one character may be the neighbour's.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from djmoney.money import Money

from backend.treasury import references
from backend.treasury.matching import Line

NAMED, NEAR, NAME, AMOUNT = "named", "near", "name", "amount"
WEIGHTS = {NAMED: 8, NEAR: 4, NAME: 2, AMOUNT: 1}
MOST = 3
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


@dataclass(frozen=True, slots=True)
class Guess:
    """An expectation that a line may belong to; reasons are codes, strongest first."""

    expectation: int
    reasons: tuple[str, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)


def guess(line: Line, name: str, waiting: Iterable[Waiting]) -> list[Guess]:
    """The best guesses, at most three, best first. The amount alone counts when nothing else does."""
    here = (one for one in waiting if (one.account, one.is_in) == (line.account, line.is_in))
    typed = references.codes(f"{line.structured}\n{line.end_to_end_id}\n{line.text}")
    guesses = [Guess(one.id, _reasons(line, name, typed, one)) for one in here]
    best = sorted(guesses, key=lambda one: (-one.weight, one.expectation))[:MOST]
    only_amount = best and best[0].weight == WEIGHTS[AMOUNT]
    return [one for one in best if one.weight > WEIGHTS[AMOUNT] or (only_amount and one.reasons)]


def _reasons(line: Line, name: str, typed: frozenset[str], one: Waiting) -> tuple[str, ...]:
    found = []
    if one.key in typed:
        found.append(NAMED)
    elif any(_share_an_end(one.key, code) and differ_by_one(one.key, code) for code in typed):
        found.append(NEAR)
    if alike(name, one.counterparty):
        found.append(NAME)
    if line.left == one.left:
        found.append(AMOUNT)
    return tuple(found)


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
