"""Whatever happens later, the figures of an earlier day stay what they were, unless it is dated earlier."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import pytest
from django.db import transaction
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backend.core.errors import RuleBroken
from backend.core.money import euro
from backend.core.users import SYSTEM
from properties import (
    assessments,
    energy,
    figures,
    households,
    lettings,
    releases,
    rents,
    repayments,
    support,
)
from properties.indicators import REGISTRY, Result
from properties.models import Household, RepaymentPlan, Tenancy, Unit, Works
from tests.properties import test_sales, test_works, threats
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

Told = dict[str, Result]
Row = TypeVar("Row", bound=Model)
Act = Callable[[Scene, int], None]


def told(scene: Scene, day: dt.date) -> Told:
    facts = figures.facts(scene.cast.issuer, as_of=day)
    return {each.code: each.compute(facts, day) for each in REGISTRY}


def begin(scene: Scene) -> None:
    """A free home, one with a family in it, and a household that waits."""
    scene.buy(scene.unit("A1"))
    scene.buy(scene.unit("A2", occupancy="DEBTOR_FAMILY"))
    scene.household("H1", ethos="EL2", isee="to_6241")
    scene.household("H2", was_living_in=Unit.objects.get(code="A2"), ethos="EL7x")


def buy(scene: Scene, n: int) -> None:
    scene.buy(scene.unit(f"B{Unit.objects.count()}", occupancy=("FREE", "NO_TITLE")[n % 2]))


def open_works(scene: Scene, n: int) -> None:
    test_works.begun(scene, _one(Unit.objects.all(), n))


def finish_works(scene: Scene, n: int) -> None:
    test_works.finish(scene, _one(Works.objects.exclude(state="READY"), n))


def certify(scene: Scene, n: int) -> None:
    new = energy.NewCertificate(energy_class="ABCDEFG"[n], issued_on=scene.day)
    unit = _one(Unit.objects.all(), n)
    energy.certify(unit=unit, new=new, by=scene.cast.owner, at=scene.at)


def live(scene: Scene, n: int) -> None:
    unit, household = _one(Unit.objects.all(), n), _one(Household.objects.all(), n // 2)
    if lettings.is_kept(unit, household) and household.was_living_in != unit:
        raise RuleBroken("they would have lived there since its title: that is dated earlier")
    scene.tenancy(unit, household)


def leave(scene: Scene, n: int) -> None:
    code = ("EVICTED_ARREARS", "DIED", "MOVED_PRIVATE", "OTHER")[n % 4]
    tenancy = _one(Tenancy.objects.filter(ends_on=None), n)
    by, at = scene.cast.caseworker, scene.at
    lettings.end(tenancy=tenancy, on=scene.day, reason="", code=code, by=by, at=at)


def release(scene: Scene, n: int) -> None:
    how = ("EXECUTED", "ABANDONED", "AGREED")[n % 3]
    new = releases.NewRelease(on=scene.day, how=how)
    unit = _one(Unit.objects.all(), n)
    releases.record(unit=unit, new=new, by=scene.cast.caseworker, at=scene.at)


def sell(scene: Scene, n: int) -> None:
    test_sales.sold(scene, _one(Unit.objects.filter(ownership="owned"), n), "41000.00")


def ask(scene: Scene, n: int) -> None:
    code = ("KEPT_NO_AID", "EVICTED", "DECEASED", "UNKNOWN", "MOVED_MARKET", "HOMELESS")[n % 6]
    new = households.NewOutcome(code=code, on=scene.day, source="visit")
    household = _one(Household.objects.all(), n)
    households.record_outcome(household=household, new=new, by=scene.cast.caseworker, at=scene.at)


def answer(scene: Scene, n: int) -> None:
    said = support.NewTrait(
        kind="DISABILITY", said=("YES", "NO")[n % 2], service="lift", legal_basis="art. 9",
        source="papers", on=scene.day,
    )  # fmt: skip
    household = _one(Household.objects.all(), n // 2)
    support.tell_trait(household=household, new=said, by=scene.cast.caseworker, at=scene.at)


def assess(scene: Scene, n: int) -> None:
    new = assessments.NewAssessment(
        on=scene.day,
        source="visit",
        ethos=(None, "EL1", "EL8x")[n % 3],
        isee=("to_6241", "over_26000")[n % 2],
        people=({"0_5": n, "35_54": 2}, None)[n % 2],
    )
    household = _one(Household.objects.all(), n // 2)
    assessments.assess(household=household, new=new, by=scene.cast.caseworker, at=scene.at)


def threaten(scene: Scene, n: int) -> None:
    threats.threaten(scene, _one(Household.objects.all(), n))


def charge(scene: Scene, _n: int) -> None:
    # Of the month that comes: a rent of this one would be dated earlier than it is told.
    month = (scene.day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    rents.charge_month(organisation=scene.cast.issuer, month=month, by=SYSTEM, at=scene.at)


def agree(scene: Scene, n: int) -> None:
    new = repayments.NewPlan(
        tenancy=_one(Tenancy.objects.all(), n),
        instalment=euro("10.00"),
        frequency="monthly",
        starts_on=scene.day,
    )
    repayments.open_plan(new=new, by=scene.cast.caseworker, at=scene.at)


def give_up(scene: Scene, n: int) -> None:
    plan = _one(RepaymentPlan.objects.all(), n)
    repayments.give_up(plan=plan, reason="job lost", by=scene.cast.caseworker, at=scene.at)


def _one(rows: QuerySet[Row], n: int) -> Row:
    found = list(rows.order_by("pk"))
    if not found:
        raise RuleBroken("there is none yet")
    return found[n % len(found)]


ACTS: tuple[Act, ...] = (
    *(buy, open_works, finish_works, certify, live, live, leave, release, sell),
    *(ask, answer, assess, threaten, charge, agree, give_up),
)


class TestAWorld:
    def test_of_works_a_sale_a_plan_and_an_answer(self, scene: Scene) -> None:
        _live_through(
            scene,
            [
                *((open_works, 0), (finish_works, 0), (live, 0), (live, 3), (charge, 0)),
                *(
                    (agree, 1),
                    (give_up, 0),
                    (answer, 3),
                    (assess, 2),
                    (open_works, 0),
                    (buy, 0),
                    (sell, 2),
                ),
            ],
        )

        assert Works.objects.count() == 2
        assert Unit.objects.get(code="B2").ownership == "sold"
        assert RepaymentPlan.objects.get().state == "CANCELLED"

    def test_who_is_kept_in_a_home_was_there_from_its_title_on(self, scene: Scene) -> None:
        """Told later, and dated earlier: whom nobody had named before the lease counts since the title."""
        begin(scene)
        scene.wait(25)
        scene.buy(home := scene.unit("B2", occupancy="NO_TITLE"))
        scene.wait(25)
        eve = scene.day - dt.timedelta(days=1)
        before = told(scene, eve)["households_housed"].value

        scene.tenancy(home, Household.objects.get(code="H1"))

        assert told(scene, eve)["households_housed"].value == before + 1


@pytest.mark.thorough
class TestAnyWorld:
    @settings(
        max_examples=10,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is dear: none is shrunk
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), min_size=4, max_size=12)
    )
    def test_what_was_so_on_a_day_stays_so(self, scene: Scene, acts: list[tuple[Act, int]]) -> None:
        # Each world is undone, so that the next begins as the scene does.
        with transaction.atomic():
            _live_through(copy.copy(scene), acts)
            transaction.set_rollback(True)


def _live_through(world: Scene, acts: list[tuple[Act, int]]) -> None:
    begin(world)
    before: dict[dt.date, Told] = {}
    for act, n in acts:
        world.wait(25)
        eve = world.day - dt.timedelta(days=1)
        before[eve] = told(world, eve)
        try:
            with transaction.atomic():
                act(world, n)
        except RuleBroken:
            continue  # what the rules refuse leaves everything as it was

    for day, figure in before.items():
        assert told(world, day) == figure
