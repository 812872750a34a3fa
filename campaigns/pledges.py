"""Pledges: place, revoke, lapse. What refuses an order is in `orders`, the places are in `places`."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, states, transactions
from backend.core.errors import Conflict
from backend.core.money import ZERO
from backend.core.users import SYSTEM, Actor
from campaigns import beginnings, endings, figures, interests, letters, orders, places, windows
from campaigns.models import Campaign, Pledge
from campaigns.orders import Order
from investors import assessments, onboarding

State = Pledge.State


class ReflectionOver(Conflict):
    code = "pledge.reflection_over"


class OfferEnded(Conflict):
    code = "pledge.offer_ended"


def place(*, order: Order, by: Actor, at: dt.datetime) -> Pledge:
    """Place an order: it takes its places, or waits in line when they are not free.

    Raises what `orders.check` raises. An interest gives its own place in the queue; what the investor
    began in this offer (`beginnings`) becomes this order.
    """
    with transaction.atomic():
        campaign = places.lock(order.campaign)
        look = orders.check(order=order, campaign=campaign, at=at)
        pledge = _placed(order, campaign, by, at)
        _expect(pledge, campaign, at)
        _note(order, pledge, by, at)
        told, subject = look.warnings, f"pledge:{pledge.pk}"
        assessments.acknowledge(investor=order.investor, told=told, subject=subject, by=by, at=at)
    return pledge


@transactions.repeated
def mirror(*, order: Order, by: Actor, at: dt.datetime) -> Pledge:
    """Write down an order that a platform took: its place in the queue is that of its own time.

    Reflection runs from the order, the time to pay from today: nobody lapses by a file that came
    late. Raises what `orders.check_mirrored` raises.
    """
    with transaction.atomic():
        campaign = places.lock(order.campaign)
        orders.check_mirrored(order=order, campaign=campaign, at=at)
        pledge = _write(order, campaign, at)
        _expect(pledge, campaign, at)
        _note(order, pledge, by, at)
    return pledge


def take_over(*, order: Order, campaign: Campaign, by: Actor, at: dt.datetime) -> Pledge:
    """Write down an order of an offer that ended elsewhere: nobody waits for its money or is written to.

    The caller holds the campaign's lock and judged the order. Raises OverMaximum.
    """
    campaign.refresh_from_db(fields=["taken_shares"])
    if order.shares > campaign.free_shares:
        raise orders.OverMaximum(_("This is more than the whole offer."), field="shares")
    pledge = _write(order, campaign, at)
    onboarding.introduce(investor=order.investor, organisation=campaign.issuer)
    facts = {"shares": pledge.shares, "amount": str(pledge.amount.amount)}
    audit.record(action="pledge.taken_over", subject=pledge, by=by, at=at, facts=facts)
    return pledge


@transactions.repeated
def revoke(
    *,
    pledge: Pledge,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    heard_at: dt.datetime | None = None,
) -> Pledge:
    """Take an order back: freely while reflection runs (ECSPR art. 22), later while nothing is paid
    and nobody confirmed it. What was told to a platform is judged by when it heard of it.

    Money that came is returned in full. Raises ReflectionOver, OfferEnded, WrongState.
    """
    with transaction.atomic():
        campaign = places.lock(pledge.campaign)
        pledge = fresh([pledge])[0]
        refuse_irrevocable(pledge, campaign, heard_at or at)
        endings.end([pledge], to=State.REVOKED, by=by, at=at, reason=reason)
        places.promote(campaign=campaign, at=at)
    return pledge


def lapse_unpaid(*, at: dt.datetime) -> list[Pledge]:
    """Let orders lapse whose time to pay is over; what was paid in part is returned.

    Called by the schedule as often as it likes.
    """
    lapsed = []
    late = _late(at).values_list("campaign", flat=True).distinct()
    for campaign in Campaign.objects.filter(pk__in=list(late)).order_by("pk"):
        lapsed += _lapse_of(campaign, at)
    return lapsed


# --- Placing ----------------------------------------------------------------------------------------


def _placed(order: Order, campaign: Campaign, by: Actor, at: dt.datetime) -> Pledge:
    """What the investor began becomes the order; else, and for more of an order, a new pledge."""
    if order.added_to:
        return _write(order, campaign, at)
    begun = beginnings.taken(campaign=campaign, investor=order.investor)
    if begun is None:
        return _write(order, campaign, at)
    goal = _fill(begun, order, campaign, at)
    begun.save()
    states.move(record=begun, to=goal, by=by, at=at)
    return begun


def _write(order: Order, campaign: Campaign, at: dt.datetime) -> Pledge:
    pledge = beginnings.drawn(order, campaign)
    pledge.state = _fill(pledge, order, campaign, at)
    pledge.save(force_insert=True)
    return pledge


def _fill(pledge: Pledge, order: Order, campaign: Campaign, at: dt.datetime) -> State:
    """Give a pledge all that makes it the order, with its places if they are free; say its state."""
    pledge.interest, pledge.shares = order.interest, order.shares
    pledge.amount = campaign.price_per_share * order.shares
    pledge.terms_version = campaign.terms_version
    pledge.queued_at = order.interest.expressed_at if order.interest else order.ordered_at or at
    if order.shares > campaign.free_shares:
        return State.WAITLISTED
    pledge.placed_at = order.ordered_at
    places.start_clocks([pledge], campaign, at)
    places.take(campaign, order.shares)
    return State.PLACED


def _expect(pledge: Pledge, campaign: Campaign, at: dt.datetime) -> None:
    """Wait at the bank for the transfer of a pledge that got its places."""
    if pledge.state == State.PLACED:
        places.expect([pledge], campaign, at)


def _note(order: Order, pledge: Pledge, by: Actor, at: dt.datetime) -> None:
    """Everything that is written down of an order beside the order itself."""
    if order.interest is not None:
        interests.convert(interest=order.interest, by=by, at=at)
    onboarding.introduce(investor=order.investor, organisation=pledge.campaign.issuer)
    audit.record(
        action=f"pledge.{pledge.state}",
        subject=pledge,
        by=by,
        at=at,
        facts={"shares": pledge.shares, "amount": str(pledge.amount.amount)},
    )
    letters.to_pledgers([pledge], f"pledge_{pledge.state}", at=at)


# --- Ending --------------------------------------------------------------------------------------


def fresh(pledges: Sequence[Pledge]) -> list[Pledge]:
    """The pledges as they stand now, locked, with what letters and refunds need."""
    endings.hold(pledge.pk for pledge in pledges)
    rows = Pledge.objects.filter(pk__in=[pledge.pk for pledge in pledges])
    related = rows.select_related("campaign", "investor", "payer")
    return list(related.select_for_update(of=("self",)).order_by("pk"))


def refuse_irrevocable(pledge: Pledge, campaign: Campaign, at: dt.datetime) -> None:
    """Refuse to take back what is no longer free to go: see `revoke` for what is raised."""
    if pledge.state == State.STARTED:
        raise states.WrongState(_("This order was only begun: give it up."), state=pledge.state)
    if pledge.state in (*Pledge.ENDED, State.ALLOTTED):
        raise states.WrongState(_("This pledge has ended already."), state=pledge.state)
    if campaign.state not in (*Campaign.TAKES_PAYMENTS, Campaign.State.SUSPENDED):
        raise OfferEnded(_("The offer has ended."), campaign=campaign.slug)
    again = windows.until(pledge)
    is_firm = pledge.state == State.CONFIRMED
    in_reflection = pledge.reflection_ends_at is None or at < pledge.reflection_ends_at
    if (
        in_reflection
        or (again is not None and at < again)
        or (not is_firm and figures.of_pledge(pledge).paid == ZERO)
    ):
        return
    raise ReflectionOver(
        _("The time to change your mind is over, and the pledge has been confirmed.")
        if is_firm
        else _("The time to change your mind is over, and the pledge has been paid."),
        ended_at=pledge.reflection_ends_at,
    )


def _late(at: dt.datetime) -> QuerySet[Pledge]:
    """Of an offer that stands still nobody is late: it takes no payments (`rules.payment`)."""
    unpaid = Pledge.objects.filter(state__in=(State.PLACED, State.CONFIRMED), pay_until__lte=at)
    unpaid = unpaid.exclude(campaign__state=Campaign.State.SUSPENDED)
    return unpaid.filter(payer__balance_row__amount__gt=F("amount") * -1)


@transactions.repeated
def _lapse_of(campaign: Campaign, at: dt.datetime) -> list[Pledge]:
    with transaction.atomic():
        locked = places.lock(campaign)
        late = fresh(list(_late(at).filter(campaign=campaign)))
        # Somebody may have paid between the look and the lock.
        paid = figures.of_pledges(late)
        late = [pledge for pledge in late if not paid[pledge.pk].is_paid]
        if late:
            endings.end(late, to=State.LAPSED, by=SYSTEM, at=at, reason="not paid in time")
            places.promote(campaign=locked, at=at)
    return late
