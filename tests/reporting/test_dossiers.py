"""The city's dashboard and its dossier: suppressed, frozen, under a protocol number, on page and paper."""

import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import translation
from rest_framework.test import APIClient

from properties import disclosure, freezing, reviews, snapshots
from properties.city import dashboard, dossier_words, dossiers
from properties.indicators import BY_CODE
from properties.models import Dossier, ReviewNote, Snapshot
from tests.pdfs import text_of
from tests.reporting.conftest import Quarter, publish

pytestmark = pytest.mark.money
EN = {"Accept-Language": "en"}


def filed(made: Quarter, protocol: str = "2026/0042") -> Dossier:
    world = made.scene
    return dossiers.file(
        snapshot=made.snapshot,
        protocol=protocol,
        protocol_on=world.day,
        by=world.cast.city_reviewer,
        at=world.at,
    )


def printed(dossier: Dossier) -> str:
    """The words of its PDF, for a reader of English."""
    with translation.override("en"):
        return text_of(dossier_words.render(dossier))


class TestFile:
    def test_freezes_what_the_city_may_print(self, quarter: Quarter) -> None:
        dossier = filed(quarter)

        text = json.dumps(dossier.data)
        inside, abroad = (
            {each["code"]: each for each in freezing.view(quarter.snapshot.data, who)["indicators"]}
            for who in (disclosure.CITY, disclosure.PUBLIC)
        )
        for each in dossier.data["indicators"]:
            about_people = BY_CODE[each["code"]].is_about_people
            assert each == (inside if about_people else abroad)[each["code"]]
        assert not {"members", "inside", "basis"} & set(text.replace('"', " ").split())

    def test_never_changes_and_takes_a_number_once(self, quarter: Quarter) -> None:
        dossier = filed(quarter)

        with pytest.raises(dossiers.ProtocolTaken):
            filed(quarter)
        with pytest.raises(DatabaseError), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(protocol="x")

    def test_wants_figures_that_the_city_accepted(self, quarter: Quarter) -> None:
        world = quarter.scene
        draft = snapshots.take(
            organisation=world.cast.issuer,
            as_of=world.day,
            by=world.cast.owner,
            at=world.at,
            reason="a test",
        )

        with pytest.raises(dossiers.NotAccepted):
            filed(replace(quarter, snapshot=draft))

    def test_prints_as_a_tagged_pdf_with_what_was_asked(self, quarter: Quarter) -> None:
        question = ReviewNote(kind=ReviewNote.Kind.QUESTION, text="Perché sei?", by_label="Ada")
        question.snapshot, question.at = quarter.snapshot, quarter.scene.at
        question.save()

        paper = dossier_words.render(filed(quarter))

        assert paper.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in paper


class TestRestatedBy:
    def test_is_said_on_page_paper_and_api_with_its_reason(
        self, quarter: Quarter, client: Client
    ) -> None:
        dossier = filed(quarter)
        before = printed(dossier)
        publish(quarter.scene, as_of=quarter.snapshot.as_of, reason="Contata due volte.")
        city = quarter.scene.cast.city_reviewer
        client.force_login(city)
        caller = APIClient()
        caller.force_authenticate(city)

        said = "version 2 holds. Why: Contata due volte."
        assert said not in before
        assert said in printed(dossier)
        assert said in client.get(f"/city/dossiers/{dossier.pk}/", headers=EN).text
        assert caller.get(f"/api/v1/dossiers/{dossier.pk}/").json()["restated_by"] == 2

    def test_a_draft_restates_nothing_yet(self, quarter: Quarter) -> None:
        world, dossier = quarter.scene, filed(quarter)
        snapshots.take(
            organisation=world.cast.issuer, as_of=quarter.snapshot.as_of, by=world.cast.owner,
            at=world.at, reason="a test",
        )  # fmt: skip

        assert dossiers.restated_by(dossier) is None


class TestTold:
    def test_says_of_which_day_its_counts_are(self, quarter: Quarter) -> None:
        with translation.override("en"):
            told = dossier_words.told(filed(quarter))

        assert told["stands"].startswith(f"Counts of people are as of {told['as_of']}, or of")


class TestPages:
    def test_the_reviewer_files_and_reads_it(self, quarter: Quarter, client: Client) -> None:
        client.force_login(quarter.scene.cast.city_reviewer)
        place = f"/city/snapshots/{quarter.snapshot.pk}/dossier/"

        told = {"protocol": "77/2026", "protocol_on": "2026-07-20"}
        answer = client.post(place, told, follow=True)

        page = answer.content.decode()
        assert "Protocollo 77/2026 del 20 luglio 2026" in page
        assert "intetico" in page
        dossier = Dossier.objects.get()
        paper = client.get(f"/city/dossiers/{dossier.pk}/pdf/")
        assert paper["Content-Type"] == "application/pdf"

    def test_the_dashboard_has_a_map_with_its_table(self, quarter: Quarter, client: Client) -> None:
        client.force_login(quarter.scene.cast.city_reviewer)

        page = client.get("/city/").content.decode()

        assert page.count('class="tile tile-') == 8
        assert "Barriera di Milano-Rebaudengo" in page
        assert "5.223" in page
        assert "non verificat" in page

    def test_reads_no_more_with_more_quarters(
        self, quarter: Quarter, django_assert_num_queries: object
    ) -> None:
        person = quarter.scene.cast.city_reviewer

        with django_assert_num_queries(3):  # type: ignore[operator]
            (part,) = dashboard.of_city(person)

        assert sum(row.homes for row in part.districts) == 5
        assert part.avoided.assumptions


class TestReview:
    def test_asks_about_one_figure(self, quarter: Quarter, client: Client) -> None:
        world = quarter.scene
        world.wait(1)
        snapshot = snapshots.take(
            organisation=world.cast.issuer, as_of=world.day, by=world.cast.owner, at=world.at
        )
        snapshots.submit(snapshot=snapshot, by=world.cast.owner, at=world.at)
        client.force_login(world.cast.city_reviewer)

        told = {"text": "Perché sei?", "about": "units_acquired"}
        client.post(f"/figures/{snapshot.pk}/return/", told)

        (note,) = reviews.open_questions(Snapshot.objects.get(pk=snapshot.pk))
        assert note.about == "units_acquired"
        assert "Domande che attendono" in client.get("/figures/").content.decode()
        reviews.answer(snapshot=snapshot, text="Una nuova", by=world.cast.owner, at=world.at)
        assert reviews.open_questions(Snapshot.objects.get(pk=snapshot.pk)) == []


class TestApi:
    def test_files_lists_and_reads(self, quarter: Quarter) -> None:
        client = APIClient()
        client.force_authenticate(quarter.scene.cast.city_reviewer)
        told = {
            "snapshot": quarter.snapshot.pk, "protocol": "9", "protocol_on": "2026-07-01",
        }  # fmt: skip

        made = client.post("/api/v1/dossiers/", told, format="json").json()

        assert client.get("/api/v1/dossiers/").json()["count"] == 1
        contents = client.get(f"/api/v1/dossiers/{made['id']}/").json()["contents"]
        assert contents["k"] == disclosure.CITY.k
        districts = client.get("/api/v1/city/").json()["issuers"][0]["districts"]
        assert len(districts) == 8
