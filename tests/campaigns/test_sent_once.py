"""One form, sent twice: one order, and the second answer shows it."""

import re
from typing import Any

import pytest
from django.test import Client

from backend.core.models import IdempotencyKey, User
from campaigns.models import Campaign, Pledge
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money

KEY = re.compile(r'name="once" value="(\w{32})"')
ORDER = {"step": "order", "amount": "600", "acknowledged": "on", "sheet_version": "1"}


@pytest.fixture
def campaign(scene: Scene) -> Campaign:
    scene.investor(scene.cast.investor)
    return scene.open_campaign()


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def filled(client: Client, campaign: Campaign) -> dict[str, str]:
    """The order as its page asks for it, with the page's own key."""
    page = client.get(f"/campaigns/{campaign.slug}/pledge/?amount=600.00").text
    [key] = KEY.findall(page)
    return {**ORDER, "once": key}


def sent(client: Client, campaign: Campaign, form: dict[str, str]) -> Any:
    return client.post(f"/campaigns/{campaign.slug}/pledge/", form)


class TestFormOnce:
    def test_makes_one_order_and_shows_it_again(self, scene: Scene, campaign: Campaign) -> None:
        client = browser(scene.cast.investor)
        form = filled(client, campaign)

        first, second = sent(client, campaign, form), sent(client, campaign, form)

        assert first["Location"] == second["Location"] == f"/pledges/{Pledge.objects.get().pk}/"
        assert "it was done once" in client.get(second["Location"]).text

    def test_makes_two_of_two_forms(self, scene: Scene, campaign: Campaign) -> None:
        client = browser(scene.cast.investor)

        for form in (filled(client, campaign), filled(client, campaign)):
            sent(client, campaign, form)

        assert Pledge.objects.count() == 2

    def test_does_not_order_anew_what_was_changed_afterwards(
        self, scene: Scene, campaign: Campaign
    ) -> None:
        client = browser(scene.cast.investor)
        form = filled(client, campaign)
        sent(client, campaign, form)

        page = client.get(sent(client, campaign, form | {"amount": "700"})["Location"]).text

        assert "filled in otherwise" in page
        assert Pledge.objects.get().amount.amount == 600

    def test_may_be_sent_again_after_it_was_refused(self, scene: Scene, campaign: Campaign) -> None:
        client = browser(scene.cast.investor)
        form = filled(client, campaign)

        assert sent(client, campaign, form | {"amount": "550"}).status_code == 200
        sent(client, campaign, form)

        assert Pledge.objects.get().amount.amount == 600

    def test_is_the_senders_own(self, scene: Scene, campaign: Campaign) -> None:
        scene.investor(scene.cast.other_investor)
        form = filled(browser(scene.cast.investor), campaign)

        for person in (scene.cast.investor, scene.cast.other_investor):
            sent(browser(person), campaign, form)

        assert Pledge.objects.count() == 2
        assert IdempotencyKey.objects.count() == 2
