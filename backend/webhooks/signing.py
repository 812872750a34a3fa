"""Secrets and signatures as in the Standard Webhooks specification (v1: HMAC-SHA256). Pure.

A receiver checks with any of its libraries; the secret is `whsec_` and 32 random bytes in base64.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret that nobody else has."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def headers(message_id: str, body: bytes, *, keys: Sequence[str], second: int) -> dict[str, str]:
    """Who a message is from, as headers: its id, when it was sent (seconds), a signature a secret."""
    signed = f"{message_id}.{second}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(second),
        "webhook-signature": " ".join(f"v1,{_signature(key, signed)}" for key in keys),
    }


def _signature(key: str, signed: bytes) -> str:
    raw = base64.b64decode(key.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode("ascii")
