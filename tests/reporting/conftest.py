"""A portfolio with published figures: three homes kept, two let, one raise behind them."""

import datetime as dt
from dataclasses import dataclass

import pytest

from properties import reviews, snapshots
from properties.models import Snapshot
from tests import kept
from tests.cast import Cast
from tests.properties import scene
from tests.properties.scene import Scene

OCCUPANCIES = ("DEBTOR_FAMILY", "TENANT_OPPOSABLE", "TENANT_OPPOSABLE", "FREE", "FREE")
PRICES = ("41000.00", "52000.37", "38500.11", "61000.00", "47200.50")


@dataclass
class Quarter:
    """The scene and its published snapshot."""

    scene: Scene
    snapshot: Snapshot


@pytest.fixture(scope="module")
def kept_quarter(kept_cast: Cast) -> Quarter:
    """Homes bought, households in them, figures taken, accepted by the city, published."""
    world = scene.make(kept_cast)
    for number, (occupancy, price) in enumerate(zip(OCCUPANCIES, PRICES, strict=True), 1):
        world.wait(3)
        unit = world.unit(f"U{number}", occupancy=occupancy, district=4 + number % 3)
        world.buy(unit, price=price)
        world.tenancy(unit, world.household(f"H{number}"))
    world.end_quarter()
    return kept.checked(Quarter(world, publish(world)))


@pytest.fixture
def quarter(kept_quarter: Quarter, copied: kept.Copied, db: None) -> Quarter:
    return copied(kept_quarter)


def publish(world: Scene, *, as_of: dt.date | None = None, reason: str = "") -> Snapshot:
    """Take, submit, accept and publish the figures of a day, the scene's if none is named."""
    cast, day = world.cast, as_of or world.day
    snapshot = snapshots.take(
        organisation=cast.issuer, as_of=day, by=cast.owner, at=world.at, reason=reason
    )
    snapshots.submit(snapshot=snapshot, by=cast.owner, at=world.at)
    reviews.accept(snapshot=snapshot, text="", by=cast.city_reviewer, at=world.at)
    snapshots.publish(snapshot=snapshot, by=cast.owner, at=world.at)
    return snapshot
