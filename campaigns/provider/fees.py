"""Fees that the provider takes apart from payments: of a dispute, or for the account itself.

Own money of the issuer bears them. Raised money is owed them from that moment, until a top-up.
"""

import datetime as dt

from django.db import transaction
from djmoney.money import Money

from backend.core import audit
from backend.core.money import ZERO
from backend.core.users import SYSTEM
from campaigns import books
from campaigns.models import Campaign, Pledge, ProviderFee


def settle(
    *, provider_id: str, amount: Money, campaign: Campaign, pledge: Pledge | None, at: dt.datetime
) -> None:
    """Book what the provider charges for something by now: a fee once, and its return once."""
    with transaction.atomic():
        rows = ProviderFee.objects.select_for_update(of=("self",)).select_related("campaign")
        fee = rows.filter(provider_id=provider_id).first()
        if fee is None and amount > ZERO:
            _charge(ProviderFee(
                provider_id=provider_id,
                amount=amount,
                campaign=campaign,
                pledge=pledge,
                charged_at=at,
            ), at)  # fmt: skip
        elif fee is not None and fee.returned_at is None and amount <= ZERO:
            books.fee_returned(fee, at=at)
            ProviderFee.objects.filter(pk=fee.pk).update(returned_at=at)
            audit.record(action="provider_fee.returned", subject=fee, by=SYSTEM, at=at)


def _charge(fee: ProviderFee, at: dt.datetime) -> None:
    fee.save(force_insert=True)
    books.fee_charged(fee, at=at)
    facts = {"amount": str(fee.amount.amount), "for": fee.provider_id}
    audit.record(action="provider_fee.charged", subject=fee, by=SYSTEM, at=at, facts=facts)
