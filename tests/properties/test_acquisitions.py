"""Buying homes: the routes, their guards, the second person, and what money may pay."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import approvals
from backend.core.approvals import SamePerson
from backend.core.money import euro
from backend.core.roles import MayNot
from backend.core.states import WrongState
from backend.ledger.balances import balance
from backend.ledger.models import Account
from backend.treasury.models import Expectation
from properties import acquisitions, auctions, costs, deposits, gaps, guards
from properties.acquisitions import AnotherRoute
from properties.costs import FundDoesNotPay
from properties.guards import (
    BalanceNotPaid,
    DepositTooSmall,
    NotApproved,
    OfferTooHigh,
    OfferTooLow,
    TooEarly,
    TooLate,
)
from properties.models import Acquisition
from properties.models.routes import APPROVED_STATE, FIRST_STATE, LAST_STATE, ROUTES
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def at_the_offer(scene: Scene, *, deposit: str = "4000.00") -> Acquisition:
    acquisition = scene.auction(scene.unit("A1"))
    scene.move(acquisition, "REPORT_REVIEWED")
    scene.approve(acquisition)
    if deposit:
        scene.pay(scene.commit(acquisition, "acquisition.deposit", deposit))
    return acquisition


def awarded(scene: Scene, *, price: str = "40000.00") -> Acquisition:
    acquisition = at_the_offer(scene)
    scene.move(acquisition, "OFFER_FILED", price)
    scene.move(acquisition, "SINGLE_OFFER")
    scene.move(acquisition, "AWARDED", price)
    due = scene.day + dt.timedelta(days=120)
    scene.move(acquisition, "BALANCE_DUE", balance_due_on=due)
    return acquisition


class TestRoutes:
    @pytest.mark.parametrize("route", ROUTES)
    def test_every_state_can_be_reached_from_the_first(self, route: str) -> None:
        reached, new = set(), {FIRST_STATE[route]}
        while new:
            reached |= new
            new = set().union(*(ROUTES[route][state] for state in new)) - reached

        assert reached == set(ROUTES[route])
        assert {APPROVED_STATE[route], LAST_STATE[route]} <= reached

    @given(data=st.data())
    def test_no_walk_makes_an_offer_without_passing_the_approval(self, data: st.DataObject) -> None:
        route = data.draw(st.sampled_from(sorted(ROUTES)))
        walk = [FIRST_STATE[route]]
        while after := sorted(ROUTES[route][walk[-1]]):
            walk.append(data.draw(st.sampled_from(after)))
            if len(walk) > 30:
                break

        for binding in {"OFFER_FILED", "OFFER", "DEED", "NOTARY_DEED"} & set(walk):
            assert APPROVED_STATE[route] in walk[: walk.index(binding)]


class TestMove:
    def test_an_auction_is_won_paid_and_ours(self, scene: Scene) -> None:
        acquisition = awarded(scene)
        scene.pay(scene.commit(acquisition, "acquisition.price", "36000.00"))
        for state in ("BALANCE_PAID", "DECREE", "REGISTERED", "POSSESSION", "PORTFOLIO"):
            scene.move(acquisition, state)

        acquisition.refresh_from_db()
        acquisition.unit.refresh_from_db()
        assert acquisition.title_on == scene.day
        assert acquisition.unit.ownership == "owned"
        assert costs.paid(acquisition) == euro("40000.00")

    def test_a_lost_auction_brings_the_deposit_back(self, scene: Scene) -> None:
        acquisition = at_the_offer(scene)
        scene.move(acquisition, "OFFER_FILED", "40000.00")
        scene.move(acquisition, "CONTEST")
        scene.move(acquisition, "LOST")

        line = acquisition.costs.get()
        [back] = Expectation.objects.filter(owner_kind=deposits.BACK)
        scene.bank((back, back.amount))

        assert line.account is not None
        assert balance(line.account) == euro("0.00")

    def test_a_default_is_borne_by_own_money(self, scene: Scene) -> None:
        acquisition = awarded(scene)
        assert acquisition.balance_due_on is not None
        scene.day = acquisition.balance_due_on
        with pytest.raises(TooEarly):
            scene.move(acquisition, "DEFAULTED")

        scene.wait(1)
        scene.move(acquisition, "DEFAULTED")

        due = Account.objects.get(kind="due", fund=scene.raised)
        assert balance(due) == euro("4000.00")

    def test_an_offer_under_three_quarters_is_refused(self, scene: Scene) -> None:
        acquisition = at_the_offer(scene)

        with pytest.raises(OfferTooLow):
            scene.move(acquisition, "OFFER_FILED", "29999.99")

    def test_an_offer_over_what_was_approved_is_refused(self, scene: Scene) -> None:
        acquisition = at_the_offer(scene)

        with pytest.raises(OfferTooHigh):
            scene.move(acquisition, "OFFER_FILED", "40000.01")

    def test_a_deposit_under_a_tenth_is_refused(self, scene: Scene) -> None:
        acquisition = at_the_offer(scene, deposit="3999.99")

        with pytest.raises(DepositTooSmall):
            scene.move(acquisition, "OFFER_FILED", "40000.00")

    def test_a_late_offer_is_refused(self, scene: Scene) -> None:
        acquisition = at_the_offer(scene)
        scene.wait(31)

        with pytest.raises(TooLate):
            scene.move(acquisition, "OFFER_FILED", "40000.00")

    def test_a_balance_that_the_bank_does_not_show_is_not_paid(self, scene: Scene) -> None:
        acquisition = awarded(scene)
        scene.commit(acquisition, "acquisition.price", "36000.00")

        with pytest.raises(BalanceNotPaid):
            scene.move(acquisition, "BALANCE_PAID")

    def test_a_state_of_another_route_is_refused(self, scene: Scene) -> None:
        acquisition = at_the_offer(scene)

        with pytest.raises(AnotherRoute):
            scene.move(acquisition, "OFFER", "40000.00")

    def test_who_looks_at_an_old_state_is_told(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))
        stale = Acquisition.objects.get(pk=acquisition.pk)
        scene.move(acquisition, "REPORT_REVIEWED")

        with pytest.raises(WrongState):
            scene.move(stale, "WITHDRAWN_BEFORE_OFFER")


class TestApprove:
    def test_nobody_approves_alone(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))
        asked = acquisitions.request_approval(
            acquisition=acquisition, by=scene.cast.owner, at=scene.at
        )

        with pytest.raises(SamePerson):
            approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)

    def test_the_approved_state_is_not_reached_by_hand(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))
        scene.move(acquisition, "REPORT_REVIEWED")

        with pytest.raises(NotApproved):
            scene.move(acquisition, "APPROVED")

    def test_a_caseworker_buys_nothing(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))

        with pytest.raises(MayNot):
            acquisitions.request_approval(
                acquisition=acquisition, by=scene.cast.caseworker, at=scene.at
            )


class TestRecordCompleted:
    def test_a_past_purchase_is_entered_and_what_is_missing_is_listed(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        acquisition = acquisitions.record_completed(
            new=acquisitions.NewAcquisition(unit=unit, route="court_auction", fund=scene.raised),
            title=acquisitions.Step(to="DECREE", on=dt.date(2024, 11, 4)),
            possession_on=dt.date(2024, 12, 1),
            by=scene.cast.owner,
            at=scene.at,
        )

        assert acquisition.state == "PORTFOLIO"
        assert acquisition.title_on == dt.date(2024, 11, 4)
        assert len(gaps.missing(acquisition)) == 7

    def test_possession_before_title_is_refused(self, scene: Scene) -> None:
        with pytest.raises(guards.Incomplete):
            acquisitions.record_completed(
                new=acquisitions.NewAcquisition(unit=scene.unit("A1"), route="market"),
                title=acquisitions.Step(to="DEED", on=dt.date(2024, 12, 2)),
                possession_on=dt.date(2024, 12, 1),
                by=scene.cast.owner,
                at=scene.at,
            )


class TestCommit:
    def test_raised_capital_pays_no_works(self, scene: Scene) -> None:
        acquisition = scene.buy(scene.unit("A1"))

        with pytest.raises(FundDoesNotPay):
            scene.commit(acquisition, "works", "5000.00")

    def test_own_money_pays_works(self, scene: Scene) -> None:
        acquisition = scene.buy(scene.unit("A1"))

        line = scene.commit(acquisition, "works", "5000.00", fund=scene.own_fund)

        assert line.account is not None
        assert line.account.purpose == "works"

    def test_nothing_is_owed_before_a_second_person_said_yes(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))

        with pytest.raises(costs.NotApproved):
            scene.commit(acquisition, "acquisition.deposit", "4000.00")


class TestAuctions:
    def test_a_default_owes_the_rest(self) -> None:
        owed = auctions.owed_after_default(
            price=euro("100.00"), deposit=euro("10.00"), resale_price=euro("75.00")
        )

        assert owed == euro("15.00")

    def test_a_good_resale_owes_nothing(self) -> None:
        owed = auctions.owed_after_default(
            price=euro("100.00"), deposit=euro("10.00"), resale_price=euro("95.00")
        )

        assert owed == euro("0.00")
