"""The law of an offer for visitors and for those who work on it: page and API."""

import pytest
from django.test import Client

from campaigns.models import OfferElsewhere
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.ahead.with_args(Scene.open_campaign)]


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]  # a User of the cast
    return client


class TestRulesPage:
    def test_tells_a_visitor_what_the_law_computed(self, scene: Scene, client: Client) -> None:
        campaign = scene.open_campaign()

        body = client.get(f"/campaigns/{campaign.slug}/rules/").content.decode()

        assert "art. 22(2)-(3)" in body
        assert "5.000.000" not in body
        assert "5,000,000.00" not in body

    def test_tells_a_manager_the_sum_of_twelve_months(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        page = client_of(scene.cast.owner).get(f"/campaigns/{campaign.slug}/rules/")

        assert "5.000.000,00" in page.content.decode().replace("\xa0", " ")

    def test_of_a_draft_is_nobodys_business(self, scene: Scene, client: Client) -> None:
        campaign = scene.draft()

        assert client.get(f"/campaigns/{campaign.slug}/rules/").status_code == 404
        assert client_of(scene.cast.stranger).get(
            f"/campaigns/{campaign.slug}/rules/"
        ).status_code in (403, 404)


class TestRulesApi:
    def test_gives_sentence_values_and_verdict(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        answer = client_of(scene.cast.owner).get(
            f"/api/v1/campaigns/{campaign.slug}/rules/", headers={"accept-language": "en"}
        )

        told = {rule["id"]: rule for rule in answer.json()["rules"]}
        assert told["R2"]["finding"]["values"]["total"] == {"amount": "5000.00", "currency": "EUR"}
        assert told["R2"]["finding"]["holds"] is True
        assert told["R47"]["article"].endswith("art. 22(2)-(3)")

    def test_keeps_from_a_visitor_what_is_internal(self, scene: Scene, client: Client) -> None:
        campaign = scene.open_campaign()

        answer = client.get(f"/api/v1/campaigns/{campaign.slug}/rules/")

        told = {rule["id"]: rule for rule in answer.json()["rules"]}
        assert told["R2"]["finding"] is None
        assert told["R47"]["finding"]


class TestElsewhere:
    FORM = {
        "kind": "securities",
        "place": "Another platform",
        "opened_on": "2026-10-01",
        "amount": "1.000,00",
    }

    def test_is_recorded_on_the_page(self, scene: Scene) -> None:
        campaign = scene.draft()

        answer = client_of(scene.cast.owner).post(
            f"/desk/campaigns/{campaign.slug}/elsewhere/", self.FORM
        )

        assert answer.status_code == 302
        assert OfferElsewhere.objects.get().issuer == scene.cast.issuer

    def test_is_recorded_through_the_api_once(self, scene: Scene) -> None:
        campaign = scene.draft()
        body = {**self.FORM, "amount": {"amount": "1000.00", "currency": "EUR"}}
        client, path = client_of(scene.cast.owner), f"/api/v1/campaigns/{campaign.slug}/"

        first = client.post(path + "offers-elsewhere/", body, content_type="application/json")
        again = client.post(path + "offers-elsewhere/", body, content_type="application/json")

        assert (first.status_code, again.status_code) == (201, 409)
        assert client.get(path + "offers-elsewhere/").json()["count"] == 1
