"""Several at once on real connections: no invoice is charged twice, no grant beyond its amount."""

from collections.abc import Callable, Iterator

import pytest

from backend.core.money import euro
from backend.ledger import checks
from campaigns.grants import costs, standing
from campaigns.grants.costs import GrantSpent, InvoiceCharged, NewCost
from tests.campaigns.grants import given
from tests.campaigns.scene import Scene
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(new_scene: Scene) -> Scene:
    return new_scene


@pytest.fixture(autouse=True)
def books_hold() -> Iterator[None]:
    yield
    assert [check for check in checks.run() if not check.ok] == []


def charging(scene: Scene, new: NewCost) -> Callable[[], object]:
    return lambda: costs.charge(new=new, by=scene.cast.finance, at=scene.at)


class TestAtOnce:
    def test_an_invoice_is_charged_once(self, scene: Scene) -> None:
        invoice = given.invoice(scene)
        grants = [given.grant(scene) for _ in range(3)]
        works = [charging(scene, given.new_cost(scene, one, invoice=invoice)) for one in grants]

        raised = at_once(*works)

        assert sum(problem is None for problem in raised) == 1
        assert {type(one) for one in raised if one} == {InvoiceCharged}

    def test_a_grant_pays_no_more_than_it_is(self, scene: Scene) -> None:
        grant = given.grant(scene)
        invoices = [given.invoice(scene, "4000.00") for _ in range(3)]
        works = [
            charging(scene, given.new_cost(scene, grant, invoice=one, amount="4000.00"))
            for one in invoices
        ]

        raised = at_once(*works)

        assert {type(one) for one in raised if one} == {GrantSpent}
        assert standing.of(grant, on=scene.day).charged == euro("4000.00")
