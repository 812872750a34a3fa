"""Acts of the desk: explained, split, written off, given up, undone; two people above a limit."""

import pytest
from django.db import DatabaseError, transaction

from backend.core import approvals
from backend.core.approvals import SamePerson
from backend.core.models import Approval
from backend.core.money import euro
from backend.core.roles import MayNot
from backend.ledger import balances
from backend.ledger.models import Entry
from backend.ledger.posting import FundRule
from backend.treasury import expectations, lines
from backend.treasury.allocations import AlreadyExplained
from backend.treasury.desk import acts
from backend.treasury.desk.acts import (
    AnotherWaits,
    NotAShortfall,
    NotDone,
    NothingSaid,
    Share,
    TooMuch,
)
from backend.treasury.discrepancies import AlreadyResolved, ReasonMissing
from backend.treasury.expectations import OwnerWasTold
from backend.treasury.lines import BadClassification
from backend.treasury.models import Allocation, DeskAct, Discrepancy
from tests.cast import Cast
from tests.treasury.desk.scene import agree, explain, line, undo
from tests.treasury.house import AT, OWNER, House, Owner, waiting

pytestmark = pytest.mark.money
BIG = "25000.01"


class TestExplain:
    def test_books_at_once_within_the_limit(self, house: House, cast: Cast) -> None:
        act = explain(cast, line(house, "25000.00"), Share(fund=house.own, payer="Soci"))

        assert act.state == "done"
        assert balances.balance(house.own_holding) == euro("25000")
        assert waiting() == {}

    def test_books_a_line_to_what_a_person_recognised(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        expectation = house.expect(1)
        one = line(house, "480.00", at=house.restricted)

        explain(cast, one, Share(expectation=expectation))

        assert owner.told == [("pledge:1", "480.00")]
        assert waiting() == {"short": "20.00"}

    def test_above_the_limit_books_nothing_until_another_agrees(
        self, house: House, cast: Cast
    ) -> None:
        act = explain(cast, line(house, BIG), Share(fund=house.own, payer="Soci"))
        assert (act.state, waiting()) == ("asked", {"unexplained": BIG})
        assert not Allocation.objects.exists()

        agree(cast)

        act.refresh_from_db()
        assert (act.state, waiting()) == ("done", {})
        assert balances.balance(house.own_holding) == euro(BIG)

    def test_cannot_be_agreed_to_by_who_asked(self, house: House, cast: Cast) -> None:
        explain(cast, line(house, BIG), Share(fund=house.own, payer="Soci"), by=cast.owner)

        with pytest.raises(SamePerson):
            agree(cast)

    def test_leaves_the_line_when_another_refuses(self, house: House, cast: Cast) -> None:
        one = line(house, BIG)
        act = explain(cast, one, Share(fund=house.own, payer="Soci"))

        approvals.refuse(approval=Approval.objects.get(), by=cast.owner, at=AT, reason="No.")

        act.refresh_from_db()
        assert (act.state, waiting()) == ("refused", {"unexplained": BIG})
        assert explain(cast, one, Share(fund=house.own, payer="Anna")).state == "asked"

    def test_waits_for_what_was_asked_before(self, house: House, cast: Cast) -> None:
        one = line(house, BIG)
        explain(cast, one, Share(fund=house.own, payer="Soci"))

        with pytest.raises(AnotherWaits):
            explain(cast, one, Share(euro("1.00"), fund=house.own, payer="Anna"))

    def test_is_tried_before_anybody_is_asked(self, house: House, cast: Cast) -> None:
        one = line(house, f"-{BIG}")

        with pytest.raises(FundRule):
            explain(cast, one, Share(fund=house.own, purpose="running"))

        assert not Approval.objects.exists()
        assert not DeskAct.objects.exists()

    def test_needs_a_second_person_for_steps_that_pass_the_limit(
        self, house: House, cast: Cast
    ) -> None:
        one = line(house, "50000.00")

        first = explain(cast, one, Share(euro("20000.00"), fund=house.own, payer="Soci"))
        second = explain(cast, one, Share(euro("5000.01"), fund=house.own, payer="Soci"))

        assert (first.state, second.state) == ("done", "asked")

    def test_is_for_those_who_may(self, house: House, cast: Cast) -> None:
        with pytest.raises(MayNot):
            explain(cast, line(house, "1.00"), Share(fund=house.own, payer="A"), by=cast.auditor)


class TestSplit:
    def test_books_one_line_to_several_debts_and_purposes(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        first, second = house.expect(1), house.expect(2, "300.00")
        one = line(house, "810.00", at=house.restricted)

        act = explain(
            cast,
            one,
            Share(euro("500.00"), expectation=first),
            Share(euro("300.00"), expectation=second),
            Share(euro("10.00"), fund=house.raised, payer="Anna Verdi"),
        )

        assert (act.kind, act.amount) == ("split", euro("810.00"))
        assert owner.told == [("pledge:1", "500.00"), ("pledge:2", "300.00")]
        assert (waiting(), balances.balance(house.held)) == ({}, euro("810.00"))

    def test_leaves_the_rest_in_suspense(self, house: House, cast: Cast) -> None:
        one = line(house, "100.00")

        share = Share(euro("30.00"), fund=house.own, payer="Anna")
        explain(cast, one, share, Share(euro("20.00"), fund=house.own, payer="Bruno"))

        assert lines.left(one) == euro("50.00")

    def test_books_nothing_when_one_part_is_refused(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        one = line(house, "600.00", at=house.restricted)
        met = Share(euro("500.00"), expectation=house.expect(1))

        with pytest.raises(BadClassification):
            explain(cast, one, met, Share(euro("100.01"), fund=house.raised))

        assert owner.told == []
        assert not Allocation.objects.exists()

    def test_of_more_than_the_line_has_is_refused_whole(self, house: House, cast: Cast) -> None:
        one = line(house, "100.00")
        share = Share(euro("60.00"), fund=house.own, payer="Anna")

        with pytest.raises(AlreadyExplained):
            explain(cast, one, share, share)

        assert not Allocation.objects.exists()

    @pytest.mark.parametrize("shares", [(), (Share(), Share())], ids=["none", "no amounts"])
    def test_says_every_amount(self, house: House, cast: Cast, shares: tuple[Share, ...]) -> None:
        with pytest.raises(NothingSaid):
            explain(cast, line(house, "1.00"), *shares)


class TestWriteOff:
    def write_off(self, house: House, cast: Cast, amount: str) -> DeskAct:
        return acts.write_off(
            line=line(house, amount), fund=house.own, by=cast.finance, at=AT, reason="Rounding."
        )

    def test_of_cents_is_an_entry_of_its_own_kind(self, house: House, cast: Cast) -> None:
        act = self.write_off(house, cast, "0.03")

        assert (act.state, Entry.objects.filter(kind="write_off").count()) == ("done", 1)
        assert balances.balance(house.own_holding) == euro("0.03")

    def test_of_money_out_is_borne_by_the_fund(self, house: House, cast: Cast) -> None:
        explain(cast, line(house, "10.00"), Share(fund=house.own, payer="Soci"))

        self.write_off(house, cast, "-0.40")

        assert balances.balance(house.own_holding) == euro("9.60")

    def test_above_a_limit_needs_another_person(self, house: House, cast: Cast) -> None:
        act = self.write_off(house, cast, "5.01")
        assert act.state == "asked"

        agree(cast)

        assert waiting() == {}

    def test_above_the_last_limit_is_refused(self, house: House, cast: Cast) -> None:
        with pytest.raises(TooMuch):
            self.write_off(house, cast, "100.01")

    def test_by_a_fund_that_may_not_bear_it_is_refused(self, house: House, cast: Cast) -> None:
        house.expect(1)
        house.pay(1)
        one = line(house, "-0.50", at=house.restricted)

        with pytest.raises(FundRule):
            acts.write_off(line=one, fund=house.raised, by=cast.finance, at=AT, reason="?")


@pytest.fixture
def short(house: House, owner: Owner) -> Discrepancy:
    """A pledge of 500 of which 480 came."""
    house.expect(1)
    house.pay(1, "480.00")
    return Discrepancy.objects.get()


class TestGiveUp:
    def test_ends_what_is_missing_and_moves_no_money(self, short: Discrepancy, cast: Cast) -> None:
        before = Entry.objects.count()

        act = acts.give_up(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        short.refresh_from_db()
        assert (act.state, short.resolution) == ("done", "Waived.")
        assert Entry.objects.count() == before

    def test_of_much_needs_another_person(self, house: House, owner: Owner, cast: Cast) -> None:
        house.expect(1, "900.00")
        house.pay(1, "300.00")
        found = Discrepancy.objects.get()
        acts.give_up(discrepancy=found, by=cast.finance, at=AT, reason="Waived.")
        assert waiting() == {"short": "600.00"}

        agree(cast)

        assert waiting() == {}

    def test_happens_once(self, short: Discrepancy, cast: Cast) -> None:
        acts.give_up(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        with pytest.raises(AlreadyResolved):
            acts.give_up(discrepancy=short, by=cast.owner, at=AT, reason="Me too.")

    def test_is_refused_for_money_that_is_here(self, house: House, cast: Cast) -> None:
        line(house, "10.00")

        with pytest.raises(NotAShortfall):
            acts.give_up(
                discrepancy=Discrepancy.objects.get(), by=cast.finance, at=AT, reason="Whatever."
            )


class TestUndo:
    def test_of_a_split_puts_every_part_back(self, house: House, owner: Owner, cast: Cast) -> None:
        expectations.register_owner(OWNER, owner.on_met, lambda met, *, by, reason: None)
        one = line(house, "510.00", at=house.restricted)
        met = Share(euro("500.00"), expectation=house.expect(1))
        act = explain(cast, one, met, Share(euro("10.00"), fund=house.raised, payer="Anna"))

        undo(cast, act)

        assert act.state == "undone"
        assert balances.balance(house.restricted.suspense) == euro("510.00")
        assert waiting() == {"unexplained": "510.00"}

    def test_of_a_write_off_brings_the_line_back(self, house: House, cast: Cast) -> None:
        one = line(house, "0.03")
        act = acts.write_off(line=one, fund=house.own, by=cast.finance, at=AT, reason="?")

        undo(cast, act)

        assert (lines.left(one), waiting()) == (euro("0.03"), {"unexplained": "0.03"})

    def test_of_what_was_given_up_waits_again(self, short: Discrepancy, cast: Cast) -> None:
        act = acts.give_up(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        undo(cast, act)

        assert waiting() == {"short": "20.00"}

    def test_of_what_two_did_needs_two(self, house: House, cast: Cast) -> None:
        act = explain(cast, line(house, BIG), Share(fund=house.own, payer="Soci"))
        agree(cast)
        act.refresh_from_db()

        undo(cast, act)
        assert (act.state, waiting()) == ("done", {})
        agree(cast)

        assert waiting() == {"unexplained": BIG}

    def test_happens_once(self, house: House, cast: Cast) -> None:
        act = explain(cast, line(house, "1.00"), Share(fund=house.own, payer="A"))
        undo(cast, act)

        with pytest.raises(NotDone):
            undo(cast, act)

    def test_needs_a_reason(self, house: House, cast: Cast) -> None:
        act = explain(cast, line(house, "1.00"), Share(fund=house.own, payer="A"))

        with pytest.raises(ReasonMissing):
            acts.undo(act=act, by=cast.finance, at=AT, reason=" ")

    def test_is_refused_when_an_owner_cannot_go_back(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        one = line(house, "500.00", at=house.restricted)
        act = explain(cast, one, Share(expectation=house.expect(1)))

        with pytest.raises(OwnerWasTold):
            undo(cast, act)

        act.refresh_from_db()
        assert (act.state, waiting()) == ("done", {})


class TestGuards:
    @pytest.mark.parametrize(
        "change", [{"amount": euro("1.00")}, {"reason": "Other."}, {"needs_second": True}]
    )
    def test_an_act_is_never_rewritten(
        self, house: House, cast: Cast, change: dict[str, object]
    ) -> None:
        act = explain(cast, line(house, "2.00"), Share(fund=house.own, payer="A"))

        with pytest.raises(DatabaseError), transaction.atomic():
            DeskAct.objects.filter(pk=act.pk).update(**change)

    def test_a_part_is_booked_once(self, house: House, cast: Cast) -> None:
        act = explain(cast, line(house, "2.00"), Share(fund=house.own, payer="A"))

        with pytest.raises(DatabaseError), transaction.atomic():
            act.parts.update(allocation=None)
