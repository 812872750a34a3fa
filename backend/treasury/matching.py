"""Decide which line meets which expectation, each decision with its reason. Pure: values in, values
out.

In order: the reference in its own field, in the end-to-end id, in the text (noise forgiven, a wrong
character never); then, only with the exact amount, a damaged reference that its check digits repair
in one way, or somebody else's code in the end-to-end id or the text. What is ambiguous, or
contradicted by account, direction, currency or state, is never booked. Likeness of amount, IBAN and
name is no key: it makes proposals (`proposals`). What is exact is decided alike in SQL (`exact`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from djmoney.money import Money

from backend.treasury import references

REPAIRED = "repaired"
_PLACES = ("reference.structured", "reference.end_to_end", "reference.text")
SHORT, OVER, DUPLICATE, UNEXPLAINED = "short", "over", "duplicate", "unexplained"


@dataclass(frozen=True, slots=True)
class Line:
    """A bank line as the matcher sees it; `left` is the part of it that is not explained yet."""

    id: int
    account: int
    amount: Money
    left: Money
    text: str = ""
    structured: str = ""
    end_to_end_id: str = ""
    instructed: str = ""
    is_returned: bool = False
    parts: int = 1
    is_taken_back: bool = False

    @property
    def is_in(self) -> bool:
        return bool(self.amount.amount > 0)


@dataclass(frozen=True, slots=True)
class Expected:
    """An expectation as the matcher sees it. `after` is the half of a transfer that must come
    first.
    """

    id: int
    key: str
    account: int
    is_in: bool
    amount: Money
    received: Money
    is_open: bool = True
    is_ours: bool = True
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a line: a part booked to an expectation, and perhaps a discrepancy.

    `amount` is booked (None books nothing); `open` is the kind of discrepancy left ("" for none)
    and `difference` its amount; `reason` is a code of `reasons`.
    """

    line: int
    reason: str
    expectation: int | None = None
    amount: Money | None = None
    open: str = ""
    difference: Money | None = None


@dataclass(slots=True)
class _Room:
    """What each expectation has received, counting what was decided so far."""

    received: dict[int, Money] = field(default_factory=dict)

    def of(self, one: Expected) -> Money:
        """How much may still be booked to it."""
        return one.amount - self.so_far(one)

    def so_far(self, one: Expected) -> Money:
        return self.received.get(one.id, one.received)

    def book(self, one: Expected, amount: Money) -> None:
        self.received[one.id] = self.so_far(one) + amount


def keys(line: Line) -> Mapping[str, str]:
    """The creditor references of a line and where each was found first: key -> reason."""
    return _known_keys(line.structured, line.end_to_end_id, line.text)


def the_key(structured: str, end_to_end_id: str, text: str) -> tuple[str, str]:
    """The one reference of ours that a line names, and where; nothing when it names none or several."""
    found = _keys(structured, end_to_end_id, text)
    if len(found) != 1:
        return "", ""
    [(key, reason)] = found.items()
    # What was found in a text has our shape; the field of its own holds anybody's reference.
    is_ours = reason != _PLACES[0] or references.is_ours(key)
    return (key, reason) if is_ours else ("", "")


# A run asks several times for each line: to load what it names, to order, to decide, and to propose.
@lru_cache(maxsize=20_000)
def _known_keys(structured: str, end_to_end_id: str, text: str) -> Mapping[str, str]:
    return MappingProxyType(_keys(structured, end_to_end_id, text))


def _keys(structured: str, end_to_end_id: str, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in structured.split():
        if references.is_creditor_reference(word):
            found.setdefault(references.normal(word), "reference.structured")
    for reason, said in zip(_PLACES, (structured, end_to_end_id, text), strict=True):
        for key in references.find(said) if said else ():
            found.setdefault(key, reason)
    return found


def repairs(line: Line) -> dict[str, str]:
    """The references that a line's damaged ones can only have been; none where one is whole."""
    if keys(line):
        return {}
    places = (line.structured, line.end_to_end_id, line.text)
    return {key: REPAIRED for said in places for key in references.repair(said)}


def decide(lines: Sequence[Line], expected: Iterable[Expected]) -> list[Decision]:
    """One decision for each line, in the order of the lines.

    What is certain goes before what is likely. Then money out before money in, because a transfer
    between our own accounts must leave one before it arrives at the other; else the first line that
    came is the first that is booked.
    """
    by_key: dict[str, list[Expected]] = defaultdict(list)
    by_id: dict[int, Expected] = {}
    for one in expected:
        by_key[one.key].append(one)
        by_id[one.id] = one
    room = _Room()
    decided = {
        line.id: _decide(line, by_key, by_id, room)
        for line in sorted(lines, key=lambda line: (len(keys(line)) != 1, line.is_in))
    }
    return [decided[line.id] for line in lines]


def _decide(
    line: Line, by_key: Mapping[str, list[Expected]], by_id: Mapping[int, Expected], room: _Room
) -> Decision:
    # The rest of a line of which a part is booked is a person's to explain: the reference has had its
    # due, and what else the payer meant is not written there.
    if line.left.amount != abs(line.amount.amount):
        return _unexplained(line, "over", OVER)
    # A person said that it was not what its reference says: no run books it there again.
    if line.is_taken_back:
        return _unexplained(line, "taken_back")
    if line.parts > 1:
        return _unexplained(line, "batch")
    # A return quotes the reference of what it takes back, so its reference proves nothing.
    if line.is_returned:
        return _unexplained(line, "returned")
    candidates, reason = _candidates(line, by_key)
    if not candidates:
        return _unexplained(line, reason)
    one, objection = _the_one(line, candidates)
    if one is None:
        return _unexplained(line, objection)
    return _book(line, one, by_id, room, reason)


def _candidates(line: Line, by_key: Mapping[str, list[Expected]]) -> tuple[list[Expected], str]:
    """The expectations that the line names, and how; or none, and why."""
    named = keys(line)
    if len(named) > 1:
        return [], "several"
    if named:
        key, reason = next(iter(named.items()))
        return by_key.get(key, []), reason if key in by_key else "unknown"
    # No reference as it should be: perhaps a damaged one, or somebody else's code. Without check digits
    # a typo of one may be another, so `_book` asks for the exact amount as well.
    likely = repairs(line)
    written = references.codes(f"{line.end_to_end_id}\n{line.structured}\n{line.text}")
    whole = references.normal(line.end_to_end_id)
    for code in sorted(written & by_key.keys()):
        likely.setdefault(code, "end_to_end" if code == whole else "code")
    hits = {key: reason for key, reason in likely.items() if key in by_key}
    if len(hits) > 1:
        return [], "several"
    for key, reason in hits.items():
        return by_key[key], reason
    return [], "none"


def _the_one(line: Line, candidates: Sequence[Expected]) -> tuple[Expected | None, str]:
    """The candidate that nothing contradicts, or what does."""
    right_way = [one for one in candidates if one.is_in == line.is_in]
    here = [one for one in right_way if one.account == line.account]
    if not right_way:
        return None, "direction"
    if not here:
        return None, "account"
    one = here[0]
    currency = str(one.amount.currency)
    if str(line.amount.currency) != currency or line.instructed not in ("", currency):
        return None, "currency"
    if not one.is_open:
        return None, "cancelled"
    return one, ""


def _book(
    line: Line, one: Expected, by_id: Mapping[int, Expected], room: _Room, reason: str
) -> Decision:
    free = room.of(one)
    if not free.amount > 0:
        return _unexplained(line, "met", DUPLICATE, one)
    if (not one.is_ours or reason == REPAIRED) and line.left != free:
        return _unexplained(line, "amount")
    # Arriving before it left would make the account in transit negative, which the ledger refuses.
    if one.after is not None and not _has_left(line, one, by_id, room):
        return _unexplained(line, "waits")
    amount = min(line.left, free)
    room.book(one, amount)
    if line.left > free:
        return Decision(line.id, reason, one.id, amount, OVER, line.left - free)
    if line.left < free:
        return Decision(line.id, reason, one.id, amount, SHORT, free - line.left)
    return Decision(line.id, reason, one.id, amount)


def _has_left(line: Line, one: Expected, by_id: Mapping[int, Expected], room: _Room) -> bool:
    """Whether as much of a transfer has left the one account as now arrives at the other."""
    first = by_id.get(one.after or 0)
    return first is not None and room.so_far(first) - room.so_far(one) >= min(
        line.left, room.of(one)
    )


def _unexplained(
    line: Line, reason: str, kind: str = UNEXPLAINED, about: Expected | None = None
) -> Decision:
    return Decision(
        line.id, reason, about.id if about else None, None, open=kind, difference=line.left
    )
