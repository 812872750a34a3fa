"""Money that the provider takes back: a card holder disputes it, a debit is called back.

Before the allotment it is a return like any other: the pledge is unpaid again. After it the shares
stand, so the investor owes the money to the issuer's own money: an expected transfer is the open item.
So it is where the money was refunded before: who has it twice owes it once.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock
from backend.core.errors import Conflict
from backend.core.money import as_text
from backend.core.users import SYSTEM
from backend.treasury import expectations, references
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import Expectation
from campaigns import books, card_refunds, certificates, letters, purses, refunds
from campaigns.models import Chargeback, Payment, Pledge, Refund

OWNER = "campaigns.chargeback"


class MoreThanPaid(Conflict):
    code = "chargeback.more_than_paid"


def withdraw(*, payment: Payment, amount: Money, provider_id: str, at: dt.datetime) -> None:
    """Take in that the provider took money of a payment back. Told twice it is booked once.

    Raises MoreThanPaid when it is more than the payment brought.
    """
    with transaction.atomic():
        pledge = Pledge.objects.select_for_update(no_key=True).get(pk=payment.pledge_id)
        if Chargeback.objects.filter(provider_id=provider_id).exists():
            return
        if _is_a_return(pledge, payment, amount, provider_id):
            card_refunds.adopt(payment=payment, amount=amount, provider_id=provider_id, at=at)
            card_refunds.confirm(provider_id=provider_id, at=at)
            return
        if amount > payment.amount:
            raise MoreThanPaid(_("More was taken back than was paid."), payment=payment.pk)
        chargeback = Chargeback.objects.create(
            payment=payment, amount=amount, provider_id=provider_id, withdrawn_at=at
        )
        books.charged_back(chargeback, at=at)
        _claim(chargeback, at)
        _follow(chargeback, "pledge.charged_back", at)


def reinstate(*, provider_id: str, at: dt.datetime) -> None:
    """Take in that the provider gave the money back: nobody owes anything. Safe to repeat."""
    with transaction.atomic():
        rows = Chargeback.objects.select_for_update(of=("self",))
        found = rows.filter(provider_id=provider_id, reinstated_at=None, repaid_at=None)
        chargeback = found.select_related("payment__pledge__campaign").first()
        if chargeback is None:
            if Refund.objects.filter(provider_id=provider_id).exists():
                card_refunds.note_failure(provider_id=provider_id, at=at)
            return
        books.chargeback_undone(chargeback, at=at)
        Chargeback.objects.filter(pk=chargeback.pk).update(reinstated_at=at)
        waiting = Expectation.objects.filter(
            owner_kind=OWNER, owner_key=str(chargeback.pk), state=Expectation.State.OPEN
        )
        for expectation in waiting:
            expectations.cancel(expectation=expectation, by=SYSTEM, at=at, reason="given back")
        _follow(chargeback, "pledge.chargeback_undone", at)


def on_repaid(met: Sequence[Met]) -> None:
    """The investor paid what they owed: own money has it, and may top raised money up."""
    for one in met:
        if not expectations.is_met(one.expectation):
            continue
        rows = Chargeback.objects.select_related("payment__pledge__campaign")
        chargeback = rows.get(pk=one.expectation.owner_key)
        Chargeback.objects.filter(pk=chargeback.pk, repaid_at=None).update(repaid_at=one.at)
        _follow(chargeback, "pledge.chargeback_repaid", one.at)


def _is_a_return(pledge: Pledge, payment: Payment, amount: Money, provider_id: str) -> bool:
    if Refund.objects.filter(provider_id=provider_id).exists():
        return True
    is_here = amount <= refunds.left_of(payment)
    return is_here and pledge.state != Pledge.State.ALLOTTED


def _claim(chargeback: Chargeback, at: dt.datetime) -> None:
    """Wait for the investor's transfer to the issuer's own account."""
    pledge = chargeback.payment.pledge
    campaign = pledge.campaign
    chargeback.reference = references.creditor_reference(f"chargeback:{chargeback.pk}")
    chargeback.save(update_fields=["reference"])
    spec = ExpectationSpec(
        reference=chargeback.reference,
        direction=Expectation.Direction.IN,
        amount=chargeback.amount,
        bank_account=purses.ordinary_account(campaign),
        source=purses.receivable(campaign),
        target=purses.own_holding(campaign),
        owner_kind=OWNER,
        owner_key=str(chargeback.pk),
        counterparty=pledge.investor.name,
        due_on=clock.day_of(at) + dt.timedelta(days=campaign.payment_window_days),
    )
    expectations.open_one(spec=spec, at=at)
    letters.to_pledger(
        pledge,
        "charged_back",
        at=at,
        occasion=str(chargeback.pk),
        owed=as_text(chargeback.amount, pledge.investor.language),
        iban=purses.ordinary_account(campaign).iban,
        owes=references.shown(chargeback.reference),
    )


def _follow(chargeback: Chargeback, action: str, at: dt.datetime) -> None:
    pledge = chargeback.payment.pledge
    facts = {"amount": str(chargeback.amount.amount), "dispute": chargeback.provider_id}
    audit.record(action=action, subject=pledge, by=SYSTEM, at=at, facts=facts)
    certificates.follow([pledge], by=SYSTEM, at=at)
