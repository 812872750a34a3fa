"""Letting, keeping, ending; and what the database refuses whoever asks."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core import audit
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger.models import Fund
from backend.treasury.models import Expectation
from properties import arrears, lettings, renovations, rents
from properties.costs import FundDoesNotPay
from properties.lettings import (
    AlreadyLet,
    BadSpan,
    EndedAlready,
    HousedAlready,
    NobodyToKeep,
    NotEmpty,
    NotOurs,
    NotReady,
)
from properties.models import RentCharge, Tenancy, Unit, Works
from tests.properties import test_works
from tests.properties.scene import START, Scene

pytestmark = pytest.mark.money


class TestLet:
    def test_a_vacant_home_is_let(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)

        tenancy = scene.tenancy(unit, scene.household("H1"))

        assert tenancy.track == "FREE"

    def test_a_home_that_is_not_ours_yet_is_not_let(self, scene: Scene) -> None:
        with pytest.raises(NotOurs):
            scene.tenancy(scene.unit("A1"), scene.household("H1"))

    def test_an_occupied_home_is_not_let_over_those_in_it(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)
        new = lettings.NewTenancy(
            unit=unit,
            household=scene.household("H1"),
            contract_no="C1",
            kind="3+2",
            rent=euro("300.00"),
            starts_on=scene.day,
        )

        with pytest.raises(NotEmpty):
            lettings.let(new=new, by=scene.cast.caseworker, at=scene.at)

    def test_a_home_under_works_is_not_let(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        begin_works(scene, unit)

        with pytest.raises(NotReady):
            scene.tenancy(unit, scene.household("H1"))

    def test_two_households_do_not_get_the_same_home(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, scene.household("H1"))
        scene.wait(30)

        with pytest.raises(AlreadyLet):
            scene.tenancy(unit, scene.household("H2"))

    def test_one_household_does_not_get_two_homes(self, scene: Scene) -> None:
        household = scene.household("H1")
        first, second = scene.unit("A1"), scene.unit("A2")
        for unit in (first, second):
            scene.buy(unit)
        scene.tenancy(first, household)

        with pytest.raises(HousedAlready):
            scene.tenancy(second, household)

    def test_the_database_refuses_two_live_tenancies_by_itself(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        tenancy = scene.tenancy(unit, scene.household("H1"))
        other = scene.household("H2")
        tenancy.pk, tenancy.household, tenancy.contract_no = None, other, "C2"

        with pytest.raises(IntegrityError), transaction.atomic():
            tenancy.save(force_insert=True)


class TestKeep:
    def test_people_stay_in_the_home_bought_with_them(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)

        tenancy = scene.tenancy(unit, scene.household("H1"))

        assert tenancy.track == "OCCUPIED"

    def test_who_comes_after_those_who_stayed_is_let_it_from_the_keys_on(
        self, scene: Scene
    ) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)
        stayed = scene.tenancy(unit, scene.household("H1"))
        scene.wait(30)
        by, at = scene.cast.caseworker, scene.at
        lettings.end(tenancy=stayed, on=scene.day, reason="moved", by=by, at=at)
        scene.wait(30)

        later = scene.tenancy(unit, scene.household("H2"))

        assert (stayed.track, later.track) == (Tenancy.Track.OCCUPIED, Tenancy.Track.FREE)
        assert not lettings.is_kept(unit, later.household)

    def test_nobody_is_kept_in_a_free_home(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        new = lettings.NewTenancy(
            unit=unit,
            household=scene.household("H1"),
            contract_no="C1",
            kind="3+2",
            rent=euro("300.00"),
            starts_on=scene.day,
        )

        with pytest.raises(NobodyToKeep):
            lettings.keep(new=new, by=scene.cast.caseworker, at=scene.at)


class TestEnd:
    def test_the_home_may_be_let_again_from_that_day(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        tenancy = scene.tenancy(unit, scene.household("H1"))
        scene.wait(40)
        end(scene, tenancy)

        assert scene.tenancy(unit, scene.household("H2")).ends_on is None

    def test_an_end_before_the_beginning_is_refused(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        tenancy = scene.tenancy(unit, scene.household("H1"))

        with pytest.raises(BadSpan):
            end(scene, tenancy)

    def test_it_ends_once(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        tenancy = scene.tenancy(unit, scene.household("H1"))
        scene.wait(40)
        end(scene, tenancy)

        with pytest.raises(EndedAlready):
            end(scene, tenancy)

    def test_in_the_past_it_leaves_no_later_month_owed(self, scene: Scene) -> None:
        tenancy = let_home(scene)
        charged = [charge(scene, scene.day + dt.timedelta(days=after)) for after in (30, 60, 90)]
        scene.wait(100)
        scene.bank((charged[2].expectation, charged[2].expectation.amount))
        left_on = charged[1].month

        lettings.end(
            tenancy=tenancy, on=left_on, reason="moved", by=scene.cast.caseworker, at=scene.at
        )

        owed = arrears.dues([tenancy.pk], as_of=scene.day)
        assert [due.due_on.month for due in owed] == [charged[0].month.month]
        paid_for = arrears.accounts(organisation=scene.cast.issuer.pk, as_of=scene.day)
        assert paid_for == [(tenancy.pk, 32_000, 0)]
        assert audit.history(tenancy).last().facts == {"months_changed": 2}  # type: ignore[union-attr]


class TestChargeMonth:
    def test_charges_are_owed_with_the_rent(self, scene: Scene) -> None:
        Tenancy.objects.filter(pk=let_home(scene).pk).update(charges_monthly=euro("45.50"))

        owed = charge(scene, scene.day + dt.timedelta(days=30)).expectation.amount

        assert owed == euro("365.50")

    def test_each_live_tenancy_owes_the_month_once(self, scene: Scene) -> None:
        tenancy = let_home(scene)
        month = dt.date(START.year, START.month + 1, 14)
        for _again in range(2):
            rents.charge_month(organisation=scene.cast.issuer, month=month, by=SYSTEM, at=scene.at)

        charge = RentCharge.objects.get(tenancy=tenancy)
        assert charge.month == month.replace(day=1)
        assert charge.expectation.amount == tenancy.rent
        assert audit.history(scene.cast.issuer).filter(action="rents.charged").count() == 1

    def test_are_expected_from_the_page_too(self, scene: Scene) -> None:
        tenancy = let_home(scene)
        month = dt.date(START.year, START.month + 1, 14)
        client = Client()
        client.force_login(scene.cast.finance)

        client.post(reverse("arrears-charge"), {"month": month.isoformat()})

        assert RentCharge.objects.get(tenancy=tenancy).month == month.replace(day=1)
        assert reverse("arrears-charge") in client.get(reverse("arrears")).content.decode()

    def test_a_rent_arrives_on_own_money(self, scene: Scene) -> None:
        let_home(scene)
        month = dt.date(START.year, START.month + 1, 1)
        [charge] = rents.charge_month(
            organisation=scene.cast.issuer, month=month, by=SYSTEM, at=scene.at
        )
        scene.day = month

        scene.bank((charge.expectation, charge.expectation.amount))

        assert not Expectation.objects.outstanding().filter(owner_kind=rents.OWNER).exists()
        assert charge.expectation.target.fund == scene.own_fund

    def test_an_ended_tenancy_owes_nothing(self, scene: Scene) -> None:
        tenancy = let_home(scene)
        scene.wait(10)
        end(scene, tenancy)
        month = dt.date(START.year, START.month + 1, 1)

        charged = rents.charge_month(
            organisation=scene.cast.issuer, month=month, by=SYSTEM, at=scene.at
        )

        assert charged == []


class TestWorks:
    def test_after_works_a_home_may_be_let(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        works = begin_works(scene, unit)
        scene.wait(60)
        test_works.finish(scene, works)

        assert scene.tenancy(unit, scene.household("H1")).track == "FREE"

    def test_raised_capital_begins_no_works(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)

        with pytest.raises(FundDoesNotPay):
            begin_works(scene, unit, fund=scene.raised)


def begin_works(scene: Scene, unit: Unit, fund: Fund | None = None) -> Works:
    new = renovations.NewWorks(
        unit=unit,
        description="New boiler",
        budget=euro("9000.00"),
        fund=fund or scene.own_fund,
        started_on=scene.day,
    )
    return renovations.begin(new=new, by=scene.cast.owner, at=scene.at)


def let_home(scene: Scene) -> Tenancy:
    unit = scene.unit("A1")
    scene.buy(unit)
    return scene.tenancy(unit, scene.household("H1"))


def charge(scene: Scene, month: dt.date) -> RentCharge:
    [charged] = rents.charge_month(
        organisation=scene.cast.issuer, month=month, by=SYSTEM, at=scene.at
    )
    return charged


def end(scene: Scene, tenancy: Tenancy) -> Tenancy:
    return lettings.end(
        tenancy=tenancy, on=scene.day, reason="moved", by=scene.cast.caseworker, at=scene.at
    )
