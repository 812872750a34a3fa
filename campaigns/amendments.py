"""An order made smaller or larger before it is confirmed; what was paid never changes what was pledged.

Smaller keeps its place in the queue, for as long as the order could be taken back. Larger is a second
pledge for the added shares, placed now: it queues behind, with a reflection and a reference of its own.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from backend.core import audit, states, transactions
from backend.core.errors import Refused
from backend.core.money import ZERO
from backend.core.users import Actor
from campaigns import figures, letters, orders, places, pledges, refunds
from campaigns.models import Campaign, Pledge
from campaigns.orders import Order


class NothingChanges(Refused):
    code = "pledge.nothing_changes"


@dataclass(frozen=True)
class Wanted:
    """What an order shall become; whoever adds to it acknowledges and reads as for a new one."""

    shares: int
    is_acknowledged: bool = False
    sheet_version: int | None = None
    warnings_read: str = ""


@dataclass(frozen=True)
class Amended:
    """The pledge as it stands now, and what was added to it, if anything."""

    pledge: Pledge
    added: Pledge | None = None


@transactions.repeated
def amend(*, pledge: Pledge, wanted: Wanted, by: Actor, at: dt.datetime) -> Amended:
    """Change an order to another whole number of shares (ECSPR art. 22; our reading of it).

    Raises NothingChanges, WrongState, what `orders.check` raises for more, and for fewer what
    `pledges.revoke` raises or BelowMinimum and NotAStep.
    """
    shares = wanted.shares
    if shares == pledge.shares:
        raise NothingChanges(_("The pledge has this number of shares already."), field="shares")
    with transaction.atomic():
        campaign = places.lock(pledge.campaign)
        pledge = pledges.fresh([pledge])[0]
        if pledge.state not in (Pledge.State.PLACED, Pledge.State.WAITLISTED):
            raise states.WrongState(
                _("Only a pledge that nobody confirmed or ended may be changed."),
                state=pledge.state,
            )
        if shares > pledge.shares:
            return Amended(pledge, pledges.place(order=more(pledge, wanted), by=by, at=at))
        orders.refuse_count(campaign, shares)
        pledges.refuse_irrevocable(pledge, campaign, at)
        return Amended(lower(pledge=pledge, campaign=campaign, shares=shares, by=by, at=at))


def more(pledge: Pledge, wanted: Wanted) -> Order:
    """The order that a larger number of shares adds to a pledge."""
    return Order(
        campaign=pledge.campaign,
        investor=pledge.investor,
        shares=wanted.shares - pledge.shares,
        is_acknowledged=wanted.is_acknowledged,
        added_to=pledge.shares,
        sheet_version=wanted.sheet_version,
        warnings_read=wanted.warnings_read,
    )


def lower(*, pledge: Pledge, campaign: Campaign, shares: int, by: Actor, at: dt.datetime) -> Pledge:
    """Make a pledge smaller; the caller holds the campaign's lock and asked whether it may be.

    Its place stays, the freed places go to those who wait, money beyond it goes back. The expected
    transfer keeps its reference: what comes beyond the new amount is returned.
    """
    before = pledge.shares
    pledge.shares, pledge.amount = shares, campaign.price_per_share * shares
    pledge.save(update_fields=["shares", "amount"])
    if pledge.state in Pledge.STANDING:
        freed = before - shares
        Campaign.objects.filter(pk=campaign.pk).update(taken_shares=F("taken_shares") - freed)
    facts = {"shares_before": before, "shares": shares}
    audit.record(action="pledge.amended", subject=pledge, by=by, at=at, facts=facts)
    _return_beyond(pledge, by, at)
    letters.to_pledger(pledge, "pledge_amended", at=at, occasion=at.isoformat())
    places.promote(campaign=campaign, at=at)
    return pledge


def _return_beyond(pledge: Pledge, by: Actor, at: dt.datetime) -> None:
    """Send back what was paid beyond the pledge and is not on its way back already."""
    asked = sum((refund.amount for refund in refunds.under_way(pledge)), ZERO)
    beyond = figures.of_pledge(pledge).to_return - asked
    if beyond > ZERO:
        reason = "the order was made smaller"
        refunds.return_part(pledge=pledge, amount=beyond, by=by, at=at, reason=reason)
