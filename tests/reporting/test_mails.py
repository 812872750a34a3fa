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


class TestWork:
    def test_is_followed_until_the_mails_have_left(
        self, quarter: Quarter, issued: list[InvestorReport]
    ) -> None:
        client, address = Client(), f"/work/reports/{quarter.snapshot.pk}-quarterly/"
        client.force_login(quarter.scene.cast.owner)
        before = client.get(address, headers={"Accept-Language": "en"}).text
        jobs.drain_all(at=quarter.scene.at)

        after = client.get(address, headers={"Accept-Language": "en"}).text

        assert f'data-work="{address}"' in page(quarter)[1]
        assert ('data-state="running"' in before, "3 mails wait to be sent." in before) == (
            True,
            True,
        )
        assert ('data-state="done"' in after, "3 of 3 investors have their report." in after) == (
            True,
            True,
        )

    @pytest.mark.parametrize("key", ["7", "987654321-quarterly", "x-yearly", "1-weekly"])
    def test_is_not_there_for_other_keys(self, quarter: Quarter, key: str) -> None:
        client = Client()
        client.force_login(quarter.scene.cast.owner)

        assert client.get(f"/work/reports/{key}/").status_code == 404


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
