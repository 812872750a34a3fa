"""Following what goes out to many: the mails of a piece of news."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.core import bounces, jobs
from backend.core.models import Notice
from campaigns import news
from campaigns.models import Campaign, Update
from campaigns.news import News
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money


def told(scene: Scene) -> Update:
    """News for three people with an interest."""
    campaign = scene.publish(scene.draft())
    for _ in range(3):
        scene.wish(campaign)
    jobs.drain_all(at=scene.at)
    words = News("Novità", "News", "Ecco.", "Here.", "all")
    return news.publish(campaign=campaign, news=words, by=scene.cast.owner, at=scene.at)


def manager(scene: Scene) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(scene.cast.owner)
    return client


def desk(scene: Scene, campaign: Campaign) -> str:
    address = reverse("campaign-desk-page", args=[campaign.slug])
    return manager(scene).get(address).content.decode()


class TestNews:
    def test_is_followed_until_the_mails_have_left(self, scene: Scene) -> None:
        update = told(scene)
        before = desk(scene, update.campaign)
        jobs.drain_all(at=scene.at)

        page = manager(scene).get(reverse("work", args=["news", update.pk])).content.decode()

        assert "0 of 3 mails have left." in before
        assert f'data-work="/work/news/{update.pk}/"' in before
        assert "3 of 3 mails have left." in page
        assert "data-work" not in desk(scene, update.campaign)

    def test_says_what_came_back(self, scene: Scene) -> None:
        update = told(scene)
        jobs.drain_all(at=scene.at)
        bounces.mark(Notice.objects.latest("pk").pk, "gone", at=scene.at)

        page = manager(scene).get(reverse("work", args=["news", update.pk])).content.decode()

        assert "1 came back." in page

    def test_is_not_there_for_strangers(self, scene: Scene) -> None:
        update, stranger = told(scene), Client()
        stranger.force_login(scene.cast.stranger)

        assert stranger.get(reverse("work", args=["news", update.pk])).status_code == 404
