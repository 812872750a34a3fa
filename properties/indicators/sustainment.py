"""Who is still housed half a year, a year, two years on (housing.md 3.4). Pure.

A spell is the unbroken time of a household in our homes. Its clock starts with the keys, or with the
title where people were living in the home, lease or no lease; households whose day has not come yet
are counted apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from properties.indicators.facts import Outcome, Stay

WINDOWS = {6: 182, 12: 365, 24: 730}
"""Days after the clock's start, by the months they are called."""

GAP_DAYS = 7
"""So many days without a home of ours are no gap, where no parameter says otherwise."""

POSITIVE = frozenset(
    {
        *("KEPT_NO_AID", "KEPT_AID_SAME", "KEPT_AID_NEW", "KEPT_ONE_OFF"),
        *("MOVED_SOCIAL_RENT", "MOVED_PUBLIC", "MOVED_MARKET", "BOUGHT", "FAMILY_PERM"),
    }
)
"""The codes of sign + (housing.md 3.2)."""


FINAL = frozenset({"DECEASED", "EVICTED"})
"""Codes that hold even if they were told before the lease was ended on paper; so does being in care."""


class BadStay(ValueError):
    """Facts that cannot be: an end before its start, two stays of one home or household at once."""


class End(StrEnum):
    """How a spell stands on a day."""

    SUSTAINED = "sustained"
    POSITIVE_MOVE = "positive_move"
    UNKNOWN = "unknown"
    NEGATIVE_END = "negative_end"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Spell:
    """A household in our homes without a gap; `ends_on` is the first day it is in none."""

    household: int
    starts_on: date
    ends_on: date | None
    people: int = 0


@dataclass(frozen=True, slots=True)
class Cohort:
    """By household how its first spell stood on its day; whose day has not come is counted apart."""

    ends: Mapping[int, End]
    not_due: tuple[int, ...]


def spells(stays: Iterable[Stay], *, gap_days: int = GAP_DAYS) -> dict[int, list[Spell]]:
    """The spells of each household, in order. Raises BadStay for what cannot have been."""
    of_home: dict[int, list[Stay]] = defaultdict(list)
    of_household: dict[int, list[Stay]] = defaultdict(list)
    for stay in sorted(stays, key=lambda stay: stay.starts_on):
        if stay.ends_on is not None and stay.ends_on <= stay.starts_on:
            raise BadStay(f"household {stay.household} leaves before it moves in")
        of_home[stay.home].append(stay)
        of_household[stay.household].append(stay)
    for together in (*of_home.values(), *of_household.values()):
        _refuse_overlaps(together)
    return {who: _joined(each, timedelta(days=gap_days)) for who, each in of_household.items()}


def cohort(
    found: Mapping[int, Sequence[Spell]],
    outcomes: Mapping[int, Sequence[Outcome]],
    *,
    days: int,
    as_of: date,
) -> Cohort:
    """How each household's first spell stood so many days after its start, as known on a day."""
    ends: dict[int, End] = {}
    not_due = []
    for who, mine in found.items():
        first = mine[0]
        if first.starts_on > as_of:
            continue
        due = first.starts_on + timedelta(days=days)
        if due > as_of:
            not_due.append(who)
        else:
            ends[who] = end_on(first, outcomes.get(who, ()), due)
    return Cohort(ends, tuple(sorted(not_due)))


def end_on(spell: Spell, outcomes: Sequence[Outcome], day: date) -> End:
    """How a spell stood on a day: going on, or ended as is known by that day.

    Who died is in no rate, though the lease may run on (3.4).
    """
    if any(one.code == "DECEASED" and spell.starts_on <= one.on <= day for one in outcomes):
        return End.EXCLUDED
    if spell.ends_on is None or spell.ends_on > day:
        return End.SUSTAINED
    return last_word(spell, spell.ends_on, [one for one in outcomes if one.on <= day])


def last_word(spell: Spell, ended_on: date, outcomes: Sequence[Outcome]) -> End:
    """What the newest outcome since the end says; else what was told before it and holds."""
    after = [one for one in outcomes if one.on >= ended_on]
    before = [one for one in outcomes if spell.starts_on <= one.on < ended_on]
    if after:
        return judged(max(after, key=lambda one: one.on))
    newest = max(before, key=lambda one: one.on, default=None)
    holds = newest is not None and (newest.code in FINAL or newest.is_care)
    return judged(newest) if newest is not None and holds else End.UNKNOWN


def judged(outcome: Outcome) -> End:
    """What an outcome after leaving counts as."""
    if outcome.code == "DECEASED" or outcome.is_care:
        return End.EXCLUDED
    # Who has left has not kept the home: such a word says nothing of where they are.
    if outcome.code == "UNKNOWN" or outcome.code.startswith("KEPT_"):
        return End.UNKNOWN
    return End.POSITIVE_MOVE if outcome.code in POSITIVE else End.NEGATIVE_END


def _refuse_overlaps(stays: Sequence[Stay]) -> None:
    for before, after in pairwise(stays):
        if before.ends_on is None or before.ends_on > after.starts_on:
            raise BadStay(
                f"two stays at once, of household {before.household} or home {after.home}"
            )


def _joined(stays: Sequence[Stay], gap: timedelta) -> list[Spell]:
    joined: list[Spell] = []
    for stay in stays:
        if (
            joined
            and (last := joined[-1]).ends_on is not None
            and stay.starts_on - last.ends_on <= gap
        ):
            joined[-1] = Spell(last.household, last.starts_on, stay.ends_on, stay.people)
        else:
            joined.append(Spell(stay.household, stay.starts_on, stay.ends_on, stay.people))
    return joined
