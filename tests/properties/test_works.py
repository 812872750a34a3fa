"""Works: stages, halts, budgets with variations, who may pay them, and what is told apart."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from backend.core import approvals
from backend.core.money import euro
from backend.core.states import WrongState
from backend.ledger.models import ACQUISITION
from properties import costs, energy, portfolio, renovations
from properties.costs import FundDoesNotPay, NewCost
from properties.models import CostLine, Unit, Works
from properties.models.works import STAGES, SUSPENDED
from properties.renovations import AnotherStage, BeforeStart, NoHome, NoReason, OverBudget, Step
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def begun(scene: Scene, unit: Unit, budget: str = "10000.00") -> Works:
    new = renovations.NewWorks(
        unit=unit,
        description="Boiler and windows",
        budget=euro(budget),
        fund=scene.own_fund,
        started_on=scene.day,
        contractor="Builder (synthetic)",
    )
    return renovations.begin(new=new, by=scene.cast.owner, at=scene.at)


def bought(scene: Scene, code: str = "A1") -> Unit:
    unit = scene.unit(code)
    scene.buy(unit)
    return unit


def move(scene: Scene, works: Works, to: str, note: str = "") -> Works:
    step = Step(to=to, on=scene.day, note=note)
    return renovations.move(works=works, step=step, by=scene.cast.owner, at=scene.at)


def finish(scene: Scene, works: Works) -> None:
    for stage in ("WORKS", "CERTIFIED", "READY"):
        move(scene, works, stage)


def commit(scene: Scene, works: Works, amount: str) -> CostLine:
    cost = NewCost(kind="works", amount=euro(amount), due_on=scene.day)
    return renovations.commit(works=works, cost=cost, by=scene.cast.owner, at=scene.at)


def vary(scene: Scene, works: Works, amount: str) -> None:
    asked = renovations.vary(
        works=works, amount=euro(amount), reason="Asbestos", by=scene.cast.owner, at=scene.at
    )
    approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)


class TestMove:
    def test_works_go_from_the_survey_to_ready(self, scene: Scene) -> None:
        works = begun(scene, bought(scene))

        for stage in STAGES[1:]:
            scene.wait(7)
            move(scene, works, stage)

        assert works.ready_on == scene.day
        assert [step.state for step in works.steps.order_by("pk")] == list(STAGES)

    def test_a_halt_has_a_reason_and_goes_on_where_it_stood(self, scene: Scene) -> None:
        works = move(scene, begun(scene, bought(scene)), "SITE_OPEN")
        with pytest.raises(NoReason):
            move(scene, works, SUSPENDED)
        move(scene, works, SUSPENDED, "Flooded cellar")

        with pytest.raises(AnotherStage):
            move(scene, works, "CERTIFIED")

        assert move(scene, works, "SITE_OPEN").state == "SITE_OPEN"

    def test_no_stage_is_gone_back_to(self, scene: Scene) -> None:
        works = move(scene, begun(scene, bought(scene)), "WORKS")

        with pytest.raises(WrongState):
            move(scene, works, "DESIGN")

    @pytest.mark.parametrize(
        ("done", "to"), [("SURVEY", "READY"), ("SITE_OPEN", "CERTIFIED"), ("WORKS", "READY")]
    )
    def test_no_home_is_ready_undone_or_uncertified(self, scene: Scene, done: str, to: str) -> None:
        works = begun(scene, bought(scene))
        if done != "SURVEY":
            move(scene, works, done)

        with pytest.raises(WrongState):
            move(scene, works, to)

    def test_nothing_ends_before_it_begins(self, scene: Scene) -> None:
        works = begun(scene, bought(scene))
        scene.wait(-1)

        with pytest.raises(BeforeStart):
            move(scene, works, "READY")

    def test_what_is_missing_at_the_end_is_listed(self, scene: Scene) -> None:
        works = begun(scene, bought(scene))
        for stage in ("WORKS", "CERTIFIED"):
            move(scene, works, stage)
        assert len(renovations.missing(works)) == 2

        years = dt.timedelta(days=3650)
        new = energy.NewCertificate(
            energy_class="B", issued_on=scene.day, expires_on=scene.day + years
        )
        energy.certify(unit=works.unit, new=new, by=scene.cast.owner, at=scene.at)

        assert len(renovations.missing(works)) == 1


class TestCommit:
    def test_works_stay_within_their_budget_until_a_second_person_varies_it(
        self, scene: Scene
    ) -> None:
        works = begun(scene, bought(scene))
        commit(scene, works, "9000.00")
        with pytest.raises(OverBudget):
            commit(scene, works, "1000.01")
        vary(scene, works, "500.00")

        commit(scene, works, "1500.00")

        assert renovations.budget(works).left == euro("0.00")

    def test_a_budget_does_not_fall_below_what_is_owed(self, scene: Scene) -> None:
        works = begun(scene, bought(scene))
        commit(scene, works, "9000.00")

        with pytest.raises(OverBudget):
            vary(scene, works, "-1000.01")

    def test_raised_capital_for_purchases_pays_none(self, scene: Scene) -> None:
        works = begun(scene, bought(scene))
        cost = NewCost(kind="works", amount=euro("1.00"), due_on=scene.day, fund=scene.raised)

        with pytest.raises(FundDoesNotPay):
            renovations.commit(works=works, cost=cost, by=scene.cast.owner, at=scene.at)

    def test_a_home_that_never_came_has_no_costs(self, scene: Scene) -> None:
        works = begun(scene, scene.unit("A1"))

        with pytest.raises(NoHome):
            commit(scene, works, "1.00")

    def test_purchase_and_works_are_told_apart(self, scene: Scene) -> None:
        scene.fund_own_money("10000.00")
        works = begun(scene, bought(scene))
        scene.pay(commit(scene, works, "4860.40"))

        purchase, repairs = portfolio.by_fund(works.unit)

        assert [sums.paid for _fund, sums in purchase.rows] == [euro("40000.00")]
        assert [sums.paid for _fund, sums in repairs.rows] == [euro("4860.40")]
        assert renovations.budget(works).paid == euro("4860.40")
        assert costs.paid(works.unit.acquisitions.get(), *ACQUISITION) == euro("40000.00")


class TestDrop:
    def test_a_cost_that_turned_out_otherwise_is_owed_no_more(self, scene: Scene) -> None:
        works = begun(scene, bought(scene))
        line = commit(scene, works, "9000.00")

        costs.drop(line=line, reason="Another builder", by=scene.cast.owner, at=scene.at)

        assert renovations.budget(works).left == euro("10000.00")

    def test_what_was_paid_is_not_dropped(self, scene: Scene) -> None:
        scene.fund_own_money("10000.00")
        line = commit(scene, begun(scene, bought(scene)), "9000.00")
        scene.pay(line)

        with pytest.raises(costs.PaidAlready):
            costs.drop(line=line, reason="-", by=scene.cast.owner, at=scene.at)

    def test_a_planned_cost_is_owed_later_or_let_go(self, scene: Scene) -> None:
        unit = bought(scene)
        purchase = unit.acquisitions.get()
        by, at = scene.cast.owner, scene.at
        new = NewCost(kind="acquisition.taxes", amount=euro("900.00"), due_on=scene.day)
        first, second = (costs.plan(acquisition=purchase, cost=new, by=by, at=at) for _ in "ab")

        costs.drop(line=first, reason="Twice", by=by, at=at)
        costs.owe(line=second, by=by, at=at)

        assert costs.committed(purchase, "acquisition.taxes") == euro("900.00")
        with pytest.raises(costs.OwedAlready):
            costs.owe(line=second, by=by, at=at)


class TestPage:
    def test_a_manager_opens_works_moves_them_and_owes_a_cost(self, scene: Scene) -> None:
        client, unit = Client(), bought(scene)
        client.force_login(scene.cast.owner)
        day = scene.day.isoformat()
        typed = {"description": "Boiler", "budget": "9.000,00", "fund": scene.own_fund.pk}
        client.post(reverse("home-works", args=[unit.pk]), {**typed, "started_on": day})
        works = Works.objects.get()

        client.post(reverse("works-change", args=[works.pk, "stage"]), {"to": "WORKS", "on": day})
        cost = {"kind": "works", "fund": scene.own_fund.pk, "amount": "500", "due_on": day}
        client.post(reverse("works-change", args=[works.pk, "cost"]), cost)
        varied = {"amount": "50", "reason": "Tiles"}
        client.post(reverse("works-change", args=[works.pk, "variation"]), varied)
        page = client.get(reverse("works", args=[works.pk])).content.decode()

        assert "500,00" in page
        assert "Tiles" in page
        works.refresh_from_db()
        assert works.state == "WORKS"

    def test_a_refused_cost_comes_back_with_its_error(self, scene: Scene) -> None:
        client, works = Client(), begun(scene, bought(scene))
        client.force_login(scene.cast.owner)
        typed = {"kind": "works", "fund": scene.own_fund.pk, "amount": "99999"}
        address = reverse("works-change", args=[works.pk, "cost"])

        page = client.post(address, {**typed, "due_on": scene.day.isoformat()})

        assert page.context["cost_form"].errors["amount"]

    def test_a_caseworker_sees_no_works(self, scene: Scene) -> None:
        works, client = begun(scene, bought(scene)), Client()
        client.force_login(scene.cast.caseworker)

        assert client.get(reverse("works", args=[works.pk])).status_code == 403


class TestStages:
    @given(data=st.data())
    def test_every_walk_ends_ready(self, data: st.DataObject) -> None:
        state, halts = "SURVEY", 0
        while after := sorted(Works.MOVES[state] - ({SUSPENDED} if halts > 3 else set())):
            before, state = state, data.draw(st.sampled_from(after))
            halts += state == SUSPENDED
            if before == SUSPENDED and halts > 3:
                state = "CERTIFIED"

        assert state == "READY"
