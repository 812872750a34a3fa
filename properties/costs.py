"""What a home costs: plan it, commit it, and wait for the bank to show it paid.

Committing opens an expectation in treasury; money moves only when a statement line meets it, from
the fund's account to the use account of this home and kind. A fund pays what its policy allows and
nothing else: asked here for a sentence, refused by the database in any case.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, audit, users
from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO, positive
from backend.core.users import Actor
from backend.ledger import funds
from backend.ledger.models import Account, Fund, Purpose
from backend.treasury import bank_accounts, expectations, references
from backend.treasury.models import Allocation, BankAccount
from campaigns.models import Campaign
from properties import books, limits
from properties.models import Acquisition, CostLine, Works

APPROVAL = "acquisition.offer"
OWNER = "cost"


class NoFund(Refused):
    code = "cost.no_fund"


class FundDoesNotPay(Conflict):
    code = "cost.fund_does_not_pay"


class StillHeld(Conflict):
    code = "cost.still_held"


class NotApproved(Conflict):
    code = "cost.not_approved"


class OwedAlready(Conflict):
    code = "cost.owed_already"


class PaidAlready(Conflict):
    code = "cost.paid_already"


class NoBankAccount(Conflict):
    code = "cost.no_bank_account"


@dataclass(frozen=True, kw_only=True)
class NewCost:
    """A cost of one kind; without a fund, the one of the acquisition pays."""

    kind: str
    amount: Money
    due_on: dt.date
    fund: Fund | None = None
    payee: str = ""
    works: Works | None = None


@transaction.atomic
def plan(*, acquisition: Acquisition, cost: NewCost, by: Actor, at: dt.datetime) -> CostLine:
    """Write down what something will cost; nobody expects the money yet."""
    users.require(by, "cost.commit")
    line = _line(acquisition, cost, at)
    audit.record(action="cost.planned", subject=line, by=by, at=at)
    return line


@transaction.atomic
def commit(*, acquisition: Acquisition, cost: NewCost, by: Actor, at: dt.datetime) -> CostLine:
    """Owe a cost that was not planned before (see owe)."""
    users.require(by, "cost.commit")
    return owe(line=_line(acquisition, cost, at), payee=cost.payee, by=by, at=at)


@transaction.atomic
def owe(*, line: CostLine, payee: str = "", by: Actor, at: dt.datetime) -> CostLine:
    """Owe what was planned: from now on the payment is expected in the bank statement.

    Raises NotApproved without a second person's approval, FundDoesNotPay when the fund's policy
    does not cover the kind on the due day, StillHeld before the raise is released, OwedAlready, and
    what `limits.refuse` raises.
    """
    users.require(by, "cost.commit")
    purchase = line.acquisition
    if line.account is not None:
        raise OwedAlready(_("This cost is owed already."))
    if not approvals.is_approved(action=APPROVAL, subject=purchase):
        raise NotApproved(_("A second person must approve this purchase first."))
    assert line.due_on is not None, "a cost is due on a day"
    refuse_unpayable(fund=line.fund, kind=line.kind, on=line.due_on)
    limits.refuse(acquisition=purchase, fund=line.fund, kind=line.kind, amount=line.amount)
    line.account = books.use_account(unit=purchase.unit, fund=line.fund, purpose=line.kind)
    line.expectation = expectations.open_one(spec=_spec(line, line.account, payee), at=at)
    line.save(update_fields=["account", "expectation"])
    audit.record(action="cost.committed", subject=line, by=by, at=at)
    return line


@transaction.atomic
def drop(*, line: CostLine, reason: str, by: Actor, at: dt.datetime) -> None:
    """Let a cost go that turned out otherwise: it is owed and waited for no more.

    Raises PaidAlready: what was paid stays, and only the bank brings it back.
    """
    users.require(by, "cost.commit")
    if paid_of(line) > ZERO or line.taken_over_id is not None:
        raise PaidAlready(_("This cost is paid: it comes back through the bank alone."))
    facts = {"kind": line.kind, "amount": str(line.amount.amount)}
    audit.record(action="cost.dropped", subject=line, by=by, at=at, reason=reason, facts=facts)
    if line.expectation is None:
        line.delete()
    else:
        expectations.cancel(expectation=line.expectation, by=by, at=at, reason=reason)


def refuse_unpayable(*, fund: Fund, kind: str, on: dt.date) -> None:
    """Raise FundDoesNotPay or StillHeld, with the sentence that the database would not find."""
    if not fund.is_restricted:
        return
    if kind not in funds.allowed_purposes(fund=fund, on=on):
        raise FundDoesNotPay(
            _("%(fund)s does not pay for “%(kind)s”: its policy does not allow it.")
            % {"fund": fund.name, "kind": Purpose(kind).label},
            field="kind",
        )
    if fund.is_held and fund.released_at is None:
        raise StillHeld(_("This money is held until the raise is closed and released."))


def planned(acquisition: Acquisition, *kinds: str) -> Money:
    """All lines of some kinds, planned or committed; what was dropped is neither."""
    return _sum(acquisition.costs.exclude(CostLine.DROPPED).filter(**_of(kinds)))


def committed(acquisition: Acquisition, *kinds: str) -> Money:
    """Lines that are owed."""
    return _sum(acquisition.costs.filter(CostLine.OWED, **_of(kinds)))


def paid(acquisition: Acquisition, *kinds: str) -> Money:
    """What the bank shows as paid for lines of some kinds, or was paid before this system."""
    return sum(paid_by(acquisition.costs.filter(**_of(kinds)), "acquisition").values(), ZERO)


def paid_of(line: CostLine) -> Money:
    """What the bank shows as paid for one line, or was paid before this system."""
    return paid_by(CostLine.objects.filter(pk=line.pk), "pk").get(line.pk, ZERO)


def paid_by(lines: QuerySet[CostLine], name: str) -> dict[Any, Money]:
    """What was paid for lines, by a column of theirs: two queries however many."""
    met = Allocation.objects.filter(expectation__cost_line__in=lines)
    before = lines.filter(taken_over__isnull=False)
    found: dict[Any, Money] = defaultdict(lambda: ZERO)
    for rows, column in ((met, f"expectation__cost_line__{name}"), (before, name)):
        for key, amount in rows.order_by().values_list(column).annotate(sum=Sum("amount")):
            found[key] += Money(amount, "EUR")
    return dict(found)


def bank_account_of(fund: Fund) -> BankAccount:
    """The issuer's ordinary account from which a fund pays."""
    campaign = Campaign.objects.filter(fund=fund).select_related("ordinary_account").first()
    if campaign and campaign.ordinary_account:
        return campaign.ordinary_account
    ordinary = BankAccount.objects.filter(
        holder=fund.organisation_id, kind=BankAccount.Kind.ORDINARY
    )
    account = ordinary.order_by("pk").first()
    if account is None:
        raise NoBankAccount(_("The issuer has no ordinary bank account to pay from."))
    return account


def own_fund_of(organisation_id: int) -> Fund:
    """The issuer's own money, which stands behind its raised funds and takes in its rents."""
    own = Fund.objects.filter(organisation=organisation_id, is_restricted=False)
    found = own.order_by("pk").first()
    if found is None:
        raise NoFund(_("The issuer has no fund of own money."))
    return found


def _line(acquisition: Acquisition, cost: NewCost, at: dt.datetime) -> CostLine:
    return CostLine.objects.create(
        acquisition=acquisition,
        kind=cost.kind,
        amount=positive(cost.amount),
        fund=_paying_fund(acquisition, cost),
        works=cost.works,
        due_on=cost.due_on,
        created_at=at,
    )


def _spec(line: CostLine, account: Account, payee: str) -> expectations.ExpectationSpec:
    return expectations.ExpectationSpec(
        reference=references.creditor_reference(f"cost:{line.pk}"),
        direction="out",
        amount=line.amount,
        counterparty=payee,
        due_on=line.due_on,
        bank_account=bank_account_of(line.fund),
        source=holding_of(line.fund),
        target=account,
        owner_kind=OWNER,
        owner_key=str(line.pk),
    )


def holding_of(fund: Fund) -> Account:
    """Where a fund's money lies at its bank account."""
    account: Account = bank_accounts.sub_account(
        bank_account=bank_account_of(fund), fund=fund, kind=Account.Kind.HOLDING
    )
    return account


def _paying_fund(acquisition: Acquisition, cost: NewCost) -> Fund:
    fund = cost.fund or acquisition.fund
    if fund is None:
        raise NoFund(_("Say which fund pays."), field="fund")
    return fund


def _of(kinds: Sequence[str]) -> dict[str, Sequence[str]]:
    return {"kind__in": kinds} if kinds else {}


def _sum(lines: QuerySet[CostLine]) -> Money:
    amount = lines.aggregate(sum=Sum("amount"))["sum"]
    return Money(amount, "EUR") if amount is not None else ZERO
