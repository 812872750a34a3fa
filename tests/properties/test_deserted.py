"""Sales to which nobody came: the next one, its price by c.p.c. 591, and where people see it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core import audit, clock
from backend.core.money import euro
from properties import deserted, guards
from properties.deserted import NextSale
from properties.models import Acquisition, DesertedSale
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def looked_at(scene: Scene) -> Acquisition:
    """An auction with a base of 40,000 that is held today, without us."""
    auction = scene.auction(scene.unit("A1"))
    auction.sale_on, auction.offer_due_at = scene.day, None
    auction.save()
    return auction


def again(
    scene: Scene, auction: Acquisition, price: str, *, days: int = 80, number: int | None = None
) -> DesertedSale:
    following = NextSale(
        base_price=euro(price), sale_on=scene.day + dt.timedelta(days=days), number=number
    )
    return deserted.record(
        acquisition=auction, following=following, by=scene.cast.owner, at=scene.at
    )


class TestRecord:
    def test_goes_on_with_the_next_sale_and_its_price(self, scene: Scene) -> None:
        auction = looked_at(scene)

        sale = again(scene, auction, "30000.00")

        auction.refresh_from_db()
        assert (sale.number, sale.sale_on, sale.base_price) == (1, scene.day, euro("40000.00"))
        assert auction.base_price == euro("30000.00")
        assert auction.sale_on == scene.day + dt.timedelta(days=80)
        assert audit.history(auction).last().action == "acquisition.deserted"  # type: ignore[union-attr]

    def test_the_price_falls_by_a_quarter_and_after_the_fourth_by_half(self, scene: Scene) -> None:
        auction = looked_at(scene)
        with pytest.raises(deserted.BadPrice):
            again(scene, auction, "29999.99")
        with pytest.raises(deserted.BadPrice):
            again(scene, auction, "40000.01")

        sale = again(scene, auction, "20000.00", number=4)

        assert sale.number == 4

    def test_the_next_number_is_above_the_last(self, scene: Scene) -> None:
        auction = looked_at(scene)
        again(scene, auction, "30000.00", number=2)
        scene.wait(80)

        with pytest.raises(deserted.BadNumber):
            again(scene, auction, "30000.00", number=2)
        assert again(scene, auction, "30000.00").number == 3

    def test_a_sale_that_was_not_held_or_is_over_is_refused(self, scene: Scene) -> None:
        auction = looked_at(scene)
        with pytest.raises(deserted.BadDay):
            again(scene, auction, "30000.00", days=0)
        again(scene, auction, "30000.00")
        with pytest.raises(deserted.NotHeldYet):
            again(scene, auction, "30000.00", days=160)
        scene.wait(90)
        with pytest.raises(guards.TooLate):
            again(scene, auction, "30000.00", days=-1)

    def test_where_we_offered_somebody_came(self, scene: Scene) -> None:
        auction = looked_at(scene)
        scene.move(auction, "REPORT_REVIEWED")
        scene.approve(auction)
        scene.commit(auction, "acquisition.deposit", "4000.00")
        scene.move(auction, "OFFER_FILED", "40000.00")

        with pytest.raises(deserted.NotWaiting):
            again(scene, auction, "30000.00")

    def test_the_database_refuses_a_dearer_sale_and_a_change(self, scene: Scene) -> None:
        auction = looked_at(scene)
        sale = again(scene, auction, "30000.00")

        with pytest.raises(IntegrityError), transaction.atomic():
            DesertedSale.objects.filter(pk=sale.pk).update(next_base_price="41000.00")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            sale.delete()


class TestPageAndEndpoint:
    def test_a_manager_writes_it_down_on_the_page_of_the_home(self, scene: Scene) -> None:
        auction, client = looked_at(scene), Client()
        client.force_login(scene.cast.owner)
        path = reverse("purchase-deserted", args=[auction.pk])
        day = (clock.today() + dt.timedelta(days=90)).isoformat()

        refused = client.post(path, {"base_price": "29000", "sale_on": day})
        client.post(path, {"base_price": "30000", "sale_on": day})

        assert refused.context["deserted_form"].errors["base_price"]
        page = client.get(reverse("home-page", args=[auction.unit_id]))
        assert [sale.number for sale in page.context["deserted_sales"]] == [1]
        assert page.context["least_next_price"] == euro("22500.00")

    def test_the_endpoint_takes_it_and_lists_them(self, scene: Scene) -> None:
        auction, client = looked_at(scene), Client()
        client.force_login(scene.cast.owner)
        path = f"/api/v1/acquisitions/{auction.pk}/deserted/"
        told = {
            "base_price": {"amount": "32000.00", "currency": "EUR"},
            "sale_on": (clock.today() + dt.timedelta(days=90)).isoformat(),
        }

        answers = [client.post(path, told, content_type="application/json") for _time in range(2)]

        assert [answer.status_code for answer in answers] == [201, 409]
        [row] = client.get(path).json()["results"]
        assert row["next_base_price"] == told["base_price"]
