"""Sell a home: its price goes back to the funds that bought it, in the same shares, and is unspent again.

One person agrees, another approves; then each fund waits for its part at the bank. With the deed the
cost of the home is undone: what the price does not cover stays spent on it, what is beyond is the fund's.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, audit, clock, money, states, users
from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO, positive
from backend.core.users import Actor
from backend.ledger import balances
from backend.ledger.models import ACQUISITION, Account, Fund
from backend.treasury import expectations, references
from backend.treasury.models import Expectation
from properties import books, costs, lettings
from properties.households import InTheFuture
from properties.models import CostLine, Sale, SalePart, Unit

ACTION = "unit.sale"
PART, BACK = "sale", "sale_back"


class NotOurs(Conflict):
    code = "sale.not_ours"


class SoldAlready(Conflict):
    code = "sale.under_way"


class LivedIn(Conflict):
    code = "sale.lived_in"


class PriceNotPaid(Conflict):
    code = "sale.price_not_paid"


class BeforeAgreed(Refused):
    code = "sale.before_agreed"


@dataclass(frozen=True, kw_only=True)
class NewSale:
    """A sale as it is agreed: the whole price, and the day until which it is to be paid."""

    unit: Unit
    price: Money
    due_on: dt.date
    buyer: str = ""


@transaction.atomic
def agree(*, new: NewSale, by: Actor, at: dt.datetime) -> Sale:
    """Write down a sale and ask a second person to approve it.

    Raises NotOurs, SoldAlready, and LivedIn while somebody has a contract with us for the home, or
    while those it was bought with live there: a household is not sold with it.
    """
    users.require(by, "acquisition.edit")
    unit = Unit.objects.select_for_update(no_key=True).get(pk=new.unit.pk)
    if unit.ownership != Unit.Ownership.OWNED:
        raise NotOurs(_("Only a home that is ours can be sold."))
    if Sale.objects.filter(unit=unit).exclude(state=Sale.State.CANCELLED).exists():
        raise SoldAlready(_("A sale of this home is under way already."))
    _refuse_lived_in(unit, new.due_on)
    sale = Sale.objects.create(
        organisation=unit.organisation,
        unit=unit,
        price=positive(new.price),
        buyer=new.buyer,
        due_on=new.due_on,
        created_at=at,
    )
    facts = {"price": str(new.price.amount)}
    audit.record(action="sale.agreed", subject=sale, by=by, at=at, facts=facts)
    approvals.request(action=ACTION, subject=sale, by=by, at=at)
    return sale


def approve(sale: Sale, *, by: Actor, at: dt.datetime) -> Sale:
    """What follows the second person's yes: each fund that bought the home waits for its part."""
    states.move(record=sale, to=Sale.State.APPROVED, by=by, at=at)
    spent = spent_on(sale.unit)
    if not spent:
        spent = {costs.own_fund_of(sale.organisation_id): {}}
    weights = [
        sum(money.cents(each) for each in by_account.values()) for by_account in spent.values()
    ]
    parts = money.split(total=sale.price, weights=weights if any(weights) else [1] * len(weights))
    for fund, amount in zip(spent, parts, strict=True):
        if amount > ZERO:
            _expect(sale, fund, amount, at)
    return sale


@transaction.atomic
def close(*, sale: Sale, deed_on: dt.date, by: Actor, at: dt.datetime) -> Sale:
    """Sign the deed: the home is sold, and what it cost each fund is undone as far as the price goes.

    Raises PriceNotPaid until the bank shows the whole price, LivedIn, BeforeAgreed, InTheFuture.
    """
    users.require(by, "acquisition.edit")
    if deed_on > clock.day_of(at):
        raise InTheFuture(_("This day has not come yet."), field="deed_on")
    if deed_on < clock.day_of(sale.created_at):
        raise BeforeAgreed(_("A deed is signed after the sale is agreed."), field="deed_on")
    _refuse_lived_in(sale.unit, deed_on)
    parts = list(sale.parts.select_related("fund", "account", "expectation").order_by("pk"))
    if not all(expectations.is_met(part.expectation) for part in parts):
        raise PriceNotPaid(_("The bank does not show the whole price yet."))
    # The day before the state: the database refuses a closed sale without its deed.
    sale.deed_on = deed_on
    sale.save(update_fields=["deed_on"])
    states.move(record=sale, to=Sale.State.CLOSED, by=by, at=at)
    spent = spent_on(sale.unit)
    for part in parts:
        undone = _undone(part, spent.get(part.fund, {}))
        if undone:
            books.home_sold(sold=books.Sold(part, undone, deed_on), by=by, at=at)
    Unit.objects.filter(pk=sale.unit_id).update(ownership=Unit.Ownership.SOLD)
    return sale


@transaction.atomic
def cancel(*, sale: Sale, reason: str, by: Actor, at: dt.datetime) -> Sale:
    """Give a sale up before its deed; what the buyer paid is expected to go back to them."""
    users.require(by, "acquisition.edit")
    states.move(record=sale, to=Sale.State.CANCELLED, by=by, at=at, reason=reason)
    for part in sale.parts.select_related("fund", "account", "expectation").order_by("pk"):
        if part.expectation.state == Expectation.State.OPEN:
            expectations.cancel(expectation=part.expectation, by=by, at=at, reason=reason)
        _send_back(part, at)
    return sale


def on_part_met(met: Iterable[expectations.Met]) -> None:
    """A line of the bank paid a part of a price: write it down; the deed is a person's act."""
    for each in met:
        part = SalePart.objects.select_related("sale").get(expectation=each.expectation)
        facts = {"amount": str(each.amount.amount), "line": each.line.pk}
        audit.record(
            action="sale.paid", subject=part.sale, by=users.SYSTEM, at=each.at, facts=facts
        )


def on_sent_back(met: Iterable[expectations.Met]) -> None:
    """A buyer got their money back; the books say so, nothing else changes."""


def spent_on(unit: Unit) -> dict[Fund, dict[Account, Money]]:
    """What each fund has in a home as its cost of acquisition now, by account, by the ledger alone."""
    lines = CostLine.objects.filter(
        acquisition__unit=unit, kind__in=ACQUISITION, account__isnull=False
    )
    uses = {line.account for line in lines.select_related("account__fund") if line.account}
    kept = balances.balances(account.pk for account in uses)
    found: dict[Fund, dict[Account, Money]] = {}
    for account in sorted(uses, key=lambda each: each.pk):
        if account.fund and kept[account.pk] > ZERO:
            found.setdefault(account.fund, {})[account] = kept[account.pk]
    return found


def _refuse_lived_in(unit: Unit, on: dt.date) -> None:
    if lettings.is_lived_in(unit, on):
        raise LivedIn(_("People live here: find them a home first, and say when they left."))


def _expect(sale: Sale, fund: Fund, amount: Money, at: dt.datetime) -> SalePart:
    account = books.buyer_account(sale=sale, fund=fund)
    spec = expectations.ExpectationSpec(
        reference=references.creditor_reference(f"sale:{sale.pk}:{fund.pk}"),
        direction=Expectation.Direction.IN,
        amount=amount,
        counterparty=sale.buyer,
        due_on=sale.due_on,
        bank_account=costs.bank_account_of(fund),
        source=account,
        target=costs.holding_of(fund),
        owner_kind=PART,
        owner_key=f"{sale.pk}:{fund.pk}",
    )
    return SalePart.objects.create(
        sale=sale,
        fund=fund,
        amount=amount,
        account=account,
        expectation=expectations.open_one(spec=spec, at=at),
    )


def _undone(part: SalePart, spent: dict[Account, Money]) -> dict[Account, Money]:
    """How much of each cost the part of the price covers, in the same share of each."""
    whole = sum(spent.values(), start=ZERO)
    covered = min(part.amount, whole)
    if covered <= ZERO:
        return {}
    shares = money.split(total=covered, weights=[money.cents(each) for each in spent.values()])
    return {account: share for account, share in zip(spent, shares, strict=True) if share > ZERO}


def _send_back(part: SalePart, at: dt.datetime) -> None:
    came = -balances.balance(part.account)
    if came <= ZERO:
        return
    spec = expectations.ExpectationSpec(
        reference=references.creditor_reference(f"sale-back:{part.sale_id}:{part.fund_id}"),
        direction=Expectation.Direction.OUT,
        amount=came,
        counterparty=part.sale.buyer,
        bank_account=costs.bank_account_of(part.fund),
        source=costs.holding_of(part.fund),
        target=part.account,
        owner_kind=BACK,
        owner_key=str(part.pk),
    )
    expectations.open_one(spec=spec, at=at)
