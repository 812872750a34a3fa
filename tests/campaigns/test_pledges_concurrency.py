"""The last euros under real concurrency: threads with connections of their own, on the real database."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import checks
from campaigns import pledges
from campaigns.models import Campaign, Pledge
from campaigns.orders import Order
from tests.campaigns.scene import Scene

PEOPLE = 50
SIDE_BY_SIDE = 12


@pytest.fixture
def scene(new_scene: Scene) -> Scene:
    return new_scene


@pytest.mark.django_db(transaction=True)
class TestTheLastEuros:
    def test_fifty_want_the_last_thousand_and_two_get_it(self, scene: Scene) -> None:
        campaign = scene.open_campaign(maximum=euro("5000.00"))
        scene.pledge(campaign, shares=40)
        orders = [scene.order(campaign, scene.investor()) for _ in range(PEOPLE)]

        states = together([lambda order=order: place(scene, order) for order in orders])  # type: ignore[misc]

        assert Counter(states) == {"placed": 2, "waitlisted": PEOPLE - 2}
        assert Campaign.objects.get().taken_shares == 50
        assert all(check.ok for check in checks.run())

    def test_who_leaves_and_who_comes_never_overfill_it(self, scene: Scene) -> None:
        campaign = scene.open_campaign(maximum=euro("3000.00"))
        leaving = [scene.pledge(campaign) for _ in range(6)]
        orders = [scene.order(campaign, scene.investor()) for _ in range(12)]

        together(
            [lambda p=p: revoke(scene, p) for p in leaving]  # type: ignore[misc]
            + [lambda o=o: place(scene, o) for o in orders]  # type: ignore[misc]
        )

        standing = Pledge.objects.standing().count()
        assert (standing, Campaign.objects.get().taken_shares) == (6, 30)
        assert all(check.ok for check in checks.run())


def place(scene: Scene, order: Order) -> str:
    return str(pledges.place(order=order, by=SYSTEM, at=scene.at).state)


def revoke(scene: Scene, pledge: Pledge) -> str:
    return str(pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at).state)


def together(acts) -> list[str]:  # type: ignore[no-untyped-def]  # callables that give a state
    """Do all acts at once, each on a connection that ends with it."""
    start = threading.Barrier(SIDE_BY_SIDE)

    def run(act) -> str:  # type: ignore[no-untyped-def]
        try:
            return str(act())
        finally:
            connection.close()

    with ThreadPoolExecutor(SIDE_BY_SIDE, initializer=start.wait) as threads:
        return list(threads.map(run, acts))
