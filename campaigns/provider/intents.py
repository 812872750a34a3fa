"""Take in how payment intents stand at the provider: many at once, each once.

What is to be done is decided in `decisions`; money that came is booked with all that follows from
it (`payments.follow`), in one transaction for all of them.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import states
from backend.core.errors import Conflict, RuleBroken
from backend.core.money import ZERO
from backend.core.users import SYSTEM
from campaigns import books, endings, findings, letters, payments, stripe_gateway
from campaigns.models import Payment, PaymentIntent, StripeEvent
from campaigns.provider.decisions import Act, Decision, Ours, decide
from campaigns.stripe_gateway import IntentTold

Outcome = StripeEvent.Outcome
Result = str | RuleBroken
Span = tuple[dt.datetime, dt.datetime]

METHODS = {
    PaymentIntent.Method.CARD: Payment.Method.CARD,
    PaymentIntent.Method.DEBIT: Payment.Method.DEBIT,
    PaymentIntent.Method.TRANSFER: Payment.Method.REMOTE,
}


class FeeUnknown(Conflict):
    """The provider has not written its fee yet; it is asked again and the fee comes."""

    code = "payment.fee_unknown"


def look_at(
    ids: Collection[str], *, at: dt.datetime, between: Span | None = None
) -> dict[str, Result]:
    """Take in how intents stand now, and return what came of each: an outcome, or what it waits for.

    Those that succeeded already are not asked about again. Raises ProviderUnreachable.
    """
    done = _succeeded(ids)
    told = stripe_gateway.intents_told([one for one in ids if one not in done], between=between)
    return dict.fromkeys(done, str(Outcome.HANDLED)) | take_in(told, at=at)


def take_in(told: Mapping[str, IntentTold], *, at: dt.datetime) -> dict[str, Result]:
    """Do what follows from how intents stand at the provider. Safe to repeat, in any order."""
    ours = _ours(told.values())
    decided = {pk: decide(_facts(ours.get(pk)), one) for pk, one in told.items()}
    with transaction.atomic():
        book([(ours[pk], told[pk]) for pk, each in decided.items() if each.act == Act.BOOK], at=at)
        for pk, each in decided.items():
            _follow(each, ours.get(pk), told[pk], at)
    return {pk: _result(each, told[pk]) for pk, each in decided.items()}


def book(pairs: Sequence[tuple[PaymentIntent, IntentTold]], *, at: dt.datetime) -> None:
    """Book payments that the provider says succeeded; those that somebody booked meanwhile are left."""
    if not pairs:
        return
    # The same order as everywhere: expectation, pledge, intent.
    endings.hold(intent.pledge_id for intent, _told in pairs)
    pledges = {
        pledge.pk: pledge for pledge in payments.locked([one.pledge_id for one, _told in pairs])
    }
    told_of = {intent.pk: told for intent, told in pairs}
    rows = PaymentIntent.objects.select_for_update().order_by("pk")
    waiting = list(rows.filter(pk__in=told_of).exclude(state=PaymentIntent.State.SUCCEEDED))
    for intent in waiting:
        if intent.provider_id is None:
            PaymentIntent.objects.filter(pk=intent.pk).update(
                provider_id=told_of[intent.pk].intent_id
            )
    states.move_many(records=waiting, to=PaymentIntent.State.SUCCEEDED, by=SYSTEM, at=at)
    made = []
    for intent in waiting:
        told = told_of[intent.pk]
        made.append(
            Payment(
                pledge=pledges[intent.pledge_id],
                method=METHODS[PaymentIntent.Method(intent.method)],
                provider_id=told.charge_id,
                amount=told.amount,
                fee=told.fee or ZERO,
                received_at=told.paid_at,
                learnt_at=at,
            )
        )
    found = Payment.objects.bulk_create(made)
    books.payments_received(found, at=at)
    payments.follow(found, at=at)


def _follow(
    decided: Decision, ours: PaymentIntent | None, told: IntentTold, at: dt.datetime
) -> None:
    if decided.act == Act.FIND:
        pledge = ours.pledge if ours else None
        words = f"{told.amount.amount} {told.amount.currency} {told.intent_id} {told.charge_id}"
        findings.open_one(kind=decided.what, key=told.charge_id, told=words, pledge=pledge, at=at)
    elif decided.act == Act.MOVE and ours is not None:
        has_failed = decided.what == PaymentIntent.State.CREATED
        states.move(record=ours, to=decided.what, by=SYSTEM, at=at)
        if has_failed:
            letters.to_pledger(ours.pledge, "debit_failed", at=at, occasion=told.charge_id)


def _result(decided: Decision, told: IntentTold) -> Result:
    if decided.act == Act.WAIT:
        return FeeUnknown(_("The provider has not told its fee yet."), intent=told.intent_id)
    if decided.act == Act.FIND:
        return str(Outcome.DISCREPANCY)
    is_news = decided.act in (Act.BOOK, Act.MOVE) or told.has_succeeded
    return str(Outcome.HANDLED if is_news else Outcome.IGNORED)


def _succeeded(ids: Collection[str]) -> set[str]:
    done = PaymentIntent.objects.filter(state=PaymentIntent.State.SUCCEEDED, provider_id__in=ids)
    return {pk for pk in done.values_list("provider_id", flat=True) if pk}


def _ours(told: Collection[IntentTold]) -> dict[str, PaymentIntent]:
    """Our records by the provider's number; by our key where a crash left the number unwritten."""
    keys = {one.key: one.intent_id for one in told if one.key}
    ids = [one.intent_id for one in told]
    rows = PaymentIntent.objects.filter(Q(provider_id__in=ids) | Q(key__in=keys))
    found = list(rows)
    by_key = {keys[row.key]: row for row in found if row.key in keys and not row.provider_id}
    return by_key | {row.provider_id: row for row in found if row.provider_id}


def _facts(ours: PaymentIntent | None) -> Ours | None:
    return Ours(ours.state, ours.amount) if ours is not None else None
