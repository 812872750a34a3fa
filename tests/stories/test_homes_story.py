"""Homes, end to end: an auction lost, one defaulted, a gift refused and one taken, a flat given back.

Each is told as those who do it would tell it, and ends with a table of who has which money.
"""

import datetime as dt

import pytest

from backend.core.money import euro
from backend.ledger import balances
from backend.ledger.models import Account
from backend.treasury.models import Expectation
from properties import acquisitions, auctions, costs, defaults, deposits, lettings
from properties.auctions import Offer
from properties.guards import Incomplete, LivedIn, NoDeposit, NotApproved
from properties.models import Acquisition, CostLine, Unit
from tests import kept
from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene, noon

pytestmark = pytest.mark.money


@pytest.fixture(scope="module")
def kept_scene(kept_cast: Cast) -> Scene:
    return kept.checked(scenes.make(kept_cast))


@pytest.fixture
def scene(kept_scene: Scene, copied: kept.Copied, db: None) -> Scene:
    return copied(kept_scene)


def standing(scene: Scene) -> dict[str, str]:
    """What is where: cash of each fund, what was spent on homes, what own money owes to the raise."""
    places = {
        "raised, cash": ("holding", scene.raised),
        "raised, in homes": ("use", scene.raised),
        "raised, due from own": ("due", scene.raised),
        "own, cash": ("holding", scene.own_fund),
        "own, spent": ("use", scene.own_fund),
    }
    found = {}
    for name, (kind, fund) in places.items():
        ids = Account.objects.filter(kind=kind, fund=fund).values_list("pk", flat=True)
        total = sum((each.amount for each in balances.balances(ids).values()), start=0)
        if total:
            found[name] = f"{total:.2f}"
    return found


def offered(scene: Scene, unit: Unit, *, offer: str, deposit: str) -> Acquisition:
    """Found, read, visited, approved; the deposit is on its way and the offer is filed."""
    auction = scene.auction(unit, price=offer)
    for state in ("REPORT_REVIEWED", "VISITED"):
        scene.move(auction, state)
    scene.approve(auction)
    scene.commit(auction, "acquisition.deposit", deposit)
    scene.move(auction, "OFFER_FILED", offer)
    return auction


def pay_deposit(scene: Scene, auction: Acquisition) -> None:
    scene.pay(auction.costs.get(kind="acquisition.deposit"))


class TestAuctionLost:
    def test_the_deposit_comes_back_and_is_unspent(self, scene: Scene) -> None:
        auction = offered(scene, scene.unit("L1"), offer="40000.00", deposit="4000.00")
        pay_deposit(scene, auction)
        assert standing(scene) == {"raised, cash": "296000.00", "raised, in homes": "4000.00"}

        scene.wait(30)
        scene.move(auction, "CONTEST")
        ours = Offer(
            bidder="us",
            price=euro("40000.00"),
            deposit=euro("4000.00"),
            pays_in_days=120,
            filed_at=noon(scene.day),
        )
        theirs = Offer(
            bidder="them",
            price=euro("40000.00"),
            deposit=euro("5000.00"),
            pays_in_days=120,
            filed_at=noon(scene.day),
        )
        best, _second = auctions.ranked([ours, theirs], base_price=euro("40000.00"))
        assert best == theirs
        scene.move(auction, "LOST")
        [back] = Expectation.objects.filter(owner_kind=deposits.BACK)
        scene.bank((back, back.amount))

        assert standing(scene) == {"raised, cash": "300000.00"}


class TestAuctionDefaulted:
    def test_a_hundred_with_ten_down_resold_at_75_owes_fifteen(self, scene: Scene) -> None:
        scene.fund_own_money("50.00")
        auction = offered(scene, scene.unit("D1"), offer="100.00", deposit="10.00")
        pay_deposit(scene, auction)
        for state in ("SINGLE_OFFER", "AWARDED"):
            scene.move(auction, state, "100.00")
        due = scene.day + dt.timedelta(days=60)
        scene.move(auction, "BALANCE_DUE", balance_due_on=due)
        scene.wait(61)
        scene.move(auction, "DEFAULTED")
        assert standing(scene)["raised, due from own"] == "10.00"

        scene.wait(90)
        line = settle(scene, auction, "75.00")
        assert line is not None
        scene.pay(line)

        assert line.amount == euro("15.00")
        assert standing(scene) == {
            "raised, cash": "299990.00",
            "raised, due from own": "10.00",
            "own, cash": "35.00",
            "own, spent": "25.00",
        }

    def test_a_good_resale_owes_nothing_and_is_told_all_the_same(self, scene: Scene) -> None:
        auction = offered(scene, scene.unit("D1"), offer="100.00", deposit="10.00")
        pay_deposit(scene, auction)
        for state in ("SINGLE_OFFER", "AWARDED"):
            scene.move(auction, state, "100.00")
        scene.move(auction, "BALANCE_DUE", balance_due_on=scene.day)
        scene.wait(1)
        scene.move(auction, "DEFAULTED")

        assert settle(scene, auction, "90.00") is None
        assert not auction.costs.filter(kind="running").exists()

    def test_only_a_default_is_settled(self, scene: Scene) -> None:
        auction = offered(scene, scene.unit("D1"), offer="100.00", deposit="10.00")
        with pytest.raises(defaults.NotDefaulted):
            settle(scene, auction, "75.00")

    def test_nothing_is_won_without_the_deposit(self, scene: Scene) -> None:
        auction = offered(scene, scene.unit("D1"), offer="100.00", deposit="10.00")
        scene.move(auction, "SINGLE_OFFER")
        line = auction.costs.get()
        costs.drop(line=line, reason="Never sent", by=scene.cast.owner, at=scene.at)

        with pytest.raises(NoDeposit):
            scene.move(auction, "AWARDED", "100.00")


class TestGifts:
    def test_one_is_refused_and_one_is_taken(self, scene: Scene) -> None:
        refused, taken = gift(scene, "G1"), gift(scene, "G2")
        scene.move(refused, "DECLINED", document="The heirs contest it")

        scene.approve(taken)
        for kind, amount in (("acquisition.taxes", "700.00"), ("acquisition.notary", "1430.23")):
            scene.pay(scene.commit(taken, kind, amount, fund=scene.raised))
        scene.move(taken, "NOTARY_DEED", document="Deed with two witnesses (c.c. 782)")
        for state in ("REGISTERED", "POSSESSION", "PORTFOLIO"):
            scene.move(taken, state)

        assert [owned(one) for one in (refused, taken)] == ["none", "owned"]
        assert standing(scene) == {"raised, cash": "297869.77", "raised, in homes": "2130.23"}


class TestMandate:
    def test_it_is_signed_with_its_rent_and_its_term(self, scene: Scene) -> None:
        mandate = proposed(scene, scene.unit("M1"))
        with pytest.raises(NotApproved):
            scene.move(mandate, "MANDATE_SIGNED", "350.00", term_ends_on=dt.date(2029, 1, 7))
        scene.approve(mandate)

        for amount, term in (("", dt.date(2029, 1, 7)), ("350.00", None)):
            with pytest.raises(Incomplete):
                scene.move(mandate, "MANDATE_SIGNED", amount, term_ends_on=term)

    def test_a_managed_flat_goes_back_to_its_owner_when_nobody_lives_in_it(
        self, scene: Scene
    ) -> None:
        unit = scene.unit("M1")
        mandate = proposed(scene, unit)
        scene.approve(mandate)
        term = scene.day + dt.timedelta(days=4 * 365)
        scene.move(mandate, "MANDATE_SIGNED", "350.00", term_ends_on=term)
        scene.move(mandate, "IN_MANAGEMENT")
        unit.refresh_from_db()
        tenancy = scene.tenancy(unit, scene.household("H1"))
        scene.wait(400)
        with pytest.raises(LivedIn):
            scene.move(mandate, "RETURNED")

        lettings.end(
            tenancy=tenancy, on=scene.day, reason="moved", by=scene.cast.caseworker, at=scene.at
        )
        scene.wait(1)
        scene.move(mandate, "RETURNED")

        assert owned(mandate) == "returned"
        assert standing(scene) == {"raised, cash": "300000.00"}
        assert costs.paid(mandate) == euro("0.00")


def settle(scene: Scene, auction: Acquisition, price: str) -> CostLine | None:
    resale = defaults.Resale(price=euro(price), due_on=scene.day, payee="Court (synthetic)")
    return defaults.settle(acquisition=auction, resale=resale, by=scene.cast.owner, at=scene.at)


def gift(scene: Scene, code: str) -> Acquisition:
    new = acquisitions.NewAcquisition(unit=scene.unit(code), route="donation")
    acquisition = acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
    scene.move(acquisition, "SCREENED")
    return acquisition


def proposed(scene: Scene, unit: Unit) -> Acquisition:
    new = acquisitions.NewAcquisition(unit=unit, route="mandate")
    acquisition = acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
    scene.move(acquisition, "INSPECTED")
    return acquisition


def owned(acquisition: Acquisition) -> str:
    acquisition.unit.refresh_from_db()
    return acquisition.unit.ownership
