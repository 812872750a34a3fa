"""The scene of these tests: a raise that is closed, and everything bought from it."""

import pytest

from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Three investors, 300,000 euro raised and released, nothing bought yet."""
    return scenes.make(cast)
