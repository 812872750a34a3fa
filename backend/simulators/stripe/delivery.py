"""How events reach the webhook: signed, at least once, in no order, tried again when refused.

A lost one is never sent; it is found in the list of events with `delivery_success=false`.
"""

import hashlib
import hmac
import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from backend.simulators.stripe.store import Delivery, Store

PAUSE_SECONDS = 0.05
LONGEST_WAIT_SECONDS = 60.0
TIMEOUT_SECONDS = 20.0
SENDERS = 3


@dataclass(frozen=True)
class Endpoint:
    """Where events go and the secret that signs them."""

    url: str
    secret: str


def signature(body: bytes, secret: str, moment: int) -> str:
    """The `Stripe-Signature` header: HMAC-SHA256 of the instant, a dot and the raw body."""
    signed = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"


class Courier(threading.Thread):
    """Delivers what is due, some at a time, until it is stopped."""

    def __init__(self, store: Store, endpoint: Endpoint) -> None:
        super().__init__(daemon=True, name="courier")
        self.store = store
        self.endpoint = endpoint
        self.stopped = threading.Event()

    def run(self) -> None:
        with ThreadPoolExecutor(SENDERS) as senders:
            while not self.stopped.wait(PAUSE_SECONDS):
                list(senders.map(self._deliver, self.store.due_deliveries(time.time())))

    def stop(self) -> None:
        """Finish what is under way and end."""
        self.stopped.set()
        self.join()

    def _deliver(self, delivery: Delivery) -> None:
        event = self.store.get(delivery.event)
        if self._post(json.dumps(event).encode()):
            self.store.note_delivery(delivery, state="delivered")
            return
        # Stripe tries for three days, ever more rarely; a demo's days are shorter.
        wait = min(LONGEST_WAIT_SECONDS, 0.5 * 2**delivery.attempts)
        self.store.note_delivery(delivery, state="waiting", due=time.time() + wait)

    def _post(self, body: bytes) -> bool:
        parts = urlsplit(self.endpoint.url)
        line = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_SECONDS)
        # The signature's instant is the real one: a receiver compares it with its own machine's time.
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(body, self.endpoint.secret, int(time.time())),
        }
        try:
            line.request("POST", parts.path, body, headers)
            return 200 <= line.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
