"""Offers in sealed envelopes: which count, which would win, and what decides between equal ones."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from properties import acquisitions, auctions
from properties.auctions import Offer
from properties.guards import TooLate
from tests.properties.scene import Scene, noon

DAY = noon(dt.date(2025, 3, 3))
BASE = euro("40000.00")


def offer(bidder: str, price: int, deposit: int = 10_000, days: int = 120, hours: int = 0) -> Offer:
    filed_at = DAY + dt.timedelta(hours=hours)
    told = {"price": euro(price), "deposit": euro(deposit), "pays_in_days": days}
    return Offer(bidder=bidder, filed_at=filed_at, **told)  # type: ignore[arg-type]


OFFERS = st.builds(
    offer,
    st.text("abc", min_size=1, max_size=3),
    st.integers(20_000, 60_000),
    st.integers(0, 8_000),
    st.integers(30, 120),
    st.integers(0, 48),
)


class TestRanked:
    @given(offers=st.lists(OFFERS, max_size=8))
    def test_only_valid_offers_count_and_the_highest_leads(self, offers: list[Offer]) -> None:
        found = auctions.ranked(offers, base_price=BASE)

        assert all(auctions.is_valid(one, base_price=BASE) for one in found)
        prices = [one.price for one in found]
        assert prices == sorted(prices, reverse=True)
        assert len(found) == sum(auctions.is_valid(one, base_price=BASE) for one in offers)

    @pytest.mark.parametrize(
        ("other", "winner"),
        [
            (offer("them", 40_000, deposit=11_000, days=120, hours=5), "them"),
            (offer("them", 40_000, days=60, hours=5), "them"),
            (offer("them", 40_000, hours=-1), "them"),
            (offer("them", 40_000, hours=1), "us"),
            (offer("them", 29_999), "us"),
            (offer("them", 50_000, deposit=4_999), "us"),
        ],
    )
    def test_deposit_then_payment_then_time_decide(self, other: Offer, winner: str) -> None:
        best = auctions.ranked([offer("us", 40_000), other], base_price=BASE)[0]

        assert best.bidder == winner

    def test_the_order_of_what_decides_may_be_another(self) -> None:
        early, quick = offer("early", 40_000, hours=-1), offer("quick", 40_000, days=30)

        by_time = auctions.ranked([early, quick], base_price=BASE, ties=("filed", "payment"))

        assert by_time[0].bidder == "early"


class TestOrderOf:
    def test_reads_the_names_in_their_order(self) -> None:
        assert auctions.order_of("filed  deposit") == ("filed", "deposit")

    @pytest.mark.parametrize("text", ["luck", "filed filed", "deposit, filed"])
    def test_refuses_what_decides_nothing(self, text: str) -> None:
        with pytest.raises(ValueError, match="order"):
            auctions.order_of(text)


@pytest.mark.money
class TestRecord:
    def test_an_auction_that_is_over_is_not_begun(self, scene: Scene) -> None:
        yesterday = scene.day - dt.timedelta(days=1)
        new = acquisitions.NewAcquisition(
            unit=scene.unit("A1"), route="court_auction", fund=scene.raised, sale_on=yesterday
        )

        with pytest.raises(TooLate):
            acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
