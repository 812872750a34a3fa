"""The components as they come out: forms that lose nothing, lists, pagers, charts that are tables."""

import re
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from backend.core import charts
from backend.core.money import euro
from backend.core.pages_design import Sample

make = RequestFactory()


def _shown(component: str, **context: Any) -> str:
    request = make.get("/list/", {"to": "a", "page": "2"})
    with translation.override("it"):
        return render_to_string(f"components/{component}.html", context, request)


@pytest.fixture
def refused() -> str:
    form = Sample({"email": "non valida", "amount": "20"})
    form.is_valid()
    return _shown("form", form=form, submit="Invia")


class TestForm:
    def test_keeps_what_was_typed(self, refused: str) -> None:
        assert 'value="non valida"' in refused
        assert 'value="20"' in refused

    def test_sums_up_the_errors_with_a_link_to_each_field(self, refused: str) -> None:
        assert 'role="alert"' in refused
        assert 'href="#id_email"' in refused

    def test_says_each_error_beside_its_field(self, refused: str) -> None:
        described = re.search(r'id="id_email"[^>]*', refused)

        assert 'id="id_email_error"' in refused
        assert described
        assert "id_email_error" in refused[described.start() - 300 : described.end()]

    def test_every_field_has_a_label(self, refused: str) -> None:
        ids = set(re.findall(r'<(?:input|select|textarea)[^>]*id="([^"]+)"', refused))
        labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', refused))

        assert ids <= labelled

    def test_carries_files_when_it_must(self) -> None:
        shown = _shown("form", form=Sample(), submit="Carica", multipart=True)

        assert 'enctype="multipart/form-data"' in shown


class TestPager:
    def test_keeps_the_rest_of_the_question(self) -> None:
        shown = _shown("pager", page=Paginator(range(30), 10).get_page(2))

        assert "Pagina 2 di 3" in shown
        assert "?to=a&amp;page=3" in shown

    def test_is_not_there_for_one_page(self) -> None:
        assert not _shown("pager", page=Paginator(range(3), 10).get_page(1)).strip()


class TestBars:
    def test_is_a_table_that_says_each_figure(self) -> None:
        chart = charts.bars("Titolo", [charts.Row("Lavori", 6200, "6.200 €", 9800)])

        shown = _shown("bars", chart=chart)

        assert "<figcaption>Titolo</figcaption>" in shown
        assert '<th scope="row">Lavori</th>' in shown
        assert "6.200 €" in shown

    def test_of_parts_are_drawn_against_their_whole(self) -> None:
        chart = charts.bars("Titolo", [charts.Row("Lavori", 900, "900 €")], whole=1000)

        assert [bar.width for bar in chart.bars] == [900]


class TestHouse:
    def test_stands_as_high_as_its_money(self) -> None:
        storeys = charts.house(
            promised=euro("750"), paid=euro("500"), settled=euro("0"), target=euro("1000")
        )

        full = charts.HOUSE_HEIGHT
        assert [(each.name, each.height) for each in storeys] == [
            ("promised", full * 3 // 4),
            ("paid", full // 2),
        ]
        assert all(each.top + each.height == charts.GROUND for each in storeys)

    def test_is_never_higher_than_the_house(self) -> None:
        (storey,) = charts.house(
            promised=euro("3000"), paid=euro("0"), settled=euro("0"), target=euro("1000")
        )

        assert storey.height == charts.HOUSE_HEIGHT


class TestChecklist:
    def test_says_in_words_what_is_missing(self) -> None:
        items = [{"label": "Scheda", "done": True}, {"label": "Conto", "done": False}]

        shown = _shown("checklist", items=items)

        assert shown.count('aria-label="Fatto"') == 1
        assert shown.count('aria-label="Manca"') == 1


class TestTimeline:
    def test_marks_the_present_step(self) -> None:
        steps = [{"label": "Aggiudicata", "state": "done"}, {"label": "Saldo", "state": "current"}]

        shown = _shown("timeline", steps=steps)

        assert shown.count('aria-current="step"') == 1
        assert "(fatto)" in shown
