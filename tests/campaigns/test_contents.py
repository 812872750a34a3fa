"""What a second person approves is what was handed in: a change afterwards is approved anew."""

import pytest
from django.test import Client

from backend.core import approvals
from backend.core.models import Approval
from campaigns import contents, drafting, lifecycle
from campaigns.models import Campaign
from campaigns.sheets import drafts
from tests.campaigns.scene import Scene

State = Campaign.State


def page(scene: Scene, campaign: Campaign) -> str:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(scene.cast.owner)
    return client.get(f"/desk/campaigns/{campaign.slug}/").content.decode()


def approve(scene: Scene, asked: Approval) -> None:
    approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)


class TestSubmit:
    def test_what_was_changed_in_review_is_not_approved(self, scene: Scene) -> None:
        campaign = scene.draft()
        asked = lifecycle.submit(campaign=campaign, by=scene.cast.owner, at=scene.at)
        scene.write_sheet(campaign, "Detto dopo, di nascosto.")

        with pytest.raises(approvals.ChangedSince):
            approve(scene, asked)

        assert scene.fresh(campaign).state == State.IN_REVIEW
        assert "It was changed after a second person was asked" in page(scene, campaign)

    def test_handed_in_again_it_is(self, scene: Scene) -> None:
        campaign = scene.draft()
        lifecycle.submit(campaign=campaign, by=scene.cast.owner, at=scene.at)
        scene.write_sheet(campaign, "Detto meglio.")

        again = lifecycle.submit(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)
        approve(scene, again)

        assert Approval.objects.filter(action=lifecycle.PUBLISH).count() == 1
        assert scene.fresh(campaign).state == State.PRE_CAMPAIGN

    def test_what_was_handed_in_needs_no_second_asking(self, scene: Scene) -> None:
        campaign = scene.draft()
        lifecycle.submit(campaign=campaign, by=scene.cast.owner, at=scene.at)

        with pytest.raises(lifecycle.Blocked):
            lifecycle.submit(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)


class TestAskToOpen:
    def test_terms_that_moved_since_are_asked_for_again(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        by, at = scene.cast.owner, scene.at
        asked = lifecycle.ask_to_open(campaign=campaign, by=by, at=at)
        changes = {"summary_it": "Compriamo altre case."}
        drafting.amend(campaign=campaign, changes=changes, by=by, at=at)

        assert lifecycle.to_ask_again(scene.fresh(campaign)) == [State.OPEN]
        with pytest.raises(approvals.ChangedSince):
            approve(scene, asked)


class TestContentHash:
    def test_is_the_same_until_something_changes(self, scene: Scene) -> None:
        campaign = scene.draft()
        before = contents.content_hash(campaign)

        assert contents.content_hash(scene.fresh(campaign)) == before
        writing = drafts.Writing(parts={"it": {"A.project": "Un altro progetto."}})
        drafts.write(campaign=campaign, writing=writing, by=scene.cast.owner, at=scene.at)
        assert contents.content_hash(campaign) != before
