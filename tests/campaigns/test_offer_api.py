"""The offer's own endpoints and pages: what each shows to whom, and that each act can be done there."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.core.models import User
from campaigns.models import Campaign, Question
from campaigns.sheets import drafts
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]
PDF = b"%PDF-1.7 synthetic"
NEWS = {"title_it": "Novità", "title_en": "News", "body_it": "Ecco.", "body_en": "Here."}


def ask(user: User | None, method: str, path: str, body: Any = None) -> Any:
    return browser(user).generic(
        method, f"/api/v1/campaigns/{path}", json.dumps(body or {}), content_type="application/json"
    )


def send(user: User, path: str, **told: str) -> Any:
    file = SimpleUploadedFile("paper.pdf", PDF)
    return browser(user).post(f"/api/v1/campaigns/{path}", {**told, "file": file})


def browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


class TestApi:
    def test_a_question_is_public_without_who_asked(self, scene: Scene) -> None:
        slug, owner = scene.open_campaign().slug, scene.cast.owner
        told = {"text": "Who decides?", "email": "curious@example.org"}
        asked = ask(None, "POST", f"{slug}/questions/", told)
        assert asked.status_code == 201
        pk = asked.json()["id"]

        ask(owner, "POST", f"{slug}/questions/{pk}/answer/", {"answer": "We do."})

        [public] = ask(None, "GET", f"{slug}/questions/").json()["results"]
        assert public["answer"] == "We do."
        assert "email" not in public
        [inside] = ask(owner, "GET", f"{slug}/questions/all/").json()["results"]
        assert inside["email"] == "curious@example.org"

    def test_a_stranger_answers_nothing(self, scene: Scene) -> None:
        slug = scene.open_campaign().slug
        pk = ask(None, "POST", f"{slug}/questions/", {"text": "Who?"}).json()["id"]

        path = f"{slug}/questions/{pk}/decline/"
        refused = ask(scene.cast.stranger, "POST", path, {"reason": "x"})

        assert refused.status_code == 404

    def test_news_team_story_and_filings(self, scene: Scene) -> None:
        slug, owner = scene.open_campaign().slug, scene.cast.owner
        member = {"role_it": "Direttrice", "role_en": "Director"}

        assert ask(owner, "POST", f"{slug}/updates/", NEWS).status_code == 201
        team = ask(owner, "PUT", f"{slug}/team/", {"members": [member]}).json()
        words = {
            "heading_it": "Perché",
            "heading_en": "Why",
            "text_it": "Ecco.",
            "text_en": "Here.",
        }
        told = ask(owner, "PUT", f"{slug}/story/", {"parts": [words]}).json()
        filed = ask(owner, "PATCH", f"{slug}/filings/", {"sheet_sent_on": "2026-01-07"}).json()

        assert len(ask(None, "GET", f"{slug}/updates/").json()["results"]) == 1
        assert [each["role_it"] for each in team] == ["Direttrice"]
        assert told == ask(None, "GET", f"{slug}/story/").json()["results"]
        assert [each["heading_en"] for each in told] == ["Why"]
        assert filed["sheet_sent_on"] == "2026-01-07"
        wrong = ask(owner, "PATCH", f"{slug}/filings/", {"offer_identifier": "x"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "filing.identifier_wrong")

    def test_papers_and_translations_are_files(self, scene: Scene) -> None:
        slug, owner = scene.open_campaign().slug, scene.cast.owner
        paper = {"kind": "plan", "title": "Piano", "language": "it"}
        assert send(owner, f"{slug}/documents/", **paper).status_code == 201
        told = {"language": "ro", "email": owner.email}
        pk = ask(owner, "POST", f"{slug}/translations/", told).json()["id"]

        sent = send(owner, f"{slug}/translations/{pk}/deliver/", title="Foaie")

        assert sent.status_code == 201
        [known] = ask(owner, "GET", f"{slug}/translations/").json()["results"]
        assert known["state"] == "delivered"

    def test_an_extension_waits_for_a_second_person(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        told = {"to_on": "2099-12-31", "reason": "The bank needs longer."}

        asked = ask(scene.cast.owner, "POST", f"{campaign.slug}/extensions/", told)

        assert asked.status_code == 202
        path = f"/api/v1/approvals/{asked.json()['approval']}/approve/"
        done = browser(scene.cast.colleague).post(
            path, "{}", content_type="application/json", headers={"Idempotency-Key": "k"}
        )
        assert done.status_code == 200, done.content
        assert str(scene.fresh(campaign).deadline_on) == "2099-12-31"


class TestPages:
    def page(self, path: str, user: User | None = None) -> str:
        answer = browser(user).get(path, headers={"Accept-Language": "en"})
        assert answer.status_code == 200, answer.content
        return answer.content.decode()

    def test_the_public_page_shows_every_part(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        scene.change_sheet(campaign, is_material=True)
        ask(scene.cast.owner, "POST", f"{campaign.slug}/updates/", NEWS)

        shown = self.page(f"/campaigns/{campaign.slug}/")

        for words in ("Key investment information sheet", "Questions and answers", "News"):
            assert words in shown
        assert "without a reason until 24:00" in shown

    def test_a_sheet_its_old_version_and_its_pdf(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        scene.change_sheet(campaign, is_material=False)
        path = f"/campaigns/{campaign.slug}/sheet/"

        assert "neither verified nor approved" in self.page(path)
        assert "no longer in force" in self.page(f"{path}1/")
        pdf = browser(None).get(f"{path}1/it.pdf")
        assert pdf["Content-Type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF")
        assert browser(None).get(f"{path}3/it.pdf").status_code == 404

    def test_the_desk_writes_declares_and_publishes_a_sheet(self, scene: Scene) -> None:
        campaign, owner = scene.publish(scene.draft()), scene.cast.owner
        path = f"/desk/campaigns/{campaign.slug}/sheet/"
        points = [point.code for part in drafts.parts_of(campaign) for point in part.fields]
        parts = {f"{code}_{name}": "Testo nuovo." for code in points for name in ("it", "en")}
        persons = {"persons-TOTAL_FORMS": "1", "persons-INITIAL_FORMS": "0"}
        persons |= {"persons-0-name": "Marta", "persons-0-function": "Amministratrice"}
        client = browser(owner)

        assert client.post(path, parts | persons)["Location"] == path
        client.post(f"{path}act/", {"step": "declare", "name": "Marta", "evidence": "Firma."})
        client.post(f"{path}act/", {"step": "publish", "words": "Testo nuovo."})

        assert [sheet.version for sheet in campaign.sheets.all()] == [2, 1]
        assert "Version 2 is in force" in self.page(path, owner)

    def test_the_desk_begins_a_sheet_from_the_words_of_another_offer(self, scene: Scene) -> None:
        told, bare, owner = scene.publish(scene.draft()), scene.draft(), scene.cast.owner
        bare.sheets.all().delete()
        path = f"/desk/campaigns/{bare.slug}/sheet/"

        assert f"?like={told.slug}" in self.page(path, owner)
        assert "Detto in breve." not in self.page(path, owner)
        begun = self.page(f"{path}?like={told.slug}", owner)

        assert "Detto in breve." in begun
        assert "Marta Prova" in begun
        assert not bare.sheets.exists()

    def test_the_desk_gives_nobody_the_words_of_another_issuer(self, scene: Scene) -> None:
        told, bare = scene.publish(scene.draft()), scene.draft()
        bare.sheets.all().delete()
        Campaign.objects.filter(pk=bare.pk).update(issuer=scene.cast.rival)

        page = self.page(
            f"/desk/campaigns/{bare.slug}/sheet/?like={told.slug}", scene.cast.stranger
        )

        assert "Detto in breve." not in page
        assert "Begin from the words" not in page

    def test_the_desk_of_the_page_answers_and_uploads(self, scene: Scene) -> None:
        campaign, owner = scene.open_campaign(), scene.cast.owner
        browser(None).post(f"/campaigns/{campaign.slug}/questions/", {"ask-text": "Who decides?"})
        question = Question.objects.get()
        desk = f"/desk/campaigns/{campaign.slug}/"
        assert "Who decides?" in self.page(f"{desk}page/", owner)

        client = browser(owner)
        client.post(f"{desk}questions/{question.pk}/", {"words": "We do.", "step": "answer"})
        file = SimpleUploadedFile("plan.pdf", PDF)
        told = {"kind": "plan", "title": "Piano", "language": "it", "file": file}
        client.post(f"{desk}documents/", told)

        shown = self.page(f"/campaigns/{campaign.slug}/")
        assert "We do." in shown
        document = campaign.documents.get(kind="plan")
        kept = browser(None).get(f"/campaigns/{campaign.slug}/documents/{document.pk}/")
        assert kept.content == PDF

    def test_an_invitation_is_confirmed_on_its_page(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        scene.change_sheet(campaign, is_material=True)
        assert "confirm them" in self.page(f"/interests/{wish.token}/")

        browser(None).post(f"/interests/{wish.token}/confirm/")

        wish.refresh_from_db()
        assert wish.terms_version == scene.fresh(campaign).terms_version
