"""A court auction with increase: bids above the base, ten days in which anybody may raise by a fifth."""

import datetime as dt

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from backend.treasury.models import Expectation
from properties import acquisitions, auctions, deposits, gaps, guards, hard_dates
from properties.acquisitions import AnotherRoute
from properties.models import Acquisition, Unit
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def entered(scene: Scene, *, deposit: str = "4000.00") -> Acquisition:
    """With increase, from 40,000 by steps of 1,000; 60,000 approved; we take part with a deposit."""
    new = acquisitions.NewAcquisition(
        unit=scene.unit("A1"),
        route="court_increase",
        fund=scene.raised,
        base_price=euro("40000.00"),
        max_price=euro("60000.00"),
        least_raise=euro("1000.00"),
        sale_on=scene.day,
    )
    auction = acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
    scene.move(auction, "REPORT_REVIEWED")
    scene.approve(auction)
    scene.commit(auction, "acquisition.deposit", deposit)
    scene.move(auction, "OFFER_FILED")
    return auction


class TestTakePart:
    def test_asks_for_a_tenth_of_the_base_price(self, scene: Scene) -> None:
        with pytest.raises(guards.DepositTooSmall):
            entered(scene, deposit="3999.99")

    def test_there_are_no_envelopes(self, scene: Scene) -> None:
        with pytest.raises(AnotherRoute):
            scene.move(entered(scene), "SINGLE_OFFER")


class TestProvisionalAward:
    def test_is_above_the_base_price_by_the_least_raise(self, scene: Scene) -> None:
        auction = entered(scene)

        with pytest.raises(guards.OfferTooLow):
            scene.move(auction, "PROVISIONALLY_AWARDED", "40999.99")
        with pytest.raises(guards.OfferTooHigh):
            scene.move(auction, "PROVISIONALLY_AWARDED", "60000.01")
        with pytest.raises(guards.Incomplete):
            scene.move(auction, "PROVISIONALLY_AWARDED")
        scene.move(auction, "PROVISIONALLY_AWARDED", "41000.00")

    def test_stands_after_ten_days_at_the_price_of_our_bid(self, scene: Scene) -> None:
        auction = entered(scene)
        scene.move(auction, "PROVISIONALLY_AWARDED", "41000.00")
        scene.wait(10)
        with pytest.raises(guards.TooEarly):
            scene.move(auction, "AWARDED", "41000.00")
        scene.wait(1)
        with pytest.raises(guards.OutBid):
            scene.move(auction, "AWARDED", "41000.01")

        scene.move(auction, "AWARDED", "41000.00")

        assert auction.state == "AWARDED"

    def test_is_raised_by_another_and_lost_in_the_contest(self, scene: Scene) -> None:
        auction = entered(scene)
        scene.pay(auction.costs.get())
        scene.move(auction, "PROVISIONALLY_AWARDED", "41000.00")
        scene.wait(9)
        scene.move(auction, "CONTEST")

        scene.move(auction, "LOST")

        [back] = Expectation.objects.filter(owner_kind=deposits.BACK)
        assert back.amount == euro("4000.00")


class TestRaise:
    def outbid(self, scene: Scene) -> Acquisition:
        auction = entered(scene)
        scene.move(auction, "OUTBID", "45000.00")
        return auction

    def test_adds_a_fifth_with_twice_the_deposit(self, scene: Scene) -> None:
        auction = self.outbid(scene)
        with pytest.raises(guards.OfferTooLow):
            scene.move(auction, "RAISED", "53999.99")
        with pytest.raises(guards.DepositTooSmall):
            scene.move(auction, "RAISED", "54000.00")
        scene.commit(auction, "acquisition.deposit", "4000.00")
        scene.wait(10)

        scene.move(auction, "RAISED", "54000.00")
        scene.move(auction, "CONTEST")
        scene.move(auction, "AWARDED", "54000.00")

        assert auction.state == "AWARDED"

    def test_comes_within_ten_days(self, scene: Scene) -> None:
        auction = self.outbid(scene)
        scene.commit(auction, "acquisition.deposit", "4000.00")
        scene.wait(11)

        with pytest.raises(guards.TooLate):
            scene.move(auction, "RAISED", "54000.00")

    def test_its_last_day_stands_in_the_calendar_until_it_is_decided(self, scene: Scene) -> None:
        auction = self.outbid(scene)
        until = scene.day + dt.timedelta(days=30)

        told = {day.kind: day.on for day in hard_dates.upcoming(Unit.objects.all(), until=until)}

        assert told["raise"] == scene.day + dt.timedelta(days=10)
        scene.move(auction, "LOST")
        assert not hard_dates.upcoming(Unit.objects.all(), until=until)


class TestArithmetic:
    @given(cents=st.integers(1, 10**10), times=st.integers(1, 12))
    def test_a_raise_is_dearer_and_a_price_never_falls_below_half(
        self, cents: int, times: int
    ) -> None:
        price = Money(cents, "EUR") / 100

        assert auctions.least_to_raise(price) * 5 == price * 6
        lowest = auctions.lowest_next_price(price, deserted=times)
        assert price / 2 <= lowest < price
        assert (lowest < price * auctions.CUT) == (times >= auctions.FULL_CUTS_AFTER)


class TestNotice:
    def test_of_less_than_45_days_is_told(self, scene: Scene) -> None:
        auction = entered(scene)
        auction.sale_on = scene.day + dt.timedelta(days=60)
        said = []
        for days in (15, 16):
            auction.noticed_on = scene.day + dt.timedelta(days=days)
            said.append(any("45" in sentence for sentence in gaps.missing(auction)))

        assert said == [False, True]
