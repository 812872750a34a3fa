"""How many calls somebody made in the present minute, counted once for all processes.

In Redis where there is one, else in a table of PostgreSQL that is not logged (a crash forgets the
minute, and a count costs no wait for the disk). One row per caller: nothing has to be swept.
"""

import functools

import redis
from django.conf import settings
from django.db import connection

WINDOW_SECONDS = 60
COUNT = """
INSERT INTO accounts_callcount AS kept (caller, span, calls) VALUES (%s, %s, 1)
ON CONFLICT (caller) DO UPDATE SET span = excluded.span,
    calls = CASE WHEN kept.span = excluded.span THEN kept.calls + 1 ELSE 1 END
RETURNING calls
"""


def hit(caller: str, now: float) -> int:
    """Count a call at an instant (seconds since 1970); how many there were in this minute."""
    span = int(now) // WINDOW_SECONDS
    return _in_redis(caller, span) if settings.REDIS_URL else _in_database(caller, span)


def seconds_left(now: float) -> int:
    """Seconds until the count begins anew, at least one."""
    return WINDOW_SECONDS - int(now) % WINDOW_SECONDS


def _in_database(caller: str, span: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [caller, span])
        return int(cursor.fetchone()[0])


def _in_redis(caller: str, span: int) -> int:
    key = f"mattone:calls:{caller}:{span}"
    with _redis().pipeline(transaction=False) as line:
        line.incr(key)
        line.expire(key, 2 * WINDOW_SECONDS)
        return int(line.execute()[0])


@functools.cache
def _redis() -> "redis.Redis":
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1)
