"""Every form of what is told of a synthetic issuer says that it is invented, by itself (P30)."""

import json

import pytest
from django.template.loader import render_to_string
from django.test import Client

from backend.core import jobs
from backend.reporting import issue
from investors.models import Investor, InvestorReport
from tests.pdfs import text_of
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money
MARK = "Synthetic: everything here is invented."
PAPER = "SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED"


@pytest.fixture
def told(quarter: Quarter) -> Quarter:
    """Reports issued to synthetic investors who read English."""
    Investor.objects.update(language="en", is_synthetic=True)
    issue.request(snapshot=quarter.snapshot, by=quarter.scene.cast.owner, at=quarter.scene.at)
    jobs.drain_all(at=quarter.scene.at)
    return quarter


def read(client: Client, place: str) -> str:
    """A page, table, graph or document as text."""
    answer = client.get(place, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, place
    is_paper = answer["Content-Type"] == "application/pdf"
    return text_of(answer.content) if is_paper else answer.content.decode()


class TestMark:
    def test_is_on_every_public_form(self, told: Quarter, client: Client) -> None:
        shot = told.snapshot
        issuer, day = shot.organisation_id, shot.as_of
        page, file = f"/published/{issuer}/{day}/v1/quarterly", f"/open-data/{issuer}/{day}/v1"

        assert MARK in read(client, f"{page}/")
        assert PAPER in read(client, f"{page}.pdf")
        assert json.loads(read(client, f"{file}.json"))["synthetic"] is True
        assert all("True" in row for row in read(client, f"{file}.csv").splitlines()[1:])
        assert all("True" in row for row in read(client, f"{file}-iris.csv").splitlines()[1:])
        assert "synthetic, invented" in read(client, f"{file}-cids.jsonld")

    def test_is_on_every_form_for_an_investor(self, told: Quarter, client: Client) -> None:
        pledge = told.scene.pledges[0]
        report = InvestorReport.objects.get(investor=pledge.investor)
        client.force_login(told.scene.cast.investor)
        statement = f"/profile/{pledge.investor_id}/statement/"

        assert MARK in read(client, f"/reports/{report.pk}/")
        assert PAPER in read(client, f"/reports/{report.pk}/pdf/")
        assert all(
            "True" in row for row in read(client, f"/reports/{report.pk}/csv/").splitlines()[1:]
        )
        assert MARK in read(client, statement)
        assert PAPER in read(
            client, f"{statement}?first_day=2025-01-01&last_day=2026-01-01&format=pdf"
        )
        table = read(client, f"{statement}?first_day=2025-01-01&last_day=2026-01-01&format=csv")
        assert all("True" in row for row in table.splitlines()[1:])

    def test_is_on_the_citys_desk(self, told: Quarter, client: Client) -> None:
        client.force_login(told.scene.cast.city_reviewer)

        assert MARK in read(client, f"/figures/{told.snapshot.pk}/")
        assert "(synthetic)" in read(client, "/city/")

    def test_is_not_on_what_is_real(self) -> None:
        assert not render_to_string("components/invented.html", {"is_so": False}).strip()
