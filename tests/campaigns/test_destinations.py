"""Where a refund goes: the account it came from, or one that two people confirmed, never one that failed."""

import pytest

from backend.simulators.bank import ibans
from campaigns import destinations
from campaigns.destinations import Destination, choose
from campaigns.models import Refund
from tests.campaigns.returns import bank
from tests.campaigns.scene import Scene

ORIGIN, OTHER = Destination("Anna", "IT1"), Destination("Anna", "IT2")
NONE: frozenset[str] = frozenset()


class TestChoose:
    @pytest.mark.parametrize(
        ("origin", "confirmed", "dead", "wanted"),
        [
            (ORIGIN, None, NONE, ORIGIN),
            (ORIGIN, OTHER, NONE, OTHER),
            (None, OTHER, NONE, OTHER),
            (None, None, NONE, None),
            (ORIGIN, None, frozenset({"IT1"}), None),
            (ORIGIN, OTHER, frozenset({"IT1"}), OTHER),
            (ORIGIN, OTHER, frozenset({"IT2"}), ORIGIN),
            (ORIGIN, OTHER, frozenset({"IT1", "IT2"}), None),
        ],
    )
    def test_prefers_what_was_confirmed_and_shuns_what_failed(
        self,
        origin: Destination | None,
        confirmed: Destination | None,
        dead: frozenset[str],
        wanted: Destination | None,
    ) -> None:
        assert choose(origin, confirmed, dead) == wanted


@pytest.mark.money
class TestOf:
    def test_is_the_account_that_the_bank_wrote(self, scene: Scene) -> None:
        bank.failed_offer(scene, pledgers=2)

        found = destinations.of(list(Refund.objects.select_related("payment__pledge__investor")))

        assert {one.name for one in found.values()} == {"Somebody"}
        assert len({one.iban for one in found.values()}) == 2

    def test_is_never_what_the_investor_merely_said(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        (pledge,) = bank.pledges_of(offer.campaign)
        offer.tell_account(pledge, 77)

        found = destinations.of([bank.refund_of(pledge)])

        assert ibans.synthetic_iban(77) not in {one.iban for one in found.values()}
