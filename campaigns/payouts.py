"""Payouts: what the provider sends to the bank, explained by its parts, settled by the bank's line."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.errors import Conflict
from backend.core.money import ZERO
from backend.treasury import expectations
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import Expectation
from campaigns import findings, purses, stripe_gateway
from campaigns.models import Campaign, Payment, Payout, PayoutItem, ProviderFinding, Refund
from campaigns.stripe_gateway import PayoutPart, PayoutTold

PAYOUT_OWNER = "campaigns.payout"
CHARGES = frozenset({"charge", "payment"})
REFUNDS = frozenset({"refund", "payment_refund"})


class PartNotBooked(Conflict):
    """A payout came before one of its payments was booked; the job is tried again."""

    code = "payout.part_not_booked"


def record(*, provider_id: str, at: dt.datetime) -> str:
    """Take in a payout and, once the provider tells its parts, wait for it at the bank.

    One expectation per campaign in it, from clearing to held. Returns the outcome for the inbox;
    a part that is none of our payments or refunds is a finding. Safe to repeat.
    """
    told = stripe_gateway.payout(provider_id)
    payout = _announced(told, at)
    if not told.has_parts or payout.items.exists():
        return "handled"
    parts = stripe_gateway.payout_parts(provider_id)
    with transaction.atomic():
        items, strange = _explain(payout, parts)
        PayoutItem.objects.bulk_create(items)
        _expect(payout, items, at)
        if strange or sum((item.net for item in items), ZERO) != told.amount:
            names = " ".join(part.kind for part in strange)
            findings.open_one(
                kind=ProviderFinding.Kind.PAYOUT,
                key=provider_id,
                told=f"{told.amount.amount} {told.amount.currency} {provider_id} {names}",
                at=at,
            )
            return "discrepancy"
    return "handled"


def note_failure(*, provider_id: str, at: dt.datetime) -> None:
    """The bank sent a payout back, or never took it: it will not arrive."""
    Payout.objects.filter(provider_id=provider_id).update(failed_at=at)


def on_met(met: Sequence[Met]) -> None:
    """A bank line says that a payout arrived: its payments are settled, once all of it is there."""
    ids = {one.expectation.owner_key.split(":")[0] for one in met}
    waiting = Expectation.objects.outstanding().filter(owner_kind=PAYOUT_OWNER)
    whole = [pk for pk in ids if not waiting.filter(owner_key__startswith=f"{pk}:").exists()]
    Payout.objects.filter(pk__in=whole, arrived_at=None).update(arrived_at=met[0].at)


def _announced(told: PayoutTold, at: dt.datetime) -> Payout:
    payout, _created = Payout.objects.get_or_create(
        provider_id=told.provider_id,
        defaults={
            "amount": told.amount,
            "announced_at": at,
            "arrives_on": told.arrives_on,
        },
    )
    return payout


def _explain(
    payout: Payout, parts: Sequence[PayoutPart]
) -> tuple[list[PayoutItem], list[PayoutPart]]:
    sources = [part.source for part in parts]
    payments = {
        row.provider_id: row
        for row in Payment.objects.filter(provider_id__in=sources).select_related("pledge")
    }
    refunds = {
        row.provider_id: row
        for row in Refund.objects.filter(provider_id__in=sources).select_related("payment__pledge")
    }
    items, strange = [], []
    for part in parts:
        item = _item(payout, part, payments.get(part.source), refunds.get(part.source))
        items.append(item) if item else strange.append(part)
    return items, strange


def _item(
    payout: Payout, part: PayoutPart, payment: Payment | None, refund: Refund | None
) -> PayoutItem | None:
    is_ours = part.kind in CHARGES | REFUNDS
    if not is_ours:
        return None
    paid = payment or (refund.payment if refund else None)
    if paid is None and findings.is_about_charge(_charge_of(part)):
        return None
    if paid is None:
        raise PartNotBooked(_("A payment of this payout is not booked yet."), part=part.source)
    return PayoutItem(
        payout=payout,
        provider_id=part.provider_id,
        campaign_id=paid.pledge.campaign_id,
        payment=payment if part.kind in CHARGES else None,
        refund=refund if part.kind in REFUNDS else None,
        net=part.net,
    )


def _charge_of(part: PayoutPart) -> str:
    if part.kind in CHARGES:
        return part.source
    return stripe_gateway.refund_told(part.source).charge_id


def _expect(payout: Payout, items: Sequence[PayoutItem], at: dt.datetime) -> None:
    """One expectation per campaign. Two campaigns in one payout to one bank account are for a person
    to divide: the bank writes one line (thin; a provider account per campaign avoids it)."""
    by_campaign: dict[int, Money] = defaultdict(lambda: ZERO)
    for item in items:
        by_campaign[item.campaign_id] += item.net
    campaigns = Campaign.objects.select_related("fund", "restricted_account").in_bulk(
        list(by_campaign)
    )
    specs = [
        _spec(payout, campaigns[pk], amount, len(by_campaign) == 1)
        for pk, amount in by_campaign.items()
        if amount > ZERO
    ]
    expectations.open_many(specs, at=at)


def _spec(payout: Payout, campaign: Campaign, amount: Money, is_alone: bool) -> ExpectationSpec:
    reference = payout.provider_id if is_alone else f"{payout.provider_id[:24]}{campaign.pk}"
    return ExpectationSpec(
        reference=reference,
        direction=Expectation.Direction.IN,
        amount=amount,
        bank_account=purses.restricted_account(campaign),
        source=purses.clearing(campaign),
        target=purses.held(campaign),
        owner_kind=PAYOUT_OWNER,
        owner_key=f"{payout.pk}:{campaign.pk}",
        counterparty="Stripe",
        due_on=payout.arrives_on,
    )
