"""The bookkeeping of homes: their accounts, and the entries that no bank line makes.

The only module of this package that posts to the ledger. Payments are booked by treasury, from the
source to the target of an expectation.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.money import ZERO
from backend.core.users import Actor
from backend.ledger import accounts, months, posting
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import Account, Entry, Fund
from backend.ledger.posting import Leg
from properties.models import CostLine, Sale, SalePart, Tenancy, Unit


def use_account(*, unit: Unit, fund: Fund, purpose: str) -> Account:
    """Where money of a fund goes when it is spent on one home for one purpose."""
    return accounts.open_many([_use(unit, fund, purpose)])[0]


def tenant_account(*, tenancy: Tenancy, own_fund: Fund) -> Account:
    """Where the rents of one contract come from."""
    return accounts.open_account(
        code=f"tenancy:{tenancy.pk}", kind=Account.Kind.PAYER, fund=own_fund
    )


@dataclass(frozen=True, kw_only=True)
class Forfeit:
    """A deposit that was lost: the cost it was paid for, how much, and the own fund that bears it.

    `part` tells apart what the bank showed after the default; empty for what was paid by then.
    """

    line: CostLine
    amount: Money
    own_fund: Fund
    on: dt.date
    part: str = ""


def deposit_forfeited(*, forfeit: Forfeit, by: Actor, at: dt.datetime) -> Entry:
    """Book a lost deposit: due from own money to the raised fund, borne by own money. Once.

    Raised capital bought nothing with it, so it is made whole by a later transfer.
    """
    line, own = forfeit.line, forfeit.own_fund
    paid_from, due, owed = accounts.open_many(
        [
            _use(line.acquisition.unit, line.fund, line.kind),
            AccountSpec(f"due:{line.fund.code}", Account.Kind.DUE, line.fund),
            AccountSpec(f"owed:{own.code}", Account.Kind.OWED, own),
        ]
    )
    borne = use_account(unit=line.acquisition.unit, fund=own, purpose=line.kind)
    entry = posting.NewEntry(
        key=f"deposit_forfeited:{line.pk}{forfeit.part}",
        kind="deposit_forfeited",
        # A loss that is learnt after its month was closed belongs to the open one.
        on=months.open_day(forfeit.on, organisation=line.fund.organisation_id),
        legs=(Leg(paid_from, due, forfeit.amount), Leg(owed, borne, forfeit.amount)),
        memo=str(_("Deposit lost: the balance was not paid.")),
        subject=f"cost:{line.pk}",
    )
    return posting.post(entry=entry, by=by, at=at)


def cost_taken_over(*, line: CostLine, source: Account, on: dt.date, by: Actor) -> Entry:
    """Book what a home cost before this system, from where it waited to be told. Once."""
    assert line.account is not None, "a cost that is taken over has its account"
    entry = posting.NewEntry(
        key=f"cost-taken-over:{line.pk}",
        kind="cost_taken_over",
        on=months.open_day(on, organisation=line.acquisition.organisation_id),
        legs=(Leg(source, line.account, line.amount),),
        subject=f"cost:{line.pk}",
    )
    return posting.post(entry=entry, by=by, at=line.created_at)


@dataclass(frozen=True)
class Sold:
    """A part of the price of a sold home, and how much of each cost of the home it undoes."""

    part: SalePart
    undone: Mapping[Account, Money]
    on: dt.date


def buyer_account(*, sale: Sale, fund: Fund) -> Account:
    """Where the price of a home comes from, for one fund."""
    return accounts.open_account(
        code=f"sale:{sale.pk}:{fund.code}", kind=Account.Kind.PAYER, fund=fund
    )


def home_sold(*, sold: Sold, by: Actor, at: dt.datetime) -> Entry:
    """Book that a price came in place of a cost: the home's cost falls, the money is unspent. Once.

    What is left with the buyer's account is what the fund got beyond its cost.
    """
    part = sold.part
    holding = part.expectation.target
    covered = sum(sold.undone.values(), start=ZERO)
    undone = [Leg(account, holding, amount) for account, amount in sold.undone.items()]
    entry = posting.NewEntry(
        key=f"home_sold:{part.pk}",
        kind="home_sold",
        on=sold.on,
        legs=(Leg(holding, part.account, covered), *undone),
        memo=str(_("Home sold: its cost is undone.")),
        subject=f"sale:{part.sale_id}",
    )
    return posting.post(entry=entry, by=by, at=at)


def _use(unit: Unit, fund: Fund, purpose: str) -> AccountSpec:
    return AccountSpec(f"unit:{unit.pk}:{purpose}:{fund.code}", Account.Kind.USE, fund, purpose)
