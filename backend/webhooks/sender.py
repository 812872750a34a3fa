"""One try to deliver a message: posted to the address that was looked up, no redirect followed.

A receiver has five seconds to be reached and ten to answer. Any 2xx is an arrival; 410 asks for no more.
"""

import datetime as dt
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import urllib3
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from backend.core import encryption
from backend.webhooks import addresses, signing
from backend.webhooks.addresses import BadAddress, Target
from backend.webhooks.models import Event, Webhook

LIMITS = urllib3.Timeout(connect=5, read=10)
AGENT = "Mattone-Webhooks/1"
KEPT_OF_ANSWER = 300
GONE = 410


@dataclass(frozen=True)
class Outcome:
    """What came of a try: a status and the answer's beginning, or why there was no answer."""

    milliseconds: int = 0
    status: int | None = None
    answer: str = ""
    error: str = ""

    @property
    def has_arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == GONE


def body_of(event: Event) -> bytes:
    """The message: its type, when it happened, and which record it is about."""
    told = {"type": event.type, "timestamp": event.at.isoformat(), "data": event.data}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False, sort_keys=True).encode()


def send(webhook: Webhook, event: Event, *, instant: dt.datetime) -> Outcome:
    """Try once. `instant` is the wall's: receivers compare it with their own clock."""
    started = time.monotonic()
    try:
        target = addresses.resolve(webhook.url)
        body = body_of(event)
        status, answer = _post(target, body, _headers(webhook, event, body, instant))
    except BadAddress as problem:
        return Outcome(error=str(problem)[:KEPT_OF_ANSWER])
    except (urllib3.exceptions.HTTPError, OSError) as problem:
        return Outcome(_since(started), error=_plain(problem))
    return Outcome(_since(started), status, answer)


def keys_of(webhook: Webhook, instant: dt.datetime) -> list[str]:
    """The secrets that sign now, the newest first."""
    is_old_good = webhook.old_secret_until is not None and instant < webhook.old_secret_until
    sealed = [webhook.secret, *([webhook.old_secret] if webhook.old_secret and is_old_good else [])]
    return [encryption.decrypt(each) for each in sealed]


def _headers(webhook: Webhook, event: Event, body: bytes, instant: dt.datetime) -> dict[str, str]:
    keys, second = keys_of(webhook, instant), int(instant.timestamp())
    return {
        **signing.headers(event.message_id, body, keys=keys, second=second),
        "Content-Type": "application/json",
        "User-Agent": AGENT,
    }


def _post(target: Target, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    with _line(target) as line:
        answer = line.urlopen(
            "POST", target.path, body=body, headers={**headers, "Host": target.host_header},
            retries=False, redirect=False, assert_same_host=False, preload_content=False,
        )  # fmt: skip
        said = answer.read(KEPT_OF_ANSWER).decode("utf-8", "replace").replace("\0", "")
        answer.close()
        return answer.status, said


def _line(target: Target) -> HTTPConnectionPool:
    """A connection to the looked-up address that proves to be the name."""
    if target.scheme == "http":
        return HTTPConnectionPool(target.ip, target.port, timeout=LIMITS)
    return HTTPSConnectionPool(
        target.ip, target.port, timeout=LIMITS, ssl_context=_trust(),
        server_hostname=target.host, assert_hostname=target.host,
    )  # fmt: skip


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _plain(problem: Exception) -> str:
    """The problem in words, without the address of an object in memory."""
    reason = getattr(problem, "reason", None) or problem
    return f"{type(reason).__name__}: {str(reason).split('>: ')[-1]}"[:KEPT_OF_ANSWER]


def _since(started: float) -> int:
    return int((time.monotonic() - started) * 1000)
