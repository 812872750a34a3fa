"""The small house and its owner of expectations, as fixtures."""

from collections.abc import Iterator

import pytest

from tests import kept
from tests.cast import Cast
from tests.treasury import house as houses
from tests.treasury.house import House, Owner


@pytest.fixture(scope="module")
def kept_house(kept_cast: Cast) -> House:
    return kept.checked(houses.build(kept_cast.issuer))


@pytest.fixture
def house(kept_house: House, copied: kept.Copied, db: None) -> House:
    """The small house, of the cast's issuer."""
    return copied(kept_house)


@pytest.fixture
def new_house(new_cast: Cast) -> House:
    """The same for a test that needs real commits."""
    return houses.build(new_cast.issuer)


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Who is told when the house's expectations are met."""
    with houses.owner_told() as owner:
        yield owner
