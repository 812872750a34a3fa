"""The book of indicators is fresh, and each of them is proven by a test."""

from django.conf import settings

from backend.core import lawbook
from properties import indicator_book
from properties.indicators import REGISTRY


class TestDocument:
    def test_is_the_page_in_the_docs(self) -> None:
        page = settings.BASE_DIR / "docs" / "indicators.md"
        fresh = indicator_book.document(lawbook.tests("indicator"))

        assert page.read_text(encoding="utf-8") == fresh, "run manage.py indicators"


class TestProofs:
    def test_every_indicator_has_one(self) -> None:
        assert indicator_book.unproven(lawbook.tests("indicator")) == []

    def test_no_test_names_a_number_that_there_is_not(self) -> None:
        known = {row.number for row in REGISTRY} | {
            indicator_book.main_number(row) for row in REGISTRY
        }

        assert set(lawbook.tests("indicator")) <= known
