"""What was written down wrongly of a home is put right; what stood before stays known."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.errors import RuleBroken
from backend.core.roles import MayNot
from properties import corrections
from properties.models import Unit
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def correct(scene: Scene, unit: Unit, **told: Any) -> Unit:
    return corrections.correct(
        unit=unit, told=told, reason="Measured again", by=scene.cast.owner, at=scene.at
    )


class TestCorrect:
    def test_what_stood_before_is_kept_with_the_reason(self, scene: Scene) -> None:
        unit = scene.unit("A1")

        correct(scene, unit, rooms=4, omi_zone="D2", code="A-01")

        unit.refresh_from_db()
        [row] = corrections.history(unit)
        assert (unit.rooms, unit.building.omi_zone, unit.code) == (4, "D2", "A-01")
        assert row.reason == "Measured again"
        assert row.facts == {
            "before": {"rooms": "3", "omi_zone": "", "code": "A1"},
            "after": {"rooms": "4", "omi_zone": "D2", "code": "A-01"},
        }

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"rooms": 3}, "correction.nothing_changed"),
            ({"ownership": "owned"}, "correction.not_correctable"),
            ({"code": "A2"}, "unit.code_taken"),
            ({"address": "Via Inventata A2"}, "correction.address_taken"),
            ({"district": 9}, "unit.no_such_district"),
            ({"source": "donation"}, "correction.bought_otherwise"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_changed(
        self, scene: Scene, told: Mapping[str, Any], code: str
    ) -> None:
        unit, _other = scene.unit("A1"), scene.unit("A2")
        scene.auction(unit)

        with pytest.raises(RuleBroken) as refusal:
            correct(scene, unit, **told)

        assert refusal.value.code == code
        assert not corrections.history(unit).exists()

    def test_who_lives_in_it_rests_on_what_is_written(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        correct(scene, unit, occupancy="NO_TITLE")
        unit.refresh_from_db()
        scene.household("H1", was_living_in=unit)

        with pytest.raises(corrections.PeopleStay):
            correct(scene, unit, occupancy="FREE")

    def test_it_has_a_reason_and_is_a_managers(self, scene: Scene) -> None:
        unit, cast = scene.unit("A1"), scene.cast
        with pytest.raises(corrections.NoReason):
            corrections.correct(
                unit=unit, told={"rooms": 4}, reason=" ", by=cast.owner, at=scene.at
            )
        with pytest.raises(MayNot):
            corrections.correct(
                unit=unit, told={"rooms": 4}, reason="Wrong", by=cast.finance, at=scene.at
            )


class TestPageAndEndpoint:
    def test_a_manager_corrects_and_sees_what_stood_before(self, scene: Scene) -> None:
        unit, client = scene.unit("A1"), Client()
        client.force_login(scene.cast.owner)
        address = reverse("home-correct", args=[unit.pk])
        form = client.get(address).context["form"]
        typed = {name: form.initial[name] or "" for name in form.fields if name != "reason"}

        refused = client.post(address, {**typed, "rooms": "4"})
        client.post(address, {**typed, "rooms": "4", "reason": "Counted again"})

        assert refused.context["form"].errors["reason"]
        page = client.get(reverse("home-page", args=[unit.pk])).content.decode()
        assert "Counted again" in page
        assert "3 → 4" in page

    def test_the_endpoint_corrects_and_tells(self, scene: Scene) -> None:
        unit, client = scene.unit("A1"), Client()
        client.force_login(scene.cast.owner)
        path = f"/api/v1/units/{unit.pk}/corrections/"

        answer = client.post(
            path, {"reason": "The act says so", "year_built": 1958}, content_type="application/json"
        )

        assert (answer.status_code, answer.json()["year_built"]) == (201, 1958)
        [row] = client.get(path).json()["results"]
        assert (row["before"], row["after"]) == ({"year_built": ""}, {"year_built": "1958"})
