"""The registry of legal rules: ids taken once, validity by day and regime, order."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.module_loading import import_string

from backend.core import law

DAY = dt.date(2021, 11, 10)


def a_rule(**changes: object) -> law.Rule:
    told: dict[str, object] = {
        "id": "R99.test",
        "article": "a law, art. 1",
        "valid_from": DAY,
        "says": "something",
        "path": "somewhere.something",
    }
    return law.Rule(**(told | changes))  # type: ignore[arg-type]  # a table of changes


class TestRule:
    def test_refuses_an_id_that_another_function_holds(self) -> None:
        taken = law.rules()[0].id
        filed = law.rule(id=taken, article="a law", valid_from=DAY, says="something")

        with pytest.raises(law.Misfiled, match=f"{taken} is filed twice"):
            filed(lambda: None)

    @pytest.mark.parametrize("wrong", ["", "X1", "R0", "R1.", "R100", "R1.Ä", "r1"])
    def test_refuses_what_is_no_id(self, wrong: str) -> None:
        filed = law.rule(id=wrong, article="a law", valid_from=DAY, says="something")

        with pytest.raises(law.Misfiled, match="no id of a rule"):
            filed(lambda: None)

    def test_knows_the_function_by_its_path(self) -> None:
        rule = law.of("R47")

        assert import_string(rule.path).__module__ == rule.path.rpartition(".")[0]


class TestIsInForce:
    @pytest.mark.parametrize(
        ("on", "holds"),
        [
            (DAY - dt.timedelta(days=1), False),
            (DAY, True),
            (dt.date(2023, 11, 9), True),
            (dt.date(2023, 11, 10), False),
        ],
    )
    def test_from_its_first_day_and_no_longer_on_its_end(self, on: dt.date, holds: bool) -> None:
        rule = a_rule(valid_to=dt.date(2023, 11, 10))

        assert rule.is_in_force(regime="ecspr", since=on, on=on) is holds

    def test_under_the_regimes_that_it_names_or_under_all(self) -> None:
        assert a_rule().is_in_force(regime="any", since=DAY, on=DAY)
        assert not a_rule(regimes=("ecspr",)).is_in_force(regime="consob_2020", since=DAY, on=DAY)

    def test_an_offer_keeps_the_rules_under_which_it_opened(self) -> None:
        rule, today = a_rule(valid_to=dt.date(2023, 11, 10)), dt.date(2026, 11, 22)

        assert rule.is_in_force(regime="any", since=dt.date(2023, 11, 9), on=today)
        assert not rule.is_in_force(regime="any", since=dt.date(2023, 11, 10), on=today)


class TestOrder:
    def test_is_european_before_italian_by_number_and_part(self) -> None:
        ids = ["I1", "R10", "R2.b", "R2", "I13", "R2.a"]

        assert sorted(ids, key=law.order) == ["R2", "R2.a", "R2.b", "R10", "I1", "I13"]


class TestCited:
    @pytest.mark.parametrize(
        ("article", "said"),
        [
            (
                "Reg. (EU) 2020/1503, art. 23(2), (4) and Annex I",
                "Reg. (UE) 2020/1503, art. 23(2), (4) e allegato I",
            ),
            ("Consob decision 23656 of 30 July 2025", "Consob delibera 23656 del 30 luglio 2025"),
            ("D.M. 7 May 2019; DL 179/2012, art. 29", "D.M. 7 maggio 2019; DL 179/2012, art. 29"),
            ("L. 208/2015, par. 382-383", "L. 208/2015, par. 382-383"),
        ],
    )
    def test_says_the_words_of_a_citation_and_leaves_its_numbers(
        self, article: str, said: str
    ) -> None:
        with translation.override("it"):
            assert law.cited(article) == said
        with translation.override("en"):
            assert law.cited(article) == article
