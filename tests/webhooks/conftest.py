"""A receiver, and a webhook of the issuer that calls it."""

import datetime as dt
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from backend.webhooks import subscriptions
from backend.webhooks.subscriptions import Made, Wish
from tests.cast import Cast
from tests.webhooks.receiver import Receiver, listening

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def cast(kept_cast: Cast, db: None) -> Cast:
    return kept_cast


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """Listens on this machine, as only a demo's webhooks may."""
    settings.WEBHOOKS_STAY_HERE = True
    with listening() as found:
        yield found


@pytest.fixture
def made(cast: Cast, receiver: Receiver) -> Made:
    """A webhook that hears everything of the issuer."""
    return subscriptions.add(wish=Wish(receiver.url, ["*"]), by=cast.owner, at=AT)
