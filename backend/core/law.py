"""The registry of legal rules: which pure function holds which rule of law, since when, and its words.

A rule that a program computes is a function under `@law.rule`; one that asks for an act, a text or a
fact is a `duty` and says what holds it. The book made of both (docs/rules.md) is in `lawbook`.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# The number of a rule (R: European, I: Italian), and what it is about where it has several parts.
ID = re.compile(r"([RI])([1-9]\d?)(?:\.([a-z0-9_]+))?")
Words = str | Promise
# Citations are written in the English of the book; these of their words are said in the reader's language.
# The longer before what it holds.
CITED: dict[str, Promise] = {
    "practice of the business register": pgettext_lazy(
        "cited", "practice of the business register"
    ),
    "Impl. Reg.": pgettext_lazy("cited", "Impl. Reg."),
    "Delegated Reg.": pgettext_lazy("cited", "Delegated Reg."),
    "Civil code": pgettext_lazy("cited", "Civil code"),
    "decision": pgettext_lazy("cited", "decision"),
    "Annex": pgettext_lazy("cited", "Annex"),
    "Part": pgettext_lazy("cited", "Part"),
    "July": pgettext_lazy("cited", "July"),
    "May": pgettext_lazy("cited", "May"),
    "(EU)": pgettext_lazy("cited", "(EU)"),
    "and": pgettext_lazy("cited", "and"),
    "of": pgettext_lazy("cited", "of"),
}
CITED_WORD = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in CITED))
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """A rule of law that a function computes. `regimes` empty: under every regime.

    `valid_to` is the first day on which it no longer holds. `uncertain` names the choice that was
    made where no primary source settles it.
    """

    id: str
    article: str
    valid_from: dt.date
    says: Words
    path: str
    valid_to: dt.date | None = None
    regimes: tuple[str, ...] = ()
    uncertain: Words | None = None

    def is_in_force(self, *, regime: str, since: dt.date, on: dt.date) -> bool:
        """Whether it governed an offer under a regime at some time between its opening and a day."""
        is_of_the_time = self.valid_from <= on and (self.valid_to is None or since < self.valid_to)
        return is_of_the_time and (not self.regimes or regime in self.regimes)


@dataclass(frozen=True)
class Duty:
    """A rule of law that nothing here computes; `held_by` says what keeps it, or why nothing does.

    `is_ours`: whether something of ours keeps it, so that a test can show it.
    """

    id: str
    article: str
    says: Words
    held_by: Words
    is_ours: bool = True


class Misfiled(ValueError):
    """A rule whose id is taken, or is no id at all: found when its module is read."""


_RULES: dict[str, Rule] = {}
_DUTIES: dict[str, Duty] = {}


def rule(
    *,
    id: str,  # noqa: A002 - the law's own word
    article: str,
    valid_from: dt.date,
    says: Words,
    valid_to: dt.date | None = None,
    regimes: tuple[str, ...] = (),
    uncertain: Words | None = None,
) -> Callable[[F], F]:
    """Register a pure function as what holds a rule. Raises Misfiled on an id that is taken."""

    def file(function: F) -> F:
        path = f"{function.__module__}.{function.__qualname__}"
        _refuse_misfiled(id, path)
        _RULES[id] = Rule(id, article, valid_from, says, path, valid_to, regimes, uncertain)
        return function

    return file


def duty(
    *,
    id: str,  # noqa: A002 - as above
    article: str,
    says: Words,
    held_by: Words,
    is_ours: bool = True,
) -> Duty:
    """Register a rule that is mirrored or kept otherwise. Raises Misfiled on an id that is taken."""
    _refuse_misfiled(id, "")
    _DUTIES[id] = Duty(id, article, says, held_by, is_ours)
    return _DUTIES[id]


def of(id: str) -> Rule:  # noqa: A002 - as above
    """The rule of an id. KeyError on one that no function holds."""
    return _RULES[id]


def rules() -> list[Rule]:
    """Every rule, European before Italian, by number."""
    return sorted(_RULES.values(), key=lambda each: order(each.id))


def duties() -> list[Duty]:
    """Every duty, in the same order."""
    return sorted(_DUTIES.values(), key=lambda each: order(each.id))


def in_force(*, regime: str, since: dt.date, on: dt.date) -> list[Rule]:
    """The rules that governed an offer under a regime from its opening to a day."""
    return [each for each in rules() if each.is_in_force(regime=regime, since=since, on=on)]


def order(id: str) -> tuple[bool, int, str]:  # noqa: A002 - as above
    """Where an id stands in a list: R before I, then by number and part."""
    found = ID.fullmatch(id)
    if found is None:
        raise Misfiled(f"{id} is no id of a rule: R or I, a number, and perhaps .part")
    return found[1] == "I", int(found[2]), found[3] or ""


def _refuse_misfiled(id: str, path: str) -> None:  # noqa: A002 - as above
    order(id)
    taken = _RULES.get(id)
    if id in _DUTIES or (taken is not None and taken.path != path):
        raise Misfiled(f"{id} is filed twice; a second function takes a part: {id}.part")


def cited(article: str) -> str:
    """A citation in the reader's language; the law's own numbers and names stay as they are."""
    return CITED_WORD.sub(lambda found: str(CITED[found[0]]), article)
