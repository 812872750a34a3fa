"""Story, news, questions, papers, team, translations, filings: who may read them, and what is refused."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from backend.core import audit, states
from backend.core import documents as core_documents
from backend.core.models import Notice
from backend.core.roles import Role
from backend.core.users import SYSTEM
from campaigns import (
    contents,
    documents,
    news,
    questions,
    story,
)
from campaigns.documents import Upload
from campaigns.models import Campaign, CampaignDocument, Question
from campaigns.news import News
from campaigns.questions import Asked
from campaigns.regulator import filings
from campaigns.sheets import translation_requests
from campaigns.sheets.translation_requests import Wanted
from tests.campaigns.scene import Scene
from tests.campaigns.test_orders_api import browse
from tests.cast import person

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]
PDF = b"%PDF-1.7 synthetic"


def tell(scene: Scene, campaign: Campaign, audience: str) -> None:
    told = News("Novità", "News", "Ecco.", "Here.", audience)
    news.publish(campaign=campaign, news=told, by=scene.cast.owner, at=scene.at)


class TestNews:
    def test_for_all_reaches_orders_and_interests_once(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        scene.wish(campaign)
        campaign = scene.open(campaign)
        investor = scene.investor()
        for _ in range(2):
            scene.pledge(campaign, investor=investor)

        tell(scene, campaign, "all")

        assert Notice.objects.filter(template="update_published").count() == 2

    def test_for_investors_is_hidden_from_others(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        inside = scene.investor(scene.cast.investor)
        scene.pledge(campaign, investor=inside)

        tell(scene, campaign, "investors")

        cast = scene.cast
        readers = (cast.investor, cast.owner, cast.other_investor, cast.stranger)
        seen = [news.visible_to(campaign, reader).count() for reader in readers]
        assert seen == [1, 1, 0, 0]

    def test_nothing_is_told_of_a_draft(self, scene: Scene) -> None:
        with pytest.raises(news.NotPublic):
            tell(scene, scene.draft(), "all")


PART = story.Part("Perché", "Why", "Ecco.\n\nE poi.", "Here.\n\nAnd then.")


class TestStory:
    def told(self, scene: Scene, campaign: Campaign, *parts: story.Part) -> list[str]:
        story.tell(campaign=campaign, parts=parts, by=scene.cast.owner, at=scene.at)
        return [part.heading_it for part in campaign.story.all()]

    def test_is_told_whole_in_its_order_and_anew(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        other = replace(PART, heading_it="Chi")

        assert self.told(scene, campaign, PART, other) == ["Perché", "Chi"]
        assert self.told(scene, campaign, other, PART) == ["Chi", "Perché"]
        assert self.told(scene, campaign) == []
        assert audit.history(campaign).filter(action="campaign.story").count() == 3

    @pytest.mark.parametrize(
        "parts",
        [
            [replace(PART, text_en=" ")],
            [replace(PART, heading_it="x" * 121)],
            [replace(PART, text_it="x" * 6001)],
            [PART] * 13,
        ],
    )
    def test_of_one_language_or_too_long_is_refused(
        self, scene: Scene, parts: list[story.Part]
    ) -> None:
        with pytest.raises(story.NotTold):
            self.told(scene, scene.draft(), *parts)

    def test_is_among_what_a_second_person_approves(self, scene: Scene) -> None:
        campaign = scene.draft()
        before = contents.content_hash(campaign)

        self.told(scene, campaign, PART)

        assert contents.content_hash(campaign) != before
        self.told(scene, campaign)
        assert contents.content_hash(campaign) == before

    def test_stands_on_the_public_page_in_the_readers_language(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        self.told(scene, campaign, PART)

        page = (
            Client(headers={"Accept-Language": "en"})
            .get(f"/campaigns/{campaign.slug}/")
            .content.decode()
        )

        assert "<h3>Why</h3><p>Here.</p>" in page.replace("\n", "")
        assert 'href="#story"' in page

    def test_is_written_at_the_desk_and_a_part_emptied_is_taken_out(self, scene: Scene) -> None:
        campaign, manager = scene.publish(scene.draft()), browse(scene.cast.owner)
        self.told(scene, campaign, replace(PART, heading_it="Vecchio"))
        words = {f"story-1-{name}": text for name, text in vars(PART).items()}
        emptied = {f"story-0-{name}": "" for name in vars(PART)}
        form = {"story-TOTAL_FORMS": "3", "story-INITIAL_FORMS": "1", **words, **emptied}

        manager.post(f"/desk/campaigns/{campaign.slug}/story/", form)

        assert [part.heading_it for part in campaign.story.all()] == ["Perché"]

    def test_refused_at_the_desk_loses_nothing_that_was_typed(self, scene: Scene) -> None:
        campaign, manager = scene.publish(scene.draft()), browse(scene.cast.owner)
        form = {"story-TOTAL_FORMS": "1", "story-INITIAL_FORMS": "0"}
        typed = {"story-0-heading_it": "Perché", "story-0-text_it": "Una lunga storia."}

        page = manager.post(f"/desk/campaigns/{campaign.slug}/story/", {**form, **typed})

        assert "Una lunga storia." in page.content.decode()
        assert "This field is required." in page.content.decode()
        assert not campaign.story.exists()


class TestQuestions:
    def ask(self, scene: Scene, text: str = "Who decides?") -> Question:
        campaign = scene.publish(scene.draft())
        asked = Asked(text, "curious@example.org", "en")
        return questions.ask(campaign=campaign, asked=asked, at=scene.at)

    def test_public_with_its_answer_and_not_before(self, scene: Scene) -> None:
        question = self.ask(scene)
        assert not questions.published(question.campaign)

        questions.answer(question=question, text="We do.", by=scene.cast.owner, at=scene.at)

        assert list(questions.published(question.campaign)) == [question]
        assert Notice.objects.get(template="question_answered").to == "curious@example.org"

    def test_what_is_declined_stays_inside_with_its_reason(self, scene: Scene) -> None:
        question = self.ask(scene)
        with pytest.raises(questions.NoWords):
            questions.decline(question=question, by=SYSTEM, at=scene.at, reason=" ")

        questions.decline(question=question, by=SYSTEM, at=scene.at, reason="An insult.")

        assert not questions.published(question.campaign)
        with pytest.raises(states.WrongState):
            questions.answer(question=question, text="We do.", by=SYSTEM, at=scene.at)

    @pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
    def test_no_words_or_too_many_are_refused(self, scene: Scene, text: str) -> None:
        with pytest.raises(questions.NoWords):
            self.ask(scene, text)


class TestDocuments:
    def upload(self, scene: Scene, campaign: Campaign, raw: bytes) -> CampaignDocument:
        file = Upload("statute", "Statuto", "it", raw)
        return documents.upload(campaign=campaign, file=file, by=scene.cast.owner, at=scene.at)

    def test_another_content_is_the_next_version(self, scene: Scene) -> None:
        campaign = scene.draft()

        first = self.upload(scene, campaign, PDF)
        again, other = self.upload(scene, campaign, PDF), self.upload(scene, campaign, PDF + b".")

        assert again == first
        assert (first.version, other.version) == (2, 3)
        assert first.media_type == "application/pdf"

    def test_is_saved_and_never_shown_in_place(self, scene: Scene) -> None:
        found = self.upload(scene, scene.draft(), PDF)

        answer = browse(scene.cast.owner).get(
            reverse("campaign-document", args=[found.campaign.slug, found.pk])
        )

        assert answer.content == PDF
        assert answer["Content-Disposition"].startswith("attachment;")

    @pytest.mark.parametrize("raw", [b"", b"<html>", b"MZ\x90", b" %PDF-1.7"])
    def test_what_it_says_it_is_counts_for_nothing(self, scene: Scene, raw: bytes) -> None:
        with pytest.raises(core_documents.NotAPaper):
            self.upload(scene, scene.draft(), raw)

    def test_more_than_ten_megabytes_are_refused(self, scene: Scene) -> None:
        with pytest.raises(core_documents.TooLarge):
            self.upload(scene, scene.draft(), PDF + b" " * documents.MAX_BYTES)

    def test_the_database_refuses_to_change_one(self, scene: Scene) -> None:
        self.upload(scene, scene.draft(), PDF)

        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
            CampaignDocument.objects.update(title="Altro")


class TestTranslations:
    def ask(self, scene: Scene, campaign: Campaign, email: str = "ana@example.org") -> object:
        wanted = Wanted("ro", email)
        asked = translation_requests.ask(campaign=campaign, wanted=wanted, at=scene.at)
        token = translation_requests.token_of(asked)
        return translation_requests.prove(token=token, at=scene.at)

    def test_asked_twice_it_waits_once(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        assert self.ask(scene, campaign) == self.ask(scene, campaign)

    def test_delivered_it_stands_among_the_documents(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        self.ask(scene, campaign)

        document = translation_requests.deliver(
            request=campaign.translation_requests.get(),
            paper=("Foaie", PDF),
            by=scene.cast.owner,
            at=scene.at,
        )

        assert (document.kind, document.language) == ("translation", "ro")
        assert Notice.objects.filter(template="translation_answered").count() == 1

    def test_no_order_before_an_answer_then_the_advice_is_kept(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        self.ask(scene, campaign, investor.email)
        with pytest.raises(translation_requests.TranslationPending):
            scene.pledge(campaign, investor=investor)
        asked = campaign.translation_requests.get()
        by, at = scene.cast.owner, scene.at

        translation_requests.advise(request=asked, by=by, at=at)
        with pytest.raises(translation_requests.AdviceNotShown):
            scene.pledge(campaign, investor=investor)
        translation_requests.note_shown(campaign=campaign, email=investor.email, by=by, at=at)

        asked.refresh_from_db()
        assert asked.shown_at == at
        assert scene.pledge(campaign, investor=investor).state == "placed"

    @pytest.mark.parametrize("way", ["api", "page"])
    def test_whoever_asks_what_an_order_needs_is_shown_the_advice(
        self, scene: Scene, way: str
    ) -> None:
        user = person("reader", Role.INVESTOR)
        campaign, investor = scene.open_campaign(), scene.investor(user)
        self.ask(scene, campaign, investor.email)
        asked = campaign.translation_requests.get()
        translation_requests.advise(request=asked, by=scene.cast.owner, at=scene.at)

        if way == "api":
            told = {"investor": investor.pk, "shares": 5, "acknowledged": True}
            path = f"/api/v1/campaigns/{campaign.slug}/pledge-needs/"
            answer = browse(user).post(path, told, content_type="application/json").json()
            assert answer["advice"].startswith("You asked for a translation")
            assert answer["reflection_ends_at"][:10] > scene.day.isoformat()
        else:
            page = browse(user).get(f"/campaigns/{campaign.slug}/pledge/").content.decode()
            assert "You asked for a translation that is not made" in page

        asked.refresh_from_db()
        assert asked.shown_at is not None

    def test_there_is_nothing_to_translate_in_a_draft(self, scene: Scene) -> None:
        with pytest.raises(translation_requests.NothingToTranslate):
            self.ask(scene, scene.draft())


class TestFilings:
    def note(self, scene: Scene, campaign: Campaign, identifier: str) -> Campaign:
        facts = {"offer_identifier": identifier, "sheet_sent_on": scene.day}
        return filings.note(campaign=campaign, facts=facts, by=scene.cast.owner, at=scene.at)

    def test_an_identifier_is_given_once_and_stays(self, scene: Scene) -> None:
        lei = valid_lei()
        noted = self.note(scene, scene.open_campaign(), f"{lei}00000001")
        assert noted.sheet_sent_on == scene.day

        with pytest.raises(filings.IdentifierStays):
            self.note(scene, noted, f"{lei}00000002")

    @pytest.mark.parametrize("identifier", ["x", "0" * 28, "9" * 27])
    def test_a_wrong_one_is_refused(self, scene: Scene, identifier: str) -> None:
        with pytest.raises(filings.NotAnIdentifier):
            self.note(scene, scene.draft(), identifier)


def valid_lei() -> str:
    """Twenty characters whose check digits are right, of no registered body."""
    body = "SYNTHETICMATTONE00"
    number = int("".join(str(int(character, 36)) for character in f"{body}00"))
    return f"{body}{98 - number % 97:02d}"
