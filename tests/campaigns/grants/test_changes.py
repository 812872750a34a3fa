"""A grant after it was agreed: more time, unspent money that goes back, payments that did not arrive."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from backend.core import approvals, clock
from backend.core.models import AuditEvent
from backend.core.money import ZERO, euro
from backend.ledger import balances
from backend.ledger.models import Account
from backend.simulators.bank import ibans
from backend.treasury import order_reports
from backend.treasury.models import PaymentOrder
from campaigns.grants import costs, extensions, repayments, standing
from campaigns.grants.costs import GrantSpent, OutsidePeriod
from campaigns.grants.extensions import LetterMissing, MoreTime, NotLater
from campaigns.grants.repayments import NotUnspent
from campaigns.models import Grant, GrantExtension, GrantRepayment
from tests.campaigns.grants import given
from tests.campaigns.grants.test_desk import api, browser
from tests.campaigns.scene import Scene
from tests.treasury.reports import rejection

pytestmark = pytest.mark.money
IBAN = ibans.synthetic_iban(990)


def later(grant: Grant, days: int = 30, letter: str = "Lettera 7/2026") -> MoreTime:
    more = dt.timedelta(days=days)
    return MoreTime(ends_on=grant.ends_on + more, pay_until=grant.pay_until + more, letter=letter)


def extend(scene: Scene, grant: Grant, more: MoreTime) -> GrantExtension:
    return extensions.extend(grant=grant, more=more, by=scene.cast.finance, at=scene.at)


def repay(scene: Scene, grant: Grant, amount: str) -> GrantRepayment:
    return repayments.repay(
        grant=grant, amount=euro(amount), iban=IBAN, execute_on=scene.day,
        by=scene.cast.finance, at=scene.at,
    )  # fmt: skip


def approved(scene: Scene) -> PaymentOrder:
    order = PaymentOrder.objects.latest("id")
    asked = approvals.waiting(action="payment_order.approve", subject=order)
    assert asked is not None
    approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)
    order.refresh_from_db()
    return order


class TestExtend:
    def test_pays_what_arises_and_is_paid_in_the_new_days(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        scene.day = grant.pay_until - dt.timedelta(days=1)
        late = {"incurred_on": scene.day, "due_on": grant.pay_until + dt.timedelta(days=20)}
        with pytest.raises(OutsidePeriod):
            given.charge(scene, grant, **late)

        extend(scene, grant, later(grant, 40))
        cost = given.charge(scene, grant, **late)
        scene.wait(20)
        given.pay(scene, cost)

        stands = standing.of(grant, on=scene.day)
        assert stands.paid == euro("1500.00")
        assert len(stands.kinds) == 2
        event = AuditEvent.objects.get(action="grant.extended")
        assert event.reason == "Lettera 7/2026"

    @pytest.mark.parametrize("days", [0, -1])
    def test_refuses_days_that_are_not_later(self, scene: Scene, days: int) -> None:
        grant = given.grant(scene)

        with pytest.raises(NotLater):
            extend(scene, grant, later(grant, days))

    def test_asks_for_the_letter(self, scene: Scene) -> None:
        grant = given.grant(scene)

        with pytest.raises(LetterMissing):
            extend(scene, grant, later(grant, letter=" "))

    def test_stays_written(self, scene: Scene) -> None:
        grant = given.grant(scene)
        extend(scene, grant, later(grant))

        with pytest.raises(DatabaseError), transaction.atomic():
            GrantExtension.objects.update(letter="another")


class TestRepay:
    def test_sends_what_is_unspent_back_to_the_grantor(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        given.pay(scene, given.charge(scene, grant))

        made = repay(scene, grant, "2500.00")
        order = approved(scene)
        scene.bank(scene.ordinary, (-made.amount, made.expectation.reference))

        stands = standing.of(grant, on=scene.day)
        assert (stands.repaid, stands.cash, stands.unspent) == (euro("2500.00"), ZERO, ZERO)
        assert stands.remains == euro("2000.00")
        assert order.transfers.get().iban == IBAN
        grantor = Account.objects.get(code=f"fund:{grant.fund.code}:payer:grantor")
        assert balances.balance(grantor) == euro("-1500.00")

    def test_refuses_what_is_charged_or_asked_back(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        given.charge(scene, grant)
        with pytest.raises(NotUnspent):
            repay(scene, grant, "2500.01")
        repay(scene, grant, "2500.00")

        with pytest.raises(NotUnspent):
            repay(scene, grant, "0.01")
        with pytest.raises(GrantSpent):
            given.charge(scene, grant, amount="2000.01", invoice=given.invoice(scene, "3000.00"))

    def test_that_the_bank_rejected_may_be_asked_for_again(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        first = repay(scene, grant, "4000.00")
        reject(scene, approved(scene))

        first.refresh_from_db()
        assert first.failed_at == scene.at
        assert repay(scene, grant, "4000.00").pk != first.pk


def reject(scene: Scene, order: PaymentOrder) -> None:
    """The bank rejects all of it, and another person believes it."""
    report = order_reports.take_in(
        order=order, raw=rejection(order), by=scene.cast.finance, at=scene.at
    )
    asked = approvals.waiting(action=order_reports.CONFIRM, subject=report)
    assert asked is not None
    approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)


class TestACostThatWasNotPaid:
    def test_is_taken_back_and_its_invoice_is_charged_anew(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        cost = given.charge(scene, grant)
        costs.order(costs=[cost], execute_on=scene.day, by=scene.cast.finance, at=scene.at)

        reject(scene, approved(scene))

        cost.refresh_from_db()
        assert cost.cancelled_at == scene.at
        again = given.charge(scene, grant, invoice=cost.invoice)
        given.pay(scene, again)
        assert standing.of(grant, on=scene.day).paid == euro("1500.00")


class TestDesk:
    def test_gives_time_and_money_back_on_its_page(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        finance, page = browser(scene.cast.finance), reverse("grant-desk", args=[grant.pk])
        more = later(grant)

        finance.post(reverse("grant-extend", args=[grant.pk]), vars(more))
        finance.post(
            reverse("grant-repay", args=[grant.pk]),
            {"amount": "1000", "iban": IBAN, "execute_on": scene.day},
        )

        shown = finance.get(page).content.decode()
        assert "Lettera 7/2026" in shown
        assert "1,000" in shown
        assert GrantRepayment.objects.get().amount == euro("1000.00")

    def test_does_the_same_over_the_api(self, scene: Scene) -> None:
        scene.day = clock.today()
        grant = given.grant(scene)
        given.receive(scene, grant)
        finance, more = scene.cast.finance, later(grant)
        money = {"amount": "1000.00", "currency": "EUR"}

        told = api(finance).post(f"/api/v1/grants/{grant.pk}/extensions/", vars(more))
        back = api(finance, "b").post(
            f"/api/v1/grants/{grant.pk}/repayments/",
            {"amount": money, "iban": IBAN, "execute_on": scene.day.isoformat()},
            format="json",
        )

        assert (told.status_code, back.status_code) == (201, 201)
        assert told.json()["ends_on"] == more.ends_on.isoformat()
        stands = api(finance).get(f"/api/v1/grants/{grant.pk}/").json()
        assert stands["unspent"] == {"amount": "3000.00", "currency": "EUR"}
