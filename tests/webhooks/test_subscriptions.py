"""Who is told, and how that is changed: by the rules, the API and the pages."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.core import encryption, jobs
from backend.core.models import Notice
from backend.core.roles import MayNot
from backend.webhooks import events, sender, subscriptions
from backend.webhooks.models import Delivery, Webhook
from backend.webhooks.subscriptions import BadWebhook, Made, StandsSo, Wish
from tests import undone
from tests.cast import Cast
from tests.webhooks.conftest import AT
from tests.webhooks.receiver import Receiver, signs

pytestmark = pytest.mark.django_db
WISH = Wish("https://example.org/hooks", ["pledge.*"])
DAY = dt.timedelta(days=1)


@pytest.fixture
def api(cast: Cast) -> APIClient:
    client = APIClient()
    client.force_authenticate(cast.owner)
    return client


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.owner)
    return client


class TestAdd:
    def test_keeps_the_secret_encrypted(self, cast: Cast) -> None:
        made = subscriptions.add(wish=WISH, by=cast.owner, at=AT)

        assert made.secret not in str(Webhook.objects.values())
        assert sender.keys_of(made.webhook, AT) == [made.secret]

    @pytest.mark.parametrize("heard", [[], ["household.*"], ["pledge.placed", "x"], [""]])
    def test_refuses_events_that_there_are_not(self, cast: Cast, heard: list[str]) -> None:
        with pytest.raises(BadWebhook):
            subscriptions.add(wish=Wish(WISH.url, heard), by=cast.owner, at=AT)

    def test_is_a_managers(self, cast: Cast) -> None:
        with pytest.raises(MayNot):
            subscriptions.add(wish=WISH, by=cast.finance, at=AT)

    def test_refuses_more_than_twenty(self, cast: Cast) -> None:
        for _number in range(subscriptions.MOST):
            subscriptions.add(wish=WISH, by=cast.owner, at=AT)

        with pytest.raises(BadWebhook):
            subscriptions.add(wish=WISH, by=cast.owner, at=AT)


class TestRenewSecret:
    def test_lets_both_sign_for_a_day(self, made: Made, cast: Cast) -> None:
        new = subscriptions.renew_secret(
            webhook=made.webhook, keeps_old=True, by=cast.owner, instant=AT, at=AT
        )

        assert sender.keys_of(made.webhook, AT) == [new.secret, made.secret]
        assert sender.keys_of(made.webhook, AT + DAY) == [new.secret]

    def test_voids_one_that_was_lost_at_once(self, made: Made, cast: Cast) -> None:
        new = subscriptions.renew_secret(
            webhook=made.webhook, keeps_old=False, by=cast.owner, instant=AT, at=AT
        )

        assert sender.keys_of(made.webhook, AT) == [new.secret]

    def test_stays_readable_when_the_installations_keys_rotate(
        self, own_keys: None, made: Made
    ) -> None:
        call_command("rotate_keys", "--new", "--retire")

        assert sender.keys_of(Webhook.objects.get(), AT) == [made.secret]
        assert len(encryption.keys()) == 1


class TestDisable:
    def test_keeps_what_waits_until_it_is_enabled(
        self, made: Made, cast: Cast, receiver: Receiver
    ) -> None:
        hook = made.webhook
        subscriptions.try_out(webhook=hook, by=cast.owner, at=AT)
        subscriptions.disable(webhook=hook, by=cast.owner, at=AT)
        assert jobs.drain(kind=events.JOB, at=AT) == 0

        subscriptions.enable(webhook=hook, by=cast.owner, at=AT)

        assert jobs.drain(kind=events.JOB, at=AT) == 1
        assert len(receiver.heard) == 1

    @pytest.mark.parametrize("rule", [subscriptions.disable, subscriptions.try_out])
    def test_is_refused_twice_and_so_is_a_test(self, made: Made, cast: Cast, rule: object) -> None:
        subscriptions.disable(webhook=made.webhook, by=cast.owner, at=AT)

        with pytest.raises(StandsSo):
            rule(webhook=made.webhook, by=cast.owner, at=AT)  # type: ignore[operator]
        assert not Notice.objects.exists(), "who disables it knows"


class TestApi:
    def test_walks_from_adding_to_sending_again(self, api: APIClient, receiver: Receiver) -> None:
        told = {"url": receiver.url, "events": ["*"], "description": "BI"}
        made = api.post("/api/v1/webhooks/", told).json()
        place = f"/api/v1/webhooks/{made['id']}/"
        api.post(f"{place}test/")
        jobs.drain(kind=events.JOB, at=AT + 9999 * DAY)

        [sent] = api.get(f"{place}deliveries/").json()["results"]
        assert sent["state"] == "arrived"
        one = api.get(f"/api/v1/webhook-deliveries/{sent['id']}/").json()
        [asked] = receiver.asked
        assert one["body"].encode() == asked.body
        assert signs(made["secret"], asked.headers, asked.body) == [True]
        again = api.post(f"/api/v1/webhook-deliveries/{sent['id']}/redelivery/")
        assert (again.status_code, again.json()["state"]) == (202, "to_deliver")

    def test_shows_the_secret_once(self, api: APIClient, made: Made) -> None:
        place = f"/api/v1/webhooks/{made.webhook.pk}/"

        assert "secret" not in api.get(place).json()
        assert api.post(f"{place}secret/", {}).json()["secret"].startswith("whsec_")

    @pytest.mark.parametrize(
        ("url", "code"), [("http://127.0.0.1/", "webhook.bad_address"), ("", "input.invalid")]
    )
    def test_refuses_a_bad_address(self, api: APIClient, url: str, code: str) -> None:
        answer = api.post("/api/v1/webhooks/", {"url": url, "events": ["*"]})

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    def test_changes_and_stops(self, api: APIClient, made: Made, receiver: Receiver) -> None:
        place = f"/api/v1/webhooks/{made.webhook.pk}/"
        api.post(place, {"url": receiver.url, "events": ["pledge.paid"]})
        api.post(f"{place}disable/")

        found = api.get(place).json()
        assert found["events"] == ["pledge.paid"]
        assert found["disabled_at"]
        assert api.post(f"{place}enable/").json()["disabled_at"] is None

    def test_hides_those_of_others(self, made: Made, cast: Cast) -> None:
        stranger = APIClient()
        stranger.force_authenticate(cast.stranger)

        assert stranger.get(f"/api/v1/webhooks/{made.webhook.pk}/").status_code == 404
        assert stranger.post(f"/api/v1/webhooks/{made.webhook.pk}/test/").status_code == 404
        assert stranger.get("/api/v1/webhooks/").json()["count"] == 0

    def test_lists_what_can_be_heard(self, api: APIClient) -> None:
        found = api.get("/api/v1/webhook-events/?page_size=200").json()["results"]

        assert {one["type"] for one in found} == set(events.types())


class TestPages:
    def test_add_one_and_show_its_secret(self, browser: Client, receiver: Receiver) -> None:
        told = {"url": receiver.url, "events": ["pledge.*"], "description": ""}
        answer = browser.post(reverse("webhook-new"), told)

        [secret] = sender.keys_of(Webhook.objects.get(), AT)
        assert secret in answer.text
        assert secret not in browser.get(reverse("webhook", args=[Webhook.objects.get().pk])).text

    def test_say_what_is_wrong_with_an_address(self, browser: Client) -> None:
        answer = browser.post(reverse("webhook-new"), {"url": "http://x/", "events": ["*"]})

        assert "https://" in answer.text
        assert not Webhook.objects.exists()

    def test_show_how_a_delivery_went_and_send_it_again(
        self, browser: Client, made: Made, receiver: Receiver
    ) -> None:
        place = reverse("webhook-act", args=[made.webhook.pk, "test"])
        browser.post(place)
        jobs.drain(kind=events.JOB, at=AT + 9999 * DAY)
        delivery = Delivery.objects.get()
        page = reverse("webhook-delivery", args=[delivery.pk])

        assert "as told" in browser.get(page).text
        browser.post(page)
        delivery.refresh_from_db()
        assert delivery.state == "to_deliver"

    @pytest.mark.parametrize("name", ["webhooks", "webhook-new"])
    def test_open_in_both_languages(self, browser: Client, name: str, made: Made) -> None:
        for language in ("it", "en"):
            answer = browser.get(reverse(name), headers={"Accept-Language": language})

            assert answer.status_code == 200

    def test_keep_a_finer_choice_of_the_api(
        self, browser: Client, made: Made, cast: Cast, receiver: Receiver
    ) -> None:
        wish = Wish(receiver.url, ["pledge.paid"])
        subscriptions.change(webhook=made.webhook, wish=wish, by=cast.owner, at=AT)

        page = browser.get(reverse("webhook", args=[made.webhook.pk])).text

        assert 'value="pledge.paid"' in page

    def test_undo_what_they_switched(self, browser: Client, made: Made) -> None:
        address = reverse("webhook-act", args=[made.webhook.pk, "disable"])
        page = browser.post(address, follow=True)

        page = browser.post(*undone.form(page), follow=True)

        made.webhook.refresh_from_db()
        assert made.webhook.disabled_at is None
        assert undone.form(page)[0] == address

    @pytest.mark.parametrize("act", ["disable", "nothing"])
    def test_do_what_they_offer(self, browser: Client, made: Made, act: str) -> None:
        answer = browser.post(reverse("webhook-act", args=[made.webhook.pk, act]))

        assert answer.status_code == (302 if act == "disable" else 404)
