"""Homes that stand empty: since when, why it began, and what they wait for (housing.md 3.2)."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from properties import lettings, voids
from properties.models import Household, Unit
from tests.properties.scene import Scene
from tests.properties.test_works import begun

pytestmark = pytest.mark.money


def told(scene: Scene, who: str = "owner") -> list[tuple[str, dt.date, str, str]]:
    reader = getattr(scene.cast, who)
    found = voids.standing(Unit.objects.all(), on=scene.day, reader=reader)
    return [(void.unit.code, void.since, void.because, void.awaits) for void in found]


class TestStanding:
    def test_a_home_came_empty_was_let_and_is_empty_again(self, scene: Scene) -> None:
        unit, bought_on = scene.unit("A1"), scene.day
        assert told(scene) == []
        scene.buy(unit)
        bought_on = unit.acquisitions.get().title_on or bought_on
        assert told(scene) == [("A1", bought_on, "ACQUIRED_VACANT", "AWAITING_REFERRAL")]
        tenancy = scene.tenancy(unit, scene.household("H1"))
        assert told(scene) == []
        scene.wait(90)

        lettings.end(
            tenancy=tenancy,
            on=scene.day,
            reason="",
            code="EVICTED_ARREARS",
            by=scene.cast.caseworker,
            at=scene.at,
        )

        assert told(scene) == [("A1", scene.day, "EVICTED_ARREARS", "AWAITING_REFERRAL")]
        assert told(scene, "city_reviewer") == [("A1", scene.day, "", "AWAITING_REFERRAL")]
        Household.objects.update(is_restricted=True)
        assert told(scene) == [("A1", scene.day, "", "AWAITING_REFERRAL")]

    def test_works_are_what_it_waits_for(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        begun(scene, unit)

        [(_code, _since, _because, awaits)] = told(scene)

        assert awaits == "WORKS"

    def test_a_home_bought_with_people_in_it_is_not_empty(self, scene: Scene) -> None:
        scene.buy(scene.unit("A1", occupancy="DEBTOR_FAMILY"))

        assert told(scene) == []

    def test_all_are_found_by_one_query(self, scene: Scene, django_assert_num_queries: Any) -> None:
        for code in ("A1", "A2", "A3"):
            scene.buy(scene.unit(code))

        with django_assert_num_queries(1):
            assert len(told(scene)) == 3


class TestPageAndEndpoint:
    def test_say_since_when_and_why(self, scene: Scene) -> None:
        unit, client = scene.unit("A1"), Client()
        scene.buy(unit)
        client.force_login(scene.cast.owner)

        page = client.get(reverse("home-page", args=[unit.pk]))
        [row] = client.get("/api/v1/voids/").json()["results"]

        assert page.context["void"].because == row["because"] == "ACQUIRED_VACANT"


class TestPage:
    def test_lists_them_with_why_and_for_how_long(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        client = Client()
        client.force_login(scene.cast.owner)

        shown = client.get(reverse("voids"), headers={"Accept-Language": "en"}).content.decode()

        assert "A1" in shown
        assert "it came to us empty" in shown
        assert reverse("voids") in client.get(reverse("homes")).content.decode()
