"""People, end to end: a debtor's family that stays where it lives, and a vacant flat let under Lo.C.A.Re.

Each is told as those who do it would tell it, through the rules, and ends with what the figures say.
"""

import datetime as dt
from decimal import Decimal

import pytest

from backend.core import clock
from backend.core.money import euro
from backend.core.users import SYSTEM
from properties import (
    cadastre,
    costs,
    energy,
    figures,
    households,
    lettings,
    locare,
    omi,
    renovations,
    rents,
    repayments,
    support,
)
from properties.indicators import BY_CODE, Result
from properties.models import (
    Acquisition,
    Household,
    RentCharge,
    RepaymentPlan,
    Tenancy,
    Unit,
    Works,
)
from tests import kept
from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

OMI = (
    "Zona;Semestre;Descr_Tipologia;Stato;Compr_min;Compr_max;Loc_min;Loc_max\n"
    "D2;20242;Abitazioni di tipo economico;NORMALE;800;1200;5,6;8,8"
)


@pytest.fixture(scope="module")
def kept_scene(kept_cast: Cast) -> Scene:
    return kept.checked(scenes.make(kept_cast))


@pytest.fixture
def scene(kept_scene: Scene, copied: kept.Copied, db: None) -> Scene:
    return copied(kept_scene)


def figure(scene: Scene, code: str) -> Result:
    facts = figures.facts(scene.cast.issuer, as_of=scene.day)
    return BY_CODE[code].compute(facts, scene.day)


def win(scene: Scene, unit: Unit) -> Acquisition:
    """An auction from the perizia to the keys, every cent of it seen by the bank."""
    auction = scene.auction(unit, price="40000.00")
    for state in ("REPORT_REVIEWED", "VISITED"):
        scene.move(auction, state)
    scene.approve(auction)
    deposit = scene.commit(auction, "acquisition.deposit", "4000.00")
    scene.pay(deposit)
    scene.move(auction, "OFFER_FILED", "38000.00")
    scene.wait(20)
    for state in ("SINGLE_OFFER", "AWARDED"):
        scene.move(auction, state, "38000.00")
    scene.move(auction, "BALANCE_DUE", balance_due_on=scene.day + dt.timedelta(days=60))
    scene.pay(scene.commit(auction, "acquisition.price", "34000.00"))
    for state in ("BALANCE_PAID", "DECREE", "REGISTERED", "POSSESSION", "PORTFOLIO"):
        scene.move(auction, state)
    unit.refresh_from_db()
    return auction


class TestADebtorsFamilyStays:
    def meet(self, scene: Scene, unit: Unit) -> Household:
        """Contact, needs, debts: one settled for less than was owed; then they agree on a lease."""
        family = scene.household("F1", was_living_in=unit, ethos="EL7x", isee="to_10310")
        by, at = scene.cast.caseworker, scene.at
        for kind in ("CONTACT", "NEEDS", "DEBT_REVIEW"):
            support.pass_milestone(household=family, kind=kind, on=scene.day, by=by, at=at)
        debt = support.find_debt(
            household=family, creditor="Bank (synthetic)", owed=euro("9000.00"), on=scene.day,
            by=by, at=at,
        )  # fmt: skip
        support.settle_debt(debt=debt, settled_for=euro("2500.00"), on=scene.day, by=by, at=at)
        support.pass_milestone(household=family, kind="AGREEMENT", on=scene.day, by=by, at=at)
        return family

    def charge(self, scene: Scene, *months: int) -> None:
        for month in months:
            rents.charge_month(
                organisation=scene.cast.issuer,
                month=dt.date(2025, month, 1),
                by=SYSTEM,
                at=scene.at,
            )

    def pay(self, scene: Scene, month: int, amount: str, on: dt.date) -> None:
        scene.day = on
        charge = RentCharge.objects.get(month=dt.date(2025, month, 1))
        scene.bank((charge.expectation, euro(amount)))

    def checked(self, plan: RepaymentPlan, on: dt.date) -> str:
        repayments.check_all(on=on, at=clock.start_of(on))
        plan.refresh_from_db()
        return plan.state

    def plan(self, scene: Scene, tenancy: Tenancy) -> RepaymentPlan:
        new = repayments.NewPlan(
            tenancy=tenancy,
            instalment=euro("100.00"),
            frequency="monthly",
            starts_on=dt.date(2025, 5, 1),
        )
        return repayments.open_plan(new=new, by=scene.cast.caseworker, at=scene.at)

    def test_with_a_plan_that_breaks_heals_and_is_completed(self, scene: Scene) -> None:
        unit = scene.unit("O1", occupancy="DEBTOR_FAMILY")
        win(scene, unit)
        family = self.meet(scene, unit)
        tenancy = scene.tenancy(unit, family, rent="200.00")
        self.charge(scene, 2, 3)
        scene.day = dt.date(2025, 4, 20)

        plan = self.plan(scene, tenancy)
        states = [self.checked(plan, dt.date(2025, 5, 2))]
        states.append(self.checked(plan, dt.date(2025, 5, 8)))
        self.pay(scene, 2, "100.00", dt.date(2025, 5, 12))
        states.append(self.checked(plan, dt.date(2025, 5, 13)))
        self.pay(scene, 2, "100.00", dt.date(2025, 6, 2))
        self.pay(scene, 3, "200.00", dt.date(2025, 7, 1))
        states.append(self.checked(plan, dt.date(2025, 7, 2)))

        assert states == ["LIVE", "BREACHED", "LIVE", "COMPLETED"]
        told = households.NewOutcome(code="KEPT_AID_NEW", on=scene.day, source="visit")
        households.record_outcome(household=family, new=told, by=scene.cast.caseworker, at=scene.at)
        kept, relief = figure(scene, "kept_the_home"), figure(scene, "debt_relieved")
        assert (kept.value, kept.of) == (1, 1)
        assert relief.value >= 650_000
        scene.day = dt.date(2025, 9, 1)
        assert figure(scene, "sustained_6").value == 1


class TestAVacantFlatLetUnderLocare:
    def buy(self, scene: Scene) -> Unit:
        unit = scene.unit("V1")
        unit.building.omi_zone, unit.building.year_built = "D2", 1961
        unit.building.save()
        scene.buy(unit, price="41500.00")
        new = cadastre.NewKey(sheet="1", parcel="2", subunit="3", category="A/3")
        by, at = scene.cast.owner, scene.at
        cadastre.replace(ended=[], begun=[(unit, new)], on=scene.day, by=by, at=at)
        self.certify(scene, unit, "G", 260)
        return unit

    def certify(self, scene: Scene, unit: Unit, energy_class: str, demand: int) -> None:
        new = energy.NewCertificate(
            energy_class=energy_class,
            demand=Decimal(demand),
            issued_on=scene.day,
            expires_on=scene.day + dt.timedelta(days=3650),
        )
        energy.certify(unit=unit, new=new, by=scene.cast.owner, at=scene.at)

    def renovate(self, scene: Scene, unit: Unit) -> None:
        """Own money pays; raised capital may not."""
        scene.fund_own_money("9000.00")
        new = renovations.NewWorks(
            unit=unit, description="Boiler", budget=euro("9000.00"), fund=scene.own_fund,
            started_on=scene.day,
        )  # fmt: skip
        by = scene.cast.owner
        works = renovations.begin(new=new, by=by, at=scene.at)
        cost = costs.NewCost(kind="works", amount=euro("8800.00"), due_on=scene.day)
        scene.pay(renovations.commit(works=works, cost=cost, by=by, at=scene.at))
        scene.wait(90)
        for stage in ("DESIGN", "PERMIT", "TENDER", "SITE_OPEN", "WORKS", "INSPECTION"):
            self.step(scene, works, stage)
        self.certify(scene, unit, "C", 110)
        for stage in ("CERTIFIED", "READY"):
            self.step(scene, works, stage)

    def step(self, scene: Scene, works: Works, to: str) -> None:
        step = renovations.Step(to=to, on=scene.day, note="")
        renovations.move(works=works, step=step, by=scene.cast.owner, at=scene.at)

    def let(self, scene: Scene, unit: Unit) -> Tenancy:
        family = scene.household("F2", isee="to_6241", ethos="EL2")
        new = lettings.NewTenancy(
            unit=unit,
            household=family,
            contract_no="C-V1",
            kind="3+2",
            rent=euro("270.00"),
            agreed_most=euro("300.00"),
            starts_on=scene.day,
        )
        return lettings.let(new=new, by=scene.cast.caseworker, at=scene.at)

    def test_with_its_market_rent_its_grants_and_what_the_figures_say(self, scene: Scene) -> None:
        omi.take_in(
            raw=OMI.encode(), organisation=scene.cast.issuer, by=scene.cast.owner, at=scene.at
        )
        unit = self.buy(scene)
        self.renovate(scene, unit)
        tenancy = self.let(scene, unit)
        terms = locare.NewTerms(
            certificate_on=scene.day - dt.timedelta(days=40),
            in_turin_since=dt.date(2012, 3, 1),
            tenant_grant=euro("1200.00"),
        )

        agreed = locare.agree(tenancy=tenancy, new=terms, by=scene.cast.caseworker, at=scene.at)

        assert (agreed.priority, agreed.owner_grant) == ("first", euro("2000.00"))
        assert tenancy.market_rent == euro("450.00")
        scene.wait(182)
        assert figure(scene, "vacant_stock_reused").value == 6250
        assert figure(scene, "units_improved").value == 1
        assert figure(scene, "energy_saved").value == 9375
        assert figure(scene, "sustained_6").value == 1
        saved = figure(scene, "rent_saving_rate")
        assert (saved.value, saved.of) == (18_000, 45_000)
