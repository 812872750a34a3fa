"""The words of every warning and statement, by version: what was shown is what can be read again. Pure.

A text is never edited: another wording is another version (a test holds the words of each). The
wording gives no encouragement (RTS 2022/2114 art. 4) and stays on the page until it is acknowledged.
"""

import hashlib

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Missing
from investors.models import Acknowledgement

VERSION = "2026-1"
Kind = Acknowledgement.Kind


class NoSuchText(Missing):
    code = "warning.unknown"


TEXTS: dict[tuple[str, str], str | Promise] = {
    (Kind.LOSS_OF_ALL, "2026-1"): _(
        "I have read the warnings: I may lose all of it, and cannot take it out at will."
    ),
    (Kind.INAPPROPRIATE, "2026-1"): _(
        "Your answers show that you may not understand the risks of this investment well. "
        "It may be inappropriate for you: you can lose all the money. You decide."
    ),
    (Kind.LARGE_ORDER, "2026-1"): _(
        "This is a large amount for you: together with your other pledges here it exceeds "
        "1,000 euro and five percent of your net worth. Put in only what you can afford to lose."
    ),
    (Kind.SIMULATION, "2026-1"): _(
        "I have received the result of the simulation: the loss that I could bear is a tenth of "
        "my net worth. It is no advice and no limit."
    ),
    (Kind.BEARS_LOSS, "2026-1"): _(
        "I know what I would hold and what its risks are, and I can bear to lose all that I put in."
    ),
    (Kind.LOST_PROTECTION, "2026-1"): _(
        "I ask to count as a sophisticated investor. I know that I lose protection: no knowledge "
        "test, no simulation of loss, no warning for large orders, and no time to change my mind. "
        "I am liable for the truth of what I state."
    ),
}


def text(kind: str, version: str = VERSION) -> str | Promise:
    """The words of a warning in a version. Raises NoSuchText (404)."""
    found = TEXTS.get((kind, version))
    if found is None:
        raise NoSuchText(_("There is no such text."))
    return found


def language() -> str:
    """The language in which words are shown now."""
    return (translation.get_language() or "it")[:2]


def words_hash(kind: str, version: str = VERSION, language: str | None = None) -> str:
    """SHA-256 of a warning's words in a language, by default the one in which they are shown now: the
    proof of what somebody read, whatever becomes of a translation later."""
    with translation.override(language or translation.get_language()):
        return hashlib.sha256(str(text(kind, version)).encode()).hexdigest()
