"""What a proof states, gathered from register, ledger and dated data.

Facts are JSON, so that two of them can be compared and hashed; `certificates` freezes them,
`proof_words` words them. Money is
what is paid now: received, less returned, less what a card's holder took back.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext
from djmoney.money import Money

from backend.core import clock
from backend.core.money import ZERO
from campaigns import reliefs
from campaigns.models import (
    Allotment,
    Certificate,
    Chargeback,
    Payment,
    Pledge,
)
from campaigns.rules import tax_relief
from investors.models import Investor

Kind = Certificate.Kind


def gather(
    allotment: Allotment, *, kind: str, scheme: str = "", at: dt.datetime
) -> dict[str, Any] | None:
    """The facts of a proof as they stand; None when everything went back, and nothing is left to prove."""
    money = money_of([allotment.pledge])[allotment.pledge_id]
    return stated(allotment, money, kind=kind, scheme=scheme)


def stated(
    allotment: Allotment, money: "Paid", *, kind: str, scheme: str = ""
) -> dict[str, Any] | None:
    """The same from what is known of the money; of a contract and a subscription without a query."""
    pledge, campaign, payments = allotment.pledge, allotment.campaign, money.payments
    received = sum((came.amount for came in payments), ZERO)
    paid = tax_relief.certified(received, money.taken_back)
    if paid is None:
        return None
    found = {
        "issuer": campaign.issuer.name,
        "campaign": campaign.title_it,
        "instrument": campaign.instrument,
        "investor": pledge.investor.name,
        "tax_code": pledge.investor.tax_code,
        "register_number": allotment.register_number,
        "shares": allotment.shares,
        "amount": str(allotment.amount.amount),
        "paid": str(paid.amount),
        "payments": [
            {"on": came.on.isoformat(), "amount": str(came.amount.amount), "method": came.method}
            for came in payments
        ],
        "allotted_on": clock.day_of(allotment.allotted_at).isoformat(),
        "is_synthetic": campaign.is_synthetic,
    }
    if kind == Kind.CONTRACT:
        found |= _of_contract(pledge)
    if kind == Kind.TAX_RELIEF:
        found |= _of_relief(allotment, scheme, payments)
    return found


@dataclass(frozen=True)
class Came:
    """A payment that came: its amount less returns, and what of it a card's holder took back."""

    on: dt.date
    amount: Money
    method: str
    taken_back: Money

    @property
    def stayed(self) -> Money:
        return self.amount - self.taken_back


@dataclass(frozen=True)
class Paid:
    """What came for a pledge."""

    payments: list[Came]

    @property
    def taken_back(self) -> Money:
        return sum((came.taken_back for came in self.payments), ZERO)


def money_of(pledges: Sequence[Pledge]) -> dict[int, Paid]:
    """What is paid of some pledges now, by id; two queries however many."""
    ids = [pledge.pk for pledge in pledges]
    returned = Sum("refunds__amount", filter=Q(refunds__returned_at__isnull=False))
    rows = Payment.objects.filter(pledge__in=ids).annotate(went=returned)
    back = Chargeback.objects.filter(payment__pledge__in=ids, reinstated_at=None, repaid_at=None)
    taken = dict(back.order_by().values_list("payment").annotate(Sum("amount")))
    came: dict[int, list[Came]] = {pk: [] for pk in ids}
    for row in rows.order_by("received_at", "id"):
        kept = row.amount - Money(row.went or 0, "EUR")
        if kept > ZERO:
            on, lost = clock.day_of(row.received_at), Money(taken.get(row.pk) or 0, "EUR")
            came[row.pledge_id].append(Came(on, kept, str(row.method), lost))
    return {pk: Paid(came[pk]) for pk in ids}


def of_holding(
    allotment: Allotment, who: Investor, shares: int, *, at: dt.datetime
) -> dict[str, Any] | None:
    """The facts of somebody who holds shares of an entry now; None for who holds none of it.

    What was paid for them is nobody's but the subscriber's to prove.
    """
    facts = gather(allotment, kind=Kind.HOLDING, at=at)
    if facts is None or not shares:
        return None
    price = Decimal(facts["amount"]) / allotment.shares
    return {name: value for name, value in facts.items() if name != "paid"} | {
        "investor": who.name,
        "tax_code": who.tax_code,
        "shares": shares,
        "amount": str(price * shares),
        "payments": [],
        "held_on": clock.day_of(at).isoformat(),
    }


def was_sold_early(allotment: Allotment) -> bool:
    """Whether who subscribed, or got shares from them as a gift, sold some before the relief on the
    payments is safe (I9.holding, I9.gift)."""
    payments, passes = _payments(allotment.pledge), reliefs.passes(allotment)
    bound = tax_relief.bound(allotment.pledge.investor_id, passes)
    return any(
        not tax_relief.keeps_relief(paid_on=came.on, sold_on=each.on)
        for each in passes
        for came in payments
        if each.is_sale and each.giver in bound
    )


def lacks(allotment: Allotment, *, kind: str, scheme: str = "") -> list[str]:
    """What stands against a proof; empty but for the tax relief, which has conditions (I9, I10) and is
    judged payment by payment: one that it is open for is enough."""
    if kind != Kind.TAX_RELIEF:
        return []
    asked = reliefs.Asked(allotment, scheme or tax_relief.ORDINARY)
    days = {came.on for came in _payments(allotment.pledge)}
    judged = [reliefs.lacks(asked, on=on) for on in sorted(days)]
    found = [] if [] in judged else list(dict.fromkeys(each for lacks in judged for each in lacks))
    if was_sold_early(allotment):
        found.append(gettext("Shares of this entry were sold within three years."))
    return found


def _of_contract(pledge: Pledge) -> dict[str, Any]:
    last = pledge.reflection_last_day
    return {
        "ordered_at": pledge.first_at.isoformat(),
        "terms_version": pledge.terms_version,
        "use_of_funds": pledge.campaign.use_of_funds,
        "reflection_last_day": last.isoformat() if last else "",
    }


def _of_relief(allotment: Allotment, scheme: str, payments: Sequence[Came]) -> dict[str, Any]:
    """Since when the issuer is a start-up, and by tax year what was paid, the rate and what it comes to."""
    asked = reliefs.Asked(allotment, scheme or tax_relief.ORDINARY)
    since = reliefs.start_up(allotment.campaign.issuer, on=payments[-1].on).registered_on
    years = reliefs.years(asked, ((came.on, came.stayed) for came in payments))
    return {
        "scheme": asked.scheme,
        "registered_on": since.isoformat() if since else "",
        "years": [
            {
                "year": each.year,
                "paid": str(each.paid.amount),
                "rate_percent": str(each.scheme.rate_percent),
                "yearly_ceiling": str(each.scheme.yearly_ceiling.amount),
                "relief": str(each.relief.amount),
            }
            for each in years
        ],
    }


def _payments(pledge: Pledge) -> list[Came]:
    """What came and was not returned."""
    return money_of([pledge])[pledge.pk].payments
