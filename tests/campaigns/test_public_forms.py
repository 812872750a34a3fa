"""Forms of a campaign that are open to all are taken so often a minute, on pages and in the API."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from rest_framework.test import APIClient

from campaigns.models import Interest, Question
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.django_db
AMOUNT = {"amount": "500.00", "currency": "EUR"}


@pytest.fixture(autouse=True)
def pace(settings: Settings) -> None:
    settings.PUBLIC_FORMS_PER_MINUTE = 1


class TestApi:
    def test_takes_an_interest_and_turns_the_next_away(self, scene: Scene) -> None:
        place = f"/api/v1/campaigns/{scene.publish(scene.draft()).slug}/interests/"
        told = [{"email": f"{name}@example.org", "amount": AMOUNT} for name in "ab"]

        found = [APIClient().post(place, each).status_code for each in told]

        assert found == [201, 429]
        assert Interest.objects.count() == 1


class TestPages:
    def test_keep_what_was_typed_into_the_next_interest(self, scene: Scene) -> None:
        place = reverse("campaign", args=[scene.publish(scene.draft()).slug])
        browser = Client()
        browser.post(place, {"email": "a@example.org", "amount": "500"})

        answer = browser.post(place, {"email": "b@example.org", "amount": "500"})

        assert 'value="b@example.org"' in answer.text
        assert Interest.objects.count() == 1

    def test_take_a_question_and_turn_the_next_away(self, scene: Scene) -> None:
        place = reverse("campaign-ask", args=[scene.publish(scene.draft()).slug])
        for text in ("Perché?", "Quando?"):
            Client().post(place, {"ask-text": text, "ask-email": ""})

        assert Question.objects.get().text == "Perché?"
