"""What is known of a call of the API beside who makes it: what it was let in with, what it may expect.

The base endpoint (api.py) asks; accounts brings the tokens and counts the calls.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from django.utils.http import http_date

from backend.core.errors import Forbidden

SAFE = ("GET", "HEAD", "OPTIONS")


class ScopeMissing(Forbidden):
    """The token is not for this; `facts["scope"]` names a scope that would be enough."""

    code = "token.scope_missing"


@runtime_checkable
class Scoped(Protocol):
    """What a call was let in with, where that is less than the person may do: a token."""

    def covers(self, permission: str, *, is_read: bool) -> bool: ...


@dataclass(frozen=True)
class Retiring:
    """An address that will go: since when it should not be used, when it ends, where to read more."""

    deprecated_at: dt.datetime
    sunset_at: dt.datetime
    read_more: str

    def headers(self) -> dict[str, str]:
        """As RFC 9745 (Deprecation) and RFC 8594 (Sunset) have them."""
        return {
            "Deprecation": f"@{int(self.deprecated_at.timestamp())}",
            "Sunset": http_date(self.sunset_at.timestamp()),
            "Link": f'<{self.read_more}>; rel="deprecation"',
        }
