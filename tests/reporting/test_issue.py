"""Reports: from published figures only, one per investor, the same when asked again."""

import json

import pytest
from django.test import Client

from backend.core import jobs
from backend.core.models import Notice
from backend.reporting import issue
from investors.models import InvestorReport
from properties import snapshots
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money


def _issue(quarter: Quarter) -> list[InvestorReport]:
    issue.request(snapshot=quarter.snapshot, by=quarter.scene.cast.owner, at=quarter.scene.at)
    jobs.drain(kind=issue.JOB, at=quarter.scene.at)
    return list(InvestorReport.objects.order_by("pk"))


class TestRequest:
    def test_issues_one_report_to_each_investor(self, quarter: Quarter) -> None:
        reports = _issue(quarter)

        assert len(reports) == 3
        assert issue.progress(quarter.snapshot).is_done
        assert Notice.objects.filter(template="report_issued").count() == 3

    def test_issues_none_again_when_asked_again(self, quarter: Quarter) -> None:
        first = _issue(quarter)

        assert [each.pk for each in _issue(quarter)] == [each.pk for each in first]
        assert Notice.objects.filter(template="report_issued").count() == 3

    def test_goes_on_after_a_batch_was_done_half(self, quarter: Quarter) -> None:
        investors = [pledge.investor_id for pledge in quarter.scene.pledges]
        half = {"snapshot": quarter.snapshot.pk, "investors": investors[:1]}
        issue.issue_batch(half, at=quarter.scene.at)

        assert len(_issue(quarter)) == 3

    def test_refuses_figures_that_are_not_published(self, quarter: Quarter) -> None:
        world = quarter.scene
        world.wait(1)
        world.end_quarter()
        draft = snapshots.take(
            organisation=world.cast.issuer, as_of=world.day, by=world.cast.owner, at=world.at
        )

        with pytest.raises(issue.NotReady):
            issue.request(snapshot=draft, by=world.cast.owner, at=world.at)


class TestContents:
    def test_says_synthetic_and_carries_hash_and_seal(self, quarter: Quarter) -> None:
        data = _issue(quarter)[0].data

        assert data["synthetic"] is True
        assert data["snapshot_hash"] == quarter.snapshot.content_hash
        assert len(data["seal"]) == 64

    def test_holds_nothing_of_a_single_home_that_was_lived_in(self, quarter: Quarter) -> None:
        text = json.dumps([each.data for each in _issue(quarter)], ensure_ascii=False)

        for cents in ("4100000", "5200037", "3850011"):
            assert cents not in text
        assert "Via Inventata" not in text

    def test_is_written_in_the_investors_language(self, quarter: Quarter) -> None:
        investor = quarter.scene.pledges[0].investor
        investor.language = "en"
        investor.save(update_fields=["language"])

        report = next(each for each in _issue(quarter) if each.investor_id == investor.pk)
        assert report.data["title"].startswith("Your report")

    def test_makes_a_pdf_that_can_be_archived(self, quarter: Quarter) -> None:
        document = bytes(_issue(quarter)[0].pdf)

        assert document.startswith(b"%PDF-1.7")
        assert b"pdfaid" in document
        assert b"pdfuaid" in document


class TestPages:
    def test_show_a_report_to_its_investor_alone(self, quarter: Quarter, client: Client) -> None:
        own = _issue(quarter)[0]
        cast = quarter.scene.cast

        seen = {}
        for person in (cast.investor, cast.other_investor, cast.caseworker):
            client.force_login(person)
            seen[person.username] = client.get(f"/reports/{own.pk}/").status_code
        assert list(seen.values()) == [200, 404, 403]

    def test_keep_a_report_whole_in_its_own_language(
        self, quarter: Quarter, client: Client
    ) -> None:
        own = _issue(quarter)[0]
        client.force_login(quarter.scene.cast.investor)

        page = client.get(f"/reports/{own.pk}/", headers={"Accept-Language": "en"}).text

        assert '<html lang="en">' in page
        assert "Dove sono i tuoi soldi" in page
        assert "Where your money is" not in page

    def test_show_where_the_money_is(self, quarter: Quarter, client: Client) -> None:
        _issue(quarter)
        client.force_login(quarter.scene.cast.investor)

        page = client.get("/my-home/", headers={"Accept-Language": "en"})

        assert page.status_code == 200
        assert "60.000" in page.text or "60,000" in page.text

    def test_give_the_pdf(self, quarter: Quarter, client: Client) -> None:
        own = _issue(quarter)[0]
        client.force_login(quarter.scene.cast.investor)

        answer = client.get(f"/reports/{own.pk}/pdf/")

        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
