"""Plan against commitment against actual: by line of the plan and by home, adding up to the same."""

import pytest

from backend.core.money import ZERO, euro
from campaigns.models import UseOfFundsLine
from properties import plans
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def planned(scene: Scene, amount: str, purpose: str, home: str = "") -> None:
    UseOfFundsLine.objects.create(
        campaign=scene.campaign,
        label_it=purpose,
        label_en=purpose,
        amount=euro(amount),
        purpose=purpose,
        home=home,
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

    def test_a_line_for_one_home_stands_beside_what_that_home_cost(self, scene: Scene) -> None:
        planned(scene, "45000.00", "acquisition.price", home="A1")
        planned(scene, "200000.00", "acquisition.price")
        scene.buy(scene.unit("A1"), price="40000.00")
        scene.buy(scene.unit("A2"), price="30000.00")

        found = plans.comparison(scene.campaign)

        own, rest = found.lines[:2]
        assert (own.committed, own.variance) == (euro("40000.00"), euro("5000.00"))
        assert rest.committed == euro("30000.00")
        [one, other] = found.homes
        assert (one.planned, one.is_planned) == (euro("45000.00"), True)
        assert one.variance == one.planned - one.committed
        assert (other.planned, other.is_planned) == (ZERO, False)


class TestByLine:
    @pytest.mark.parametrize(
        ("lines", "committed"),
        [
            ([("price", "A1"), ("", "A1"), ("price", "")], [5, 0, 0]),
            ([("", "A1"), ("price", "")], [5, 0]),
            ([("price", ""), ("notary", "A1")], [5, 0]),
            ([("", ""), ("", "A2")], [0, 0, 5]),
        ],
    )
    def test_a_cost_goes_to_the_line_that_is_most_its_own(
        self, lines: list[tuple[str, str]], committed: list[int]
    ) -> None:
        price = "acquisition.price"
        planned = [
            plans.Line("x", euro("9.00"), price if purpose == "price" else purpose, home)
            for purpose, home in lines
        ]
        cost = plans.Cost(price, "A1", euro("5.00"), ZERO)

        rows = plans.by_line(planned, [cost])

        assert [row.committed for row in rows] == [euro(f"{each}.00") for each in committed]
