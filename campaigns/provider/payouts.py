"""Payouts: what the provider sends to the bank, explained by its parts, settled by the bank's line.

Every movement inside is one item: a payment, a refund, a dispute, a fee, or an earlier payout that
came back and goes out again. What is none of ours is a finding, and a named item all the same.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from djmoney.money import Money

from backend.core import audit
from backend.core.money import ZERO
from backend.core.users import SYSTEM
from backend.treasury import expectations
from backend.treasury.bundles import Bundle
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import Expectation
from campaigns import findings, purses
from campaigns.models import (
    Campaign,
    Chargeback,
    Movement,
    Payment,
    Payout,
    PayoutItem,
    ProviderFinding,
    Refund,
)
from campaigns.provider import fees, landings
from campaigns.provider.occurrences import CHARGES, FEES
from campaigns.stripe_gateway import PayoutTold

PAYOUT_OWNER = landings.LANDED_OWNER
CAME_BACK = frozenset({"payout_failure", "payout_cancel"})

Sums = dict[int, Money]


def announce(*, told: PayoutTold, at: dt.datetime) -> Payout:
    """Take in a payout, and whether it failed. Safe to repeat; a failure stays one."""
    payout, _created = Payout.objects.get_or_create(
        provider_id=told.provider_id,
        defaults={
            "amount": told.amount,
            "announced_at": at,
            "arrives_on": told.arrives_on,
        },
    )
    if told.has_failed and payout.failed_at is None:
        _fail(payout, told.failure, at)
    return payout


def explain(*, payout: Payout, movements: Sequence[Movement], at: dt.datetime) -> bool:
    """Say what each part of a payout is, and wait for it at the bank, an expectation per campaign.

    Returns whether all of it is explained to the cent; what is not is a finding. Safe to repeat.
    """
    with transaction.atomic():
        Payout.objects.select_for_update().get(pk=payout.pk)
        if payout.items.exists():
            return True
        items = _items(payout, movements)
        PayoutItem.objects.bulk_create(items)
        sums = composition(payout)
        if payout.failed_at is None:
            _expect(payout, sums, at)
        Payout.objects.filter(
            provider_id__in=[one.source for one in movements if one.kind in CAME_BACK]
        ).update(carried_by=payout)
        for item in items:
            _charge(item, at)
        if sum(sums.values(), ZERO) == payout.amount:
            return True
        names = " ".join(one.movement.kind for one in items if one.campaign_id is None)
        findings.open_one(
            kind=ProviderFinding.Kind.PAYOUT,
            key=payout.provider_id,
            told=f"{payout.amount.amount} {payout.amount.currency} {payout.provider_id} {names}",
            at=at,
        )
    return False


def composition(payout: Payout) -> Sums:
    """What of a payout is each campaign's, by id; one that came back is its own campaigns' again."""
    sums: Sums = defaultdict(lambda: ZERO)
    for item in payout.items.select_related("movement").order_by("id"):
        if item.campaign_id is not None:
            sums[item.campaign_id] += item.movement.net
        elif item.movement.kind in CAME_BACK:
            earlier = Payout.objects.filter(provider_id=item.movement.source).first()
            for pk, amount in (composition(earlier) if earlier else {}).items():
                sums[pk] += amount
    return sums


def on_met(met: Sequence[Met]) -> None:
    """A bank line says that a payout arrived: its payments are settled, once all of it is there.

    So are those of an earlier payout that came back and went out again with it.
    """
    ids = {one.expectation.owner_key.split(":")[0] for one in met}
    waiting = Expectation.objects.outstanding().filter(owner_kind=PAYOUT_OWNER)
    whole = [int(pk) for pk in ids if not waiting.filter(owner_key__startswith=f"{pk}:").exists()]
    while whole:
        Payout.objects.filter(pk__in=whole, arrived_at=None).update(arrived_at=met[0].at)
        carried = Payout.objects.filter(carried_by__in=whole, arrived_at=None)
        whole = list(carried.values_list("pk", flat=True))


def bundles(accounts: Sequence[int]) -> list[Bundle]:
    """Payouts with the money of several campaigns, by the id that the bank's one line names.

    Of those whose campaigns have accounts of their own, all is awaited at the one where it came.
    """
    waiting = Expectation.objects.outstanding().filter(owner_kind=PAYOUT_OWNER)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for pk, key, account in waiting.values_list("pk", "owner_key", "bank_account"):
        found[int(key.split(":")[0])][pk] = account
    names = dict(Payout.objects.filter(pk__in=found).values_list("pk", "provider_id"))
    return [
        Bundle(names[pk], list(ids), partial(landings.gather, pk))
        for pk, ids in found.items()
        if len(ids) > 1 and not set(accounts).isdisjoint(ids.values())
    ]


def _fail(payout: Payout, why: str, at: dt.datetime) -> None:
    """The bank sent it back, or never took it: nothing arrives, or what arrived leaves again."""
    with transaction.atomic():
        Payout.objects.filter(pk=payout.pk).update(failed_at=at, failure=why[:80])
        payout.failed_at = at
        waiting = Expectation.objects.filter(
            owner_kind=PAYOUT_OWNER,
            owner_key__startswith=f"{payout.pk}:",
            state=Expectation.State.OPEN,
        )
        gone = [*waiting, *landings.not_begun(payout)]
        expectations.cancel_many(expectations=gone, by=SYSTEM, at=at, reason="came back")
        findings.open_one(
            kind=ProviderFinding.Kind.PAYOUT_FAILED,
            key=payout.provider_id,
            told=f"{payout.amount.amount} {payout.amount.currency} {payout.provider_id} {why}",
            at=at,
        )
        audit.record(action="payout.failed", subject=payout, by=SYSTEM, at=at, reason=why)


def _items(payout: Payout, movements: Sequence[Movement]) -> list[PayoutItem]:
    sources = [one.source for one in movements]
    payments = {
        row.provider_id: row
        for row in Payment.objects.filter(provider_id__in=sources).select_related("pledge")
    }
    about: dict[str, Refund | Chargeback] = {}
    for model in (Refund, Chargeback):
        rows = model._default_manager.filter(provider_id__in=sources)
        found = rows.select_related("payment__pledge")
        about |= {row.provider_id or "": row for row in found}
    items = [
        _item(payout, one, payments.get(one.source), about.get(one.source)) for one in movements
    ]
    return _bear(items)


def _item(
    payout: Payout,
    movement: Movement,
    payment: Payment | None,
    back: Refund | Chargeback | None,
) -> PayoutItem:
    paid = payment or (back.payment if back else None)
    leaves = movement.net < ZERO
    return PayoutItem(
        payout=payout,
        movement=movement,
        campaign_id=paid.pledge.campaign_id if paid else None,
        payment=payment if movement.kind in CHARGES else None,
        refund=back if isinstance(back, Refund) and leaves else None,
    )


def _bear(items: list[PayoutItem]) -> list[PayoutItem]:
    """A fee of the account itself is borne by the campaign that most of the payout belongs to."""
    sums: Sums = defaultdict(lambda: ZERO)
    for item in items:
        if item.campaign_id is not None:
            sums[item.campaign_id] += item.movement.net
    if not sums:
        return items
    # The smaller id of two equal ones: whatever was told first, the answer is the same.
    bearer = max(sums, key=lambda pk: (sums[pk], -pk))
    for item in items:
        if _is_own_fee(item):
            item.campaign_id = bearer
    return items


def _is_own_fee(item: PayoutItem) -> bool:
    return item.movement.category in FEES and item.movement.net < ZERO


def _charge(item: PayoutItem, at: dt.datetime) -> None:
    if not _is_own_fee(item) or item.campaign_id is None:
        return
    fees.settle(
        provider_id=item.movement.provider_id,
        amount=-item.movement.net,
        campaign=Campaign.objects.get(pk=item.campaign_id),
        pledge=None,
        at=at,
    )


def _expect(payout: Payout, sums: Sums, at: dt.datetime) -> None:
    """One expectation per campaign; its one line meets them all (`bundles`), at the account that they
    share or, of accounts that differ, at the one where it lands (`landings`)."""
    campaigns = Campaign.objects.select_related("fund", "restricted_account").in_bulk(list(sums))
    specs = [
        _spec(payout, campaigns[pk], amount, len(sums) == 1)
        for pk, amount in sums.items()
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
