"""A campaign's world for each test, and the card provider's stand-in for those who ask for it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests import kept
from tests.campaigns import ahead
from tests.campaigns import provider as stand_in
from tests.campaigns import scene as scenes
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene
from tests.cast import Cast


@pytest.fixture(scope="module")
def kept_scene(kept_cast: Cast, request: pytest.FixtureRequest) -> Scene:
    """With what the module's mark `ahead` says was done (ahead.py)."""
    world = scenes.build(kept_cast)
    if mark := request.node.get_closest_marker("ahead"):
        ahead.go(world, *mark.args, **mark.kwargs)
    return kept.checked(world)


@pytest.fixture
def scene(kept_scene: Scene, copied: kept.Copied, db: None) -> Scene:
    """Today, because the API reads the clock; tests of instants set their own day."""
    world = copied(kept_scene)
    world.stand_today()
    return world


@pytest.fixture
def new_scene(new_cast: Cast) -> Scene:
    """The same for a test that needs real commits."""
    world = scenes.build(new_cast)
    world.stand_today()
    return world


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with stand_in.standing() as standing:
        settings.STRIPE_API_BASE = standing.url
        settings.STRIPE_SECRET_KEY = "sk_test_mattone"
        settings.STRIPE_WEBHOOK_SECRET = stand_in.SECRET
        yield standing
