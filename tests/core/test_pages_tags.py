"""Money, days and states in both languages, and where charts put their marks."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from backend.core import charts, tones
from backend.core.money import euro

DAY = dt.date(2026, 11, 12)
NBSP = "\xa0"


def _shown(markup: str, language: str = "it", **context: object) -> str:
    with translation.override(language):
        return Template(markup).render(Context(context)).replace(NBSP, " ").strip()


class TestMoney:
    @pytest.mark.parametrize(
        ("language", "markup", "shown"),
        [
            ("it", "{% money x %}", '<span class="money">1.234,50 €</span>'),
            ("en", "{% money x %}", '<span class="money">€1,234.50</span>'),
            ("it", "{% amount x %}", "1.234,50"),
            ("it", "{% money y short=True %}", '<span class="money">300.000 €</span>'),
            ("it", "{% money x short=True %}", '<span class="money">1.234,50 €</span>'),
            ("it", "{% money nothing %}", "–"),
        ],
    )
    def test_is_written_as_people_write_it(self, language: str, markup: str, shown: str) -> None:
        figures = {"x": euro("1234.50"), "y": euro("300000.00"), "nothing": None}

        assert _shown(markup, language, **figures) == shown


class TestDay:
    @pytest.mark.parametrize(
        ("language", "shown"), [("it", "gio 12 nov 2026"), ("en", "Thu 12 Nov 2026")]
    )
    def test_is_short_and_whole(self, language: str, shown: str) -> None:
        assert shown in _shown("{% day d %}", language, d=DAY)

    def test_in_a_sentence_is_written_in_full(self) -> None:
        assert _shown("{{ d|long_day }}", d=DAY) == "12 novembre 2026"

    def test_of_an_instant_is_the_day_in_turin(self) -> None:
        late = dt.datetime(2026, 11, 12, 23, 30, tzinfo=dt.UTC)

        assert "13 nov 2026" in _shown("{% day d %}", d=late)
        assert "00:30" in _shown("{% moment d %}", d=late)

    @pytest.mark.parametrize(
        ("days", "shown"), [(0, "oggi"), (1, "tra 1 giorno"), (-3, "3 giorni fa")]
    )
    def test_tells_how_far_it_is(self, days: int, shown: str) -> None:
        there = DAY + dt.timedelta(days=days)

        assert _shown("{% days_to d today %}", d=there, today=DAY) == shown


class TestBadge:
    @pytest.mark.parametrize("tone", tones.SHAPES)
    def test_is_a_word_with_a_shape(self, tone: str) -> None:
        shown = _shown("{% badge 'x' 'parola' tone %}", tone=tone)

        assert "<svg" in shown
        assert "parola" in shown

    def test_refuses_a_tone_that_is_not_there(self) -> None:
        with pytest.raises(ValueError, match="unknown tone"):
            tones.register("loud", "open")


class TestProgress:
    @given(st.lists(st.decimals(0, 10**7, places=2), min_size=4, max_size=4))
    def test_marks_stay_on_the_bar_in_order(self, amounts: list[Decimal]) -> None:
        settled, paid, promised, target = *sorted(amounts[:3]), amounts[3]

        bar = charts.progress(
            promised=euro(promised), paid=euro(paid), settled=euro(settled), target=euro(target)
        )

        assert 0 <= bar.settled_at <= bar.paid_at <= bar.promised_at <= charts.WIDTH
        assert 0 <= bar.target_at <= charts.WIDTH

    def test_never_says_all_before_it_is_all(self) -> None:
        almost = charts.progress(
            promised=euro(100), paid=euro("99.99"), settled=euro(0), target=euro(100)
        )

        assert almost.percent == 99


class TestBars:
    def test_the_longest_fills_the_width(self) -> None:
        chart = charts.bars("t", [charts.Row("a", 5, "5"), charts.Row("b", 10, "10", goal=20)])

        assert [(bar.width, bar.goal_at) for bar in chart.bars] == [(250, None), (500, 1000)]

    def test_nothing_is_drawn_as_nothing(self) -> None:
        assert charts.bars("t", [charts.Row("a", 0, "0")]).bars[0].width == 0


class TestToneOf:
    def test_every_state_of_the_house_has_one(self) -> None:
        models = [model for model in apps.get_models() if hasattr(model, "MOVES")]

        missing = {
            here for model in models for here in model.MOVES if here.lower() not in tones.TONES
        }

        assert not missing, "say in core.tones how these look"
