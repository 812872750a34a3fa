"""What is told: moves and acts of records that owners registered, to who asked, of their own alone."""

import json

import pytest

from backend.core import audit
from backend.core.models import AuditEvent
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.webhooks import events, subscriptions
from backend.webhooks.models import Delivery, Event
from backend.webhooks.subscriptions import Wish
from campaigns import pledges
from investors.models import Investor
from properties.models import Household
from tests.campaigns import scene as scenes
from tests.campaigns.scene import Scene
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.org/hooks"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    world = scenes.build(cast)
    world.stand_today()
    return world


def listen(scene: Scene, *heard: str) -> None:
    wish = Wish(ADDRESS, heard or ["*"])
    subscriptions.add(wish=wish, by=scene.cast.owner, at=scene.at)


def told() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("type", flat=True))


class TestCatalogue:
    def test_has_words_for_every_type(self) -> None:
        assert all(str(words) for words in events.types().values())
        assert {"pledge.placed", "pledge.paid", "campaign.open", "acquisition.portfolio"} <= set(
            events.types()
        )

    def test_says_nothing_of_people_in_homes_or_of_investors(self) -> None:
        kinds = {source.model for source in events.sources()}

        assert not kinds & {Household, Investor}
        assert not [name for name in events.types() if name.startswith(("household", "tenancy"))]


class TestFollow:
    def test_tells_of_a_move_with_ids_and_states(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        listen(scene, "campaign.*")
        scene.open(campaign)

        event = Event.objects.get(type="campaign.open")
        assert event.data == {
            "id": campaign.pk,
            "campaign": campaign.slug,
            "state": "open",
            "previous_state": "pre_campaign",
        }

    def test_tells_of_a_pledge_and_names_nobody(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        listen(scene, "pledge.*")
        pledge = scene.pledge(campaign)
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)

        said = json.dumps(list(Event.objects.values("type", "data")))
        assert told() == ["pledge.placed", "pledge.revoked"]
        assert pledge.investor.name not in said
        assert "500" not in said

    def test_tells_nobody_who_did_not_ask(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        listen(scene, "acquisition.*")
        scene.pledge(campaign)

        assert told() == []

    def test_tells_no_stranger(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        by = scene.cast.stranger
        subscriptions.add(wish=Wish(ADDRESS, ["*"]), by=by, at=scene.at)
        scene.pledge(campaign)

        assert told() == []

    def test_tells_an_audit_row_once(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        listen(scene)
        scene.pledge(campaign)
        rows = list(AuditEvent.objects.filter(action="pledge.placed"))
        events.follow(rows)

        assert told().count("pledge.placed") == 1
        assert Delivery.objects.filter(event__type="pledge.placed").count() == 1

    def test_leaves_out_what_has_no_source(self, cast: Cast, scene: Scene) -> None:
        listen(scene)
        audit.record(action="signed_in", subject=cast.owner, by=cast.owner, at=scene.at)

        assert told() == []


@pytest.mark.money
class TestMoney:
    def test_is_told_when_it_came_and_when_it_was_all(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())
        listen(scene, "pledge.payment_received", "pledge.paid")
        scene.transfer(pledge, euro("200.00"))
        scene.transfer(pledge, euro("300.00"))

        assert told() == ["pledge.payment_received", "pledge.payment_received", "pledge.paid"]
