"""Whether all of a rent or a cost has come, kept by the database beside it."""

import datetime as dt

import pytest
from django.db import connection

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.treasury import allocations
from backend.treasury.models import Allocation
from properties import invariants, rents
from properties.models import CostLine, RentCharge
from tests.ledger import raw
from tests.properties.scene import START, Scene

pytestmark = pytest.mark.money


@pytest.fixture
def charge(scene: Scene) -> RentCharge:
    unit = scene.unit("A1")
    scene.buy(unit)
    scene.tenancy(unit, scene.household("H1"))
    month = dt.date(START.year, START.month + 1, 1)
    [charged] = rents.charge_month(
        organisation=scene.cast.issuer, month=month, by=SYSTEM, at=scene.at
    )
    scene.day = month
    return charged


def is_paid(row: RentCharge | CostLine) -> bool:
    row.refresh_from_db()
    return row.is_paid


class TestRents:
    def test_a_rent_is_paid_when_all_of_it_came(self, scene: Scene, charge: RentCharge) -> None:
        told = [is_paid(charge)]
        for part in ("100.00", "220.00"):
            scene.bank((charge.expectation, euro(part)))
            told.append(is_paid(charge))

        assert told == [False, False, True]

    def test_what_is_taken_back_is_owed_again(self, scene: Scene, charge: RentCharge) -> None:
        scene.bank((charge.expectation, charge.expectation.amount))
        [met] = Allocation.objects.filter(expectation=charge.expectation)
        before = is_paid(charge)

        allocations.take_back(allocation=met, by=SYSTEM, at=scene.at, reason="another's")

        assert (before, is_paid(charge)) == (True, False)

    def test_no_stale_copy_says_otherwise(self, scene: Scene, charge: RentCharge) -> None:
        scene.bank((charge.expectation, charge.expectation.amount))

        charge.save()

        assert is_paid(charge)


class TestCosts:
    def test_a_cost_is_paid_by_its_line(self, scene: Scene) -> None:
        line = scene.commit(scene.buy(scene.unit("A1")), "acquisition.taxes", "900.00")
        before = is_paid(line)

        scene.pay(line)

        assert (before, is_paid(line)) == (False, True)


class TestInvariant:
    def test_finds_what_was_kept_wrongly(self, charge: RentCharge) -> None:
        assert invariants.paid_is_what_came() == []

        with connection.cursor() as cursor:
            raw.force(f"UPDATE properties_rentcharge SET is_paid = true WHERE id = {charge.pk}")
            found = invariants.paid_is_what_came()
            cursor.execute("UPDATE properties_rentcharge SET is_paid = is_paid")

        assert found == [f"rent {charge.pk} is paid: True but came: 0 of 320.00"]
