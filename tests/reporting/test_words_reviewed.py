"""The city reviews the words of a year beside its figures; a report says whether it did."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation
from rest_framework.test import APIClient

from backend.core import approvals
from backend.core.models import AuditEvent
from backend.reporting import contents, readiness
from properties import consents, reviews, snapshots, years
from properties.models import Snapshot, YearNote
from tests.properties.scene import Scene
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money
EN = {"Accept-Language": "en"}
LAST = dt.date(2025, 12, 31)


def write(scene: Scene, heading: str = "slowed", text: str = "The courts.") -> YearNote:
    words = years.Words(heading, f"{text} (it)", text)
    cast = scene.cast
    return years.write(organisation=cast.issuer, year=2025, words=words, by=cast.owner, at=scene.at)


def write_all(scene: Scene) -> None:
    for heading in YearNote.OWED:
        write(scene, heading)


def handed_in(scene: Scene) -> Snapshot:
    """The figures of the year's last day, with the city."""
    cast, scene.day = scene.cast, max(scene.day, dt.date(2026, 2, 1))
    taken = snapshots.take(organisation=cast.issuer, as_of=LAST, by=cast.owner, at=scene.at)
    return snapshots.submit(snapshot=taken, by=cast.owner, at=scene.at)


def accepted(scene: Scene) -> Snapshot:
    return reviews.accept(
        snapshot=handed_in(scene), text="", by=scene.cast.city_reviewer, at=scene.at
    )


def said(snapshot: Snapshot) -> str:
    with translation.override("en"):
        told = contents.shared(snapshot, kind="yearly", language="en")
    return str(told["review"])


class TestAccept:
    def test_takes_the_words_that_stand_beside_the_figures(self, quarter: Quarter) -> None:
        write(quarter.scene)

        snapshot = accepted(quarter.scene)

        assert "The city accepted the words of the year on" in said(snapshot)
        event = AuditEvent.objects.get(action="year.words_accepted")
        assert event.facts == {"year": 2025, "headings": ["slowed"]}

    def test_is_undone_by_other_words(self, quarter: Quarter) -> None:
        write(quarter.scene)
        snapshot = accepted(quarter.scene)

        write(quarter.scene, text="Nothing.")

        assert "The words of the year were not reviewed by the city." in said(snapshot)


class TestAcceptWords:
    def test_takes_those_written_afterwards_once(self, quarter: Quarter) -> None:
        scene = quarter.scene
        snapshot = accepted(scene)
        write(scene)
        city = scene.cast.city_reviewer

        reviews.accept_words(snapshot=snapshot, by=city, at=scene.at)

        assert years.reviewed_on(years.notes(scene.cast.issuer, year=2025)) == scene.day
        with pytest.raises(reviews.NoWords):
            reviews.accept_words(snapshot=snapshot, by=city, at=scene.at)

    def test_is_on_the_page_of_the_figures(self, quarter: Quarter, client: Client) -> None:
        snapshot = accepted(quarter.scene)
        write(quarter.scene)
        client.force_login(quarter.scene.cast.city_reviewer)

        before = client.get(f"/figures/{snapshot.pk}/", headers=EN).text
        client.post(f"/figures/{snapshot.pk}/words/")
        after = client.get(f"/figures/{snapshot.pk}/", headers=EN).text

        assert "The courts." in before
        assert "Accept the words of the year" in before
        assert "Accept the words of the year" not in after
        assert "Accepted by the city" in after

    def test_may_be_asked_about_and_accepted_by_api(self, quarter: Quarter) -> None:
        write(quarter.scene)
        snapshot = handed_in(quarter.scene)
        caller = APIClient()
        caller.force_authenticate(quarter.scene.cast.city_reviewer)
        place = f"/api/v1/snapshots/{snapshot.pk}/"

        asked = {"to": "returned", "text": "Which courts?", "about": "year"}
        answer = caller.post(f"{place}moves/", asked, format="json")
        caller.post(f"{place}moves/", {"to": "words_accepted"}, format="json")

        assert (answer.status_code, answer.json()["state"]) == (200, "returned")
        [words] = caller.get(place).json()["year_words"]
        assert (words["text_en"], bool(words["reviewed_at"])) == ("The courts.", True)


class TestAskToTell:
    """The city has 30 days for the words of a year, as for its figures (housing.md 3.13)."""

    def test_not_before_the_city_had_its_days(self, quarter: Quarter) -> None:
        scene = quarter.scene
        snapshot = accepted(scene)
        write(scene)
        scene.wait(29)

        with pytest.raises(snapshots.TooEarly):
            reviews.ask_to_tell(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

    def test_wait_for_a_story_that_was_taken_back(self, quarter: Quarter) -> None:
        scene = quarter.scene
        told = {"by": scene.cast.caseworker, "at": scene.at}
        new = consents.NewConsent(
            scope="STORY",
            given_on=scene.day,
            ends_on=scene.day + dt.timedelta(days=30),
            document="folder 1",
        )
        given = consents.give(household=scene.household("S1"), new=new, **told)
        consents.withdraw(consent=given, on=scene.day, **told)

        [reason] = readiness.obstacles(accepted(scene), kind="yearly", at=scene.at)[-1:]

        assert "consent" in str(reason) or "consenso" in str(reason)

    def test_a_second_person_lets_them_go_marked(self, quarter: Quarter) -> None:
        scene = quarter.scene
        snapshot = accepted(scene)
        write_all(scene)
        before = readiness.obstacles(snapshot, kind="yearly", at=scene.at)
        scene.wait(30)
        asked = reviews.ask_to_tell(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        with pytest.raises(approvals.SamePerson):
            approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)
        approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)

        after = readiness.obstacles(snapshot, kind="yearly", at=scene.at)
        # Beside the figures, which were accepted and are to be published.
        assert (len(before), len(after)) == (3, 2)
        assert "The words of the year were not reviewed by the city." in said(snapshot)

    def test_words_written_meanwhile_wait_again(self, quarter: Quarter) -> None:
        scene = quarter.scene
        snapshot = accepted(scene)
        write(scene)
        scene.wait(30)
        asked = reviews.ask_to_tell(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        write(scene, text="Other courts.")

        with pytest.raises(snapshots.TooEarly):
            approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)

    def test_figures_that_go_unreviewed_take_their_words_along(self, quarter: Quarter) -> None:
        scene = quarter.scene
        write(scene)
        snapshot = handed_in(scene)
        scene.wait(30)
        write(scene, "done", text="Too late for this.")
        asked = snapshots.ask_to_publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)

        let_go = YearNote.objects.exclude(let_go_at=None)
        assert [each.heading for each in let_go] == ["slowed"]

    def test_is_offered_on_the_page_and_by_api(self, quarter: Quarter, client: Client) -> None:
        snapshot = accepted(quarter.scene)
        write(quarter.scene)
        owner = quarter.scene.cast.owner
        client.force_login(owner)
        caller = APIClient()
        caller.force_authenticate(owner)

        page = client.get(f"/figures/{snapshot.pk}/", headers=EN).text
        move = {"to": "words_unreviewed"}
        answer = caller.post(f"/api/v1/snapshots/{snapshot.pk}/moves/", move, format="json")

        assert "Ask a second person to tell the words without the city" in page
        assert answer.status_code == 200
        assert approvals.waiting(action=reviews.UNREVIEWED, subject=snapshot) is not None


class TestWordsFor:
    def test_nobody_else_reads_them_before_they_are_told(self, quarter: Quarter) -> None:
        cast = quarter.scene.cast
        write(quarter.scene)
        snapshot = handed_in(quarter.scene)

        readers = (cast.owner, cast.city_reviewer, cast.stranger, cast.investor)

        assert [len(reviews.words_for(each, snapshot)) for each in readers] == [1, 1, 0, 0]
