"""Output figures: what may be counted as what, what is told, what is never added up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from backend.core.errors import RuleBroken
from campaigns.models import OutputFigure, Project
from campaigns.programmes import calls, outputs
from tests.campaigns.programmes import scene
from tests.campaigns.programmes.scene import AT, Scene, an_output
from tests.cast import Cast


@pytest.fixture
def world(cast: Cast) -> Scene:
    return scene.make(cast)


PEOPLE = {"label": "persone", "counted_as": "participant", "meets_esf_rule": True}


class TestJudge:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({**PEOPLE, "meets_esf_rule": False}, "output.not_a_participant"),
            ({"counted_as": "service_user", "esf_code": "CO01"}, "output.not_a_participant"),
            ({**PEOPLE, "esf_code": "CO23"}, "output.not_a_participant"),
            ({**PEOPLE, "esf_code": "CO07", "age_from": 65}, "output.other_age"),
            ({"evidence": "  "}, "output.no_evidence"),
            ({"period_to": dt.date(2025, 1, 1)}, "output.period_reversed"),
        ],
    )
    def test_refuses_with_the_reason(self, changed: dict[str, object], code: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            outputs.judge(an_output(**changed))

        assert refused.value.code == code

    @pytest.mark.parametrize(
        "changed",
        [
            {**PEOPLE, "esf_code": "CO07", "age_from": 55},
            {"label": "imprese", "counted_as": "entity", "esf_code": "CO23"},
        ],
    )
    def test_lets_esf_count_participants_and_bodies(self, changed: dict[str, object]) -> None:
        outputs.judge(an_output(**changed))


class TestShown:
    @pytest.mark.parametrize(
        ("counted_as", "value", "is_sensitive", "said"),
        [
            ("service_user", 4, False, "withheld"),
            ("service_user", 5, False, "public"),
            ("placement", 9, True, "withheld"),
            ("placement", 10, True, "public"),
            ("service_unit", 1, False, "public"),
            ("helper", 1, False, "public"),
        ],
    )
    def test_few_people_are_told_of_to_nobody(
        self, counted_as: str, value: int, is_sensitive: bool, said: str
    ) -> None:
        new = an_output(counted_as=counted_as, value=Decimal(value), is_sensitive=is_sensitive)

        assert outputs.shown(new) == said


def figure(**changed: object) -> OutputFigure:
    told: dict[str, object] = {
        "counted_as": "service_unit", "label_it": "pasti", "unit_it": "", "quality": "exact",
        "value": Decimal(10),
    }  # fmt: skip
    return OutputFigure(**{**told, **changed})


class TestTotal:
    @pytest.mark.parametrize(
        "other",
        [
            {"counted_as": "service_user", "label_it": "persone"},
            {"label_it": "ore"},
            {"unit_it": "kg"},
            {"quality": "capacity"},
            {"shown": "withheld"},
        ],
    )
    def test_refuses_what_is_not_alike(self, other: dict[str, object]) -> None:
        with pytest.raises(outputs.NotAlike):
            outputs.total([figure(), figure(**other)])

    def test_is_no_surer_than_the_least_sure(self) -> None:
        found = outputs.total([figure(), figure(quality="at_least", value=Decimal(5))])

        assert (found.value, found.quality, found.may_repeat) == (Decimal(15), "at_least", False)

    def test_people_may_be_in_two_figures(self) -> None:
        people = figure(counted_as="service_user", label_it="persone")

        assert outputs.total([people, people]).may_repeat


@pytest.mark.django_db
class TestEnter:
    def test_keeps_the_figure_with_its_evidence(self, world: Scene) -> None:
        officer, project = world.cast.programme_officer, world.funded()

        kept = outputs.enter(project=project, new=an_output(), by=officer, at=AT)

        assert (kept.shown, kept.evidence) == ("public", "registro dei pasti")
        assert kept.period == "2026-01-01/2026-03-01"

    def test_nobody_writes_under_a_real_name(self, world: Scene) -> None:
        real = Project.objects.get(code="prometeo")

        with pytest.raises(calls.NotOurs):
            outputs.enter(project=real, new=an_output(), by=world.cast.programme_officer, at=AT)

    def test_only_a_funded_project_reports(self, world: Scene) -> None:
        with pytest.raises(outputs.NotRunning):
            outputs.enter(
                project=world.project(), new=an_output(), by=world.cast.programme_officer, at=AT
            )

    def test_a_figure_is_withdrawn_and_never_changed(self, world: Scene) -> None:
        officer, project = world.cast.programme_officer, world.funded()
        kept = outputs.enter(project=project, new=an_output(), by=officer, at=AT)

        with pytest.raises(DatabaseError), transaction.atomic():
            OutputFigure.objects.filter(pk=kept.pk).update(value=1)
        gone = outputs.withdraw(figure=kept, reason="contati due volte", by=officer, at=AT)
        with pytest.raises(outputs.AlreadyWithdrawn):
            outputs.withdraw(figure=gone, reason="ancora", by=officer, at=AT)

        assert gone.withdrawn_reason == "contati due volte"
