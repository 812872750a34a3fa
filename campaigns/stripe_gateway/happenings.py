"""Events that Stripe keeps for 30 days: those whose delivery failed, and all since an instant."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from campaigns.stripe_gateway import client
from campaigns.stripe_gateway.deliveries import ReadEvent, read


def undelivered_events() -> Iterator[ReadEvent]:
    """The events of the last 30 days whose delivery failed, to find what never came."""
    return _events(delivery_success=False)


def events_since(since: dt.datetime) -> Iterator[ReadEvent]:
    """Every event since an instant, newest first; the provider keeps them for 30 days."""
    return _events(created={"gte": int(since.timestamp())})


def _events(**asked: Any) -> Iterator[ReadEvent]:
    for found in client.listed("events", **asked):
        yield read(found, json.dumps(found))
