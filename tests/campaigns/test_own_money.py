"""Own money: what it has, what it owes to raised capital, and that it makes a lost deposit good."""

import pytest

from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import accounts, balances, posting
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import Account, Purpose
from backend.ledger.posting import FundRule, Leg, NewEntry
from backend.treasury import expectations, references
from backend.treasury.models import Expectation
from campaigns import holding, own_money, purses
from campaigns.models import Campaign
from tests.campaigns.grants import given
from tests.campaigns.scene import Scene
from tests.campaigns.test_members import closed

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]
Kind = Account.Kind


@pytest.fixture
def campaign(scene: Scene) -> Campaign:
    """A success of 3,000 euro, released, of which 400 were lost as an auction's deposit."""
    campaign = closed(scene, scene.pledge(scene.open_campaign(), shares=30))
    order = holding.release(campaign=campaign, by=SYSTEM, at=scene.at)
    scene.bank(scene.restricted, (-order.amount, order.reference))
    scene.bank(scene.ordinary, (order.amount, order.reference))
    lose_deposit(scene, campaign)
    return scene.fresh(campaign)


def lose_deposit(scene: Scene, campaign: Campaign) -> None:
    """As properties books it: paid by a line, then due from own money (its books are a floor above)."""
    raised, own, amount = purses.fund(campaign), scene.own_fund, euro("400.00")
    spent, due, owed, borne = accounts.open_many(
        [
            AccountSpec("unit:1:deposit", Kind.USE, raised, Purpose.DEPOSIT),
            AccountSpec(f"due:{raised.code}", Kind.DUE, raised),
            AccountSpec(f"owed:{own.code}", Kind.OWED, own),
            AccountSpec("unit:1:deposit:own", Kind.USE, own, Purpose.DEPOSIT),
        ]
    )
    reference = references.creditor_reference("a deposit")
    spec = expectations.ExpectationSpec(
        reference=reference,
        direction=Expectation.Direction.OUT,
        amount=amount,
        bank_account=scene.ordinary,
        source=purses.released(campaign),
        target=spent,
        owner_kind="test",
        owner_key="deposit",
    )
    expectations.open_one(spec=spec, at=scene.at)
    scene.bank(scene.ordinary, (-amount, reference))
    legs = (Leg(spent, due, amount), Leg(owed, borne, amount))
    entry = NewEntry("forfeit:1", "deposit_forfeited", scene.day, legs)
    posting.post(entry=entry, by=SYSTEM, at=scene.at)


class TestStanding:
    def test_says_what_is_owed_to_which_campaign(self, scene: Scene, campaign: Campaign) -> None:
        found = own_money.standing(scene.cast.issuer)

        assert [(one.campaign, one.amount) for one in found.owes] == [(campaign, euro("400.00"))]
        assert found.is_short

    def test_says_what_was_spent(self, scene: Scene) -> None:
        scene.own_money("2000.00")
        cost = given.charge(scene, None, fund=scene.own_fund, purpose=Purpose.RUNNING)
        given.pay(scene, cost)

        found = own_money.standing(scene.cast.issuer)

        assert (found.cash, found.owed) == (euro("500.00"), ZERO)
        assert [one.amount for one in found.spent] == [euro("1500.00")]


class TestTopUp:
    def test_makes_a_lost_deposit_good(self, scene: Scene, campaign: Campaign) -> None:
        scene.own_money("1000.00")

        holding.top_up_fees(campaign=campaign, by=scene.cast.owner, at=scene.at)

        assert own_money.standing(scene.cast.issuer).owed == ZERO
        assert balances.balance(purses.released(campaign)) == euro("3000.00")
        assert balances.balance(purses.own_holding(campaign)) == euro("600.00")
        with pytest.raises(holding.NothingDue):
            holding.top_up_fees(campaign=campaign, by=scene.cast.owner, at=scene.at)

    def test_wants_real_money(self, scene: Scene, campaign: Campaign) -> None:
        scene.own_money("399.99")

        with pytest.raises(FundRule):
            holding.top_up_fees(campaign=campaign, by=scene.cast.owner, at=scene.at)
