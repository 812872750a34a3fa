"""Published reports: everybody reads the same figures as investors, nobody's own money, and gets 304."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from backend.core import jobs
from backend.reporting import issue, published
from backend.reporting.published import Report
from investors.models import InvestorReport
from properties import years
from properties.models import Snapshot, YearNote
from tests.pdfs import text_of
from tests.properties.scene import Scene, noon
from tests.reporting.conftest import Quarter, publish

pytestmark = pytest.mark.money
EN = {"Accept-Language": "en"}
LAST = dt.date(2025, 12, 31)


def address(snapshot: Snapshot, kind: str = "quarterly") -> str:
    day, version = snapshot.as_of, snapshot.version
    return f"/published/{snapshot.organisation_id}/{day}/v{version}/{kind}/"


def year_told(scene: Scene) -> Snapshot:
    """The year of the scene, written, aimed at, and told to the investors."""
    cast = scene.cast
    scene.day = max(scene.day, dt.date(2026, 2, 1))
    for heading in YearNote.OWED:
        words = years.Words(heading, f"Detto di {heading}.", f"Said of {heading}.")
        years.write(organisation=cast.issuer, year=2025, words=words, by=cast.owner, at=scene.at)
    for value, on in ((7, dt.date(2024, 12, 20)), (6, dt.date(2025, 3, 10))):
        aimed: dict[str, int | None] = {"units_acquired": value}
        years.aim(
            organisation=cast.issuer, year=2025, targets=aimed, by=cast.owner, at=noon(on)
        )  # fmt: skip
    snapshot = publish(scene, as_of=LAST)
    issue.request(snapshot=snapshot, kind="yearly", by=cast.owner, at=scene.at)
    jobs.drain_all(at=scene.at)
    return snapshot


def correct_words(scene: Scene) -> None:
    """A further version of words that a report told, told in its turn."""
    cast = scene.cast
    words = years.Words("slowed", "Gli ufficiali.", "The bailiffs.", reason="Wrongly named.")
    years.write(organisation=cast.issuer, year=2025, words=words, by=cast.owner, at=scene.at)
    years.tell_words(cast.issuer, year=2025, at=scene.at)


class TestReport:
    @pytest.mark.parametrize(
        ("language", "says"), [("it", "Dove sono i soldi"), ("en", "Where the money is")]
    )
    def test_tells_everybody_in_their_language(
        self, quarter: Quarter, client: Client, language: str, says: str
    ) -> None:
        page = client.get(address(quarter.snapshot), headers={"Accept-Language": language}).text

        assert says in page
        assert quarter.snapshot.content_hash[:16] in page

    def test_has_no_investors_euros(self, quarter: Quarter) -> None:
        [report] = published.of(quarter.snapshot)

        told = published.told(report, language="en")

        assert told["money"]["raised_cents"] == 30_000_000
        assert told["money"]["in_homes_cents"] == sum(
            group["cents"] for each in told["holdings"] for group in each["groups"]
        )
        assert "own_cents" not in str(told)
        assert not told["economy"]["rows"], "what homes bring is told to those who own them"

    def test_a_chart_that_is_withheld_says_why(self, quarter: Quarter, client: Client) -> None:
        page = client.get(address(quarter.snapshot), headers=EN).text

        assert "is not drawn yet" in page
        assert "Still housed with us, by months" not in page

    def test_is_answered_304_until_it_is_corrected(self, quarter: Quarter, client: Client) -> None:
        place = address(quarter.snapshot)
        tag = client.get(place, headers=EN)["ETag"]
        again = client.get(place, headers={**EN, "If-None-Match": tag})
        other = client.get(place, headers={"Accept-Language": "it", "If-None-Match": tag})

        restated = publish(quarter.scene, as_of=quarter.snapshot.as_of, reason="Counted twice.")
        after = client.get(place, headers={**EN, "If-None-Match": tag})

        assert [each.status_code for each in (again, other, after)] == [304, 200, 200]
        assert address(restated) in after.text
        assert "Counted twice." in client.get(address(restated), headers=EN).text

    def test_is_there_only_once_it_was_published(self, quarter: Quarter, client: Client) -> None:
        place = address(quarter.snapshot)

        for missing in (place.replace("/v1/", "/v2/"), address(quarter.snapshot, "yearly")):
            assert client.get(missing).status_code == 404
            assert client.get(missing.rstrip("/") + ".pdf").status_code == 404


class TestYear:
    def test_is_public_once_investors_have_it(self, quarter: Quarter, client: Client) -> None:
        snapshot = year_told(quarter.scene)

        page = client.get(address(snapshot, "yearly"), headers=EN).text

        assert "Report for the year 2025" in page
        assert "Said of slowed." in page
        assert "5 (target 6)" in page
        assert InvestorReport.objects.filter(kind="yearly").exists()

    def test_says_what_went_worse_for_people_and_which_target_was_missed(
        self, quarter: Quarter
    ) -> None:
        told = published.told(Report(year_told(quarter.scene), "yearly"), language="en")

        missed, *_others = told["worse"]
        assert missed == "A target was missed: Homes acquired, 5 (target 6)."
        [withheld] = [each for each in told["worse"] if "could be recognised" in each]
        assert "departures to no good home" in withheld
        assert "broken repayment plans" in withheld

    def test_says_which_target_was_changed_once_the_year_ran(
        self, quarter: Quarter, client: Client
    ) -> None:
        snapshot = year_told(quarter.scene)
        place = address(snapshot, "yearly")
        changed = (
            "Homes acquired: changed on 10 March 2025, when the year had begun; first it was 7."
        )

        assert changed in client.get(place, headers=EN).text
        assert changed in text_of(client.get(f"{place.rstrip('/')}.pdf", headers=EN).content)

    def test_is_a_document_and_stands_on_the_campaign(
        self, quarter: Quarter, client: Client
    ) -> None:
        snapshot = year_told(quarter.scene)
        place = address(snapshot, "yearly")

        answer = client.get(place.rstrip("/") + ".pdf", headers=EN)
        text = text_of(answer.content)

        assert "What prevented or slowed it" in text
        assert "Your part" not in text
        assert place in client.get("/campaigns/casa/", headers=EN).text
        assert place in client.get("/open-data/", headers=EN).text

    def test_is_told_anew_where_its_words_are_corrected(
        self, quarter: Quarter, client: Client
    ) -> None:
        place = address(year_told(quarter.scene), "yearly")
        first = client.get(place, headers=EN)
        file = client.get(place.rstrip("/") + ".pdf", headers=EN)
        listed = client.get("/open-data/", headers=EN)

        correct_words(quarter.scene)
        seen = {**EN, "If-None-Match": f"{first['ETag']}, {file['ETag']}, {listed['ETag']}"}
        after = client.get(place, headers=seen)
        again = client.get(place.rstrip("/") + ".pdf", headers=seen)

        assert "The bailiffs." in after.text
        assert "The bailiffs." in text_of(again.content)
        assert client.get("/open-data/", headers=seen).status_code == 200


class TestListed:
    def test_is_two_questions_however_many_years_were_told(
        self, quarter: Quarter, django_assert_num_queries: Any
    ) -> None:
        ended = year_told(quarter.scene)
        earlier = publish(quarter.scene, as_of=LAST.replace(year=2024))

        with django_assert_num_queries(2):
            found = {row.pk: [each.kind for each in made] for row, made in published.listed()}

        assert found[ended.pk] == ["quarterly", "yearly"]
        assert found[earlier.pk] == ["quarterly"]
        assert all(
            [each.kind for each in published.of(row)] == found[row.pk] for row in (ended, earlier)
        )


class TestApi:
    def test_lists_and_tells_to_anybody(self, quarter: Quarter, client: Client) -> None:
        [row] = client.get("/api/v1/published-reports/").json()["results"]

        place = "/api/v1" + address(quarter.snapshot).replace("/published/", "/published-reports/")
        told = client.get(f"{place}?language=en").json()

        assert (row["version"], row["kind"]) == (1, "quarterly")
        assert told["money"]["raised_cents"] == 30_000_000
        assert told["title"].startswith("Report for quarter")
        assert client.get(place.replace("/v1/quarterly", "/v9/quarterly")).status_code == 404

    def test_answers_304_until_it_is_corrected(
        self, quarter: Quarter, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        place = "/api/v1" + address(quarter.snapshot).replace("/published/", "/published-reports/")
        first = client.get(place)
        seen = {"If-None-Match": first["ETag"]}
        with django_assert_max_num_queries(3) as asked:
            again = client.get(place, headers=seen)
        english = client.get(f"{place}?language=en", headers=seen)
        publish(quarter.scene, as_of=quarter.snapshot.as_of, reason="Counted twice.")

        assert (again.status_code, again.content) == (304, b"")
        assert not [each for each in asked if '"properties_snapshot"."data"' in each["sql"]]
        assert english.status_code == 200
        assert client.get(place, headers=seen).status_code == 200
