"""What Stripe sends to our webhook: its signature, and the event inside.

Nothing of an event is believed but that something happened to some object; how that object stands is
asked. So order and repeats do not matter, and a field that another API version writes otherwise neither.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused

TOLERANCE_SECONDS = 300
# What a redelivery may change in an event, and what therefore is no part of its identity.
VOLATILE = ("pending_webhooks", "request")


class BadSignature(Refused):
    code = "webhook.bad_signature"
    status = 400


class BadEvent(Refused):
    code = "webhook.bad_event"
    status = 400


@dataclass(frozen=True)
class ReadEvent:
    """An event as it came; the hash is of its bytes. `account` names whose it is where that is said;
    `is_live` None: not said."""

    event_id: str
    kind: str
    api_version: str
    created_at: dt.datetime | None
    content_hash: str
    raw: str
    account: str = ""
    is_live: bool | None = None
    is_thin: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it is of our account and of the mode (test or live) that our key is of."""
        ours = ("", settings.STRIPE_ACCOUNT)
        is_live_key = "_live_" in settings.STRIPE_SECRET_KEY
        return self.account in ours and self.is_live in (None, is_live_key)


def read_event(body: bytes, signature: str, *, at: dt.datetime) -> ReadEvent:
    """Check a delivery's signature and read its event. `at` is the machine's own time.

    Raises BadSignature (missing, wrong, older or newer than five minutes; the library refuses only
    old ones) and BadEvent (not JSON, no id).
    """
    _check_signature(body, signature, at)
    try:
        return read(json.loads(body), body.decode())
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise BadEvent(_("This is not an event.")) from problem


def read(event: dict[str, Any], raw: str) -> ReadEvent:
    """An event's own facts; `raw` is kept as it came."""
    is_thin = event.get("object") != "event"
    created = event.get("created")
    live = event.get("livemode")
    return ReadEvent(
        event_id=_text(event["id"]),
        kind=_text(event["type"]),
        api_version=_text(event.get("api_version") or "-")[:40].removeprefix("-"),
        created_at=dt.datetime.fromtimestamp(created, dt.UTC) if isinstance(created, int) else None,
        content_hash=hashlib.sha256(raw.encode()).hexdigest(),
        raw=raw,
        account=_text(event.get("account") or "-").removeprefix("-"),
        is_live=live if isinstance(live, bool) else None,
        is_thin=is_thin,
    )


def lasting_hash(raw: str) -> str:
    """The hash of an event's content without what a redelivery may change."""
    event = json.loads(raw)
    lasting = {name: value for name, value in event.items() if name not in VOLATILE}
    text = json.dumps(lasting, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _check_signature(body: bytes, signature: str, at: dt.datetime) -> None:
    try:
        stripe.WebhookSignature.verify_header(body, signature, settings.STRIPE_WEBHOOK_SECRET)
        # The first, as the library takes it: another one behind it is not what was signed.
        signed_at = int(next(value for name, value in _pairs(signature) if name == "t"))
    except (stripe.SignatureVerificationError, ValueError, StopIteration) as problem:
        raise BadSignature(_("The signature is missing or wrong.")) from problem
    if abs(at.timestamp() - signed_at) > TOLERANCE_SECONDS:
        raise BadSignature(_("The signature is too old, or from the future."))


def _pairs(signature: str) -> Iterator[tuple[str, str]]:
    for part in signature.split(","):
        name, _equals, value = part.partition("=")
        yield name.strip(), value.strip()


def _text(value: object) -> str:
    # PostgreSQL takes no NUL in a text, and nobody needs other control characters in a name.
    if not isinstance(value, str) or not 0 < len(value) <= 80 or not value.isprintable():
        raise TypeError("an id or a type is a short text")
    return value
