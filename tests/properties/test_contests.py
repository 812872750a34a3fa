"""The envelopes of an auction: written down once, ranked, and no award below the best of them."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core.models import Parameter
from backend.core.money import euro
from properties import contests, defaults, guards, hard_dates
from properties.auctions import Offer
from properties.contests import OURS
from properties.models import Acquisition, AuctionOffer, Unit
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def filed(scene: Scene) -> Acquisition:
    """Our offer of 40,000 is filed; up to 50,000 were approved."""
    auction = scene.auction(scene.unit("A1"), price="50000.00")
    scene.move(auction, "REPORT_REVIEWED")
    scene.approve(auction)
    scene.commit(auction, "acquisition.deposit", "4000.00")
    scene.move(auction, "OFFER_FILED", "40000.00")
    return auction


class TestParameter:
    @pytest.mark.parametrize(("value", "is_kept"), [("payment filed", True), ("deposits", False)])
    def test_a_mistyped_order_is_refused_where_it_is_written(
        self, scene: Scene, value: str, is_kept: bool
    ) -> None:
        scene.cast.administrator.is_staff = scene.cast.administrator.is_superuser = True
        scene.cast.administrator.save()
        client = Client()
        client.force_login(scene.cast.administrator)
        told = {"code": contests.TIES, "value": value, "valid_from": "2026-01-01", "source": "-"}

        page = client.post(reverse("admin:core_parameter_add"), told)

        assert (page.status_code == 302) is is_kept
        assert Parameter.objects.filter(code=contests.TIES, value=value).exists() is is_kept


def offer(scene: Scene, bidder: str, price: str, deposit: str) -> Offer:
    return Offer(
        bidder=bidder,
        price=euro(price),
        deposit=euro(deposit),
        pays_in_days=120,
        filed_at=scene.at - dt.timedelta(hours=1),
    )


def opened(scene: Scene, auction: Acquisition) -> None:
    offers = [
        offer(scene, "1", "40000.00", "5000.00"),
        offer(scene, OURS, "40000.00", "4000.00"),
        offer(scene, "3", "45000.00", "1000.00"),
        offer(scene, "4", "39000.00", "3900.00"),
    ]
    contests.open_envelopes(acquisition=auction, offers=offers, by=scene.cast.owner, at=scene.at)


class TestOpenEnvelopes:
    def test_a_void_offer_is_kept_and_has_no_rank(self, scene: Scene) -> None:
        auction = filed(scene)
        opened(scene, auction)

        ranked = [(rank, row.number, row.is_ours) for rank, row in contests.ranking(auction)]

        assert ranked == [(1, 1, False), (2, 2, True), (3, 4, False), (None, 3, False)]

    def test_they_are_opened_once_and_one_is_ours(self, scene: Scene) -> None:
        auction = filed(scene)
        theirs = [offer(scene, "1", "41000.00", "5000.00")]
        with pytest.raises(contests.NotOneOfOurs):
            contests.open_envelopes(
                acquisition=auction, offers=theirs, by=scene.cast.owner, at=scene.at
            )
        other = [offer(scene, OURS, "40001.00", "5000.00")]
        with pytest.raises(contests.BadOffer):
            contests.open_envelopes(
                acquisition=auction, offers=other, by=scene.cast.owner, at=scene.at
            )
        opened(scene, auction)

        with pytest.raises(contests.OpenedAlready):
            opened(scene, auction)

    def test_nothing_is_opened_before_an_offer(self, scene: Scene) -> None:
        with pytest.raises(contests.NotOpened):
            opened(scene, scene.auction(scene.unit("A1")))

    def test_the_database_keeps_one_of_ours(self, scene: Scene) -> None:
        auction = filed(scene)
        opened(scene, auction)

        with pytest.raises(IntegrityError), transaction.atomic():
            AuctionOffer.objects.filter(acquisition=auction, number=1).update(is_ours=True)


class TestTies:
    def test_the_order_in_force_on_the_day_of_the_sale_decides(self, scene: Scene) -> None:
        auction, days = filed(scene), (scene.day, scene.day + dt.timedelta(days=30))
        first = offer(scene, "1", "40000.00", "4500.00")
        ours = replace(offer(scene, OURS, "40000.00", "4000.00"), pays_in_days=60)
        told = {"acquisition": auction, "by": scene.cast.owner, "at": scene.at}
        contests.open_envelopes(offers=[first, ours], **told)
        Parameter.objects.create(
            code=contests.TIES, value="payment deposit filed", valid_from=days[1], source="a test"
        )

        won = []
        for day in days:
            auction.sale_on = day
            won.append(contests.ranking(auction)[0][1].is_ours)

        assert won == [False, True]


class TestBindingOffer:
    def test_is_free_after_120_days_and_the_day_stands_in_the_calendar(self, scene: Scene) -> None:
        auction = filed(scene)
        until = scene.day + dt.timedelta(days=130)

        days = hard_dates.upcoming(Unit.objects.all(), until=until)

        told = {each.kind: each.on for each in days}
        assert told["offer_free"] == scene.day + dt.timedelta(days=120)
        scene.move(auction, "SUSPENDED")
        assert not hard_dates.upcoming(Unit.objects.all(), until=until)


class TestAward:
    def test_is_not_below_the_best_valid_offer(self, scene: Scene) -> None:
        auction = filed(scene)
        opened(scene, auction)
        scene.move(auction, "CONTEST")
        AuctionOffer.objects.filter(number=4).update(price="45000.00", deposit="4500.00")

        with pytest.raises(guards.OutBid):
            scene.move(auction, "AWARDED", "44000.00")

        scene.move(auction, "AWARDED", "45500.00")

    @pytest.mark.parametrize("opened_as", ["SINGLE_OFFER", "CONTEST"])
    def test_says_its_price(self, scene: Scene, opened_as: str) -> None:
        auction = filed(scene)
        scene.move(auction, opened_as)

        with pytest.raises(guards.Incomplete):
            scene.move(auction, "AWARDED")

    def test_is_what_must_be_paid_however_low_our_offer_was(self, scene: Scene) -> None:
        auction = filed(scene)
        scene.move(auction, "CONTEST")
        scene.move(auction, "AWARDED", "45500.00")

        assert contests.price_won(auction) == euro("45500.00")

    def test_without_a_price_is_no_balance_and_no_default_of_nothing(self, scene: Scene) -> None:
        """A row as it could be written before the price was asked for."""
        auction = filed(scene)
        due = {"balance_due_on": scene.day}
        Acquisition.objects.filter(pk=auction.pk).update(state="BALANCE_DUE", **due)
        auction.refresh_from_db()

        with pytest.raises(contests.NoPriceWon):
            scene.move(auction, "BALANCE_PAID")
        with pytest.raises(contests.NoPriceWon):
            defaults.owed_after(auction, euro("1.00"))

    def test_a_void_offer_wins_nothing(self, scene: Scene) -> None:
        auction = filed(scene)
        opened(scene, auction)
        scene.move(auction, "CONTEST")

        scene.move(auction, "AWARDED", "40500.00")

        assert auction.state == "AWARDED"


class TestPageAndEndpoint:
    def test_a_manager_writes_them_down_and_sees_the_rank(self, scene: Scene) -> None:
        auction, client = filed(scene), Client()
        client.force_login(scene.cast.owner)
        path = reverse("purchase-envelopes", args=[auction.pk])
        refused = client.post(path, {"pays_in_days": "120", "price_1": "41.000,00"})
        typed = {"pays_in_days": "120", "price_1": "41000", "deposit_1": "4100", "days_1": "90"}

        client.post(path, typed)

        assert refused.context["envelopes_form"].errors["price_1"]
        page = client.get(reverse("home-page", args=[auction.unit_id]))
        assert [(rank, row.is_ours) for rank, row in page.context["offers"]] == [
            (1, False),
            (2, True),
        ]

    def test_the_endpoint_takes_them_and_tells_the_rank(self, scene: Scene) -> None:
        auction, client = filed(scene), Client()
        client.force_login(scene.cast.owner)
        path = f"/api/v1/acquisitions/{auction.pk}/offers/"
        facts = {"pays_in_days": 120, "filed_at": scene.at.isoformat()}
        told = [
            {"is_ours": is_ours, "price": money(price), "deposit": money(deposit), **facts}
            for is_ours, price, deposit in (
                (True, "40000.00", "4000.00"),
                (False, "39000.00", "3900.00"),
            )
        ]

        answer = client.post(path, {"offers": told}, content_type="application/json")

        assert answer.status_code == 201
        rows = client.get(path).json()["results"]
        assert [(row["rank"], row["is_ours"]) for row in rows] == [(1, True), (2, False)]


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}
