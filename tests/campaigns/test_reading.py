"""What was read before an order: a warning of one's own is shown before it counts as accepted."""

from dataclasses import replace

import pytest

from backend.core.money import euro
from backend.core.users import SYSTEM
from campaigns import orders, pledges, reading
from campaigns.models import Pledge
from investors import warnings
from investors.models import Acknowledgement
from investors.warnings import Told
from tests.campaigns.scene import Scene
from tests.campaigns.test_orders_api import ask, browse, money

pytestmark = [
    pytest.mark.money,
    pytest.mark.rule("R45"),
    pytest.mark.ahead.with_args(Scene.open_campaign),
]


class TestRefuseUnwarned:
    """The scene's people have 40,000 euro: above 2,000 in one offer a warning of its own is due."""

    def test_a_large_order_names_the_warning_it_was_shown(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        order = scene.order(campaign, investor, shares=21)

        with pytest.raises(reading.WarningsUnread) as refused:
            pledges.place(order=order, by=SYSTEM, at=scene.at)
        told = replace(order, warnings_read=refused.value.facts["now"])
        pledge = pledges.place(order=told, by=SYSTEM, at=scene.at)

        given = Acknowledgement.objects.get(kind="large_order")
        shown = Told(given.kind, given.amounts)
        assert given.subject == f"pledge:{pledge.pk}"
        assert given.amounts == {
            "total": "2100.00", "bound": "2000.00", "net_worth": "40000.00"
        }  # fmt: skip
        assert given.words_hash == shown.words_hash
        assert str(shown) in refused.value.facts["words"]

    def test_the_warning_of_another_amount_is_not_enough(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        order = scene.order(campaign, investor, shares=21)
        read = warnings.digest(orders.warnings(order=order, at=scene.at))

        larger = replace(order, shares=22, warnings_read=read)

        with pytest.raises(reading.WarningsUnread):
            pledges.place(order=larger, by=SYSTEM, at=scene.at)

    @pytest.mark.parametrize(("shares", "is_taken"), [(20, True), (21, False)])
    def test_what_is_the_same_for_all_stands_on_the_form(
        self, scene: Scene, shares: int, is_taken: bool
    ) -> None:
        order = scene.order(scene.open_campaign(), scene.investor(), shares)

        if is_taken:
            assert pledges.place(order=order, by=SYSTEM, at=scene.at).amount == euro("2000.00")
        else:
            with pytest.raises(reading.WarningsUnread):
                pledges.place(order=order, by=SYSTEM, at=scene.at)


class TestPage:
    def test_a_larger_amount_typed_is_warned_of_first(self, scene: Scene) -> None:
        campaign, user = scene.open_campaign(), scene.cast.investor
        scene.investor(user)
        client, path = browse(user), f"/campaigns/{campaign.slug}/pledge/?amount=500.00"
        shown = client.get(path).context["order"]
        told = {"step": "order", "amount": "2500", "acknowledged": "on", "sheet_version": "1"}

        again = client.post(path, told | {"warnings_read": shown["warnings_read"].value()})
        page = client.get(again["Location"])
        placed = client.post(
            again["Location"],
            told | {"warnings_read": page.context["order"]["warnings_read"].value()},
        )

        assert "amount=2500" in again["Location"]
        assert "2,500.00" in page.context["warnings"][0]
        assert placed["Location"] == f"/pledges/{Pledge.objects.get().pk}/"

    def test_adding_to_an_order_warns_of_the_sum(self, scene: Scene) -> None:
        user = scene.cast.investor
        pledge = scene.pledge(scene.open_campaign(), shares=15, investor=scene.investor(user))
        client, path = browse(user), f"/pledges/{pledge.pk}/amend/"
        told = {"amount": "2500", "acknowledged": "on", "sheet_version": "1"}

        again = client.post(path, told)
        page = client.get(again["Location"])
        read = page.context["form"]["warnings_read"].value()
        client.post(again["Location"], told | {"warnings_read": read})

        assert "2,500.00" in page.context["warnings"][0]
        assert sorted(Pledge.objects.values_list("shares", flat=True)) == [10, 15]


class TestNeeds:
    def test_tell_the_words_and_what_names_them(self, scene: Scene) -> None:
        campaign, user = scene.open_campaign(), scene.cast.investor
        order = {"investor": scene.investor(user).pk, "shares": 21, "acknowledged": True}
        path = f"campaigns/{campaign.slug}/"

        told = ask(user, "POST", f"{path}pledge-needs/", order).json()
        read = {"sheet_version": told["sheet_version"], "warnings_read": told["warnings_read"]}
        refused = ask(user, "POST", f"{path}pledges/", order | {"sheet_version": 1}, key="a").json()
        placed = ask(user, "POST", f"{path}pledges/", order | read, key="b").json()

        assert told["warnings"] == ["loss_of_all", "large_order"]
        assert "40,000.00" in told["words"][1]
        assert refused["code"] == "pledge.warnings_unread"
        assert placed["amount"] == money("2100.00")
