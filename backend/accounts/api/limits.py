"""How many calls of the API a caller may make in a minute, and the headers that say what is left.

`RateLimit-Policy` and `RateLimit` as in draft-ietf-httpapi-ratelimit-headers; too many is 429 with
`Retry-After`. A caller is a token, else a person, else a network. Where the counts are away, calls pass.
"""

import logging
from dataclasses import dataclass
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from backend.accounts import counts
from backend.accounts.api.authentication import Grant
from backend.accounts.networks import network
from backend.core import clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Allowance:
    """How many calls a minute, how many of them are left, and the seconds until it begins anew."""

    quota: int
    left: int
    seconds: int

    def headers(self) -> dict[str, str]:
        """As they stand in an answer."""
        return {
            "RateLimit-Policy": f'"default";q={self.quota};w={counts.WINDOW_SECONDS}',
            "RateLimit": f'"default";r={max(0, self.left)};t={self.seconds}',
        }


class CallLimit(BaseThrottle):
    """Counts each call; the base endpoint puts the headers of what is left on its answer."""

    allowance: Allowance | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        quota = settings.API_CALLS_PER_MINUTE
        if not quota:
            return True
        now = clock.wall().timestamp()
        try:
            used = counts.hit(_caller(request), now)
        except (DatabaseError, redis.RedisError):
            log.warning("calls are not counted: the counts are away")
            return True
        self.allowance = Allowance(quota, quota - used, counts.seconds_left(now))
        request.allowance = self.allowance  # type: ignore[attr-defined]  # read by Endpoint
        return used <= quota

    def wait(self) -> float | None:
        return self.allowance.seconds if self.allowance else None


def _caller(request: Request) -> str:
    auth: Any = request.auth
    if isinstance(auth, Grant):
        return f"token:{auth.token.pk}"
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"network:{network(request._request)}"
