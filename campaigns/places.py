"""The places of an offer: taken, freed, and given to those who wait in line.

The maximum is hard under any concurrency: every act that takes or frees places holds the lock of its
campaign's row first (always campaign, then expectations, then pledges, then accounts, so that nobody
waits in a circle), and the database checks the counter again.
"""

import datetime as dt
from collections.abc import Sequence

from django.db.models import F

from backend.core import clock, states
from backend.core.users import SYSTEM
from backend.treasury import expectations
from backend.treasury.expectations import ExpectationSpec
from backend.treasury.models import Expectation
from campaigns import endings, letters, purses, rules
from campaigns.models import Campaign, Chargeback, Pledge
from campaigns.rules import payment
from investors import qualifications
from investors.models import Investor

State = Pledge.State


def lock(campaign: Campaign) -> Campaign:
    """The campaign as it stands now, locked until the transaction ends."""
    rows = Campaign.objects.select_related("issuer", "fund", "own_fund", "restricted_account")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=campaign.pk)


def promote(*, campaign: Campaign, at: dt.datetime) -> list[Pledge]:
    """Give free places to those who wait, in time order: each goes to the first whom it fits.

    The caller holds the campaign's lock. Reflection and time to pay begin now, and the investor is
    told. Because this runs whenever places are freed, a newcomer never passes one who waits and fits;
    and as most places come free by lapsing, it goes on after the last day, until the offer is decided.
    """
    if campaign.state not in Campaign.TAKES_PAYMENTS:
        return []
    campaign.refresh_from_db(fields=["taken_shares"])
    free = campaign.free_shares
    waiting = campaign.pledges.filter(state=State.WAITLISTED, shares__lte=free)
    chosen = []
    for pledge in waiting.select_related("investor").in_queue().iterator(chunk_size=50):
        if pledge.shares <= free:
            chosen.append(pledge)
            free -= pledge.shares
        if free < campaign.share_step:  # what was added to an order may be one step
            break
    _move_up(campaign, chosen, at)
    return chosen


def start_clocks(pledges: Sequence[Pledge], campaign: Campaign, at: dt.datetime) -> None:
    """Reflection and the time to pay run side by side from now on.

    Of an order that a platform took, which brings its own instant, reflection runs since then. Those
    who gave up their protection have none (R47, I3).
    """
    by_instant: dict[dt.datetime, list[Pledge]] = {}
    for pledge in pledges:
        pledge.placed_at = pledge.placed_at or at
        by_instant.setdefault(pledge.placed_at, []).append(pledge)
    for instant, together in by_instant.items():
        _start_reflection(together, campaign, instant)
    for pledge in pledges:
        pledge.pay_until = payment.end_of_window(at, days=campaign.payment_window_days)


def _start_reflection(pledges: Sequence[Pledge], campaign: Campaign, at: dt.datetime) -> None:
    kinds = qualifications.in_force((pledge.investor_id for pledge in pledges), at=at)
    for pledge in pledges:
        pledge.reflection_ends_at = rules.end_of_reflection(
            code=campaign.regime,
            placed_at=at,
            promised_days=campaign.reflection_days,
            kinds=kinds.get(pledge.investor_id, set()),
        )


def take(campaign: Campaign, shares: int) -> None:
    """Count places as taken; the database's own check refuses to pass the maximum."""
    Campaign.objects.filter(pk=campaign.pk).update(taken_shares=F("taken_shares") + shares)


def expect(pledges: Sequence[Pledge], campaign: Campaign, at: dt.datetime) -> None:
    """Wait at the bank for the transfers of pledges that were just placed."""
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


def forget(*, investor: Investor) -> int:
    """Take the investor's name from what was waited for of their orders; how many."""
    ours = Pledge.objects.filter(investor=investor)
    charged_back = Chargeback.objects.filter(payment__pledge__in=ours)
    return expectations.forget(
        accounts=list(ours.values_list("payer", flat=True)),
        references=list(charged_back.values_list("reference", flat=True)),
    )


def _move_up(campaign: Campaign, chosen: Sequence[Pledge], at: dt.datetime) -> None:
    if not chosen:
        return
    start_clocks(chosen, campaign, at)
    Pledge.objects.bulk_update(chosen, ["placed_at", "reflection_ends_at", "pay_until"])
    states.move_many(records=chosen, to=State.PLACED, by=SYSTEM, at=at, reason="a place was freed")
    take(campaign, sum(pledge.shares for pledge in chosen))
    expect(chosen, campaign, at)
    letters.to_pledgers(chosen, "pledge_promoted", at=at)
