"""The report of a year in the accounts of a benefit company: its words, versions, the law, the pages."""

import datetime as dt
from dataclasses import fields
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from rest_framework.test import APIClient

from backend.core.models import AuditEvent
from campaigns import cases, issuer_statuses
from campaigns.cases import Case
from campaigns.issuer_statuses import Status
from campaigns.rules.impact import Impact
from properties import migrations, year_reports, years
from properties.models import YearNote, YearReport
from tests.properties.scene import Scene

EN = {"Accept-Language": "en"}
MOVE = Path(migrations.__file__ or "").with_name("impact_reports_to_years.sql")


@pytest.fixture
def then(scene: Scene) -> Scene:
    """A day of November 2026, of an issuer that is a benefit company since March 2024."""
    scene.day = dt.date(2026, 11, 2)
    told = Status("benefit_company", dt.date(2024, 3, 1), "visura")
    cast = scene.cast
    issuer_statuses.record(issuer=cast.issuer, told=told, by=cast.owner, at=scene.at)
    return scene


def write(scene: Scene, year: int, *, said: str = "Otto case.", reason: str = "") -> None:
    """All that is owed of a year, accepted by the city."""
    for heading in YearNote.OWED:
        years.write(
            organisation=scene.cast.issuer,
            year=year,
            words=years.Words(heading, said, said, reason),
            by=scene.cast.owner,
            at=scene.at,
        )
    YearNote.objects.filter(told_at=None).update(reviewed_at=scene.at)


def publish(scene: Scene, year: int, *, added_on: dt.date | None = None) -> YearReport:
    return year_reports.publish(
        issuer=scene.cast.issuer,
        year=year,
        added_on=added_on or dt.date(year + 1, 4, 20),
        by=scene.cast.owner,
        at=scene.at,
    )


def told(scene: Scene) -> list[tuple[int, int, set[str]]]:
    found = year_reports.in_force(scene.cast.issuer)
    return [
        (each.report.year, each.report.version, {note.text_it for note in each.notes})
        for each in found
    ]


class TestPublish:
    def test_a_correction_is_a_further_version_of_its_year(self, then: Scene) -> None:
        for year in (2024, 2025):
            write(then, year)
            publish(then, year)
        then.wait(1)
        write(then, 2024, said="Nove case.", reason="One was forgotten.")

        before = told(then)
        publish(then, 2024)

        assert before == [(2025, 1, {"Otto case."}), (2024, 1, {"Otto case."})]
        assert told(then) == [(2025, 1, {"Otto case."}), (2024, 2, {"Nove case."})]
        assert YearNote.objects.filter(year=2024, text_it="Otto case.").count() == 4
        assert AuditEvent.objects.filter(action="year.report_published").count() == 3

    @pytest.mark.parametrize(
        ("year", "added_on", "problem"),
        [
            (2023, dt.date(2024, 4, 20), year_reports.NotDue),
            (2026, dt.date(2026, 11, 1), year_reports.NotDue),
            (2024, dt.date(2025, 4, 20), year_reports.Incomplete),
            (2025, dt.date(2025, 12, 31), year_reports.BadDay),
            (2025, dt.date(2030, 1, 1), year_reports.BadDay),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, then: Scene, year: int, added_on: dt.date, problem: type[Exception]
    ) -> None:
        write(then, 2025)

        with pytest.raises(problem):
            publish(then, year, added_on=added_on)

    def test_words_that_nobody_let_go_stay(self, then: Scene) -> None:
        write(then, 2025)
        YearNote.objects.update(reviewed_at=None)

        with pytest.raises(year_reports.NotReviewed):
            publish(then, 2025)

    def test_none_is_rewritten(self, then: Scene) -> None:
        write(then, 2025)
        publish(then, 2025)

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            YearReport.objects.update(added_on=then.day)
        with pytest.raises(years.ToldAlready):
            write(then, 2025, said="Altro.")

    def test_asks_for_the_parts_that_the_law_names(self) -> None:
        assert [str(each.value) for each in YearNote.OWED] == [each.name for each in fields(Impact)]


@pytest.mark.rule("I13", "I13.years", "I13.day")
class TestLate:
    def test_the_law_says_which_are_missing(self, scene: Scene, then: Scene) -> None:
        case = Case(then.campaign, then.at)
        write(then, 2024)
        publish(then, 2024)

        found = cases.find("I13", case)

        assert found is not None
        assert (found.holds, found.values) == (False, {"years": [2025]})
        write(then, 2025)
        publish(then, 2025)
        after = cases.find("I13", case)
        assert after is not None
        assert after.holds is True

    def test_nothing_is_asked_of_who_is_no_benefit_company(self, scene: Scene) -> None:
        assert cases.find("I13", Case(scene.campaign, scene.at)) is None


class TestOverHttp:
    def test_staff_publish_on_the_page_of_the_year(self, then: Scene, client: Client) -> None:
        write(then, 2025)
        client.force_login(then.cast.owner)

        early = client.post("/years/2025/report/", {"added_on": "2025-12-31"}, headers=EN).text
        done = client.post("/years/2025/report/", {"added_on": "2026-04-20"}, headers=EN)

        assert "after the year" in early
        assert done.status_code == 302
        assert "Otto case." in client.get("/years/2025/", headers=EN).text

    def test_everybody_reads(self, then: Scene) -> None:
        write(then, 2025)
        caller = APIClient(headers={"Idempotency-Key": "y-1"})
        caller.force_authenticate(then.cast.owner)
        made = caller.post("/api/v1/years/2025/report/", {"added_on": "2026-04-20"}, format="json")

        slug = then.campaign.slug
        [read] = APIClient().get(f"/api/v1/campaigns/{slug}/year-reports/").json()["results"]
        page = Client().get(f"/campaigns/{slug}/").text

        assert made.status_code == 201
        assert (read["year"], len(read["notes"])) == (2025, 4)
        assert "Otto case." in page


class TestImpactReportsOfBefore:
    def test_become_words_of_their_years_and_nothing_is_lost(self, then: Scene) -> None:
        write(then, 2025, said="A draft.")
        at, issuer = then.at, then.cast.issuer.pk
        rows = [
            (issuer, 2025, version, f"goals {version}", "eight", "B Impact", "plan", at, at)
            for version in (1, 2)
        ]
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER append_only ON properties_yearreport")
            cursor.execute(
                "CREATE TEMPORARY TABLE campaigns_impactreport (issuer_id int, year int, version int,"
                " goals text, measures text, standard text, plan text, added_on date,"
                " published_at timestamptz, by_label text DEFAULT 'Anna')"
            )
            cursor.executemany(
                "INSERT INTO campaigns_impactreport VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                rows,
            )
            cursor.execute(MOVE.read_text(encoding="utf-8"))

        done = YearNote.objects.filter(heading="done").order_by("version")
        assert [note.text_it for note in done] == ["goals 1", "goals 2", "A draft."]
        assert [bool(note.told_at) for note in done] == [True, True, False]
        measured = YearNote.objects.filter(heading="measured", told_at__isnull=False).first()
        assert measured is not None
        assert measured.text_en == "eight\n\nB Impact"
        assert YearReport.objects.filter(year=2025).count() == 2
