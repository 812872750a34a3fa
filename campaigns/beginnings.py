"""Orders that somebody began and has not placed: no place in the queue, nothing to pay, nobody's business.

What is asked first (an IBAN, a test, a simulation) may take a while; what one wanted is kept meanwhile.
Placing it is `pledges.place`. What nobody finishes lapses, and nobody is written to.
"""

import datetime as dt
from urllib.parse import urlencode

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, states
from backend.core.users import SYSTEM, Actor
from backend.treasury import references
from campaigns import orders, purses
from campaigns.models import Campaign, Pledge
from campaigns.orders import Order
from investors.models import Investor

State = Pledge.State
KEPT_DAYS = 30
WAITS = (Campaign.State.OPEN, Campaign.State.SUSPENDED)


def of(*, campaign: Campaign, investor: Investor) -> Pledge | None:
    """What an investor began in an offer, of which there is one at most."""
    return campaign.pledges.filter(investor=investor, state=State.STARTED).first()


def taken(*, campaign: Campaign, investor: Investor) -> Pledge | None:
    """The same, locked until the transaction ends: nobody gives it up or places it meanwhile."""
    begun = campaign.pledges.filter(investor=investor, state=State.STARTED)
    pledge = begun.select_for_update(of=("self",)).select_related("payer").first()
    if pledge is not None:
        pledge.investor = investor
    return pledge


def begin(*, order: Order, by: Actor, at: dt.datetime) -> Pledge:
    """Keep an order that is not ready to be placed; begun again it is the same one, of the new size.

    Raises CampaignNotOpen, TakenElsewhere, BelowMinimum, NotAStep, OverMaximum, and NotReady for an
    invented person in a real offer. What else is missing is asked when it is placed.
    """
    orders.refuse_impossible(order, order.campaign, at)
    with transaction.atomic():
        # Of two windows of one person the second waits, and finds what the first began.
        Investor.objects.select_for_update(no_key=True).get(pk=order.investor.pk)
        begun = taken(campaign=order.campaign, investor=order.investor)
        if begun is not None and begun.shares == order.shares:
            return begun
        pledge = begun or drawn(order, order.campaign)
        pledge.shares, pledge.amount = order.shares, order.campaign.price_per_share * order.shares
        pledge.state, pledge.started_at = State.STARTED, at
        pledge.save(force_insert=begun is None)
        facts = {"shares": pledge.shares, "amount": str(pledge.amount.amount)}
        audit.record(action="pledge.started", subject=pledge, by=by, at=at, facts=facts)
    return pledge


def drawn(order: Order, campaign: Campaign) -> Pledge:
    """A pledge that is not written yet: its number, which its reference and its account carry."""
    number = _next_number()
    return Pledge(
        pk=number,
        campaign=campaign,
        investor=order.investor,
        terms_version=campaign.terms_version,
        reference=references.creditor_reference(f"pledge:{number}"),
        payer=purses.new_payer(campaign, number),
    )


def kept_until(pledge: Pledge) -> dt.date:
    """The last day on which what was begun can be placed, if the offer takes orders for so long."""
    assert pledge.started_at is not None, "what was begun has its instant"
    return clock.day_of(pledge.started_at) + dt.timedelta(days=KEPT_DAYS)


def page_of(pledge: Pledge) -> str:
    """The address at which what was begun is carried on."""
    told = urlencode({"amount": pledge.amount.amount, "investor": pledge.investor_id})
    return f"{reverse('pledge-new', args=[pledge.campaign.slug])}?{told}"


def stage(pledge: Pledge, *, at: dt.datetime) -> str:
    """Whether all that is asked was given (`checks_done`), or not yet (`started`)."""
    order = Order(pledge.campaign, pledge.investor, pledge.shares, is_acknowledged=True)
    return str(State.STARTED) if orders.missing(order=order, at=at) else "checks_done"


def give_up(*, pledge: Pledge, by: Actor, at: dt.datetime) -> Pledge:
    """Drop what one began. Raises WrongState of an order that was placed: that one is revoked."""
    if pledge.state != State.STARTED:
        raise states.WrongState(_("This order was placed: take it back instead."), ids=[pledge.pk])
    return states.move(record=pledge, to=State.LAPSED, by=by, at=at, reason="given up")


def lapse(*, at: dt.datetime) -> list[Pledge]:
    """Let go what nobody finished: after thirty days, or when its offer takes no orders any more.

    Called by the schedule as often as it likes.
    """
    last_day = clock.day_of(at) - dt.timedelta(days=KEPT_DAYS)
    is_over = Q(started_at__lt=clock.start_of(last_day)) | ~Q(campaign__state__in=WAITS)
    with transaction.atomic():
        begun = Pledge.objects.filter(is_over, state=State.STARTED)
        found = list(begun.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
        states.move_many(records=found, to=State.LAPSED, by=SYSTEM, at=at, reason="not finished")
    return found


def _next_number() -> int:
    """The pledge's number before it is written: its reference and its account carry it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('campaigns_pledge', 'id'))")
        number: int = cursor.fetchone()[0]
    return number
