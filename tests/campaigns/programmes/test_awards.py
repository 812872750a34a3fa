"""Grants of projects: within the call, in instalments, with reports that come first."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import RuleBroken
from backend.core.money import euro, from_cents
from backend.core.states import WrongState
from campaigns.models import ProjectGrant, ProjectInstalment
from campaigns.programmes import awards, calls
from campaigns.programmes.awards import Limits, Part
from tests.campaigns.programmes import scene
from tests.campaigns.programmes.scene import AT, DAY, Scene, an_award
from tests.cast import Cast

LIMITS = Limits(euro("140000.00"), 20, euro("300000.00"))


@pytest.fixture
def world(cast: Cast) -> Scene:
    return scene.make(cast)


class TestJudge:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"amount": euro("140000.01")}, "award.too_much"),
            ({"own_share": euro("24999.99")}, "award.own_share_too_small"),
            ({"instalments": [Part(euro("99999.99"), DAY)]}, "award.instalments_differ"),
            ({"instalments": []}, "award.instalments_differ"),
        ],
    )
    def test_refuses_with_the_reason(self, changed: dict[str, object], code: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            awards.judge(an_award(**changed), LIMITS)

        assert refused.value.code == code

    def test_a_call_without_limits_sets_none(self) -> None:
        awards.judge(an_award(own_share=euro("0.00")), Limits(None, None, None))

    @given(amount=st.integers(1, 14_000_000), own=st.integers(0, 14_000_000))
    def test_the_own_share_is_a_fifth_of_the_whole_cost_or_more(
        self, amount: int, own: int
    ) -> None:
        money = from_cents(amount)
        new = an_award(amount=money, own_share=from_cents(own), instalments=[Part(money, DAY)])

        try:
            awards.judge(new, LIMITS)
        except awards.OwnShareTooSmall:
            assert 5 * own < amount + own
        else:
            assert 5 * own >= amount + own


@pytest.mark.django_db
class TestAward:
    def test_funds_the_project_with_its_instalments_and_reports(self, world: Scene) -> None:
        project = world.project(to="incubated")

        grant = world.fund(project)

        project.refresh_from_db()
        assert (project.state, project.funded_on) == ("funded", DAY)
        assert grant.instalments.count() == 2
        assert project.duties.count() == 1

    def test_a_project_that_was_not_funded_may_be_later(self, world: Scene) -> None:
        project = world.project(to="selected")
        calls.move(project=project, to="not_funded", by=world.cast.programme_officer, at=AT)

        world.fund(project)

        assert project.state == "funded"

    def test_the_calls_money_is_given_once(self, world: Scene) -> None:
        for name in ("Uno", "Due"):
            world.fund(world.project(name, to="selected"))
        third = world.project("Tre", to="selected")
        more = {"amount": euro("120000.00"), "own_share": euro("30000.00")}

        with pytest.raises(awards.BudgetSpent):
            world.fund(third, **more, instalments=[Part(euro("120000.00"), DAY)])

    def test_one_that_only_applied_gets_nothing(self, world: Scene) -> None:
        with pytest.raises(WrongState):
            world.fund(world.project())

        assert not ProjectGrant.objects.exists()

    def test_the_database_refuses_what_the_call_does_not_allow(self, world: Scene) -> None:
        project = world.project(to="selected")
        row = ProjectGrant(
            project=project, agreement="x", amount=euro("140000.01"), own_share=euro("90000.00"),
            agreed_on=DAY, at=AT, by_label="x",
        )  # fmt: skip

        with pytest.raises(DatabaseError, match="does not allow"), transaction.atomic():
            row.save()

    def test_the_database_wants_the_instalments_to_be_the_grant(self, world: Scene) -> None:
        grant = world.fund(world.project(to="selected"))

        with pytest.raises(DatabaseError, match="no less and no more"):
            _add(grant)


@transaction.atomic
def _add(grant: ProjectGrant) -> None:
    """One instalment more, judged as at the end of a transaction."""
    ProjectInstalment.objects.create(grant=grant, number=3, amount=euro("0.01"), due_on=DAY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
class TestPay:
    def test_an_overdue_report_comes_first(self, world: Scene) -> None:
        grant = world.fund(world.project(to="selected"))
        part, officer = grant.instalments.all()[1], world.cast.programme_officer

        with pytest.raises(awards.ReportLate):
            awards.pay(instalment=part, on=dt.date(2026, 9, 1), by=officer, at=AT)
        awards.hand_in(
            duty=grant.project.duties.get(), on=DAY, evidence="prot. 1", by=officer, at=AT
        )
        paid = awards.pay(instalment=part, on=dt.date(2026, 9, 1), by=officer, at=AT)

        assert paid.paid_on == dt.date(2026, 9, 1)

    def test_is_told_once(self, world: Scene) -> None:
        grant = world.fund(world.project(to="selected"))
        part, officer = grant.instalments.all()[0], world.cast.programme_officer
        awards.pay(instalment=part, on=DAY, by=officer, at=AT)

        with pytest.raises(awards.AlreadyDone):
            awards.pay(instalment=part, on=DAY, by=officer, at=AT)
