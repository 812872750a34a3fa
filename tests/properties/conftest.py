"""The scene of these tests: a raise that is closed, and everything bought from it."""

import pytest

from tests import kept
from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene


@pytest.fixture(scope="module")
def kept_scene(kept_cast: Cast) -> Scene:
    """Three investors, 300,000 euro raised and released, nothing bought yet."""
    return kept.checked(scenes.make(kept_cast))


@pytest.fixture
def scene(kept_scene: Scene, copied: kept.Copied, db: None) -> Scene:
    return copied(kept_scene)


@pytest.fixture
def new_scene(new_cast: Cast) -> Scene:
    """The same for a test that needs real commits."""
    return scenes.make(new_cast)
