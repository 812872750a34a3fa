"""The small house and its owner of expectations, as fixtures."""

from collections.abc import Iterator

import pytest

from backend.treasury import expectations
from tests.cast import Cast
from tests.treasury import house as houses
from tests.treasury.house import House, Owner


@pytest.fixture
def house(db: None, cast: Cast) -> House:
    """The small house, of the cast's issuer."""
    return houses.build(cast.issuer)


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Who is told when the house's expectations are met."""
    owner = Owner()
    expectations.register_owner(houses.OWNER, owner.on_met)
    yield owner
    expectations.register_owner(houses.OWNER, lambda met: None)
