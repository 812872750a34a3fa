"""Running costs: charge an invoice, or a part of it, to a grant or to own money; have it paid.

What a grant does not pay is refused with the reason, and by the database: the fund's policies judge the
payment, triggers judge the cost. Raised capital pays no running cost.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from djmoney.money import Money

from backend.core import audit, transactions, users
from backend.core.errors import Conflict
from backend.core.models import Organisation, User
from backend.core.money import ZERO, positive, said
from backend.core.users import SYSTEM, Actor
from backend.ledger import accounts, funds
from backend.ledger.models import Account, Fund, Purpose
from backend.treasury import bank_accounts, expectations, payment_orders, references
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import BankAccount, Expectation, PaymentOrder
from backend.treasury.payment_orders import NewOrder, Payee
from backend.treasury.returned_payments import Undone
from campaigns.models import Grant, Invoice, RunningCost

OWNER = "campaigns.running_cost"


class OutsidePeriod(Conflict):
    code = "running_cost.outside_period"


class NotEligible(Conflict):
    code = "running_cost.not_eligible"


class GrantSpent(Conflict):
    code = "running_cost.grant_spent"


class InvoiceCharged(Conflict):
    code = "running_cost.invoice_charged"


class RaisedCapital(Conflict):
    code = "running_cost.raised_capital"


class OfAnother(Conflict):
    code = "running_cost.of_another"


class NotOpen(Conflict):
    code = "running_cost.not_open"


@dataclass(frozen=True, kw_only=True)
class NewCost:
    """A part of an invoice: what for, when it arose, when it is paid, and from which money.

    Without a fund the grant's pays; a grant with own money is the issuer's own share.
    """

    invoice: Invoice
    purpose: str
    amount: Money
    incurred_on: dt.date
    due_on: dt.date
    bank_account: BankAccount
    grant: Grant | None = None
    fund: Fund | None = None


@transactions.repeated
def charge(*, new: NewCost, by: Actor, at: dt.datetime) -> RunningCost:
    """Owe a cost; from now on its payment is expected at the bank.

    Raises RaisedCapital, OutsidePeriod, NotEligible, GrantSpent with what remains, InvoiceCharged with
    what is left of the invoice, OfAnother organisation's.
    """
    users.require(by, "grant.edit")
    with transaction.atomic():
        fund, amount = _refused_bad(new), positive(new.amount)
        _refuse_more(new, fund, amount)
        account = accounts.open_account(
            code=f"fund:{fund.code}:use:{new.purpose}", kind=Account.Kind.USE, fund=fund,
            purpose=new.purpose,
        )  # fmt: skip
        cost: RunningCost = RunningCost.objects.create(
            organisation=new.invoice.organisation,
            invoice=new.invoice,
            grant=new.grant,
            fund=fund,
            purpose=new.purpose,
            amount=amount,
            incurred_on=new.incurred_on,
            due_on=new.due_on,
            account=account,
            recorded_at=at,
            by_label=users.label(by),
        )
        # The cost has its number now, and the reference on the payment is made of that.
        cost.expectation = expectations.open_one(spec=_spec(cost, new.bank_account), at=at)
        cost.save(update_fields=["expectation"])
        audit.record(action="running_cost.charged", subject=cost, by=by, at=at)
    return cost


def cancel(*, cost: RunningCost, by: Actor, at: dt.datetime, reason: str) -> RunningCost:
    """Take a cost back that was neither paid nor ordered at the bank. Raises NotOpen."""
    users.require(by, "grant.edit")
    with transaction.atomic():
        rows = Expectation.objects.select_for_update(of=("self",), no_key=True)
        expectation = rows.get(running_cost=cost)
        is_met = expectation.allocations.exists()
        waits = RunningCost.objects.filter(pk=cost.pk, cancelled_at=None)
        if is_met or payment_orders.ordered([expectation]) or not waits.update(cancelled_at=at):
            raise NotOpen(_("This cost is paid, ordered or cancelled already."), cost=cost.pk)
        expectations.cancel(expectation=expectation, by=by, at=at, reason=reason)
        audit.record(action="running_cost.cancelled", subject=cost, by=by, at=at, reason=reason)
    cost.refresh_from_db()
    return cost


def order(
    *, costs: Sequence[RunningCost], execute_on: dt.date, by: User, at: dt.datetime
) -> PaymentOrder:
    """Order the payments of costs of one bank account, where the invoice has an IBAN; a second person
    approves. Raises what `payment_orders.draft` raises."""
    payees = [
        Payee(
            cost.expectation,
            cost.invoice.supplier,
            cost.invoice.supplier_iban,
            f"{references.shown(cost.expectation.reference)} {cost.invoice.number}",
        )
        for cost in costs
        if cost.expectation is not None and cost.invoice.supplier_iban
    ]
    if not payees:
        raise payment_orders.NothingToPay(_("There is nothing to pay now."))
    account = payees[0].expectation.bank_account
    new = NewOrder(account, _("Running costs"), payees, execute_on, subject="running_costs")
    return payment_orders.draft(new=new, by=by, at=at)


def unpaid(organisation: Organisation) -> list[RunningCost]:
    """Costs that are owed and that the bank does not show as paid in full, the most urgent first."""
    waiting = Expectation.objects.outstanding().filter(owner_kind=OWNER)
    rows = RunningCost.objects.filter(
        organisation=organisation, cancelled_at=None, expectation__in=waiting.values("pk")
    )
    related = rows.select_related("invoice", "fund", "expectation__bank_account")
    return list(related.defer("invoice__content").order_by("due_on", "id"))


def unordered(organisation: Organisation) -> list[RunningCost]:
    """Unpaid costs of the bank account that owes the most urgent one, in no order yet."""
    due = [cost for cost in unpaid(organisation) if cost.invoice.supplier_iban]
    expected = [cost.expectation for cost in due if cost.expectation is not None]
    taken = payment_orders.ordered(expected)
    free = [cost for cost in due if cost.expectation_id not in taken]
    return [cost for cost in free if _account_of(cost) == _account_of(free[0])]


def on_met(met: Sequence[Met]) -> None:
    """A cost was paid: the books and its expectation say so."""


def charged(grant: Grant) -> Money:
    """What was charged to the grant's own money."""
    rows = RunningCost.objects.filter(grant=grant, fund=grant.fund_id, cancelled_at=None)
    return Money(rows.aggregate(sum=Sum("amount"))["sum"] or 0, "EUR")


def asked_back(grant: Grant) -> Money:
    """What of the grant goes back to the grantor, or went."""
    rows = grant.repayments.filter(failed_at=None)
    return Money(rows.aggregate(sum=Sum("amount"))["sum"] or 0, "EUR")


def on_undone(undone: Sequence[Undone]) -> None:
    """A payment did not reach the supplier: the cost is taken back, and the invoice may be charged
    and paid anew."""
    for one in undone:
        open_ones = RunningCost.objects.filter(expectation=one.expectation, cancelled_at=None)
        for cost in open_ones:
            open_ones.filter(pk=cost.pk).update(cancelled_at=one.at)
            audit.record(
                action="running_cost.not_paid",
                subject=cost,
                by=SYSTEM,
                at=one.at,
                reason=one.reason,
            )


def _account_of(cost: RunningCost) -> int | None:
    return cost.expectation.bank_account_id if cost.expectation else None


def _refused_bad(new: NewCost) -> Fund:
    """The fund that pays, unless a rule speaks against the cost."""
    fund = new.fund or (new.grant.fund if new.grant else None)
    if fund is None or (fund.is_restricted and (not new.grant or fund.pk != new.grant.fund_id)):
        raise RaisedCapital(
            _("Running costs are paid from a grant or from own money."), field="fund"
        )
    owners = {new.invoice.organisation_id, fund.organisation_id, new.bank_account.holder_id}
    if len(owners) > 1:
        raise OfAnother(_("Invoice, money and account are of one organisation."), field="fund")
    if new.grant is not None:
        _refuse_ineligible(new.grant, new)
    return fund


def _refuse_ineligible(grant: Grant, new: NewCost) -> None:
    if not grant.starts_on <= new.incurred_on <= grant.ends_on:
        raise OutsidePeriod(
            _("“%(grant)s” pays costs that arise from %(from)s to %(to)s.")
            % {"grant": grant.title, "from": grant.starts_on, "to": grant.ends_on},
            field="incurred_on",
        )
    if new.due_on > grant.pay_until:
        raise OutsidePeriod(
            _("“%(grant)s” pays what is paid by %(day)s.")
            % {"grant": grant.title, "day": grant.pay_until},
            field="due_on",
        )
    if new.purpose not in funds.allowed_purposes(fund=grant.fund, on=grant.ends_on):
        raise NotEligible(
            _("“%(grant)s” does not pay for “%(kind)s”.")
            % {"grant": grant.title, "kind": Purpose(new.purpose).label},
            field="purpose",
        )


def _refuse_more(new: NewCost, fund: Fund, amount: Money) -> None:
    """Lock invoice and grant, and refuse more than either has left: no invoice is charged twice."""
    invoice: Invoice = Invoice.objects.select_for_update(no_key=True).get(pk=new.invoice.pk)
    rows = RunningCost.objects.filter(invoice=invoice, cancelled_at=None)
    taken = Money(rows.aggregate(sum=Sum("amount"))["sum"] or 0, "EUR")
    if amount > invoice.total - taken:
        raise InvoiceCharged(
            _("Of this invoice %(left)s are left.") % {"left": said(invoice.total - taken)},
            field="amount",
        )
    if new.grant is None or fund.pk != new.grant.fund_id:
        return
    grant: Grant = Grant.objects.select_for_update(no_key=True).get(pk=new.grant.pk)
    left = max(grant.amount - charged(grant) - asked_back(grant), ZERO)
    if amount > left:
        raise GrantSpent(
            _("Of “%(grant)s” %(left)s remain.") % {"grant": grant.title, "left": said(left)},
            field="amount",
        )


def _spec(cost: RunningCost, bank_account: BankAccount) -> ExpectationSpec:
    return ExpectationSpec(
        reference=references.creditor_reference(f"running-cost:{cost.pk}"),
        direction=Expectation.Direction.OUT,
        amount=cost.amount,
        bank_account=bank_account,
        source=bank_accounts.sub_account(bank_account=bank_account, fund=cost.fund),
        target=cost.account,
        owner_kind=OWNER,
        owner_key=str(cost.pk),
        counterparty=cost.invoice.supplier,
        due_on=cost.due_on,
    )
