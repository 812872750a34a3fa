"""A special purpose vehicle buys one home and no second."""

import pytest

from campaigns.models import Campaign
from properties import vehicles
from tests.properties.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def vehicle(scene: Scene) -> Scene:
    Campaign.objects.filter(fund=scene.raised).update(is_spv=True)
    return scene


@pytest.mark.rule("R5")
class TestRefuseSecond:
    def test_a_second_home_is_refused_when_it_is_tried(self, vehicle: Scene) -> None:
        vehicle.auction(vehicle.unit("A-1"))

        with pytest.raises(vehicles.SecondHome):
            vehicle.auction(vehicle.unit("A-2"))

    def test_the_same_home_may_be_tried_again(self, vehicle: Scene) -> None:
        unit = vehicle.unit("A-1")
        vehicle.auction(unit)

        assert vehicle.auction(unit).unit == unit

    def test_a_try_that_failed_leaves_the_place_free(self, vehicle: Scene) -> None:
        lost = vehicle.auction(vehicle.unit("A-1"))
        vehicle.move(lost, "WITHDRAWN_BEFORE_OFFER")

        assert vehicle.auction(vehicle.unit("A-2"))

    def test_who_is_no_vehicle_buys_as_many_as_it_can(self, scene: Scene) -> None:
        scene.auction(scene.unit("A-1"))

        assert scene.auction(scene.unit("A-2"))
