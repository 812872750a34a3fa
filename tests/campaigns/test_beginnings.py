"""Orders that are begun and not placed: kept for their person, placed later, given up or let go."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from backend.core import audit, states
from backend.core.errors import RuleBroken
from backend.core.models import Notice, User
from backend.core.money import euro
from backend.core.roles import Role
from backend.core.users import SYSTEM
from backend.treasury.models import Expectation
from campaigns import beginnings, figures, lifecycle, orders, pledges
from campaigns.models import Campaign, Pledge
from investors import onboarding
from investors.models import Investor
from tests.campaigns.scene import Scene
from tests.cast import person

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def newcomer(scene: Scene) -> Investor:
    """Somebody who took no test yet and made no simulation."""
    user = person("newcomer", Role.INVESTOR)
    profile = onboarding.Profile(
        kind="person",
        name="Nuova",
        tax_code="SYNTHETIC0009999",
        email=user.email,
        is_synthetic=True,
    )
    return onboarding.register(profile=profile, user=user, by=user, at=scene.at)


def begin(scene: Scene, campaign: Campaign, investor: Investor, shares: int = 5) -> Pledge:
    order = orders.Order(campaign, investor, shares)
    return beginnings.begin(order=order, by=SYSTEM, at=scene.at)


class TestBegin:
    def test_it_takes_no_place_and_nobody_waits_for_its_money(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        begun = begin(scene, campaign, newcomer(scene))

        assert (begun.state, begun.amount, begun.queued_at) == ("started", euro("500.00"), None)
        assert Campaign.objects.get().taken_shares == 0
        assert not Expectation.objects.exists()
        assert not Notice.objects.filter(to=begun.investor.email).exists()
        assert [row.action for row in audit.history(begun)] == ["pledge.started"]

    def test_again_it_is_the_same_of_another_size(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), newcomer(scene)
        first = begin(scene, campaign, investor)

        again = begin(scene, campaign, investor, shares=8)

        assert (again.pk, again.amount) == (first.pk, euro("800.00"))
        assert Pledge.objects.count() == 1

    @pytest.mark.parametrize(
        ("shares", "error"), [(4, orders.BelowMinimum), (51, orders.OverMaximum)]
    )
    def test_what_the_offer_cannot_take_is_refused(
        self, scene: Scene, shares: int, error: type[RuleBroken]
    ) -> None:
        with pytest.raises(error):
            begin(scene, scene.open_campaign(), newcomer(scene), shares)

    def test_an_offer_that_is_not_open_takes_none(self, scene: Scene) -> None:
        with pytest.raises(orders.CampaignNotOpen):
            begin(scene, scene.publish(scene.draft()), newcomer(scene))

    def test_it_is_ready_once_all_is_given(self, scene: Scene) -> None:
        begun = begin(scene, scene.open_campaign(), newcomer(scene))
        assert beginnings.stage(begun, at=scene.at) == "started"

        onboarding.change_iban(
            investor=begun.investor, iban="IT60X0542811101000000123456", by=SYSTEM, at=scene.at
        )
        scene.assess(begun.investor)

        assert beginnings.stage(begun, at=scene.at) == "checks_done"


class TestPlace:
    def test_what_was_begun_becomes_the_order(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        begun = begin(scene, campaign, investor)
        scene.wait(3)

        placed = scene.pledge(campaign, shares=9, investor=investor)

        assert (placed.pk, placed.state, placed.amount) == (begun.pk, "placed", euro("900.00"))
        assert placed.queued_at == placed.placed_at == scene.at
        assert Expectation.objects.get(reference=begun.reference).amount == euro("900.00")
        moved = audit.history(placed).get(action="state.moved")
        assert (moved.state_before, moved.state_after) == ("started", "placed")

    def test_it_waits_in_line_where_nothing_is_free(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        begin(scene, campaign, investor)
        scene.pledge(campaign, shares=50)

        assert scene.pledge(campaign, investor=investor).state == "waitlisted"

    def test_more_of_an_order_leaves_what_was_begun(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        scene.pledge(campaign, investor=investor)
        begun = begin(scene, campaign, investor)

        more = orders.Order(
            campaign, investor, 1, is_acknowledged=True, added_to=5,
            sheet_version=scene.order(campaign, investor).sheet_version,
        )  # fmt: skip
        added = pledges.place(order=more, by=SYSTEM, at=scene.at)

        assert added.pk != begun.pk
        assert Pledge.objects.get(pk=begun.pk).state == "started"


class TestEnds:
    def test_given_up_by_its_person(self, scene: Scene) -> None:
        begun = begin(scene, scene.open_campaign(), newcomer(scene))

        beginnings.give_up(pledge=begun, by=SYSTEM, at=scene.at)

        assert begun.state == "lapsed"
        with pytest.raises(states.WrongState):
            beginnings.give_up(pledge=begun, by=SYSTEM, at=scene.at)

    def test_it_is_not_revoked_but_given_up(self, scene: Scene) -> None:
        begun = begin(scene, scene.open_campaign(), newcomer(scene))

        with pytest.raises(states.WrongState) as refused:
            pledges.revoke(pledge=begun, by=SYSTEM, at=scene.at)

        assert refused.value.facts["state"] == "started"

    @pytest.mark.parametrize(("days", "is_gone"), [(30, False), (31, True)])
    def test_let_go_after_thirty_days(self, scene: Scene, days: int, is_gone: bool) -> None:
        begun = begin(scene, scene.open_campaign(), newcomer(scene))
        assert beginnings.kept_until(begun) == scene.day + dt.timedelta(days=30)

        scene.wait(days)

        assert bool(beginnings.lapse(at=scene.at)) is is_gone

    def test_with_the_offer_that_ends(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        begin(scene, campaign, newcomer(scene))

        lifecycle.cancel(campaign=campaign, by=SYSTEM, at=scene.at, reason="given up")

        assert Pledge.objects.get().state == "lapsed"
        assert not Notice.objects.filter(template="pledge_lapsed").exists()
        assert figures.of_campaign(campaign, at=scene.at).pledges == 0

    def test_when_the_offer_takes_no_orders_any_more(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        begun = begin(scene, campaign, newcomer(scene))
        states.move(record=campaign, to="collecting", by=SYSTEM, at=scene.at)

        assert beginnings.lapse(at=scene.at) == [begun]


class TestWhoSees:
    def test_its_person_alone(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), newcomer(scene)
        begin(scene, campaign, investor)
        own = investor.representations.get().user

        assert Pledge.objects.visible_to(own).exists()
        assert not Pledge.objects.visible_to(scene.cast.owner).exists()

    def test_the_desk_tells_how_many(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), newcomer(scene)
        begin(scene, campaign, investor)
        desk = Client(headers={"accept-language": "en"})
        desk.force_login(scene.cast.owner)

        page = desk.get(f"/desk/campaigns/{campaign.slug}/pledges/").content.decode()

        assert "1 more order was begun" in page
        assert investor.name not in page


class TestPage:
    def test_kept_carried_on_and_given_up(self, scene: Scene) -> None:
        scene.stand_today()
        campaign, investor = scene.open_campaign(), newcomer(scene)
        visitor = Client(headers={"accept-language": "en"})
        visitor.force_login(investor.representations.get().user)
        way = f"/campaigns/{campaign.slug}/pledge/"

        kept = visitor.post(way, {"step": "begin", "amount": "700"})
        begun = Pledge.objects.get()
        assert kept["Location"] == beginnings.page_of(begun)
        page = visitor.get(way).content.decode()
        assert "You began this order of" in page
        assert "€700.00" in page
        assert visitor.get(f"/pledges/{begun.pk}/")["Location"] == kept["Location"]
        assert "begun, not placed yet" in visitor.get("/my-home/").content.decode()
        visitor.post(way, {"step": "give_up"})

        begun.refresh_from_db()
        assert begun.state == "lapsed"


class TestApi:
    def test_begun_seen_and_given_up(self, scene: Scene) -> None:
        scene.stand_today()
        campaign, investor = scene.open_campaign(), newcomer(scene)
        user = investor.representations.get().user
        told = {"investor": investor.pk, "amount": {"amount": "500.00", "currency": "EUR"}}

        begun = self.post(user, f"campaigns/{campaign.slug}/begun-pledges/", told)
        assert (begun["state"], begun["stage"], begun["transfer"]) == ("started", "started", None)
        dropped = self.post(user, f"pledges/{begun['id']}/give-up/", {})

        assert dropped["state"] == "lapsed"

    def post(self, user: User, path: str, told: dict[str, Any]) -> Any:
        client = APIClient()
        client.force_authenticate(user)
        headers = {"Idempotency-Key": path}
        return client.post(f"/api/v1/{path}", told, format="json", headers=headers).json()
