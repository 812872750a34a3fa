"""Until when the evidence of a funded project is kept (P19): from its accounts, and what stops the clock."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from backend.core import audit
from backend.core.errors import RuleBroken
from backend.core.models import Notice
from backend.core.money import euro
from campaigns.models import Call, Project
from campaigns.programmes import calls, evidence
from campaigns.programmes.awards import Part
from campaigns.programmes.evidence import Pause, Term, kept_until
from tests.campaigns.programmes import scene
from tests.campaigns.programmes.scene import AT, Scene
from tests.cast import Cast

ACCOUNTS = dt.date(2026, 6, 30)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2034, 1, 1))


@pytest.fixture
def world(cast: Cast) -> Scene:
    return scene.make(cast)


@pytest.fixture
def reported(world: Scene) -> Project:
    project = world.funded()
    for state in ("active", "reported"):
        calls.move(project=project, to=state, by=world.cast.programme_officer, at=AT)
    return project


def tell(world: Scene, project: Project, *, is_state_aid: bool = False) -> None:
    evidence.tell_accounts(
        project=project,
        accounts_on=ACCOUNTS,
        is_state_aid=is_state_aid,
        by=world.cast.programme_officer,
        at=AT,
    )


class TestKeptUntil:
    @pytest.mark.parametrize(
        ("pauses", "until"),
        [
            ([], dt.date(2029, 12, 31)),
            ([Pause(dt.date(2027, 1, 1), dt.date(2027, 1, 31))], dt.date(2030, 1, 30)),
            ([Pause(dt.date(2027, 1, 1), None)], None),
            ([Pause(dt.date(2030, 1, 1), None)], dt.date(2029, 12, 31)),
            (
                [
                    Pause(dt.date(2027, 1, 1), dt.date(2027, 1, 31)),
                    Pause(dt.date(2027, 1, 11), dt.date(2027, 2, 10)),
                ],
                dt.date(2030, 2, 9),
            ),
        ],
    )
    def test_is_the_last_of_december_and_what_stopped_the_clock(
        self, pauses: list[Pause], until: dt.date | None
    ) -> None:
        assert kept_until(accounts_on=ACCOUNTS, years=3, pauses=pauses) == until

    @given(spans=st.lists(st.tuples(DAYS, st.integers(0, 400)), max_size=5))
    def test_proceedings_never_shorten_it_in_whatever_order(
        self, spans: list[tuple[dt.date, int]]
    ) -> None:
        pauses = [Pause(day, day + dt.timedelta(days=days)) for day, days in spans]

        until = kept_until(accounts_on=ACCOUNTS, years=3, pauses=pauses)

        assert until is not None
        assert until >= dt.date(2029, 12, 31)
        assert until == kept_until(accounts_on=ACCOUNTS, years=3, pauses=reversed(pauses))


class TestTermOf:
    def test_three_years_ten_for_state_aid_two_for_a_million(
        self, world: Scene, reported: Project
    ) -> None:
        day = dt.date(2027, 1, 1)
        assert evidence.term_of(reported, on=day) == Term("awaited")
        tell(world, reported)
        assert evidence.term_of(reported, on=day) == Term("running", dt.date(2029, 12, 31))
        assert evidence.term_of(reported, on=dt.date(2030, 1, 1)).standing == "over"

        tell(world, reported, is_state_aid=True)
        reported.refresh_from_db()
        assert evidence.term_of(reported, on=day).until == dt.date(2036, 12, 31)

        Call.objects.update(budget=None, grant_maximum=None)
        large = world.project("Grande", to="selected")
        amount = euro("800000.00")
        parts = [Part(amount, ACCOUNTS)]
        world.fund(large, amount=amount, own_share=euro("200000.00"), instalments=parts)
        for state in ("active", "reported"):
            calls.move(project=large, to=state, by=world.cast.programme_officer, at=AT)
        tell(world, large)
        assert evidence.term_of(large, on=day).until == dt.date(2028, 12, 31)

    def test_proceedings_stop_it_once_at_a_time(self, world: Scene, reported: Project) -> None:
        tell(world, reported)
        by, day = world.cast.programme_officer, dt.date(2027, 1, 1)
        with pytest.raises(evidence.NoneOpen):
            evidence.end_proceedings(project=reported, on=day, by=by, at=AT)
        evidence.begin_proceedings(project=reported, reference="R.G. 1", on=day, by=by, at=AT)
        with pytest.raises(evidence.OpenAlready):
            evidence.begin_proceedings(project=reported, reference="R.G. 2", on=day, by=by, at=AT)
        assert evidence.term_of(reported, on=dt.date(2033, 1, 1)) == Term("paused")

        with pytest.raises(evidence.BadDay):
            evidence.end_proceedings(project=reported, on=dt.date(2026, 12, 31), by=by, at=AT)
        evidence.end_proceedings(project=reported, on=dt.date(2027, 1, 31), by=by, at=AT)

        assert evidence.term_of(reported, on=day) == Term("running", dt.date(2030, 1, 30))
        told = [event.action for event in audit.history(reported)]
        assert told[-2:] == ["project.proceedings_begun", "project.proceedings_ended"]

    def test_accounts_come_after_the_final_report(self, world: Scene) -> None:
        with pytest.raises(evidence.NotReported):
            tell(world, world.funded())


class TestJudgeAll:
    def test_counts_and_tells_the_office_once(self, world: Scene, reported: Project) -> None:
        before, after = dt.date(2029, 12, 31), dt.date(2030, 1, 1)
        assert evidence.judge_all(on=before, at=AT)["awaited"] == 1
        tell(world, reported)
        assert evidence.judge_all(on=before, at=AT)["running"] == 1
        assert not Notice.objects.filter(template="evidence_over").exists()

        for _night in range(2):
            assert evidence.judge_all(on=after, at=AT)["over"] == 1

        assert Notice.objects.filter(template="evidence_over").count() == 1


class TestPageAndEndpoint:
    def test_an_officer_tells_and_reads_it(self, world: Scene, reported: Project) -> None:
        client = Client()
        client.force_login(world.cast.programme_officer)
        for what, told in (
            ("accounts", {"accounts_on": "2026-06-30"}),
            ("proceedings", {"reference": "R.G. 1", "on": "2026-07-01"}),
            ("proceedings-end", {"on": "2026-07-31"}),
        ):
            client.post(reverse("project-act", args=[reported.code, what]), told)

        page = client.get(reverse("project", args=[reported.code]))

        assert page.context["evidence"].until == dt.date(2030, 1, 30)

    def test_the_endpoints_do_the_same(self, world: Scene, reported: Project) -> None:
        client, path = Client(), f"/api/v1/projects/{reported.code}"
        client.force_login(world.cast.programme_officer)

        def post(where: str, told: dict[str, str]) -> int:
            return client.post(
                f"{path}/{where}/", told, content_type="application/json"
            ).status_code

        assert post("evidence", {"accounts_on": "2026-06-30"}) == 200
        assert post("proceedings", {"reference": "R.G. 1", "on": "2026-07-01"}) == 201
        assert client.get(f"{path}/evidence/").json()["standing"] == "paused"
        assert post("proceedings/end", {"on": "2026-07-31"}) == 200
        assert client.get(f"{path}/evidence/").json()["until"] == "2030-01-30"

    def test_another_office_tells_nothing(self, world: Scene, reported: Project) -> None:
        with pytest.raises(RuleBroken):
            evidence.tell_accounts(
                project=reported, accounts_on=ACCOUNTS, is_state_aid=False,
                by=world.cast.owner, at=AT,
            )  # fmt: skip
