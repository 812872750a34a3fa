"""Wake-ups through the broker: a message that rows of a kind wait. Losing one loses no row (see `jobs`).

`send` wakes at once. `nudge` gathers what many requests ask for: at most one message each tenth
of a second, sent by a thread beside the requests, which so never wait for a broker.
"""

import logging
import threading

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.1
BROKER_SECONDS = 2

_lock = threading.Lock()
_on_their_way: set[str] = set()


def send(kind: str) -> None:
    """Ask a worker to drain a kind."""
    try:
        current_app.send_task("worker.drain", args=[kind], retry=False)
    except (OperationalError, OSError):
        # The row is safe; the sweep finds it. A broker that is down must not fail the request.
        log.warning("no broker to wake for %s", kind)


def is_heard() -> bool:
    """Whether the broker can be reached now."""
    try:
        with current_app.connection_for_write() as line:
            line.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except (OperationalError, OSError):
        return False
    return True


def nudge(kind: str) -> None:
    """Ask a worker to drain a kind in a moment, once for all who ask until then."""
    if kind in _on_their_way:
        return
    with _lock:
        if kind in _on_their_way:
            return
        _on_their_way.add(kind)
    sender = threading.Timer(PAUSE_SECONDS, _send_gathered, [kind])
    sender.daemon = True
    sender.start()


def _send_gathered(kind: str) -> None:
    # Out of the set first: who stores a row from here on asks for a message of its own.
    with _lock:
        _on_their_way.discard(kind)
    send(kind)
