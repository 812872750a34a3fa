"""What stands against an issue, who gets a correction, and what became of each mail."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from rest_framework.test import APIClient

from backend.core import audit, bounces, clock, jobs
from backend.core.models import AuditEvent, Notice
from backend.ledger import checks
from backend.reporting import issue, readiness
from investors.models import InvestorReport
from properties import reviews, snapshots, years
from properties.models import Snapshot, Target
from tests.cast import Cast
from tests.properties.scene import noon
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money
EN = {"Accept-Language": "en"}


def issued(quarter: Quarter) -> list[InvestorReport]:
    issue.request(snapshot=quarter.snapshot, by=quarter.scene.cast.owner, at=quarter.scene.at)
    jobs.drain_all(at=quarter.scene.at)
    return list(InvestorReport.objects.order_by("pk"))


def restated(quarter: Quarter) -> Snapshot:
    """The figures of the day again, accepted and published: the correction follows by itself."""
    scene = quarter.scene
    cast = scene.cast
    key = snapshots.request(
        organisation=cast.issuer,
        as_of=scene.day,
        reason="Counted twice.",
        by=cast.owner,
        at=scene.at,
    )
    jobs.drain(kind=snapshots.JOB, at=scene.at)
    assert key.endswith(":2")
    found = Snapshot.objects.get(version=2)
    snapshots.submit(snapshot=found, by=cast.owner, at=scene.at)
    reviews.accept(snapshot=found, text="", by=cast.city_reviewer, at=scene.at)
    snapshots.publish(snapshot=found, by=cast.owner, at=scene.at)
    jobs.drain_all(at=scene.at)
    return found


class TestReadiness:
    def test_unclean_books_stop_every_report(self, quarter: Quarter) -> None:
        checks.register("a test's own", lambda: ["something is wrong"])
        try:
            with pytest.raises(issue.NotReady, match="a test's own"):
                issued(quarter)
        finally:
            checks.register("a test's own", list)

        assert not InvestorReport.objects.exists()

    def test_says_until_when_the_city_has_time_and_then_what_to_do(self, quarter: Quarter) -> None:
        scene = quarter.scene
        scene.wait(1)
        scene.end_quarter()
        draft = snapshots.take(
            organisation=scene.cast.issuer, as_of=scene.day, by=scene.cast.owner, at=scene.at
        )
        snapshots.submit(snapshot=draft, by=scene.cast.owner, at=scene.at)
        later = scene.at + dt.timedelta(days=31)

        first, then = (
            " ".join(str(each) for each in readiness.obstacles(draft, kind="quarterly", at=at))
            for at in (scene.at, later)
        )

        assert "tempo fino al" in first or "until" in first
        assert "seconda persona" in then or "second person" in then

    def test_the_report_of_a_year_needs_its_last_day(self, quarter: Quarter) -> None:
        [reason] = readiness.obstacles(quarter.snapshot, kind="yearly", at=quarter.scene.at)

        assert "giorno" in str(reason) or "last day" in str(reason)


class TestCorrections:
    def test_reach_whoever_had_the_report_once(self, quarter: Quarter) -> None:
        before = issued(quarter)

        snapshot = restated(quarter)
        issue.correct_job({"snapshot": snapshot.pk}, at=quarter.scene.at)
        jobs.drain_all(at=quarter.scene.at)

        after = InvestorReport.objects.filter(version=2).order_by("pk")
        assert [each.replaces for each in after] == before
        assert Notice.objects.filter(template="report_corrected").count() == 3
        assert issue.progress(snapshot).is_done

    def test_reach_nobody_where_nothing_was_issued(self, quarter: Quarter) -> None:
        restated(quarter)

        assert not InvestorReport.objects.exists()

    def test_the_old_report_is_marked_and_stays(self, quarter: Quarter, client: Client) -> None:
        old = issued(quarter)[0]
        restated(quarter)
        new = InvestorReport.objects.get(replaces=old)
        client.force_login(quarter.scene.cast.investor)

        pages = {pk: client.get(f"/reports/{pk}/", headers=EN).text for pk in (old.pk, new.pk)}
        home = client.get("/my-home/", headers=EN).text

        assert f"/reports/{new.pk}/" in pages[old.pk]
        assert "Counted twice." in pages[new.pk]
        assert f"/reports/{old.pk}/" in pages[new.pk]
        assert "Replaced by version 2." in home


class TestDeliveries:
    def test_a_mail_that_came_back_is_shown(self, quarter: Quarter, client: Client) -> None:
        report = issued(quarter)[1]
        notice = Notice.objects.get(key=f"report:{report.pk}")
        bounces.mark(notice.pk, "550 no such user", at=quarter.scene.at)
        client.force_login(quarter.scene.cast.owner)
        asked = APIClient()
        asked.force_authenticate(quarter.scene.cast.owner)

        page = client.get("/reports/", headers=EN).text
        rows = asked.get(f"/api/v1/report-issues/{quarter.snapshot.pk}/deliveries/").json()[
            "results"
        ]

        assert "550 no such user" in page
        assert report.investor.email in page
        assert [row["bounce_reason"] for row in rows] == ["", "550 no such user", ""]
        traces = AuditEvent.objects.filter(action=audit.SHOWN).order_by("pk")
        assert [trace.facts for trace in traces] == [
            {"place": "returned mails", "people": 1},
            {"place": "deliveries", "people": 3},
        ]

    def test_a_report_is_read_as_csv(self, quarter: Quarter, client: Client) -> None:
        report = issued(quarter)[0]
        client.force_login(quarter.scene.cast.investor)

        table = client.get(f"/reports/{report.pk}/csv/").text.splitlines()

        assert table[0].startswith("part,number,code,name,text,value")
        assert any(line.startswith("money,,put_in_cents,,,6000000") for line in table)
        assert any(",units_acquired," in line and "5" in line for line in table)


class TestWhy:
    def test_every_figure_opens_to_formula_evidence_and_who_is_behind_it(
        self, quarter: Quarter
    ) -> None:
        figures = issued(quarter)[0].data["figures"]

        assert all(each["formula"] and each["evidence"] for each in figures)
        behind = {each["code"]: each["behind"] for each in figures}
        assert behind["units_acquired"] in ("5 case", "5 homes")
        assert "10" in behind["households_housed"]

    def test_few_homes_say_why_little_is_told(self, quarter: Quarter) -> None:
        data = issued(quarter)[0].data

        assert data["few"]
        assert data["few"] in data["paragraph"]

    def test_rents_are_a_band_and_costs_have_payers(self, quarter: Quarter) -> None:
        economy = quarter.snapshot.data["economy"]

        assert economy["rents"]["telling"] == "band"
        assert economy["rents"]["value"] is None
        assert economy["book_cents"] == sum(
            group["cents"] for each in quarter.snapshot.data["raises"] for group in each["groups"]
        )
        assert issued(quarter)[0].data["economy"]["rows"]


def aimed(quarter: Quarter, value: int | None, *, on: dt.date) -> list[years.Aim]:
    """A target for the homes of 2025, set on a day."""
    cast = quarter.scene.cast
    return years.aim(
        organisation=cast.issuer, year=2025, targets={"units_acquired": value},
        by=cast.owner, at=noon(on),
    )  # fmt: skip


class TestYears:
    def test_what_is_no_figure_has_no_target(self, cast: Cast, quarter: Quarter) -> None:
        with pytest.raises(years.BadTarget):
            years.aim(
                organisation=cast.issuer, year=2025, targets={"nothing": 3}, by=cast.owner,
                at=quarter.scene.at,
            )  # fmt: skip

    def test_what_was_told_stays_in_the_database(self, cast: Cast, quarter: Quarter) -> None:
        aimed(quarter, 5, on=dt.date(2025, 3, 1))
        years.tell(cast.issuer, year=2025, at=quarter.scene.at)

        with pytest.raises(years.ToldAlready):
            aimed(quarter, 4, on=dt.date(2025, 3, 2))
        with pytest.raises(IntegrityError, match="told"), transaction.atomic():
            Target.objects.update(told_at=None)

    def test_a_target_is_never_written_over(self, quarter: Quarter) -> None:
        aimed(quarter, 7, on=dt.date(2024, 12, 31))
        [aim] = aimed(quarter, 5, on=dt.date(2025, 3, 1))

        assert (aim.value, aim.is_late, aim.first) == (5, True, 7)
        with pytest.raises(IntegrityError, match="further version"), transaction.atomic():
            Target.objects.filter(version=1).update(value=5)
        with pytest.raises(IntegrityError, match="further version"), transaction.atomic():
            Target.objects.filter(version=1).delete()

    def test_a_target_set_before_its_year_may_change_unmarked(self, quarter: Quarter) -> None:
        aimed(quarter, 7, on=dt.date(2024, 6, 1))
        [aim] = aimed(quarter, 9, on=dt.date(2024, 12, 31))

        assert (aim.value, aim.is_late, aim.first) == (9, False, None)

    def test_none_is_set_or_given_up_once_the_year_is_over(self, quarter: Quarter) -> None:
        aimed(quarter, 7, on=dt.date(2025, 12, 31))

        for value in (5, None):
            with pytest.raises(years.TooLate):
                aimed(quarter, value, on=dt.date(2026, 1, 1))
        [same] = aimed(quarter, 7, on=dt.date(2026, 1, 1))
        assert same.value == 7

    def test_one_given_up_in_its_year_is_still_told(self, cast: Cast, quarter: Quarter) -> None:
        aimed(quarter, 7, on=dt.date(2025, 2, 1))
        aimed(quarter, None, on=dt.date(2025, 6, 1))

        [aim] = years.targets(cast.issuer, year=2025)
        assert (aim.value, aim.first, aim.set_on) == (None, 7, dt.date(2025, 6, 1))

    def test_the_page_takes_words_and_targets(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.owner)
        words = {"heading": "done", "text_it": "Fatto.", "text_en": "Done."}
        target, year = {"indicator": "capital_raised", "value": "300000"}, clock.today().year

        client.post(f"/years/{year}/", words)
        client.post(f"/years/{year}/targets/", target)
        refused = client.post(f"/years/{year - 1}/targets/", target, headers=EN).text

        page = client.get(f"/years/{year}/?heading=done", headers=EN).text
        assert "Fatto." in page
        assert "The year is over: its targets stay as they were." in refused
        assert Target.objects.get().value == 30_000_000
        assert years.missing(cast.issuer, year=year) == ["slowed", "measured", "ahead"]
