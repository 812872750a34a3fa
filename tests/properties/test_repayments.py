"""Arrears by age, and the daily check of plans: the arithmetic, then a plan that breaks and heals."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from backend.core import clock
from backend.core.money import euro
from backend.core.users import SYSTEM
from properties import arrears, rents, repayments
from properties.arrears import Due
from properties.models import PlanCheck, RentCharge, RepaymentPlan, Tenancy
from properties.repayments import BadInstalment, NothingOwed, OneAlready, Terms
from tests.properties.scene import Scene

DAY = dt.date(2025, 1, 31)


def terms(**more: object) -> Terms:
    usual: dict[str, object] = {
        "starting": 60_000,
        "first": 0,
        "first_on": None,
        "instalment": 10_000,
        "frequency": "monthly",
        "starts_on": DAY,
        "tolerance_days": 5,
    }
    return Terms(**{**usual, **more})  # type: ignore[arg-type]


class TestExpected:
    @pytest.mark.parametrize(
        ("on", "cents"),
        [
            (dt.date(2025, 1, 31), 60_000),
            (dt.date(2025, 2, 4), 60_000),
            (dt.date(2025, 2, 5), 50_000),
            (dt.date(2025, 3, 4), 50_000),
            (dt.date(2025, 3, 5), 40_000),
            (dt.date(2026, 3, 5), 0),
        ],
    )
    def test_a_month_that_is_short_counts_on_its_last_day(self, on: dt.date, cents: int) -> None:
        assert repayments.expected(terms(), on=on) == cents

    @pytest.mark.parametrize(
        ("frequency", "cents"),
        [("weekly", 10_000), ("fortnightly", 30_000), ("four_weekly", 40_000)],
    )
    def test_each_frequency_has_its_step(self, frequency: str, cents: int) -> None:
        on = DAY + dt.timedelta(days=28 + 5)

        assert repayments.expected(terms(frequency=frequency), on=on) == cents

    def test_a_first_payment_is_due_on_its_own_day(self) -> None:
        plan = terms(first=20_000, first_on=DAY - dt.timedelta(days=10))

        assert repayments.expected(plan, on=DAY) == 40_000

    @given(st.integers(0, 900), st.integers(0, 900), st.sampled_from(["weekly", "monthly"]))
    def test_never_grows_and_never_falls_below_zero(self, a: int, b: int, often: str) -> None:
        first, last = (DAY + dt.timedelta(days=days) for days in sorted((a, b)))
        plan = terms(frequency=often)

        assert 0 <= repayments.expected(plan, on=last) <= repayments.expected(plan, on=first)


class TestJudged:
    @pytest.mark.parametrize(
        ("actual", "state"),
        [(0, "COMPLETED"), (50_000, "LIVE"), (51_000, "LIVE"), (51_001, "BREACHED")],
    )
    def test_a_breach_below_the_floor_is_ignored(self, actual: int, state: str) -> None:
        assert (
            repayments.judged(terms(), actual=actual, on=dt.date(2025, 2, 5), floor=1_000) == state
        )


class TestByAge:
    def test_every_cent_is_in_one_age(self) -> None:
        dues = [Due(1, DAY - dt.timedelta(days=days), 100, 0) for days in (0, 30, 31, 90, 400)]

        found = arrears.by_age(dues, as_of=DAY)

        assert found == {"0-30": 200, "31-60": 100, "61-90": 100, "91-180": 0, "181+": 100}


@pytest.fixture
def owing(scene: Scene) -> Tenancy:
    """Keys in January; the rents of February and March were due and never came: 640 euro."""
    unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
    scene.buy(unit)
    tenancy = scene.tenancy(unit, scene.household("H1"), rent="320.00")
    for month in (2, 3):
        rents.charge_month(
            organisation=scene.cast.issuer, month=dt.date(2025, month, 1), by=SYSTEM, at=scene.at
        )
    scene.day = dt.date(2025, 3, 20)
    return tenancy


def agree(scene: Scene, tenancy: Tenancy, instalment: str = "160.00") -> RepaymentPlan:
    new = repayments.NewPlan(
        tenancy=tenancy,
        instalment=euro(instalment),
        frequency="monthly",
        starts_on=dt.date(2025, 4, 1),
    )
    return repayments.open_plan(new=new, by=scene.cast.caseworker, at=scene.at)


def checked(plan: RepaymentPlan, on: dt.date) -> str:
    repayments.check_all(on=on, at=clock.start_of(on))
    plan.refresh_from_db()
    return plan.state


def pay(scene: Scene, month: int, amount: str, on: dt.date) -> None:
    charge = RentCharge.objects.get(month=dt.date(2025, month, 1))
    scene.day = on
    scene.bank((charge.expectation, euro(amount)))


@pytest.mark.money
class TestCheckAll:
    def test_a_plan_breaks_heals_and_is_paid_off(self, scene: Scene, owing: Tenancy) -> None:
        plan = agree(scene, owing)
        assert plan.starting_balance == euro("640.00")
        assert checked(plan, dt.date(2025, 4, 5)) == "LIVE"

        assert checked(plan, dt.date(2025, 4, 6)) == "BREACHED"
        pay(scene, 2, "160.00", dt.date(2025, 4, 10))
        assert checked(plan, dt.date(2025, 4, 11)) == "LIVE"
        pay(scene, 2, "160.00", dt.date(2025, 5, 2))
        pay(scene, 3, "320.00", dt.date(2025, 5, 3))

        assert checked(plan, dt.date(2025, 5, 6)) == "COMPLETED"
        states = list(plan.checks.values_list("state", flat=True))
        assert states == ["LIVE", "BREACHED", "LIVE", "COMPLETED"]

    def test_a_day_without_news_touches_the_plan_and_writes_nothing(
        self, scene: Scene, owing: Tenancy
    ) -> None:
        plan = agree(scene, owing)
        checked(plan, dt.date(2025, 3, 21))
        checked(plan, dt.date(2025, 3, 22))

        assert PlanCheck.objects.count() == 1
        assert plan.checked_at == clock.start_of(dt.date(2025, 3, 22))


@pytest.mark.money
class TestOpenPlan:
    def test_a_tenancy_has_one_at_a_time(self, scene: Scene, owing: Tenancy) -> None:
        plan = agree(scene, owing)

        with pytest.raises(OneAlready):
            agree(scene, owing)
        plan.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            plan.save(force_insert=True)

    def test_another_is_agreed_on_when_one_was_given_up(self, scene: Scene, owing: Tenancy) -> None:
        repayments.give_up(
            plan=agree(scene, owing), reason="job lost", by=scene.cast.caseworker, at=scene.at
        )

        assert agree(scene, owing, "80.00").state == "LIVE"

    def test_more_than_is_owed_is_no_instalment(self, scene: Scene, owing: Tenancy) -> None:
        with pytest.raises(BadInstalment):
            agree(scene, owing, "640.01")

    def test_who_owes_nothing_needs_none(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)

        with pytest.raises(NothingOwed):
            agree(scene, scene.tenancy(unit, scene.household("H1")))
