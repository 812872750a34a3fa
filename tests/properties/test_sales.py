"""Homes sold: the price returns to the funds that bought them, and every cent stays traced."""

import datetime as dt

import pytest

from backend.core import approvals
from backend.core.approvals import SamePerson
from backend.core.money import euro
from backend.ledger import balances
from backend.treasury.models import Expectation
from properties import figures, sales
from properties.models import Sale, Unit
from properties.sales import LivedIn, NotOurs, PriceNotPaid, SoldAlready
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def agreed(scene: Scene, unit: Unit, price: str = "50000.00") -> Sale:
    new = sales.NewSale(unit=unit, price=euro(price), due_on=scene.day, buyer="Buyer (synthetic)")
    return sales.agree(new=new, by=scene.cast.owner, at=scene.at)


def approved(scene: Scene, unit: Unit, price: str = "50000.00") -> Sale:
    sale = agreed(scene, unit, price)
    waiting = approvals.waiting(action=sales.ACTION, subject=sale)
    assert waiting is not None
    approvals.approve(approval=waiting, by=scene.cast.colleague, at=scene.at)
    sale.refresh_from_db()
    return sale


def sold(scene: Scene, unit: Unit, price: str = "50000.00") -> Sale:
    sale = approved(scene, unit, price)
    scene.bank(*((part.expectation, part.amount) for part in sale.parts.all()))
    return sales.close(sale=sale, deed_on=scene.day, by=scene.cast.owner, at=scene.at)


def traced(scene: Scene) -> dict[str, int]:
    """Cents of all pledges of the raise: in homes, unspent, gained."""
    [book] = figures.fund_books(scene.cast.issuer, until=dt.date.max)
    found = book.trace()
    return {
        "in homes": sum(sum(row) for row in found.rows),
        "unspent": sum(found.unspent_cents),
        "gained": sum(sum(row) for row in found.gain_rows),
    }


class TestClose:
    def test_the_price_is_unspent_again_and_a_gain_is_the_funds(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit, price="40000.00")

        sold(scene, unit, "50000.00")

        unit.refresh_from_db()
        assert unit.ownership == "sold"
        assert traced(scene) == {"in homes": 0, "unspent": 310_000_00, "gained": 10_000_00}

    def test_a_loss_stays_spent_on_the_home(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit, price="40000.00")

        sold(scene, unit, "30000.00")

        assert traced(scene) == {"in homes": 10_000_00, "unspent": 290_000_00, "gained": 0}

    def test_what_came_back_buys_another_home_with_the_gain(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit, price="300000.00")
        sold(scene, unit, "300500.00")

        scene.buy(scene.unit("A2"), price="300400.00")

        assert traced(scene) == {"in homes": 300_400_00, "unspent": 100_00, "gained": 500_00}

    def test_each_fund_gets_its_share(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        purchase = scene.buy(unit, price="30000.00")
        scene.fund_own_money("20000.00")
        scene.pay(scene.commit(purchase, "acquisition.taxes", "10000.00", fund=scene.own_fund))

        sale = approved(scene, unit, "50000.00")

        parts = {part.fund.code: part.amount for part in sale.parts.all()}
        assert parts == {"own": euro("12500.00"), scene.raised.code: euro("37500.00")}

    def test_no_deed_before_the_bank_shows_the_price(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        sale = approved(scene, unit)

        with pytest.raises(PriceNotPaid):
            sales.close(sale=sale, deed_on=scene.day, by=scene.cast.owner, at=scene.at)

    def test_the_books_have_the_price_where_the_bank_has_it(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit, price="40000.00")
        sale = sold(scene, unit, "50000.00")

        part = sale.parts.get()

        assert balances.balance(part.expectation.target) == euro("310000.00")
        assert balances.balance(part.account) == euro("-10000.00")


class TestAgree:
    def test_a_home_that_is_not_ours_is_not_sold(self, scene: Scene) -> None:
        with pytest.raises(NotOurs):
            agreed(scene, scene.unit("A1"))

    def test_a_home_is_sold_once(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        agreed(scene, unit)

        with pytest.raises(SoldAlready):
            agreed(scene, unit)

    def test_nobody_is_sold_with_their_home(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, scene.household("H1"))

        with pytest.raises(LivedIn):
            agreed(scene, unit)

    def test_nobody_approves_alone(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        waiting = approvals.waiting(action=sales.ACTION, subject=agreed(scene, unit))
        assert waiting is not None

        with pytest.raises(SamePerson):
            approvals.approve(approval=waiting, by=scene.cast.owner, at=scene.at)


class TestCancel:
    def test_what_the_buyer_paid_goes_back(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit, price="40000.00")
        sale = approved(scene, unit)
        part = sale.parts.get()
        scene.bank((part.expectation, euro("5000.00")))

        sales.cancel(sale=sale, reason="No loan", by=scene.cast.owner, at=scene.at)
        [back] = Expectation.objects.filter(owner_kind=sales.BACK)
        scene.bank((back, back.amount))

        assert balances.balance(part.account) == euro("0.00")
        assert traced(scene)["in homes"] == 40_000_00

    def test_a_home_may_be_sold_after_a_sale_came_to_nothing(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        sales.cancel(sale=agreed(scene, unit), reason="Too low", by=scene.cast.owner, at=scene.at)

        assert sold(scene, unit).state == "closed"
