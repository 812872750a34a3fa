"""The figures of the house, who may read them, and the mails about those beyond their limits."""

import datetime as dt
import json
import re
from collections.abc import Iterator

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from backend.core import alerts, jobs, vitals
from backend.core.models import Alert, Job, Notice
from backend.core.vitals import Limits, Vital
from backend.embedded import BASE_DIR
from backend.treasury import vitals as treasury_vitals
from tests.cast import Cast

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
PRODUCTION = BASE_DIR / "backend" / "production"
MOST_QUERIES = 2
FIGURE = re.compile(r"mattone_[a-z_]+")


class TestMetrics:
    def test_are_not_there_without_the_token(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = "right"

        for shown in ("", "Bearer wrong", "Bearer "):
            assert client.get("/metrics/", headers={"Authorization": shown}).status_code == 404

    def test_are_not_there_where_no_token_is_set(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = ""

        assert client.get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404

    @pytest.mark.django_db
    def test_tell_every_figure(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = "right"
        treasury_vitals.check_books(at=AT)

        text = client.get("/metrics/", headers={"Authorization": "Bearer right"}).content.decode()

        assert [one.name for one in vitals.known() if f"# TYPE {one.name} gauge" not in text] == []
        assert "mattone_books_problems 0.0" in text
        assert 'mattone_money_euro{state="held"} 0.0' in text


@pytest.mark.django_db
class TestVitals:
    @pytest.mark.parametrize("vital", vitals.known(), ids=lambda vital: vital.name)
    def test_cost_a_query_or_two(self, vital: Vital) -> None:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            vital.read(AT)

        assert len(asked) <= MOST_QUERIES + 1

    def test_a_job_is_late_from_when_it_was_due(self) -> None:
        jobs.enqueue(kind="test", key="late", payload={}, at=AT - HOUR)
        jobs.enqueue_many(jobs=[jobs.NewJob("test", "later", {}, AT + HOUR)], at=AT - 9 * HOUR)

        assert _read("mattone_job_age_seconds") == 3600

    def test_a_job_that_fails_is_late_from_when_it_was_made(self) -> None:
        jobs.enqueue(kind="test", key="failing", payload={}, at=AT - 2 * HOUR)
        Job.objects.update(attempts=6, run_after=AT + HOUR)

        assert _read("mattone_job_age_seconds") == 7200
        assert _read("mattone_jobs_failing") == 1


def _read(name: str) -> float:
    (vital,) = [one for one in vitals.known() if one.name == name]
    return vital.read(AT)[""]


@pytest.fixture
def figure() -> Iterator[list[float]]:
    """A figure of the test's own, as its only entry says."""
    said = [0.0]
    known = dict(vitals._vitals)
    limits = Limits(10, 100, "Look.")
    vitals._vitals.clear()
    vitals.register(Vital("test_figure", "-", lambda _at: {"": said[0]}, limits=limits))
    yield said
    vitals._vitals.clear()
    vitals._vitals.update(known)


@pytest.mark.django_db
class TestAlerts:
    def test_tell_once_and_again_only_when_worse(self, cast: Cast, figure: list[float]) -> None:
        told = []
        for minute, value in enumerate((5, 20, 50, 20, 200, 150, 20, 300)):
            figure[0] = value
            told.append(len(alerts.watch(at=AT + dt.timedelta(minutes=5 * minute))))

        assert told == [0, 1, 0, 0, 1, 0, 0, 0]
        assert Notice.objects.filter(template="alert").count() == 2
        assert set(Notice.objects.values_list("to", flat=True)) == {cast.administrator.email}

    def test_do_not_flutter(self, cast: Cast, figure: list[float]) -> None:
        for minute, value in enumerate((20, 0, 20, 0, 20)):
            figure[0] = value
            alerts.watch(at=AT + dt.timedelta(minutes=20 * minute))

        assert Alert.objects.count() == 1

    def test_end_after_an_hour_and_may_come_back(self, cast: Cast, figure: list[float]) -> None:
        for hours, value in ((0, 20), (1, 0), (3, 20)):
            figure[0] = value
            alerts.watch(at=AT + hours * HOUR)

        assert Alert.objects.filter(ended_at=None).count() == 1
        assert Notice.objects.count() == 2

    def test_say_what_is_wrong(self, cast: Cast, figure: list[float]) -> None:
        figure[0] = 20

        alerts.watch(at=AT)

        assert "Look." in Notice.objects.get().body


class TestFiles:
    def test_alerts_have_the_limits_of_the_figures(self) -> None:
        told = yaml.safe_load((PRODUCTION / "alerts.yml").read_text())
        found = {rule["expr"] for rule in told["groups"][0]["rules"]}

        limited = [(one.name, one.limits) for one in vitals.known() if one.limits]
        assert found == {f"{name} >= {limits.warning:g}" for name, limits in limited}

    def test_the_dashboard_shows_every_figure(self) -> None:
        panels = json.loads((PRODUCTION / "dashboard.json").read_text())["panels"]
        asked = " ".join(target["expr"] for panel in panels for target in panel["targets"])

        assert set(FIGURE.findall(asked)) == {one.name for one in vitals.known()}

    def test_the_documentation_tells_every_figure_and_no_other(self) -> None:
        page = (BASE_DIR / "docs" / "production.md").read_text()
        rows = [line for line in page.splitlines() if line.startswith("| `mattone_")]

        assert set(FIGURE.findall(" ".join(rows))) == {one.name for one in vitals.known()}
