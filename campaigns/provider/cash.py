"""Cash that waits at the provider under an investor's name: transfers not yet applied to a payment.

The provider applies it to open payments by itself, in part where it is short. It is no part of our
balance there and so in no book of ours; what is left of it is listed here until it is sent back.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit
from backend.core.errors import Conflict
from backend.core.models import User
from backend.core.money import ZERO, cents
from backend.core.users import Actor
from campaigns import findings, stripe_gateway
from campaigns.models import (
    CashMovement,
    PaymentIntent,
    ProviderCustomer,
    ProviderFinding,
    StripeEvent,
)
from investors.models import Investor

Outcome = StripeEvent.Outcome


class NothingWaits(Conflict):
    code = "cash.nothing_waits"


@dataclass(frozen=True)
class Waiting:
    """What waits under one investor's name, and since when."""

    customer: ProviderCustomer
    amount: Money
    since: dt.datetime


def record(*, customer: str, provider_id: str, at: dt.datetime) -> str:
    """Take in one movement of waiting cash. Safe to repeat; of nobody we know it is a finding."""
    known = ProviderCustomer.objects.filter(provider_id=customer).first()
    if known is None:
        words = f"{customer} {provider_id}"
        findings.open_one(
            kind=ProviderFinding.Kind.UNKNOWN, key=f"cash:{customer}", told=words, at=at
        )
        return Outcome.DISCREPANCY
    told = stripe_gateway.cash_told(customer, provider_id)
    CashMovement.objects.get_or_create(
        provider_id=provider_id,
        defaults={
            "customer": known,
            "kind": told.kind,
            "intent": PaymentIntent.objects.filter(provider_id=told.intent_id or "-").first(),
            "net": told.net,
            "reference": told.reference,
            "sender": told.sender,
            "occurred_at": told.occurred_at,
            "learnt_at": at,
        },
    )
    return Outcome.HANDLED


def customers_of(user: User) -> QuerySet[ProviderCustomer]:
    """The customers whose investors the person may see: another issuer's are not there."""
    return ProviderCustomer.objects.filter(investor__in=Investor.objects.visible_to(user))


def waiting(user: User) -> list[Waiting]:
    """What waits under the names of investors whom the person may see, the oldest first."""
    rows = (
        customers_of(user)
        .select_related("investor")
        .annotate(left=Sum("cash_movements__net"), last=Max("cash_movements__occurred_at"))
    )
    found = rows.filter(left__gt=0).order_by("last", "pk")
    return [Waiting(row, Money(row.left, "EUR"), row.last) for row in found]


def applied(intents: Sequence[PaymentIntent]) -> dict[int, Money]:
    """What of the cash was applied to intents so far, by their ids: a transfer may come in parts."""
    rows = CashMovement.objects.filter(intent__in=intents).values_list("intent").order_by()
    return {pk: Money(-total, "EUR") for pk, total in rows.annotate(total=Sum("net"))}


def send_back(*, customer: ProviderCustomer, by: Actor, at: dt.datetime) -> Money:
    """Have all that waits under a name returned to the bank account it came from.

    Raises NothingWaits, ProviderUnreachable, ProviderRefused. The key carries the last movement, so a
    repeat before the provider told of the first is the same return.
    """
    with transaction.atomic():
        ProviderCustomer.objects.select_for_update().get(pk=customer.pk)
        moved = customer.cash_movements.order_by("id")
        left = sum((one.net for one in moved), ZERO)
        if left <= ZERO:
            raise NothingWaits(_("Nothing waits under this name."), customer=customer.pk)
        last = moved.last()
        key = f"cash-{customer.pk}-{last.pk if last else 0}-{cents(left)}"
        stripe_gateway.return_cash(customer=customer.provider_id, amount=left, key=key)
        facts = {"amount": str(left.amount)}
        audit.record(action="cash.sent_back", subject=customer, by=by, at=at, facts=facts)
    return left
