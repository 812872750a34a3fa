"""The words of every warning and statement, by version: what was shown is what can be read again. Pure.

A text is never edited: another wording is another version (a test holds the words of each). The
wording gives no encouragement (RTS 2022/2114 art. 4) and stays on the page until it is acknowledged.
Where the words name amounts of the investor's own, these are told with them, and hashed with them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core import languages
from backend.core.errors import Missing
from backend.core.money import as_text, euro
from investors.models import Acknowledgement

Kind = Acknowledgement.Kind
FIRST, WITH_AMOUNTS = "2026-1", "2026-2"


class NoSuchText(Missing):
    code = "warning.unknown"


@dataclass(frozen=True)
class Told:
    """A warning as one investor is told it: its kind, and by name the amounts in its words, as text in
    euro; an empty one is not known."""

    kind: str
    amounts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(text(self.kind, amounts=self.amounts))

    @property
    def words_hash(self) -> str:
        """SHA-256 of the very words in the language in which they are shown now: the proof of what
        somebody read, whatever becomes of a translation later."""
        return hashlib.sha256(str(self).encode()).hexdigest()


TEXTS: dict[tuple[str, str], str | Promise] = {
    (Kind.LOSS_OF_ALL, FIRST): _(
        "I have read the warnings: I may lose all of it, and cannot take it out at will."
    ),
    (Kind.INAPPROPRIATE, FIRST): _(
        "Your answers show that you may not understand the risks of this investment well. "
        "It may be inappropriate for you: you can lose all the money. You decide."
    ),
    (Kind.LARGE_ORDER, FIRST): _(
        "This is a large amount for you: together with your other pledges here it exceeds "
        "1,000 euro and five percent of your net worth. Put in only what you can afford to lose."
    ),
    (Kind.SIMULATION, FIRST): _(
        "I have received the result of the simulation: the loss that I could bear is a tenth of "
        "my net worth. It is no advice and no limit."
    ),
    (Kind.BEARS_LOSS, FIRST): _(
        "I know what I would hold and what its risks are, and I can bear to lose all that I put in."
    ),
    (Kind.LARGE_ORDER, WITH_AMOUNTS): _(
        "With this order you put %(total)s into this offer. That is a large amount for you: more "
        "than %(bound)s, the greater of 1,000 euro and five percent of your net worth "
        "(%(net_worth)s). Put in only what you can afford to lose."
    ),
    (Kind.SIMULATION, WITH_AMOUNTS): _(
        "I have received the result of the simulation: my net worth is %(net_worth)s, and the loss "
        "that I could bear is a tenth of it, %(loss)s. It is no advice and no limit."
    ),
    (Kind.LOST_PROTECTION, FIRST): _(
        "I ask to count as a sophisticated investor. I know that I lose protection: no knowledge "
        "test, no simulation of loss, no warning for large orders, and no time to change my mind. "
        "I am liable for the truth of what I state."
    ),
}


NEWEST = {Kind.LARGE_ORDER: WITH_AMOUNTS, Kind.SIMULATION: WITH_AMOUNTS}


def newest(kind: str) -> str:
    """The version in which a warning is told now."""
    return NEWEST.get(Kind(kind), FIRST)


def text(
    kind: str, version: str | None = None, amounts: Mapping[str, str] | None = None
) -> str | Promise:
    """The words of a warning in a version, with the amounts that they name. Raises NoSuchText (404)."""
    found = TEXTS.get((kind, newest(kind) if version is None else version))
    if found is None:
        raise NoSuchText(_("There is no such text."))
    if not amounts:
        return found
    return str(found) % {name: _said(amount) for name, amount in amounts.items()}


def language() -> str:
    """The language in which words are shown now."""
    return languages.active()


def digest(told: Iterable[Told]) -> str:
    """One hash of all that is told together, in the language in which it is shown now."""
    return hashlib.sha256("\n".join(each.words_hash for each in told).encode()).hexdigest()


def _said(amount: str) -> str:
    return as_text(euro(amount), language()) if amount else gettext("still unknown")
