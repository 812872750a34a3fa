"""Pledges of an offer that runs, and their money on the restricted account, taken over.

The money is what the account's first statement opens with, divided among its payers.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.core.errors import Conflict, RuleBroken
from backend.core.money import ZERO, euro
from backend.core.users import Actor
from backend.treasury import allocations
from backend.treasury.allocations import Part
from backend.treasury.line_rows import OPENING
from backend.treasury.models import BankAccount, BankLine
from campaigns import endings, figures, platform_versions, pledges, purses
from campaigns.models import Campaign, Opening, Payment, Pledge
from campaigns.openings import rows
from campaigns.openings.rows import Kept
from campaigns.order_rows import Fault
from campaigns.orders import Order


class NoOpeningBalance(Conflict):
    code = "opening.no_balance"


def apply(*, opening: Opening, campaign: Campaign, by: Actor, at: dt.datetime) -> list[Fault]:
    """Write the pledges of a list and book what they paid; return what was wrong, and then book nothing.

    Raises NoOpeningBalance, AlreadyExplained.
    """
    faults: list[Fault] = []
    payments: list[Payment] = []
    for kept in rows.in_queue(opening.rows):
        try:
            with transaction.atomic():
                payments += _take_over(opening, kept, by, at)
        except RuleBroken as problem:
            faults.append(Fault(kept["line"], "", str(problem)))
    if not faults:
        _book(opening, campaign, payments, by, at)
    return faults


def payment_of(opening: Opening, kept: Kept, pledge: Pledge, at: dt.datetime) -> Payment:
    """What a kept row says was paid, as a payment of its pledge; not saved."""
    return Payment(
        pledge=pledge,
        method=Payment.Method.OPENING,
        provider_id=f"opening:{opening.pk}:{kept['order_id']}",
        amount=euro(Decimal(kept["paid"])),
        received_at=clock.start_of(dt.date.fromisoformat(kept["paid_on"])),
        learnt_at=at,
    )


def opening_line(account: BankAccount) -> BankLine:
    """The balance before an account's first statement. Raises NoOpeningBalance."""
    line = BankLine.objects.filter(account=account, identity=OPENING).first()
    if line is None:
        raise NoOpeningBalance(
            _("Hand in the first statement of the account that opens with this money."),
            account=account.iban,
        )
    return line


def _take_over(opening: Opening, kept: Kept, by: Actor, at: dt.datetime) -> Sequence[Payment]:
    row, campaign = rows.order_of(kept), opening.campaign
    investor = platform_versions.investor_of(campaign, row, by=by, at=at)
    order = Order(campaign, investor, row.shares, ordered_at=row.ordered_at)
    pledge = pledges.mirror(order=order, by=by, at=at)
    payment = payment_of(opening, kept, pledge, at)
    return [payment] if payment.amount > ZERO else []


def _book(
    opening: Opening,
    campaign: Campaign,
    payments: Sequence[Payment],
    by: Actor,
    at: dt.datetime,
) -> None:
    """Divide what the restricted account opened with among those who had paid it."""
    made = Payment.objects.bulk_create(payments)
    line = opening_line(purses.restricted_account(campaign)) if made else None
    for payment in made:
        assert line is not None, "money that was taken over stands on a line"
        part = Part(
            line=line,
            amount=payment.amount,
            source=payment.pledge.payer,
            target=purses.held(campaign),
            reason=f"taken over: {opening.evidence}",
        )
        allocations.allocate_many([part], by=by, at=at)
    found = figures.of_pledges([payment.pledge for payment in made])
    whole = [payment.pledge for payment in made if found[payment.pledge_id].is_paid]
    endings.expect_no_more(whole, by=by, at=at, reason="was paid before the opening")
