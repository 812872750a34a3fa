"""What happened to a campaign, as its desk tells it: in words, each act there is."""

import re
from pathlib import Path

import pytest
from django.test import Client

from backend.core import audit
from backend.embedded import BASE_DIR
from campaigns.pages.desk import ACT_WORDS
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.ahead.with_args(Scene.open_campaign)

ON_A_CAMPAIGN = re.compile(
    r'audit\.record\(\s*action="([a-z_.]+)",\s*subject=(?:\w+\.)?campaign\b', re.DOTALL
)
SOURCES = [*Path(BASE_DIR, "campaigns").rglob("*.py"), *Path(BASE_DIR, "properties").rglob("*.py")]


class TestHistory:
    @pytest.mark.parametrize(
        ("language", "words"), [("it", "Piano per il denaro"), ("en", "Plan for the money")]
    )
    def test_is_told_in_words(self, scene: Scene, language: str, words: str) -> None:
        campaign = scene.open_campaign()
        client = Client(headers={"accept-language": language})
        client.force_login(scene.cast.owner)

        page = client.get(f"/desk/campaigns/{campaign.slug}/").text

        named = set(audit.history(campaign).values_list("action", flat=True)) - {"state.moved"}
        assert "campaign.planned" in named
        assert words in page
        assert [each for each in named if each in page] == []

    def test_has_words_for_every_act_there_is(self) -> None:
        acts = {act for path in SOURCES for act in ON_A_CAMPAIGN.findall(path.read_text())}

        assert len(acts) > 15
        assert acts - set(ACT_WORDS) == set()
