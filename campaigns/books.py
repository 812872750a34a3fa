"""What campaigns write into the ledger: payments through the provider with their fee, and refunds.

Transfers, payouts, releases and returned transfers are bank lines: treasury books them by the
accounts of the expectations that we open.

    card payment of 500, fee 7.75        payer -> clearing 500
                                         clearing -> due 7.75      and   owed -> fees 7.75 (own money)
    card refund of 500                   clearing -> payer 500
    chargeback of 500 after allotment    clearing -> due 500
                                         owed -> receivable 500 (own money)
    fee of a dispute, 20                 clearing -> due 20
                                         owed -> fees 20 (own money)
    paid and released elsewhere, 500     payer -> held -> spent before 500

What is learnt after its month was closed is booked into the open one.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from djmoney.money import Money

from backend.core import clock
from backend.core.money import ZERO
from backend.core.users import SYSTEM, Actor
from backend.ledger import months, posting
from backend.ledger.models import Account, Entry
from backend.ledger.posting import Leg, NewEntry
from campaigns import purses
from campaigns.models import Campaign, Chargeback, Payment, ProviderFee, Refund, TransferOrder


def payments_received(payments: Sequence[Payment], *, at: dt.datetime) -> list[Entry]:
    """Book payments through the provider, gross to clearing, the fee due from own money. Repeatable."""
    purses_of = _purses(payment.pledge.campaign for payment in payments)
    closed = months.closed_until(one.pledge.campaign.issuer_id for one in payments)
    entries = [_received(each, purses_of[each.pledge.campaign_id], closed) for each in payments]
    return posting.post_many(entries=entries, by=SYSTEM, at=at)


def taken_over(payments: Sequence[Payment], *, by: Actor, at: dt.datetime) -> list[Entry]:
    """Book payments of an offer that ended elsewhere: paid, held and released before we knew it.

    They end where what was spent before waits for its homes. Safe to repeat.
    """
    return posting.post_many(entries=[_taken_over(each) for each in payments], by=by, at=at)


def refund_made(refund: Refund, *, at: dt.datetime) -> Entry:
    """Book a card refund: the provider takes it from what it holds for us. Safe to repeat."""
    pledge = refund.payment.pledge
    entry = NewEntry(
        key=_refund_key(refund),
        kind="card_refund",
        on=clock.day_of(at),
        legs=(Leg(purses.clearing(pledge.campaign), pledge.payer, refund.amount),),
        memo=refund.reason,
        subject=f"pledge:{pledge.pk}",
    )
    return posting.post(entry=entry, by=SYSTEM, at=at)


def refund_failed(refund: Refund, *, at: dt.datetime) -> Entry:
    """Book that a card refund came back after it was booked as made. Safe to repeat."""
    made = Entry.objects.get(key=_refund_key(refund))
    reason = "the provider could not return it"
    return posting.reverse(entry=made, reason=reason, by=SYSTEM, at=at, on=clock.day_of(at))


def success_fee_kept(order: TransferOrder, *, at: dt.datetime) -> Entry:
    """Book that a platform kept its fee of a release: own money bears it and owes it. Repeatable."""
    campaign, amount = order.campaign, order.amount
    entry = NewEntry(
        key=f"success-fee:{order.pk}",
        kind="success_fee",
        on=clock.day_of(at),
        legs=(
            Leg(purses.fee_kept(campaign), purses.due(campaign), amount),
            Leg(purses.owed(campaign), purses.success_fees(campaign), amount),
        ),
        subject=f"campaign:{campaign.pk}",
    )
    return posting.post(entry=entry, by=SYSTEM, at=at)


def debts_covered(
    order: TransferOrder, debts: Sequence[tuple[purses.Debt, Money]], *, at: dt.datetime
) -> Entry:
    """Book that own money made raised money whole on the issuer's account. Safe to repeat."""
    campaign = order.campaign
    legs = []
    for debt, amount in debts:
        legs.append(Leg(purses.own_holding(campaign, debt.owed.fund), debt.owed, amount))
        legs.append(Leg(debt.due, purses.released(campaign), amount))
    entry = NewEntry(
        key=f"fees-covered:{order.pk}",
        kind="fees_covered",
        on=clock.day_of(at),
        legs=tuple(legs),
        subject=f"campaign:{campaign.pk}",
    )
    return posting.post(entry=entry, by=SYSTEM, at=at)


def charged_back(chargeback: Chargeback, *, at: dt.datetime) -> Entry:
    """Book that the provider took allotted money back: own money owes it to raised, and is owed it by
    the investor. So a home is never un-funded. Safe to repeat."""
    pledge = chargeback.payment.pledge
    campaign, amount = pledge.campaign, chargeback.amount
    entry = NewEntry(
        key=_chargeback_key(chargeback),
        kind="chargeback",
        on=clock.day_of(at),
        legs=(
            Leg(purses.clearing(campaign), purses.due(campaign), amount),
            Leg(purses.owed(campaign), purses.receivable(campaign), amount),
        ),
        subject=f"pledge:{pledge.pk}",
    )
    return posting.post(entry=entry, by=SYSTEM, at=at)


def chargeback_undone(chargeback: Chargeback, *, at: dt.datetime) -> Entry:
    """Book that the provider gave charged-back money back again. Safe to repeat."""
    made = Entry.objects.get(key=_chargeback_key(chargeback))
    reason = "the provider gave it back"
    return posting.reverse(entry=made, reason=reason, by=SYSTEM, at=at, on=clock.day_of(at))


def fee_charged(fee: ProviderFee, *, at: dt.datetime) -> Entry:
    """Book a fee that the provider took apart from a payment: own money owes it. Safe to repeat."""
    campaign = fee.campaign
    entry = NewEntry(
        key=_fee_key(fee),
        kind="provider_fee",
        on=_open(clock.day_of(at), campaign),
        legs=(
            Leg(purses.clearing(campaign), purses.due(campaign), fee.amount),
            Leg(purses.owed(campaign), purses.fees(campaign), fee.amount),
        ),
        memo=fee.provider_id,
        subject=f"pledge:{fee.pledge_id}" if fee.pledge_id else f"campaign:{campaign.pk}",
    )
    return posting.post(entry=entry, by=SYSTEM, at=at)


def fee_returned(fee: ProviderFee, *, at: dt.datetime) -> Entry:
    """Book that the provider gave a fee back. Safe to repeat."""
    made = Entry.objects.get(key=_fee_key(fee))
    day = _open(clock.day_of(at), fee.campaign)
    reason = "the provider gave its fee back"
    return posting.reverse(entry=made, reason=reason, by=SYSTEM, at=at, on=day)


def _fee_key(fee: ProviderFee) -> str:
    return f"provider-fee:{fee.provider_id}"


def _chargeback_key(chargeback: Chargeback) -> str:
    return f"chargeback:{chargeback.pk}"


def _refund_key(refund: Refund) -> str:
    return f"card-refund:{refund.pk}"


def _taken_over(payment: Payment) -> NewEntry:
    campaign, amount = payment.pledge.campaign, payment.amount
    held = purses.held(campaign)
    return NewEntry(
        key=f"taken-over:{payment.provider_id}",
        kind="taken_over",
        on=months.open_day(clock.day_of(payment.received_at), organisation=campaign.issuer_id),
        legs=(
            Leg(payment.pledge.payer, held, amount),
            Leg(held, purses.spent_before(campaign), amount),
        ),
        subject=f"pledge:{payment.pledge_id}",
    )


@dataclass(frozen=True)
class _Purses:
    """The accounts that a payment passes, read once for all payments of a campaign."""

    clearing: Account
    due: Account
    owed: Account
    fees: Account


def _purses(campaigns: Iterable[Campaign]) -> dict[int, _Purses]:
    found = {campaign.pk: campaign for campaign in campaigns}
    return {
        pk: _Purses(purses.clearing(one), purses.due(one), purses.owed(one), purses.fees(one))
        for pk, one in found.items()
    }


def _received(payment: Payment, places: _Purses, closed: dict[int, dt.date]) -> NewEntry:
    pledge = payment.pledge
    legs = [Leg(pledge.payer, places.clearing, payment.amount)]
    if payment.fee > ZERO:
        legs.append(Leg(places.clearing, places.due, payment.fee))
        legs.append(Leg(places.owed, places.fees, payment.fee))
    day, issuer = clock.day_of(payment.received_at), pledge.campaign.issuer_id
    return NewEntry(
        key=f"card-payment:{payment.provider_id}",
        kind="card_payment",
        on=months.open_day(day, organisation=issuer, closed=closed),
        legs=tuple(legs),
        subject=f"pledge:{pledge.pk}",
    )


def _open(day: dt.date, campaign: Campaign) -> dt.date:
    """The day, or the first open one: what a month did not know of when it was closed."""
    return months.open_day(day, organisation=campaign.issuer_id)
