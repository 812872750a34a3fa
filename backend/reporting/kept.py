"""What was made once is kept under a key that says all it tells, and known by a tag of the same.

For published forms: whoever has one is told that it stands (ETag), whoever has none gets what was made.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

Made = TypeVar("Made", str, bytes, dict[str, Any])

SECONDS = 3600


def tag(known: str) -> str:
    """The tag of what is known by a text."""
    return f'"{hashlib.sha256(known.encode()).hexdigest()[:24]}"'


def once(key: str, make: Callable[[], Made]) -> Made:
    """What was made under a key that says all it tells; made now where it was not."""
    made: Made | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, SECONDS)
    return made
