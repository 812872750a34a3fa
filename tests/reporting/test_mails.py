"""What the page of the issues says of the mails: which wait, which came back, how many in all."""

from typing import Any

import pytest
from django.test import Client

from backend.core import bounces, jobs
from backend.core.models import Notice
from backend.pages.reports import LISTED
from backend.reporting import issue
from investors.models import InvestorReport
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money


@pytest.fixture
def issued(quarter: Quarter) -> list[InvestorReport]:
    """Three reports, whose mails are written and wait."""
    cast, at = quarter.scene.cast, quarter.scene.at
    issue.request(snapshot=quarter.snapshot, by=cast.owner, at=at)
    jobs.drain(kind=issue.JOB, at=at)
    return list(InvestorReport.objects.order_by("pk"))


def page(quarter: Quarter) -> tuple[dict[str, Any], str]:
    client = Client()
    client.force_login(quarter.scene.cast.owner)
    answer = client.get("/reports/", headers={"Accept-Language": "en"})
    return answer.context["rows"][0], answer.text


def come_back(report: InvestorReport, quarter: Quarter) -> None:
    bounces.mark(Notice.objects.get(key=f"report:{report.pk}").pk, "gone", at=quarter.scene.at)


class TestIssues:
    def test_a_mail_waits_unless_it_came_back_or_was_never_written(
        self, quarter: Quarter, issued: list[InvestorReport]
    ) -> None:
        before, _text = page(quarter)
        come_back(issued[0], quarter)
        Notice.objects.filter(key=f"report:{issued[1].pk}").delete()

        after, text = page(quarter)

        assert (before["mails"].waiting, after["mails"].waiting) == (3, 1)
        assert after["mails"].returned == len(after["bounced"]) == 1
        assert "are listed" not in text

    def test_tells_how_many_came_back_where_it_lists_the_first(
        self, quarter: Quarter, issued: list[InvestorReport]
    ) -> None:
        first = issued[0]
        for version in range(2, LISTED + 3):
            first.pk, first.version = None, version
            first.save(force_insert=True)
            Notice.objects.create(
                key=f"report:{first.pk}", created_at=quarter.scene.at, to="a@example.org"
            )
            come_back(first, quarter)

        row, text = page(quarter)

        assert (len(row["bounced"]), row["mails"].returned) == (LISTED, LISTED + 1)
        assert f"Mails that came back: {LISTED + 1}" in text
        assert f"Only the first {LISTED} are listed." in text
