"""Runs: what is booked, what is left, who is told; again, dry, and with books that refuse."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core import jobs
from backend.core.errors import Conflict
from backend.core.money import euro
from backend.ledger import balances
from backend.ledger.models import Entry
from backend.treasury import bank_accounts, expectations, reconciliation, references
from backend.treasury.models import Allocation, BankLine, Discrepancy, ReconciliationRun
from tests.cast import Cast
from tests.treasury.files import Move
from tests.treasury.house import AT, OUT, OWNER, House, Owner, waiting

pytestmark = pytest.mark.money


def held(house: House) -> str:
    return f"{balances.balance(house.held).amount:.2f}"


def suspense(house: House) -> str:
    return f"{balances.balance(house.restricted.suspense).amount:.2f}"


class TestRun:
    def test_books_a_line_with_its_reference_and_tells_the_owner(
        self, house: House, owner: Owner
    ) -> None:
        house.expect(1)

        house.pay(1)

        assert (held(house), suspense(house), waiting()) == ("500.00", "0.00", {})
        assert owner.told == [("pledge:1", "500.00")]

    def test_leaves_what_has_no_reference_in_suspense(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.bank(Move("500.00", "bonifico"))

        house.run()

        assert (held(house), suspense(house)) == ("0.00", "500.00")
        assert waiting() == {"unexplained": "500.00"}
        assert owner.told == []

    def test_books_a_part_and_keeps_what_is_missing_open_until_it_arrives(
        self, house: House, owner: Owner
    ) -> None:
        house.expect(1)
        house.pay(1, "200.00")
        assert (held(house), waiting()) == ("200.00", {"short": "300.00"})

        house.pay(1, "300.00")

        assert (held(house), waiting()) == ("500.00", {})
        assert owner.told == [("pledge:1", "200.00"), ("pledge:1", "300.00")]

    def test_books_no_more_than_was_expected(self, house: House, owner: Owner) -> None:
        house.expect(1)

        house.pay(1, "1234.56")

        assert (held(house), suspense(house)) == ("500.00", "734.56")
        assert waiting() == {"over": "734.56"}
        assert owner.told == [("pledge:1", "500.00")]

    def test_leaves_a_second_payment_alone(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.pay(1)

        house.pay(1)

        assert (held(house), suspense(house)) == ("500.00", "500.00")
        assert waiting() == {"duplicate": "500.00"}
        assert len(owner.told) == 1

    def test_tells_each_kind_of_owner_of_its_own(self, house: House, owner: Owner) -> None:
        mine, theirs = Owner(), house.expect(2, owner_kind="tests.other")
        expectations.register_owner("tests.other", mine.on_met)
        house.expect(1)
        house.bank(Move("500.00", house.pledge(1).reference), Move("500.00", theirs.reference))

        house.run()

        assert owner.told == [("pledge:1", "500.00")]
        assert mine.told == [("pledge:2", "500.00")]

    def test_books_nothing_of_what_was_cancelled(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        expectations.cancel(expectation=house.expect(1), by=cast.owner, at=AT, reason="revoked")

        house.pay(1)

        assert (held(house), owner.told) == ("0.00", [])
        assert Discrepancy.objects.get().reason == "cancelled"

    def test_books_money_out(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.pay(1)
        back = references.creditor_reference("refund:1")
        house.expect(
            1,
            reference=back,
            direction=OUT,
            source=house.held,
            target=house.payer(1),
            owner_key="refund",
        )

        house.bank(Move("-500.00", back))
        house.run()

        assert (held(house), owner.told[-1]) == ("0.00", ("refund", "500.00"))

    def test_makes_the_same_again_of_the_same(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.pay(1, "600.00")
        before = (Entry.objects.count(), Allocation.objects.count(), Discrepancy.objects.count())

        run = house.run()

        assert run.totals["discrepancies_opened"] == 0
        assert before == (
            Entry.objects.count(),
            Allocation.objects.count(),
            Discrepancy.objects.count(),
        )
        assert len(owner.told) == 1


class TestTransfer:
    """Raised money released from the restricted to the ordinary account: two lines, two days."""

    @pytest.fixture
    def released(self, house: House, owner: Owner) -> House:
        house.expect(1, "900.00")
        house.pay(1, "900.00")
        house.expect_release("900.00")
        return house

    def both(self, house: House) -> list[str]:
        found = bank_accounts.standings([house.restricted, house.ordinary])
        assert all(not one.difference.amount for one in found)
        return [f"{one.books.amount:.2f}" for one in found]

    def test_is_exact_at_both_banks_while_under_way(self, released: House) -> None:
        reference = released.pledge(900).reference

        released.bank(Move("-900.00", reference))
        released.run()
        under_way = self.both(released)
        released.bank(Move("900.00", reference), at=released.ordinary)
        released.run()

        assert (under_way, self.both(released)) == (["0.00", "0.00"], ["0.00", "900.00"])
        assert balances.balance(released.holding) == euro("900.00")

    def test_waits_when_it_arrives_before_it_left(self, released: House, owner: Owner) -> None:
        reference = released.pledge(900).reference
        released.bank(Move("900.00", reference), at=released.ordinary)
        released.run()
        assert Discrepancy.objects.get(resolved_at=None).reason == "waits"

        released.bank(Move("-900.00", reference))
        released.run()

        assert waiting() == {}
        assert balances.balance(released.holding) == euro("900.00")

    def test_tells_the_owner_once_when_it_arrived(self, released: House, owner: Owner) -> None:
        reference = released.pledge(900).reference

        released.bank(Move("-900.00", reference))
        released.run()
        before = list(owner.told)
        released.bank(Move("900.00", reference), at=released.ordinary)
        released.run()

        assert before == [("pledge:1", "900.00")]
        assert owner.told == [*before, ("pledge:900", "900.00")]


class TestRefused:
    def test_by_a_funds_rules_leaves_that_line_and_books_the_others(
        self, house: House, owner: Owner
    ) -> None:
        house.expect(1)
        unpaid = house.expect(
            2, reference="RIMBORSO-0001", direction=OUT, source=house.held, target=house.payer(2)
        )
        house.bank(Move("500.00", house.pledge(1).reference), Move("-500.00", unpaid.reference))

        house.run()

        refused = Discrepancy.objects.get()
        assert (refused.reason, refused.amount) == ("refused", euro("500.00"))
        assert refused.note
        assert owner.told == [("pledge:1", "500.00")]

    def test_by_its_owner_leaves_the_line_unexplained(self, house: House) -> None:
        def refuse(met: object) -> None:
            raise Conflict("Not now.")

        expectations.register_owner(OWNER, refuse)
        house.expect(1)

        house.pay(1)

        assert (held(house), suspense(house)) == ("0.00", "500.00")
        assert Discrepancy.objects.get().note == "Not now."
        expectations.register_owner(OWNER, lambda met: None)


class TestDryRun:
    def test_decides_alike_and_books_nothing(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.bank(
            Move("600.00", house.pledge(1).reference), Move("500.00", house.pledge(1).reference)
        )
        dry = house.run(dry_run=True)
        booked_by_dry = Allocation.objects.count()

        real = house.run()

        assert (booked_by_dry, dry.is_dry_run) == (0, True)
        for name in ("booked", "left", "kinds", "reasons"):
            assert dry.totals[name] == real.totals[name]


class TestTotals:
    def test_list_what_is_on_one_side_only_with_age(self, house: House, cast: Cast) -> None:
        house.expect(1)
        house.bank(Move("70.00", "bonifico"))
        later = AT + dt.timedelta(days=20)

        run = reconciliation.run(by=cast.finance, at=later)

        there, here = run.totals["there_not_here"][0], run.totals["here_not_there"][0]
        assert (there["left"], there["age_days"]) == ("70.00", 21)
        assert (here["left"], here["age_days"], run.totals["late"]) == ("500.00", 11, 1)

    def test_compare_books_and_bank(self, house: House) -> None:
        house.bank(Move("70.00"))

        (restricted, ordinary) = house.run().totals["accounts"]

        assert (restricted["books"], restricted["bank"]) == ("70.00", "70.00")
        assert (restricted["difference"], ordinary["bank"]) == ("0.00", None)


class TestScope:
    def test_is_the_persons_organisation(self, house: House, cast: Cast) -> None:
        house.expect(1)
        house.bank(Move("500.00", house.pledge(1).reference))

        of_others = reconciliation.run(by=cast.stranger, at=AT)
        of_ours = reconciliation.run(by=cast.finance, at=AT)

        assert (of_others.totals["lines"], of_ours.totals["lines"]) == (0, 1)
        assert list(ReconciliationRun.objects.visible_to(cast.stranger)) == [of_others]

    def test_of_a_person_without_organisation_is_nothing(self, house: House, cast: Cast) -> None:
        house.bank(Move("500.00"))

        assert reconciliation.run(by=cast.investor, at=AT).totals["lines"] == 0


class TestJob:
    def test_reconciles_what_was_uploaded(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.bank(Move("500.00", house.pledge(1).reference))

        jobs.drain(kind=reconciliation.JOB, at=AT)

        assert held(house) == "500.00"

    def test_is_asked_for_once_a_day(self, house: House) -> None:
        reconciliation.enqueue_all(at=AT)
        reconciliation.enqueue_all(at=AT)

        assert jobs.pending(reconciliation.JOB) == 1

    def test_takes_no_query_per_line(self, house: House) -> None:
        for number in range(60):
            house.expect(number)
        house.bank(*(Move("500.00", house.pledge(n).reference) for n in range(60)))

        with CaptureQueriesContext(connection) as queries:
            house.run()

        assert len(queries) < 60
        assert BankLine.objects.unexplained().count() == 0
