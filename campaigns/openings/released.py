"""An offer that ended elsewhere, taken over whole: its members, and money that the issuer has had since.

The draft moves straight to "proceeds in use": nobody orders, pays or decides anything here any more.
What of the money is left is the opening balance of the issuer's account; what was spent waits on an
account of its own until it is told for which homes (properties.takeovers), so that every cent traces.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, states
from backend.core.errors import Conflict, Refused, RuleBroken
from backend.core.money import ZERO
from backend.core.users import Actor
from backend.ledger import funds
from backend.treasury import allocations
from backend.treasury.allocations import Part
from campaigns import (
    allotments,
    books,
    checklist,
    holding,
    orders,
    platform_versions,
    pledges,
    purses,
)
from campaigns.models import Campaign, Opening, Payment, Pledge
from campaigns.openings import held, rows
from campaigns.openings.rows import Kept, Told
from campaigns.order_rows import Fault
from campaigns.orders import Order

NEEDED = frozenset(
    {"texts_it", "texts_en", "whole_shares", "dates", "instrument"}
    | {"restricted_account", "ordinary_account", "own_fund"}
)
"""What of the checklist an offer that is over still needs; its sheet and plan were published elsewhere."""


class NotADraft(Conflict):
    code = "opening.not_a_draft"


class Incomplete(Conflict):
    code = "opening.incomplete"


class BadDay(Refused):
    code = "opening.bad_day"


class NotOfTheOffer(Refused):
    code = "opening.not_of_the_offer"


class BadSum(Refused):
    code = "opening.bad_sum"


def refuse_unfit(*, campaign: Campaign, told: Told) -> None:
    """Refuse to take an offer over whole that is not over, or of which too little is known.

    Raises NotADraft, Incomplete (with what is missing), BadDay.
    """
    if campaign.state != Campaign.State.DRAFT:
        raise NotADraft(
            _("Only a draft takes over an offer that ended elsewhere."), campaign=campaign.slug
        )
    lacks = [item for item in checklist.missing(campaign) if item.code in NEEDED]
    if lacks:
        listed = "; ".join(str(item.label) for item in lacks)
        raise Incomplete(_("The draft lacks: %(lacks)s.") % {"lacks": listed})
    first = campaign.opens_on
    assert told.released_on is not None, "the caller asks for it"
    assert first is not None, "asked for above (dates)"
    if not first <= told.released_on <= told.as_of:
        raise BadDay(
            _("Money is released after the opening of the offer, and before the day of the list."),
            field="released_on",
        )


def apply(*, opening: Opening, campaign: Campaign, by: Actor, at: dt.datetime) -> list[Fault]:
    """Write members and money of a list; return what was wrong with it, and then book nothing.

    Raises NoOpeningBalance, AlreadyExplained, BadSum.
    """
    assert opening.released_on is not None, "what is held is taken over by `held`"
    campaign.refresh_from_db()
    if campaign.state != Campaign.State.DRAFT:
        raise NotADraft(
            _("Only a draft takes over an offer that ended elsewhere."), campaign=campaign.slug
        )
    holding.open_fund(campaign=campaign, by=by, at=at, since=campaign.opens_on)
    faults: list[Fault] = []
    payments: list[Payment] = []
    for kept in rows.in_queue(opening.rows):
        try:
            with transaction.atomic():
                pledge = _take_over(opening, campaign, kept, by, at)
                payments.append(held.payment_of(opening, kept, pledge, at))
        except RuleBroken as problem:
            faults.append(Fault(kept["line"], "", str(problem)))
    if not faults:
        _book(opening, campaign, Payment.objects.bulk_create(payments), by, at)
    return faults


def _take_over(
    opening: Opening, campaign: Campaign, kept: Kept, by: Actor, at: dt.datetime
) -> Pledge:
    row = rows.order_of(kept)
    assert campaign.opens_on is not None, "see refuse_unfit"
    assert opening.released_on is not None, "see apply"
    if not campaign.opens_on <= clock.day_of(row.ordered_at) <= opening.released_on:
        raise NotOfTheOffer(_("This order is not of the days of the offer."), field="ordered_at")
    investor = platform_versions.investor_of(campaign, row, by=by, at=at)
    order = Order(campaign, investor, row.shares, ordered_at=row.ordered_at)
    orders.refuse_count(campaign, row.shares)
    orders.refuse_mixed(order)
    return pledges.take_over(order=order, campaign=campaign, by=by, at=at)


def _book(
    opening: Opening, campaign: Campaign, payments: Sequence[Payment], by: Actor, at: dt.datetime
) -> None:
    """Shares to all, all money to the issuer; what is left of it stands on the issuer's account."""
    assert opening.released_on is not None, "see apply"
    on = clock.start_of(opening.released_on)
    funds.release(fund=purses.fund(campaign), by=by, at=at)
    books.taken_over(payments, by=by, at=at)
    members = [payment.pledge for payment in payments]
    allotments.register(campaign=campaign, pledges=members, allotted_at=on, by=by, at=at)
    amount = sum((payment.amount for payment in payments), ZERO)
    holding.released_elsewhere(campaign=campaign, amount=amount, on=on)
    reason = f"taken over: {opening.evidence}"
    states.move(record=campaign, to=Campaign.State.IN_USE, by=by, at=at, reason=reason[:300])
    left = opening.left or ZERO
    if not ZERO <= left <= amount or amount == ZERO:
        raise BadSum(_("No more can be left than was released, and something was."), field="left")
    if left > ZERO:
        source, target = purses.spent_before(campaign), purses.released(campaign)
        line = held.opening_line(purses.ordinary_account(campaign))
        part = Part(line=line, amount=left, source=source, target=target, reason=reason)
        allocations.allocate_many([part], by=by, at=at)
    facts = {"released": str(amount.amount), "left": str(left.amount)}
    audit.record(action="campaign.taken_over", subject=campaign, by=by, at=at, facts=facts)
