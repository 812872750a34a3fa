"""Pledges: place, revoke, lapse, move up from the waiting list.

The maximum is hard under any concurrency: every act that takes or frees places holds the lock of its
campaign's row first (always campaign, then pledges, then accounts, so that nobody waits in a circle).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, states
from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO, cents
from backend.core.users import SYSTEM, Actor
from backend.treasury import expectations, references
from backend.treasury.expectations import ExpectationSpec
from backend.treasury.models import Expectation
from campaigns import endings, figures, interests, letters, purses, rules
from campaigns.models import Campaign, Interest, Pledge
from investors import assessments, onboarding, suitability
from investors.models import Investor
from investors.suitability import Need

State = Pledge.State


class CampaignNotOpen(Conflict):
    code = "pledge.campaign_not_open"


class BelowMinimum(Refused):
    code = "pledge.below_minimum"


class NotAStep(Refused):
    code = "pledge.not_a_step"


class NotWhole(Refused):
    code = "pledge.not_whole"


class OverMaximum(Conflict):
    code = "pledge.over_maximum"


class NotReady(Refused):
    """Something must be given first; `facts["missing"]` lists codes and sentences."""

    code = "pledge.not_ready"


class TermsChanged(Conflict):
    code = "pledge.terms_changed"


class NotThisInterest(Refused):
    code = "pledge.not_this_interest"


class ReflectionOver(Conflict):
    code = "pledge.reflection_over"


class OfferEnded(Conflict):
    code = "pledge.offer_ended"


@dataclass(frozen=True)
class Order:
    """What an investor wants: whole shares, their acknowledgement of the warnings, and perhaps an
    interest to convert; `confirms_terms` where the terms changed since that was left."""

    campaign: Campaign
    investor: Investor
    shares: int
    is_acknowledged: bool = False
    interest: Interest | None = None
    confirms_terms: bool = False


@dataclass(frozen=True)
class _Look:
    """An order beside what is known of its investor, before it is written."""

    standing: suitability.Standing
    order: suitability.Order


def place(*, order: Order, by: Actor, at: dt.datetime) -> Pledge:
    """Place an order: it takes its places, or waits in line when they are not free.

    Raises CampaignNotOpen, BelowMinimum, NotAStep, OverMaximum (more than the whole offer), NotReady
    (with the list of what is missing), TermsChanged. An interest gives its own place in the queue.
    """
    with transaction.atomic():
        campaign = _locked(order.campaign)
        _refuse_closed(campaign, at)
        _refuse_count(campaign, order.shares)
        look = _look(order)
        _refuse_unready(order, look, at)
        _refuse_interest(order, campaign)
        pledge = _write(order, campaign, at)
        _note(order, pledge, by, at)
        kinds = suitability.warnings(standing=look.standing, order=look.order)
        subject = f"pledge:{pledge.pk}"
        assessments.acknowledge(investor=order.investor, kinds=kinds, subject=subject, by=by, at=at)
    return pledge


def missing(*, order: Order, at: dt.datetime) -> list[Need]:
    """What must still be given before the order can be placed, as a list for the page."""
    look = _look(order)
    return suitability.missing(standing=look.standing, order=look.order, at=at)


def warnings(*, order: Order) -> list[str]:
    """The kinds of warning that the order calls for."""
    look = _look(order)
    return suitability.warnings(standing=look.standing, order=look.order)


def shares_for(*, campaign: Campaign, amount: Money) -> int:
    """How many shares an amount buys. Raises NotWhole, naming the two amounts beside it."""
    price = campaign.price_per_share
    shares, rest = divmod(cents(amount), cents(price))
    if rest or str(amount.currency) != str(price.currency):
        raise NotWhole(
            _("Shares cost %(price)s euro each: choose %(less)s or %(more)s.")
            % {
                "price": price.amount,
                "less": (price * shares).amount,
                "more": (price * (shares + 1)).amount,
            },
            field="amount",
        )
    return shares


def revoke(*, pledge: Pledge, by: Actor, at: dt.datetime, reason: str = "") -> Pledge:
    """Take an order back: freely while reflection runs (ECSPR art. 22), later while nothing is paid.

    Money that came is returned in full. Raises ReflectionOver, OfferEnded, WrongState.
    """
    with transaction.atomic():
        campaign = _locked(pledge.campaign)
        pledge = _fresh([pledge])[0]
        _refuse_irrevocable(pledge, campaign, at)
        endings.end([pledge], to=State.REVOKED, by=by, at=at, reason=reason)
        promote(campaign=campaign, at=at)
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


def promote(*, campaign: Campaign, at: dt.datetime) -> list[Pledge]:
    """Give free places to those who wait, in time order: each goes to the first whom it fits.

    The caller holds the campaign's lock. Reflection and time to pay begin now, and the investor is
    told. Because this runs whenever places are freed, a newcomer never passes one who waits and fits.
    """
    if campaign.state != Campaign.State.OPEN:
        return []
    campaign.refresh_from_db(fields=["taken_shares"])
    free = campaign.free_shares
    waiting = campaign.pledges.filter(state=State.WAITLISTED, shares__lte=free)
    chosen = []
    for pledge in waiting.select_related("investor").in_queue().iterator(chunk_size=50):
        if pledge.shares <= free:
            chosen.append(pledge)
            free -= pledge.shares
        if free < campaign.min_shares:
            break
    _move_up(campaign, chosen, at)
    return chosen


# --- Placing ----------------------------------------------------------------------------------------


def _locked(campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_related("issuer", "fund", "own_fund", "restricted_account")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=campaign.pk)


def _refuse_closed(campaign: Campaign, at: dt.datetime) -> None:
    is_over = campaign.deadline_on is not None and at >= clock.end_of(campaign.deadline_on)
    if campaign.state != Campaign.State.OPEN or is_over:
        raise CampaignNotOpen(_("This campaign takes no pledges now."), campaign=campaign.slug)


def _refuse_count(campaign: Campaign, shares: int) -> None:
    if shares < campaign.min_shares:
        raise BelowMinimum(
            _("The smallest order is %(shares)s shares (%(amount)s euro).")
            % {
                "shares": campaign.min_shares,
                "amount": (campaign.price_per_share * campaign.min_shares).amount,
            },
            field="shares",
        )
    if (shares - campaign.min_shares) % campaign.share_step:
        raise NotAStep(
            _("Above the smallest order, shares are taken in steps of %(step)s.")
            % {"step": campaign.share_step},
            field="shares",
        )
    if shares > campaign.max_shares:
        raise OverMaximum(_("This is more than the whole offer."), field="shares")


def _refuse_unready(order: Order, look: _Look, at: dt.datetime) -> None:
    if order.investor.is_synthetic != order.campaign.is_synthetic:
        raise NotReady(_("Invented and real people and campaigns are kept apart."), missing=[])
    needs = suitability.missing(standing=look.standing, order=look.order, at=at)
    if needs:
        listed = [{"code": need.code, "sentence": str(need.sentence)} for need in needs]
        raise NotReady(" ".join(str(need.sentence) for need in needs), missing=listed)


def _look(order: Order) -> _Look:
    """Warnings look at the sum of a person's orders in the offer (R45, the safer reading)."""
    others = order.campaign.pledges.filter(investor=order.investor).exclude(state__in=Pledge.ENDED)
    before = others.aggregate(sum=Sum("amount"))["sum"]
    total = order.campaign.price_per_share * order.shares + (
        Money(before, "EUR") if before else ZERO
    )
    seen = suitability.Order(total=total, is_acknowledged=order.is_acknowledged)
    return _Look(assessments.standing(order.investor), seen)


def _refuse_interest(order: Order, campaign: Campaign) -> None:
    interest = order.interest
    if interest is None:
        return
    if interest.campaign_id != campaign.pk or interest.state != Interest.State.INVITED:
        raise NotThisInterest(_("This interest cannot be turned into this pledge."))
    if interest.terms_version != campaign.terms_version and not order.confirms_terms:
        raise TermsChanged(
            _("The terms changed since you left your interest: please read and confirm them."),
            seen=interest.terms_version,
            now=campaign.terms_version,
        )


def _write(order: Order, campaign: Campaign, at: dt.datetime) -> Pledge:
    number = _next_number()
    fits = order.shares <= campaign.free_shares
    pledge = Pledge(
        pk=number,
        campaign=campaign,
        investor=order.investor,
        interest=order.interest,
        shares=order.shares,
        amount=campaign.price_per_share * order.shares,
        state=State.PLACED if fits else State.WAITLISTED,
        terms_version=campaign.terms_version,
        queued_at=order.interest.expressed_at if order.interest else at,
        reference=references.creditor_reference(f"pledge:{number}"),
        payer=purses.payer(campaign, number),
    )
    if fits:
        _start_clocks([pledge], campaign, at)
    pledge.save(force_insert=True)
    if fits:
        _take_places(campaign, order.shares)
        _expect([pledge], campaign, at)
    return pledge


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


def _next_number() -> int:
    """The pledge's number before it is written: its reference and its account carry it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('campaigns_pledge', 'id'))")
        number: int = cursor.fetchone()[0]
    return number


def _start_clocks(pledges: Sequence[Pledge], campaign: Campaign, at: dt.datetime) -> None:
    """Reflection and the time to pay run side by side from now on."""
    window = dt.timedelta(days=campaign.payment_window_days)
    for pledge in pledges:
        pledge.placed_at = at
        pledge.reflection_ends_at = rules.end_of_reflection(
            code=campaign.regime, placed_at=at, promised_days=campaign.reflection_days
        )
        pledge.pay_until = clock.end_of(clock.day_of(at) + window)


def _take_places(campaign: Campaign, shares: int) -> None:
    """The database's own check refuses the update that would pass the maximum."""
    Campaign.objects.filter(pk=campaign.pk).update(taken_shares=F("taken_shares") + shares)


def _expect(pledges: Sequence[Pledge], campaign: Campaign, at: dt.datetime) -> None:
    held = purses.held(campaign)
    bank_account = purses.restricted_account(campaign)
    specs = [
        ExpectationSpec(
            reference=pledge.reference,
            direction=Expectation.Direction.IN,
            amount=pledge.amount,
            bank_account=bank_account,
            source=pledge.payer,
            target=held,
            owner_kind=endings.PLEDGE_OWNER,
            owner_key=str(pledge.pk),
            counterparty=pledge.investor.name,
            due_on=clock.day_of(pledge.pay_until) if pledge.pay_until else None,
        )
        for pledge in pledges
    ]
    expectations.open_many(specs, at=at)


# --- Ending and moving up ---------------------------------------------------------------------------


def _fresh(pledges: Sequence[Pledge]) -> list[Pledge]:
    """The pledges as they stand now, locked, with what letters and refunds need."""
    rows = Pledge.objects.filter(pk__in=[pledge.pk for pledge in pledges])
    related = rows.select_related("campaign", "investor", "payer")
    return list(related.select_for_update(of=("self",)).order_by("pk"))


def _refuse_irrevocable(pledge: Pledge, campaign: Campaign, at: dt.datetime) -> None:
    if pledge.state in (*Pledge.ENDED, State.ALLOTTED):
        raise states.WrongState(_("This pledge has ended already."), state=pledge.state)
    if campaign.state not in (*Campaign.TAKES_PAYMENTS, Campaign.State.SUSPENDED):
        raise OfferEnded(_("The offer has ended."), campaign=campaign.slug)
    in_reflection = pledge.reflection_ends_at is None or at < pledge.reflection_ends_at
    if in_reflection or figures.of_pledge(pledge).paid == ZERO:
        return
    raise ReflectionOver(
        _("The time to change your mind is over, and the pledge has been paid."),
        ended_at=pledge.reflection_ends_at,
    )


def _late(at: dt.datetime):  # type: ignore[no-untyped-def]  # a queryset across the payer's balance
    unpaid = Pledge.objects.filter(state__in=(State.PLACED, State.CONFIRMED), pay_until__lte=at)
    return unpaid.filter(payer__balance_row__amount__gt=F("amount") * -1)


def _lapse_of(campaign: Campaign, at: dt.datetime) -> list[Pledge]:
    with transaction.atomic():
        locked = _locked(campaign)
        late = _fresh(list(_late(at).filter(campaign=campaign)))
        # Somebody may have paid between the look and the lock.
        paid = figures.of_pledges(late)
        late = [pledge for pledge in late if not paid[pledge.pk].is_paid]
        if late:
            endings.end(late, to=State.LAPSED, by=SYSTEM, at=at, reason="not paid in time")
            promote(campaign=locked, at=at)
    return late


def _move_up(campaign: Campaign, chosen: Sequence[Pledge], at: dt.datetime) -> None:
    if not chosen:
        return
    _start_clocks(chosen, campaign, at)
    Pledge.objects.bulk_update(chosen, ["placed_at", "reflection_ends_at", "pay_until"])
    states.move_many(records=chosen, to=State.PLACED, by=SYSTEM, at=at, reason="a place was freed")
    _take_places(campaign, sum(pledge.shares for pledge in chosen))
    _expect(chosen, campaign, at)
    letters.to_pledgers(chosen, "pledge_promoted", at=at)
