"""The language in which the reader is spoken to, as the two letters that texts are kept under."""

from django.utils.translation import get_language


def active() -> str:
    """`it` or `en`; Italian where nothing is active, as in a job that is nobody's."""
    return (get_language() or "it")[:2]
