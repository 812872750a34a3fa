"""The last euros under real concurrency: fifty people over HTTP at once, and threads with connections of
their own, on the real database."""

import http.client
import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import checks
from campaigns import pledges, sheets
from campaigns.models import Campaign, Pledge
from campaigns.orders import Order
from tests.campaigns.scene import Scene
from tests.cast import api_key

PEOPLE = 50
SIDE_BY_SIDE = 12


@pytest.fixture
def scene(new_scene: Scene) -> Scene:
    return new_scene


@pytest.mark.django_db(transaction=True)
class TestTheLastEuros:
    def test_fifty_want_the_last_thousand_and_two_get_it(
        self, scene: Scene, live_server: LiveServer
    ) -> None:
        campaign = scene.open_campaign(maximum=euro("5000.00"))
        scene.pledge(campaign, shares=40)
        bodies = [wish(scene, campaign, f"key-{number}") for number in range(PEOPLE)]
        url = f"/api/v1/campaigns/{campaign.slug}/pledges/"
        server = live_server.url.removeprefix("http://")
        # A server for tests lets ten knock at once; the eleventh would be turned away at the door.
        live_server.thread.httpd.socket.listen(PEOPLE)

        answers = together([lambda b=b: post(server, url, *b) for b in bodies], PEOPLE)  # type: ignore[misc]

        assert Counter(answers) == {"201 placed": 2, "201 waitlisted": PEOPLE - 2}
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


def wish(scene: Scene, campaign: Campaign, key: str) -> tuple[str, str]:
    """The key of somebody's program, and the order that it sends."""
    investor = scene.investor()
    user = investor.representations.get().user
    read = sheets.version_in_force(campaign)
    told = {"investor": investor.pk, "shares": 5, "acknowledged": True, "sheet_version": read}
    return api_key(user, key), json.dumps(told)


def post(server: str, url: str, key: str, body: str) -> str:
    """Send an order over a connection of its own: how it was answered, and what became of it."""
    line = http.client.HTTPConnection(server, timeout=60)
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    line.request("POST", url, body, headers)
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    return f"{answer.status} {told.get('state') or told}"


def place(scene: Scene, order: Order) -> str:
    return str(pledges.place(order=order, by=SYSTEM, at=scene.at).state)


def revoke(scene: Scene, pledge: Pledge) -> str:
    return str(pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at).state)


def together(acts, side_by_side: int = SIDE_BY_SIDE) -> list[str]:  # type: ignore[no-untyped-def]  # callables that give a state
    """Do all acts at once, each on a connection that ends with it."""
    start = threading.Barrier(side_by_side)

    def run(act) -> str:  # type: ignore[no-untyped-def]
        try:
            return str(act())
        finally:
            connection.close()

    with ThreadPoolExecutor(side_by_side, initializer=start.wait) as threads:
        return list(threads.map(run, acts))
