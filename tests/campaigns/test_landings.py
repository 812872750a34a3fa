"""One payout over campaigns with restricted accounts of their own: divided to the cent, then moved on."""

import pytest
from django.test import Client

from backend.core.money import ZERO, euro
from backend.ledger import balances
from backend.simulators.bank import ibans
from backend.treasury import bank_accounts
from backend.treasury.models import Allocation, BankAccount, BankLine
from campaigns import figures, purses
from campaigns.models import Campaign, Payout
from campaigns.provider import landings, payouts
from campaigns.stripe_gateway import PayoutTold
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene
from tests.campaigns.test_payments import arrived_payout, paid_by_card

pytestmark = pytest.mark.money


@pytest.fixture
def two(scene: Scene, provider: Provider) -> tuple[Campaign, Campaign, Payout]:
    """Two offers, a restricted account each; one payout with 500 of the first, 600 of the second."""
    other = bank_accounts.open_bank_account(
        iban=ibans.synthetic_iban(77),
        holder=scene.cast.issuer,
        name="Second restricted",
        kind=BankAccount.Kind.RESTRICTED,
    )
    first, second = scene.open_campaign(), scene.open_campaign(restricted_account=other)
    paid_by_card(scene, provider, scene.pledge(first))
    paid_by_card(scene, provider, scene.pledge(second, shares=6))
    told = arrived_payout(scene, provider)
    return first, second, Payout.objects.get(provider_id=told["id"])


def lands(scene: Scene, payout: Payout, place: BankAccount) -> BankLine:
    scene.bank(place, (payout.amount, payout.provider_id))
    return BankLine.objects.latest("id")


def waits_at(place: BankAccount, campaign: Campaign) -> object:
    fund = purses.fund(campaign)
    return balances.balance(bank_accounts.sub_account(bank_account=place, fund=fund))


class TestGather:
    def test_each_fund_gets_its_part_where_the_line_came(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout]
    ) -> None:
        first, second, payout = two

        line = lands(scene, payout, scene.restricted)

        # 500 less 7.75, and 600 less 9.25, which own money owes.
        assert waits_at(scene.restricted, first) == euro("492.25")
        assert waits_at(scene.restricted, second) == euro("590.75")
        assert balances.balance(purses.due(second)) == euro("9.25")
        assert [part.amount for part in Allocation.objects.filter(line=line)] == [
            euro("492.25"),
            euro("590.75"),
        ]
        for campaign, settled in ((first, "500.00"), (second, "600.00")):
            assert balances.balance(purses.clearing(campaign)) == ZERO
            assert figures.of_campaign(campaign, at=scene.at).settled == euro(settled)

    def test_what_is_anothers_is_awaited_there_and_arrives(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout]
    ) -> None:
        _first, second, payout = two
        lands(scene, payout, scene.restricted)
        [onward] = landings.onward(payout)
        scene.wait(1)

        scene.bank(scene.restricted, (-onward.amount, onward.reference))
        between = (waits_at(scene.restricted, second), balances.balance(purses.held(second)))
        scene.bank(purses.restricted_account(second), (onward.amount, onward.reference))

        assert between == (ZERO, ZERO)
        assert balances.balance(purses.held(second)) == euro("590.75")
        [after] = landings.onward(payout)
        assert after.received == onward.amount.amount

    def test_it_may_land_at_either(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout]
    ) -> None:
        first, second, payout = two

        lands(scene, payout, purses.restricted_account(second))

        [onward] = landings.onward(payout)
        assert (onward.amount, onward.bank_account_id) == (euro("492.25"), scene.restricted.pk)
        assert waits_at(purses.restricted_account(second), first) == euro("492.25")

    @pytest.mark.parametrize("cents", ["-0.01", "0.01"])
    def test_another_sum_is_left_to_a_person(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout], cents: str
    ) -> None:
        payout = two[2]

        scene.bank(scene.restricted, (payout.amount + euro(cents), payout.provider_id))

        assert not Allocation.objects.exists()
        assert landings.onward(payout) == []

    def test_money_at_another_issuers_bank_is_left_to_people(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout]
    ) -> None:
        payout = two[2]
        place = BankAccount(pk=scene.restricted.pk, holder=scene.cast.rival)

        with pytest.raises(landings.AnothersAccount):
            landings.gather(payout.pk, place=place, at=scene.at)

    def test_the_same_statement_again_changes_nothing(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout]
    ) -> None:
        payout = two[2]
        lands(scene, payout, scene.restricted)

        scene.bank(scene.restricted)

        assert Allocation.objects.count() == 2
        assert len(landings.onward(payout)) == 1


class TestFailed:
    def test_a_payout_that_comes_back_moves_nothing_on(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout]
    ) -> None:
        payout = two[2]
        lands(scene, payout, scene.restricted)

        came_back = PayoutTold(
            provider_id=payout.provider_id,
            amount=payout.amount,
            created_at=scene.at,
            arrives_on=payout.arrives_on,
            has_parts=True,
            has_failed=True,
            failure="account_closed",
        )
        payouts.announce(told=came_back, at=scene.at)

        assert landings.not_begun(payout) == []
        assert [one.state for one in landings.onward(payout)] == ["cancelled"]


class TestPage:
    def test_says_what_to_order(
        self, scene: Scene, two: tuple[Campaign, Campaign, Payout], client: Client
    ) -> None:
        payout = two[2]
        lands(scene, payout, scene.restricted)
        [onward] = landings.onward(payout)
        client.force_login(scene.cast.finance)

        page = client.get(f"/desk/provider/payouts/{payout.pk}/").text
        told = client.get(f"/api/v1/provider-payouts/{payout.pk}/").json()

        assert onward.reference in page
        assert [each["amount"]["amount"] for each in told["onward"]] == ["590.75"]
