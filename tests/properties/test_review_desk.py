"""What the city's desk sets figures against: what they correct, else an earlier day's."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from properties import reviews, snapshots
from properties.differences import Why
from properties.indicators import REGISTRY
from properties.models import Snapshot
from properties.pages.snapshots import WHY
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def submitted(scene: Scene, as_of: dt.date, *, reason: str = "") -> Snapshot:
    cast = scene.cast
    taken = snapshots.take(
        organisation=cast.issuer, as_of=as_of, by=cast.owner, at=scene.at, reason=reason
    )
    return snapshots.submit(snapshot=taken, by=cast.owner, at=scene.at)


def accepted(scene: Scene, as_of: dt.date) -> Snapshot:
    city = scene.cast.city_reviewer
    return reviews.accept(snapshot=submitted(scene, as_of), text="", by=city, at=scene.at)


def read(scene: Scene, snapshot: Snapshot) -> Any:
    client = Client()
    client.force_login(scene.cast.city_reviewer)
    return client.get(reverse("review-snapshot", args=[snapshot.pk])).context


class TestBefore:
    def test_a_restatement_is_set_against_what_it_corrects(self, scene: Scene) -> None:
        accepted(scene, scene.day)
        scene.wait(10)
        day = scene.day
        corrected = accepted(scene, day)
        scene.buy(scene.unit("T1"))

        told = read(scene, submitted(scene, day, reason="One was forgotten."))

        assert told["before"] == corrected
        assert {each["why"] for each in told["changed"]} == {WHY[Why.RESTATED]}

    def test_what_corrects_figures_nobody_accepted_restates_nothing(self, scene: Scene) -> None:
        earlier = accepted(scene, scene.day)
        scene.wait(10)
        day = scene.day
        submitted(scene, day)
        scene.buy(scene.unit("T1"))

        told = read(scene, submitted(scene, day, reason="One was forgotten."))

        assert told["before"] == earlier
        assert told["changed"]
        assert WHY[Why.RESTATED] not in {each["why"] for each in told["changed"]}


class TestWhy:
    def test_every_figure_opens_to_formula_evidence_and_members(self, scene: Scene) -> None:
        client = Client()
        client.force_login(scene.cast.city_reviewer)
        place = reverse("review-snapshot", args=[submitted(scene, scene.day).pk])

        page = client.get(place, headers={"Accept-Language": "en"})

        figures = [*page.context["changed"], *page.context["same"]]
        assert page.text.count('<details class="why">') == len(figures) == len(REGISTRY)
        assert all(each["evidence"] for each in figures)
        assert "fewer than 6 households" in page.text

    def test_a_restated_figure_opens_to_what_was_told_and_why(self, scene: Scene) -> None:
        accepted(scene, scene.day)
        scene.wait(10)
        day = scene.day
        accepted(scene, day)
        scene.buy(scene.unit("T1"))
        again = submitted(scene, day, reason="One was forgotten.")
        client = Client()
        client.force_login(scene.cast.city_reviewer)

        page = client.get(
            reverse("review-snapshot", args=[again.pk]), headers={"Accept-Language": "en"}
        )

        assert "Told before, and corrected" in page.text
