"""Plan against commitment against actual: by line of the plan and by home, adding up to the same."""

import pytest

from backend.core.money import ZERO, euro
from campaigns.models import UseOfFundsLine
from properties import plans
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def planned(scene: Scene, amount: str, purpose: str) -> None:
    UseOfFundsLine.objects.create(
        campaign=scene.campaign,
        label_it=purpose,
        label_en=purpose,
        amount=euro(amount),
        purpose=purpose,
    )


class TestComparison:
    def test_a_home_bought_stands_beside_its_line(self, scene: Scene) -> None:
        planned(scene, "250000.00", "acquisition.price")
        scene.buy(scene.unit("A1"), price="40000.00")

        found = plans.comparison(scene.campaign)

        price = next(row for row in found.lines if row.label == "acquisition.price")
        assert price.committed > ZERO
        assert price.variance == price.planned - price.committed
        assert [row.label for row in found.homes] == ["A1"]
        assert found.homes[0].paid == found.total.paid > ZERO

    def test_what_nobody_planned_is_named(self, scene: Scene) -> None:
        planned(scene, "300000.00", "acquisition.notary")

        scene.buy(scene.unit("A1"))

        found = plans.comparison(scene.campaign)
        assert {row.is_planned for row in found.lines} == {True, False}
        assert sum((row.committed for row in found.homes), ZERO) == found.total.committed

    def test_two_lines_of_one_purpose_share_what_was_spent(self, scene: Scene) -> None:
        for amount in ("100000.00", "150000.00"):
            planned(scene, amount, "acquisition.price")

        [row] = plans.comparison(scene.campaign).lines

        assert (row.planned, row.committed) == (euro("250000.00"), ZERO)
