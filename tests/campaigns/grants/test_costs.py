"""Running costs: charged to a grant or to own money, refused with the reason, and by the database."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from backend.core import approvals
from backend.core.documents import NotAPaper
from backend.core.models import Approval
from backend.core.money import ZERO, euro
from backend.ledger import balances
from backend.ledger.models import Purpose
from backend.treasury.models import Discrepancy
from campaigns.grants import costs, invoices, standing
from campaigns.models import RunningCost
from tests.campaigns.grants import given
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money
DAY = dt.timedelta(days=1)


class TestRecord:
    def test_keeps_the_paper_once(self, scene: Scene) -> None:
        first = given.invoice(scene, number="7", raw=b"%PDF-1")

        assert given.invoice(scene, number="7", raw=b"%PDF-1") == first
        with pytest.raises(invoices.KnownInvoice):
            given.invoice(scene, number="7", raw=b"%PDF-2")
        with pytest.raises(NotAPaper):
            given.invoice(scene, raw=b"MZ")

    def test_the_database_keeps_it_as_it_was(self, scene: Scene) -> None:
        given.invoice(scene)

        for sql in ("UPDATE campaigns_invoice SET total = 1", "DELETE FROM campaigns_invoice"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                connection.cursor().execute(sql)


class TestCharge:
    def test_is_paid_from_the_grant(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)

        cost = given.charge(scene, grant)
        given.pay(scene, cost)

        found = standing.of(grant, on=scene.day)
        assert (found.paid, found.remains, found.cash) == (
            euro("1500.00"), euro("4500.00"), euro("2500.00"),
        )  # fmt: skip
        assert balances.balance(cost.account) == euro("1500.00")

    def test_own_money_is_the_own_share(self, scene: Scene) -> None:
        grant = given.grant(scene)
        scene.own_money("2000.00")

        cost = given.charge(scene, grant, fund=scene.own_fund)
        given.pay(scene, cost)

        found = standing.of(grant, on=scene.day)
        assert (found.own, found.charged) == (euro("1500.00"), ZERO)

    def test_one_invoice_may_be_shared(self, scene: Scene) -> None:
        grant, invoice = given.grant(scene), given.invoice(scene)
        given.charge(scene, grant, invoice=invoice, amount="1000.00")
        given.charge(scene, grant, invoice=invoice, amount="500.00", fund=scene.own_fund)

        with pytest.raises(costs.InvoiceCharged):
            given.charge(scene, given.grant(scene), invoice=invoice, amount="0.01")

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"incurred_on": -DAY}, costs.OutsidePeriod),
            ({"incurred_on": 101 * DAY}, costs.OutsidePeriod),
            ({"due_on": 131 * DAY}, costs.OutsidePeriod),
            ({"purpose": Purpose.INSURANCE}, costs.NotEligible),
        ],
    )
    def test_refuses_what_the_grant_does_not_pay(
        self, scene: Scene, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        dated = {
            name: scene.day + value if isinstance(value, dt.timedelta) else value
            for name, value in changes.items()
        }

        with pytest.raises(refusal, match="Bando abitare"):
            given.charge(scene, given.grant(scene), **dated)

    def test_refuses_more_than_remains(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.charge(scene, grant, invoice=given.invoice(scene, "5000.00"), amount="5000.00")

        with pytest.raises(costs.GrantSpent, match=r"1[.,]000[.,]00"):
            given.charge(scene, grant, amount="1000.01")

    def test_refuses_raised_capital(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        with pytest.raises(costs.RaisedCapital):
            given.charge(scene, None, fund=campaign.fund)
        with pytest.raises(costs.RaisedCapital):
            given.charge(scene, given.grant(scene), fund=campaign.fund)
        with pytest.raises(costs.RaisedCapital):
            given.charge(scene, None)

    def test_a_late_payment_is_refused_by_the_books(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        cost = given.charge(scene, grant)

        scene.day = grant.pay_until + DAY
        given.pay(scene, cost)

        assert standing.of(grant, on=scene.day).paid == ZERO
        assert Discrepancy.objects.waiting().get().reason == "refused"


class TestCancel:
    def test_frees_grant_and_invoice(self, scene: Scene) -> None:
        grant, invoice = given.grant(scene), given.invoice(scene)
        cost = given.charge(scene, grant, invoice=invoice)

        costs.cancel(cost=cost, by=scene.cast.finance, at=scene.at, reason="A wrong kind.")

        assert standing.of(grant, on=scene.day).remains == grant.amount
        given.charge(scene, grant, invoice=invoice)

    def test_refuses_what_was_paid(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        cost = given.charge(scene, grant)
        given.pay(scene, cost)

        with pytest.raises(costs.NotOpen):
            costs.cancel(cost=cost, by=scene.cast.finance, at=scene.at, reason="No.")


class TestOrder:
    def test_pays_suppliers_by_one_file(self, scene: Scene) -> None:
        scene.own_money("5000.00")
        paid = [given.charge(scene, None, fund=scene.own_fund) for _ in range(2)]
        due = costs.unordered(scene.cast.issuer)

        by, at, day = scene.cast.finance, scene.at, scene.day
        order = costs.order(costs=due, execute_on=day, by=by, at=at)
        approvals.approve(
            approval=Approval.objects.get(decision=""), by=scene.cast.owner, at=scene.at
        )
        assert costs.unordered(scene.cast.issuer) == []
        for cost in paid:
            given.pay(scene, cost)

        assert order.transfers.count() == 2
        assert costs.unpaid(scene.cast.issuer) == []


class TestDatabase:
    """The same refusals, past every rule in Python."""

    def row(self, scene: Scene, **changes: Any) -> None:
        cost = given.charge(scene, given.grant(scene), amount="1000.00")
        again = RunningCost.objects.get(pk=cost.pk)
        again.pk, again.expectation = None, None
        for name, value in changes.items():
            setattr(again, name, value)
        with transaction.atomic():
            again.save(force_insert=True)

    @pytest.mark.parametrize(
        ("changes", "constraint"),
        [
            ({"amount": euro("500.01")}, "of invoice"),
            ({"incurred_on": dt.date(2020, 1, 1)}, "does not pay"),
            ({"purpose": "insurance"}, "does not pay"),
            ({"grant": None}, "pays no running cost"),
        ],
    )
    def test_refuses(self, scene: Scene, changes: dict[str, Any], constraint: str) -> None:
        with pytest.raises(IntegrityError, match=constraint):
            self.row(scene, **changes)

    def test_refuses_a_change(self, scene: Scene) -> None:
        given.charge(scene, given.grant(scene))

        for sql in (
            "UPDATE campaigns_runningcost SET amount = 1",
            "DELETE FROM campaigns_runningcost",
        ):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                connection.cursor().execute(sql)
