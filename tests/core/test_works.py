"""Long work that one follows: how its jobs stand, the page of it, and the part that is asked for again."""

import datetime as dt

import pytest
from django.test import Client

from backend.core import jobs, works
from backend.core.jobs import Standing
from backend.core.models import Job, User
from backend.core.works import Work
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(minutes=5)
KIND = "test.works"


def row(key: str, **more: object) -> Job:
    facts = {"kind": KIND, "created_at": AT, "run_after": AT, **more}
    return Job.objects.create(key=key, **facts)


def work(standing: Standing, done: int = 3) -> Work:
    told = {"title": "Letters", "sentence": f"{done} of 7 letters have left."}
    return Work(
        **told, done=done, due=7, jobs=standing, next_url="/day/", next_label="Today"
    )  # fmt: skip


class TestStanding:
    def test_counts_what_waits_what_failed_and_when_that_is_tried_again(self) -> None:
        row("a:1")
        row("a:2", attempts=2, run_after=LATER)
        row("a:3", done_at=AT)
        row("b:1")

        assert jobs.standing(KIND, key__startswith="a:") == Standing(2, 1, LATER)

    def test_adds_up(self) -> None:
        both = Standing(2, 1, LATER) + Standing(1, 1, AT)

        assert (both, Standing() + Standing()) == (Standing(3, 2, AT), Standing())


class TestState:
    @pytest.mark.parametrize(
        ("standing", "state"),
        [(Standing(), "done"), (Standing(2, 1, AT), "running"), (Standing(2, 2, AT), "stopped")],
    )
    def test_follows_from_the_jobs(self, standing: Standing, state: str) -> None:
        assert work(standing).state == state


class TestPage:
    @pytest.fixture
    def finance(self, cast: Cast) -> Client:
        """Somebody who may see the work of the key 7, which stands still."""

        def find(user: User, key: str) -> Work | None:
            is_theirs = user == cast.finance and key == "7"
            return work(Standing(1, 1, LATER)) if is_theirs else None

        works.register(KIND.replace(".", "-"), find)
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(cast.finance)
        return client

    def test_says_how_far_it_is_and_what_can_be_done(self, finance: Client) -> None:
        page = finance.get("/work/test-works/7/").content.decode()

        assert "<h1>Letters</h1>" in page.replace("\n", "")
        assert "3 of 7 letters have left." in page
        assert "It stands still" in page
        assert "is tried again by itself" in page
        assert 'href="/work/test-works/7/"' in page, "without a script one looks again"

    def test_gives_its_figures_alone_to_a_page_that_asks_again(self, finance: Client) -> None:
        part = finance.get("/work/test-works/7/", headers={"X-Requested-With": "fetch"})

        assert 'data-state="stopped"' in part.content.decode()
        assert "<html" not in part.content.decode()
        assert "no-store" in part.headers["Cache-Control"]

    def test_is_nobody_elses(self, finance: Client, cast: Cast) -> None:
        other = Client()
        other.force_login(cast.stranger)

        assert finance.get("/work/test-works/8/").status_code == 404
        assert finance.get("/work/unheard-of/7/").status_code == 404
        assert other.get("/work/test-works/7/").status_code == 404
        assert Client().get("/work/test-works/7/").status_code == 302
