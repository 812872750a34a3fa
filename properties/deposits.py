"""What becomes of money that a purchase took when the purchase brought no home.

It is expected back, or it is lost and own money bears it; also when the bank shows a payment only
after the end. The payments themselves are `costs`, the bookkeeping is `books`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from djmoney.money import Money

from backend.core import audit
from backend.core.money import ZERO
from backend.core.users import SYSTEM, Actor
from backend.ledger.models import Account
from backend.treasury import expectations, references
from backend.treasury.models import Expectation
from properties import books, costs, limits
from properties.models import Acquisition, CostLine

BACK = "deposit_back"
DEFAULTED = "DEFAULTED"


@dataclass(frozen=True)
class Paid:
    """A deposit, or a part of the price, that the bank shows as paid, and where it lies.

    `part` tells apart what was shown after the purchase ended.
    """

    line: CostLine
    account: Account
    amount: Money
    part: str = ""


def hold(acquisition: Acquisition) -> None:
    """Lock the payments that a purchase waits for, until the transaction ends.

    Before the purchase itself, because a bank's lines come that way too (expectation, then owner).
    """
    waiting = Expectation.objects.filter(cost_line__acquisition=acquisition)
    list(waiting.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def expect_back(*, acquisition: Acquisition, at: dt.datetime) -> list[Expectation]:
    """No home came of it: what was paid of its price comes back to the funds that paid it."""
    return expectations.open_many([_spec(paid) for paid in _payments(acquisition)], at=at)


def forfeit(*, acquisition: Acquisition, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """The balance was not paid in time: what was paid is lost (c.p.c. 587), and own money owes it."""
    for paid in _payments(acquisition):
        _forfeit(paid, on=on, by=by, at=at)


def on_cost_met(met: Sequence[expectations.Met]) -> None:
    """A line of a bank statement paid a cost: write it down, and follow it if it came too late."""
    rows = CostLine.objects.select_related("fund", "account")
    lines = rows.in_bulk([int(each.expectation.owner_key) for each in met])
    purchases = _purchases(line.acquisition_id for line in lines.values())
    for each in met:
        line = lines[int(each.expectation.owner_key)]
        facts = {"amount": str(each.amount.amount), "line": each.line.pk}
        audit.record(action="cost.paid", subject=line, by=SYSTEM, at=each.at, facts=facts)
        if line.kind in limits.PRICE and line.account is not None:
            late = Paid(line, line.account, each.amount, f":line:{each.line.pk}")
            _follow(late, purchases[line.acquisition_id], each)


def on_back_met(met: Iterable[expectations.Met]) -> None:
    """A deposit came back; the books say so, nothing else changes."""


def _purchases(ids: Iterable[int]) -> dict[int, Acquisition]:
    # Locked: a purchase that ends in this second either sees this payment, or is seen here as over.
    rows = Acquisition.objects.filter(pk__in=set(ids)).order_by("pk")
    return {row.pk: row for row in rows.select_for_update(no_key=True)}


def _follow(late: Paid, acquisition: Acquisition, met: expectations.Met) -> None:
    if acquisition.state == DEFAULTED:
        _forfeit(late, on=met.line.booked_on, by=SYSTEM, at=met.at)
    elif limits.has_ended(acquisition):
        expectations.open_one(spec=_spec(late), at=met.at)


def _forfeit(paid: Paid, *, on: dt.date, by: Actor, at: dt.datetime) -> None:
    if not paid.line.fund.is_restricted:
        return
    lost = books.Forfeit(
        line=paid.line,
        amount=paid.amount,
        own_fund=costs.own_fund_of(paid.line.fund.organisation_id),
        on=on,
        part=paid.part,
    )
    books.deposit_forfeited(forfeit=lost, by=by, at=at)


def _payments(acquisition: Acquisition) -> list[Paid]:
    lines = acquisition.costs.filter(kind__in=limits.PRICE).select_related("fund", "account")
    return [
        Paid(line, line.account, met)
        for line in lines.order_by("pk")
        if line.account is not None and (met := costs.paid_of(line)) > ZERO
    ]


def _spec(paid: Paid) -> expectations.ExpectationSpec:
    fund = paid.line.fund
    return expectations.ExpectationSpec(
        reference=references.creditor_reference(f"deposit-back:{paid.line.pk}{paid.part}"),
        direction="in",
        amount=paid.amount,
        bank_account=costs.bank_account_of(fund),
        source=paid.account,
        target=costs.holding_of(fund),
        owner_kind=BACK,
        owner_key=str(paid.line.pk),
    )
