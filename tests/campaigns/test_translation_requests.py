"""Who asks for a translation with an address proves it: nobody holds up another person's orders."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from backend.core.models import AuditEvent, Notice, User
from backend.core.roles import Role
from campaigns.models import Campaign, TranslationRequest
from campaigns.sheets import translation_requests
from campaigns.sheets.translation_requests import Wanted
from tests.campaigns.scene import Scene
from tests.cast import person

pytestmark = pytest.mark.ahead.with_args(Scene.open_campaign)


def browse(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def asked(scene: Scene, campaign: Campaign, email: str) -> TranslationRequest:
    wanted = Wanted("ro", email)
    return translation_requests.ask(campaign=campaign, wanted=wanted, at=scene.at)


@pytest.mark.rule("R15")
class TestProve:
    def test_a_stranger_with_ones_address_holds_up_no_order(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()

        asked(scene, campaign, investor.email)

        assert scene.pledge(campaign, investor=investor).state == "placed"

    def test_by_the_link_that_was_mailed_it_counts(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        asked(scene, campaign, investor.email)
        letter = Notice.objects.get(template="translation_to_prove", to=investor.email)
        found = re.search(r"/translations/[^\s/]+/", letter.body)
        assert found is not None

        looked = browse(None).get(found[0])
        with pytest.raises(translation_requests.NotProven):
            translation_requests.advise(
                request=campaign.translation_requests.get(), by=scene.cast.owner, at=scene.at
            )
        done = browse(None).post(found[0])

        assert (looked.status_code, done.status_code) == (200, 200)
        with pytest.raises(translation_requests.TranslationPending):
            scene.pledge(campaign, investor=investor)
        assert AuditEvent.objects.filter(action="translation.proven").count() == 1

    def test_logged_in_with_the_address_it_counts_at_once(self, scene: Scene) -> None:
        user, campaign = person("reader", Role.INVESTOR), scene.open_campaign()
        asked(scene, campaign, user.email)
        path = f"/api/v1/campaigns/{campaign.slug}/translations/"

        told = {"language": "ro", "email": user.email.upper()}
        other = {"language": "ro", "email": "somebody@example.org"}
        own = browse(user).post(path, told, content_type="application/json").json()
        foreign = browse(user).post(path, other, content_type="application/json").json()

        assert own["proven_at"] is not None
        assert foreign["proven_at"] is None

    def test_staff_see_what_counts(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        one = asked(scene, campaign, "ana@example.org")
        path = f"/api/v1/campaigns/{campaign.slug}/translations/"
        staff = browse(scene.cast.owner)

        before = staff.get(path).json()["count"]
        token = translation_requests.token_of(one)
        proven = browse(None).post(f"/api/v1/translations/{token}/").json()

        assert (before, staff.get(path).json()["count"]) == (0, 1)
        assert proven["proven_at"] is not None

    def test_a_link_of_ones_own_making_leads_nowhere(self, scene: Scene) -> None:
        with pytest.raises(translation_requests.UnknownLink):
            translation_requests.prove(token="1.abc", at=scene.at)

    def test_the_database_keeps_no_answer_to_what_is_unproven(self, scene: Scene) -> None:
        one = asked(scene, scene.open_campaign(), "ana@example.org")

        with pytest.raises(IntegrityError), transaction.atomic():
            TranslationRequest.objects.filter(pk=one.pk).update(state="advised")
