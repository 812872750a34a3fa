"""A chart is the same picture on the page and in the document: one drawing of one set of frozen values."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from backend.reporting import charts, published
from backend.reporting.published import Report
from tests.pdfs import text_of
from tests.reporting.conftest import Quarter
from tests.reporting.test_published import EN, address, year_told

pytestmark = pytest.mark.money
SVG = re.compile(r"<svg [^>]*class=\"drawing\".*?</svg>", re.DOTALL)


def words(drawn: str) -> list[str]:
    """What is written in a picture."""
    root = ElementTree.fromstring(drawn)  # noqa: S314  # drawn by us
    return [text for each in root.iter() if (text := (each.text or "").strip())]


class TestPageAndPaper:
    def test_show_the_same_pictures(self, quarter: Quarter, client: Client) -> None:
        snapshot = year_told(quarter.scene)
        told = published.told(Report(snapshot, "yearly"), language="en")
        drawn = [charts.draw(each) for each in (*told["charts"], told["year"]["targets"])]
        place = address(snapshot, "yearly")

        on_page = SVG.findall(client.get(place, headers=EN).text)
        paper = text_of(client.get(f"{place.rstrip('/')}.pdf", headers=EN).content)

        assert sorted(on_page) == sorted(drawn)
        for picture in drawn:
            assert all(word in paper for text in words(picture) for word in text.split())
