"""A change of what is offered, in words that everyone is told: a manager's, or the names of the terms.

Publishing it is in `sheets`, what may be changed in `drafting`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.models.sheet import TERMS_CHANGED, change_said


@dataclass(frozen=True)
class Change:
    """What is new in a version, in words that everyone is told, and whether it matters."""

    words: str
    is_material: bool

    @property
    def said(self) -> str:
        """The words in the reader's language."""
        return change_said(self.words)


def of_terms(names: Iterable[str]) -> Change:
    """The change of terms that moved by themselves, by their names."""
    return Change(TERMS_CHANGED + ", ".join(names), is_material=True)
