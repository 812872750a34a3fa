"""The book of published figures is fresh, and names all that a report tells."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.utils import translation

from backend.reporting import contents, figure_book, programme_data
from campaigns.models import Programme
from properties.city import dossiers
from tests.reporting.conftest import Quarter

BESIDE = {
    *("kind", "language", "synthetic", "issuer", "investor", "title", "as_of", "few", "paragraph"),
    *("review", "version", "restates", "snapshot_hash", "seal", "k", "year", "money", "holdings"),
    *("figures", "not_drawn"),
}
"""What of a report is no figure: words, marks of what it is, and the lists that hold figures."""


class TestDocument:
    def test_is_the_page_in_the_docs(self) -> None:
        page = settings.BASE_DIR / "docs" / "figures.md"

        assert page.read_text(encoding="utf-8") == figure_book.document(), "run manage.py figures"


@pytest.mark.money
class TestNamed:
    def test_holds_every_figure_of_a_report(self, quarter: Quarter) -> None:
        with translation.override("en"):
            shared = contents.shared(quarter.snapshot, kind="yearly", language="en")
            told = contents.to_reader(shared, quarter.snapshot, contents.Reader("Giulia"))

        codes = {each["code"] for each in told["figures"]} | set(told["money"]) | set(told) - BESIDE

        assert codes <= figure_book.named()

    def test_holds_every_figure_of_a_dossier(self, quarter: Quarter) -> None:
        told = dossiers.contents(quarter.snapshot)

        marks = {"issuer", "synthetic", "as_of", "version", "k", "snapshot_hash", "seal"}
        marks |= {"accepted_at", "restatement_reason", "notes"}
        assert set(told) - marks <= figure_book.named()

    @pytest.mark.django_db
    def test_holds_every_figure_of_a_programme(self) -> None:
        programme = Programme.objects.get(code="torino-social-impact")
        told = json.loads(programme_data.as_json(programme, on=dt.date(2026, 11, 23)))

        marks = {"code", "name", "funder", "measure", "sources", "projects", "bodies", "state"}
        calls = told["calls"]
        codes = {key for call in calls for key in (*call, *call["money_eur"])}
        codes |= {key for call in calls for project in call["projects"] for key in project}
        assert codes - marks <= figure_book.named()
