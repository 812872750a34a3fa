"""The facts of the real case: loaded once, each with a source, the small number never shown."""

import pytest

from campaigns import sources
from campaigns.models import Call, OutputFigure, Programme, SourceFact

pytestmark = pytest.mark.django_db


class TestLoad:
    def test_every_installation_has_them_and_again_adds_none(self) -> None:
        before = (SourceFact.objects.count(), OutputFigure.objects.count())

        assert sources.load() == sum(before)
        assert (SourceFact.objects.count(), OutputFigure.objects.count()) == before

    def test_every_statement_has_a_source(self) -> None:
        assert not SourceFact.objects.filter(sources=None).exists()
        assert not OutputFigure.objects.filter(sources=None).exists()

    def test_both_statements_on_the_use_of_funds_stand(self) -> None:
        texts = SourceFact.objects.filter(key__startswith="homes4all-use-")

        assert texts.count() == 2

    def test_twelve_of_fifteen_are_named(self) -> None:
        call = Call.objects.get(code="torino-social-factory")

        assert list(call.steps.values_list("projects", flat=True)) == [25, None, 12, 13, 15]
        assert call.projects.count() == 12

    def test_homes4all_stands_beside_the_call(self) -> None:
        programme = Programme.objects.get()

        fund = programme.calls.get(code="social-innovation-fund")
        assert [project.code for project in fund.projects.all()] == ["homes4all"]


class TestToldProgrammes:
    def test_a_count_below_every_threshold_stays_inside(self) -> None:
        (programme,) = sources.told_programmes()

        projects = [project for call in programme.calls.all() for project in call.projects.all()]
        shown = [figure.key for project in projects for figure in project.shown_figures]
        assert "loving-the-alien-work" not in shown
        assert "carota-counters" in shown

    def test_the_quality_is_part_of_the_fact(self) -> None:
        qualities = dict(OutputFigure.objects.values_list("key", "quality"))

        assert qualities["prometeo-hours"] == "at_least"
        assert qualities["abito-people"] == "capacity"
        assert qualities["g-local-factory-brands"] == "counted"
