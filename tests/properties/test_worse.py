"""What went worse: losses of people as far as they may be told, targets missed; silence about nothing."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from properties import worse, years
from properties.indicators import BY_CODE
from properties.years import Aim


def figure(code: str, telling: str, **shown: int) -> dict[str, Any]:
    row = BY_CODE[code]
    with translation.override("en"):
        name = str(row.name)
    told: dict[str, Any] = {
        "telling": telling,
        "value": None,
        "low": None,
        "high": None,
        "parts": [],
        **shown,
    }
    return {"code": code, "unit": row.unit, "name": name, "shown": told}


def said(*figures: dict[str, Any]) -> list[str]:
    with translation.override("en"):
        return worse.of_people({each["code"]: each for each in figures})


class TestOfPeople:
    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            (
                figure("evicted", "band", low=0, high=20),
                "People evicted, of those we housed: between 0 and 20 %.",
            ),
            (
                figure("plans_kept", "exact", value=70),
                "Repayment plans that are not kept: 30 %.",
            ),
            (
                figure("positive_exits", "exact", value=60, high=75),
                "Households that left us, and not for a good home as far as is known: 25 %, "
                "at most 40 %.",
            ),
            (
                figure("kept_the_home", "band", low=80, high=100),
                "Households that did not keep the home they lived in when we bought it: "
                "between 0 and 20 %.",
            ),
        ],
    )
    def test_says_the_rate_of_those_who_fared_badly(
        self, told: dict[str, Any], sentence: str
    ) -> None:
        assert said(told) == [sentence]

    def test_names_what_is_withheld_and_why(self) -> None:
        [sentence] = said(figure("evicted", "withheld"), figure("plans_kept", "withheld"))

        assert "somebody could be recognised" in sentence
        assert sentence.endswith("evictions, broken repayment plans.")

    def test_says_nothing_where_it_is_told_that_there_is_nothing(self) -> None:
        assert said(figure("arrears_ratio", "exact", value=0)) == []


class TestOfTargets:
    def said(self, told: dict[str, Any], value: int | None, first: int | None = None) -> list[str]:
        day = dt.date(2025, 3, 1)
        aim = Aim(told["code"], value, day, is_late=True, first=first, told_at=None)
        with translation.override("en"):
            return worse.of_targets([(told, aim)])

    def test_a_target_missed_is_said_with_what_became_of_it(self) -> None:
        told = figure("units_acquired", "exact", value=4)

        assert self.said(told, 6) == ["A target was missed: Homes acquired, 4 (target 6)."]
        assert self.said(told, 4) == []

    def test_a_target_given_up_is_said_with_its_day(self) -> None:
        told = figure("units_acquired", "exact", value=4)

        assert self.said(told, None, first=6) == [
            "A target was given up on 1 March 2025: Homes acquired, 6."
        ]

    def test_what_is_withheld_is_not_said_to_be_reached(self) -> None:
        [sentence] = self.said(figure("kept_the_home", "withheld"), 90)

        assert sentence.startswith("Whether this target was reached may not be told")


class TestMisses:
    @pytest.mark.parametrize(
        ("told", "target", "missed"),
        [
            (figure("evicted", "exact", value=12), 10, True),
            (figure("evicted", "exact", value=8), 10, False),
            (figure("evicted", "band", low=0, high=20), 10, None),
            (figure("households_housed", "fewer_than", high=10), 10, True),
            (figure("households_housed", "fewer_than", high=10), 8, None),
            (figure("kept_the_home", "band", low=80, high=100), 80, False),
            (figure("time_to_home", "band", low=730), 365, True),
        ],
    )
    def test_decides_by_what_is_told_alone(
        self, told: dict[str, Any], target: int, missed: bool | None
    ) -> None:
        assert worse.misses(told, target) is missed

    @given(st.integers(0, 100), st.integers(0, 100), st.sampled_from(["evicted", "kept_the_home"]))
    def test_of_a_told_figure_is_never_undecided(self, value: int, target: int, code: str) -> None:
        missed = worse.misses(figure(code, "exact", value=value), target)

        assert missed is (value > target if code == "evicted" else value < target)

    def test_every_figure_of_which_less_is_better_may_have_a_target(self) -> None:
        assert {each.code for each in years.targetable()} >= worse.AT_MOST
