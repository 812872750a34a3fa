"""Have objects at the provider looked at as they stand now, and do what follows for us.

What the inbox, a pull and a payout all call. Whatever is not there yet (a payment of a refund, the
parts of a payout) is looked at first, so the order in which things are told does not matter.
"""

import datetime as dt
from collections.abc import Callable, Collection

from django.db import transaction

from backend.core.errors import RuleBroken
from campaigns import card_refunds, chargebacks, findings, stripe_gateway
from campaigns.models import Payment, ProviderFinding, StripeEvent
from campaigns.provider import cash, disputes, intents, movements, occurrences, payouts
from campaigns.provider.intents import Result, Span
from campaigns.provider.occurrences import Subject
from campaigns.stripe_gateway import ProviderUnreachable

Outcome = StripeEvent.Outcome


def look_at(
    subjects: Collection[Subject], *, at: dt.datetime, between: Span | None = None
) -> dict[Subject, Result]:
    """Look at each subject once; return an outcome for each, or what it waits for.

    `between` are the instants that the news is of. Payments come first, all together.
    """
    payments = {one.provider_id: one for one in subjects if one.kind == occurrences.INTENT}
    found: dict[Subject, Result] = {}
    if payments:
        try:
            told = intents.look_at(payments, at=at, between=between)
        except ProviderUnreachable as problem:
            return dict.fromkeys(subjects, problem)
        found = {payments[pk]: result for pk, result in told.items()}
    for kind, act in _ACTS.items():
        for subject in sorted(one for one in subjects if one.kind == kind):
            found[subject] = _one(act, subject, at)
    return found


def _one(act: Callable[[Subject, dt.datetime], str], subject: Subject, at: dt.datetime) -> Result:
    """A rule that refuses leaves nothing behind, and does not keep the others."""
    try:
        with transaction.atomic():
            return act(subject, at)
    except RuleBroken as problem:
        return problem


def _charge(subject: Subject, at: dt.datetime) -> str:
    """A charge that failed after it succeeded: a debit that the payer's bank called back."""
    payment = Payment.objects.filter(provider_id=subject.provider_id).first()
    if payment is None:
        return Outcome.IGNORED
    told = stripe_gateway.charge_told(subject.provider_id)
    if not (told.has_failed and told.is_taken_back):
        return Outcome.IGNORED
    name = f"{subject.provider_id}:failed"
    chargebacks.withdraw(payment=payment, amount=payment.amount, provider_id=name, at=at)
    return Outcome.HANDLED


def _refund(subject: Subject, at: dt.datetime) -> str:
    """Ours, or one that somebody made in the provider's dashboard: the same totals either way."""
    told = stripe_gateway.refund_told(subject.provider_id)
    payment = _payment(told.charge_id, told.intent_id, at)
    if payment is None:
        return Outcome.DISCREPANCY
    card_refunds.record(told=told, payment=payment, at=at)
    return Outcome.HANDLED


def _dispute(subject: Subject, at: dt.datetime) -> str:
    told = stripe_gateway.dispute_told(subject.provider_id)
    payment = _payment(told.charge_id, told.intent_id, at)
    if payment is None:
        return Outcome.DISCREPANCY
    return disputes.record(told=told, payment=payment, at=at)


def _cash(subject: Subject, at: dt.datetime) -> str:
    return cash.record(customer=subject.of, provider_id=subject.provider_id, at=at)


def _payout(subject: Subject, at: dt.datetime) -> str:
    """A payout, once its parts are told explained by them, whatever of them we had not heard of."""
    told = stripe_gateway.payout(subject.provider_id)
    payout = payouts.announce(told=told, at=at)
    if not told.has_parts or payout.items.exists():
        return Outcome.HANDLED
    parts = stripe_gateway.movements_of_payout(subject.provider_id)
    kept = movements.keep(parts, at=at)
    missing = set(occurrences.of_movements(movements.unbooked(parts))) - {subject}
    for result in look_at(missing, at=at).values():
        if isinstance(result, RuleBroken):
            raise result
    is_whole = payouts.explain(payout=payout, movements=kept, at=at)
    return Outcome.HANDLED if is_whole else Outcome.DISCREPANCY


def _stranger(subject: Subject, at: dt.datetime) -> str:
    """A charge that belongs to no payment of ours."""
    findings.open_one(
        kind=ProviderFinding.Kind.UNKNOWN,
        key=subject.provider_id,
        told=subject.provider_id,
        at=at,
    )
    return Outcome.DISCREPANCY


def _payment(charge: str, intent: str, at: dt.datetime) -> Payment | None:
    """The payment of a charge, booked first where it was not told of yet."""
    rows = Payment.objects.select_related("pledge__campaign", "pledge__investor")
    found = rows.filter(provider_id=charge or "-").first()
    if found is None and intent:
        result = intents.look_at([intent], at=at)[intent]
        if isinstance(result, RuleBroken):
            raise result
        found = rows.filter(provider_id=charge or "-").first()
    return found


# In this order: a refund needs its payment, a payout all of them.
_ACTS: dict[str, Callable[[Subject, dt.datetime], str]] = {
    occurrences.STRANGER: _stranger,
    occurrences.CHARGE: _charge,
    occurrences.REFUND: _refund,
    occurrences.DISPUTE: _dispute,
    occurrences.CASH: _cash,
    occurrences.PAYOUT: _payout,
}
