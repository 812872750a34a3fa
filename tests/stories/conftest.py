"""The road for each story: a demo's clock, so that days may pass, and a world outside."""

import datetime as dt
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from backend.core import clock
from tests.campaigns import provider as stand_in
from tests.cast import Cast
from tests.stories.road import BEGINS_ON, Road


@pytest.fixture
def road(cast: Cast, settings: Settings) -> Iterator[Road]:
    """Everybody stands at the beginning, on a Monday in January."""
    yield from stand(cast, settings, BEGINS_ON)


def stand(cast: Cast, settings: Settings, on: dt.date, kind: type[Road] = Road) -> Iterator[Road]:
    """The road on the day on which a story begins; the clock goes forward only from there."""
    settings.DEMO = True
    settings.STRIPE_SECRET_KEY = "sk_test_mattone"
    settings.STRIPE_WEBHOOK_SECRET = stand_in.SECRET
    with stand_in.standing() as provider:
        settings.STRIPE_API_BASE = provider.url
        clock.shift_to(on)
        made = kind.begin(cast, provider)
        yield made
        made.bank.close()


@pytest.fixture
def day() -> dt.date:
    return BEGINS_ON
