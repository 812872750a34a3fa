"""Money that comes for pledges: by card through the provider, by transfer through the bank.

What a pledge is owed never changes because of what came. Money for a pledge that has ended, and
money beyond a pledge, goes back.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import count

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, states
from backend.core.errors import Conflict
from backend.core.money import ZERO, cents
from backend.core.users import SYSTEM, Actor
from backend.treasury.expectations import Met
from campaigns import books, endings, figures, findings, letters, refunds, stripe_gateway
from campaigns.models import Campaign, CardPaymentIntent, Payment, Pledge, ProviderFinding
from campaigns.stripe_gateway import CardPayment

Kind = ProviderFinding.Kind


class NothingToPay(Conflict):
    code = "payment.nothing_to_pay"


class CardsNotTaken(Conflict):
    code = "payment.cards_not_taken"


class FeeUnknown(Conflict):
    """The provider has not written its fee yet; the job is tried again and the fee comes."""

    code = "payment.fee_unknown"


def start_card(*, pledge: Pledge, by: Actor, at: dt.datetime) -> CardPaymentIntent:
    """Open a card payment for what is missing of a pledge; an open one for it is returned.

    Raises NothingToPay, CardsNotTaken, ProviderUnreachable. The provider's idempotency key is our
    row's, so a crash in between opens no second payment.
    """
    if not stripe_gateway.is_configured():
        raise CardsNotTaken(_("Cards are not taken here; please pay by bank transfer."))
    with transaction.atomic():
        pledge = _locked([pledge.pk])[0]
        due = _due(pledge)
        intent = pledge.card_intents.filter(state__in=CardPaymentIntent.OPEN).first()
        if intent is not None and intent.amount != due:
            _give_up(intent, by, at)
            intent = None
        intent = intent or _new_intent(pledge, due, at)
        if intent.state == CardPaymentIntent.State.WANTED:
            _ask_provider(intent, by, at)
    return intent


def confirm_card(*, intent_id: str, at: dt.datetime) -> str:
    """Book a card payment that the provider says succeeded; told again nothing happens twice.

    Returns `handled`, `ignored` or `discrepancy` for the inbox. Another amount or currency than
    asked for is a finding, never an overwrite. Raises FeeUnknown when it is too early.
    """
    intent = CardPaymentIntent.objects.filter(provider_id=intent_id).first()
    if intent is not None and intent.state == CardPaymentIntent.State.SUCCEEDED:
        return "handled"
    told = stripe_gateway.card_payment(intent_id)
    if not told.has_succeeded:
        return "ignored"
    intent = intent or CardPaymentIntent.objects.filter(key=told.key or "-").first()
    finding = _finding(intent, told)
    if finding is not None:
        pledge = intent.pledge if intent else None
        findings.open_one(kind=finding, key=told.charge_id, told=_words(told), pledge=pledge, at=at)
        return "discrepancy"
    if told.fee is None:
        raise FeeUnknown(_("The provider has not told its fee yet."), intent=intent_id)
    assert intent is not None, "an unknown intent is a finding"
    _record_card(intent, told, told.fee, at)
    return "handled"


def note_cancelled(*, intent_id: str, at: dt.datetime) -> None:
    """An intent was cancelled at the provider: another may be opened."""
    intent = CardPaymentIntent.objects.filter(
        provider_id=intent_id, state__in=CardPaymentIntent.OPEN
    ).first()
    if intent is not None:
        states.move(record=intent, to=CardPaymentIntent.State.CANCELED, by=SYSTEM, at=at)


def on_transfers_met(met: Sequence[Met]) -> None:
    """Bank lines met the transfers that pledges wait for; treasury booked them just now."""
    at = met[0].at
    by_id = {p.pk: p for p in _locked([int(one.expectation.owner_key) for one in met])}
    pairs = [(one, by_id[int(one.expectation.owner_key)]) for one in met]
    payments = Payment.objects.bulk_create(_transfers(pairs))
    _follow(payments, at)
    partly = [pair for pair in pairs if pair[0].amount < pair[0].expectation.amount]
    paid = figures.of_pledges([pledge for _one, pledge in partly])
    whole = [pledge for one, pledge in partly if paid[pledge.pk].is_paid and _is_less(one, pledge)]
    endings.expect_no_more(whole, by=SYSTEM, at=at, reason="paid with less than was expected")


def _is_less(met: Met, pledge: Pledge) -> bool:
    """Whether a pledge needs less than the bank was told to expect: made smaller, or paid in part
    before this system began."""
    is_taken_over = pledge.payments.filter(method=Payment.Method.OPENING).exists()
    return pledge.amount < met.expectation.amount or is_taken_over


# --- Cards ------------------------------------------------------------------------------------------


def _due(pledge: Pledge) -> Money:
    is_payable = pledge.state in (Pledge.State.PLACED, Pledge.State.CONFIRMED)
    due = figures.of_pledge(pledge).shortfall
    if not is_payable or pledge.campaign.state not in Campaign.TAKES_PAYMENTS or due <= ZERO:
        raise NothingToPay(_("There is nothing to pay for this pledge."), pledge=pledge.pk)
    return due


def _new_intent(pledge: Pledge, due: Money, at: dt.datetime) -> CardPaymentIntent:
    # With the amount: a crash may have left the provider this number with another one.
    number = pledge.card_intents.count() + 1
    key = f"pledge-{pledge.pk}-card-{number}-{cents(due)}"
    return CardPaymentIntent.objects.create(pledge=pledge, key=key, amount=due, created_at=at)


def _give_up(intent: CardPaymentIntent, by: Actor, at: dt.datetime) -> None:
    if intent.provider_id:
        stripe_gateway.cancel_intent(intent.provider_id)
    states.move(record=intent, to=CardPaymentIntent.State.CANCELED, by=by, at=at)


def _ask_provider(intent: CardPaymentIntent, by: Actor, at: dt.datetime) -> None:
    made = stripe_gateway.create_intent(
        amount=intent.amount,
        key=intent.key,
        metadata={
            "key": intent.key,
            "pledge": str(intent.pledge_id),
            "campaign": intent.pledge.campaign.slug,
        },
    )
    intent.provider_id, intent.client_secret = made.provider_id, made.client_secret
    intent.save(update_fields=["provider_id", "client_secret"])
    states.move(record=intent, to=CardPaymentIntent.State.CREATED, by=by, at=at)


def _finding(intent: CardPaymentIntent | None, told: CardPayment) -> str | None:
    if intent is None:
        return Kind.UNKNOWN
    if told.amount.currency != intent.amount.currency:
        return Kind.CURRENCY
    return Kind.AMOUNT if told.amount != intent.amount else None


def _words(told: CardPayment) -> str:
    return f"{told.amount.amount} {told.amount.currency} {told.intent_id} {told.charge_id}"


def _record_card(intent: CardPaymentIntent, told: CardPayment, fee: Money, at: dt.datetime) -> None:
    with transaction.atomic():
        endings.hold([intent.pledge_id])
        pledge = _locked([intent.pledge_id])[0]
        intent = CardPaymentIntent.objects.select_for_update().get(pk=intent.pk)
        if intent.state == CardPaymentIntent.State.SUCCEEDED:
            return
        CardPaymentIntent.objects.filter(pk=intent.pk).update(provider_id=told.intent_id)
        states.move(record=intent, to=CardPaymentIntent.State.SUCCEEDED, by=SYSTEM, at=at)
        payment = Payment.objects.create(
            pledge=pledge,
            method=Payment.Method.CARD,
            provider_id=told.charge_id,
            amount=told.amount,
            fee=fee,
            received_at=told.paid_at,
            learnt_at=at,
        )
        books.payments_received([payment], at=at)
        _follow([payment], at)


# --- Transfers --------------------------------------------------------------------------------------


def _transfers(pairs: Sequence[tuple[Met, Pledge]]) -> list[Payment]:
    """A payment for each part of a line; a line may meet one pledge in several parts."""
    paid = Payment.objects.filter(pledge__in=[pledge for _one, pledge in pairs])
    taken = set(paid.values_list("provider_id", flat=True))
    payments = []
    for met, pledge in pairs:
        names = (f"line:{met.line.pk}:{pledge.pk}:{number}" for number in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        payments.append(
            Payment(
                pledge=pledge,
                method=Payment.Method.TRANSFER,
                provider_id=name,
                amount=met.amount,
                received_at=clock.start_of(met.line.booked_on),
                learnt_at=met.at,
            )
        )
    return payments


# --- What follows from money -------------------------------------------------------------------------


def _locked(ids: Sequence[int]) -> list[Pledge]:
    rows = Pledge.objects.filter(pk__in=ids)
    related = rows.select_related("campaign__issuer", "investor", "payer")
    return list(related.select_for_update(of=("self",)).order_by("pk"))


def _follow(payments: Sequence[Payment], at: dt.datetime) -> None:
    """Return what should not have come, stop waiting for what came, and tell the investor."""
    pledges = {payment.pledge_id: payment.pledge for payment in payments}
    found = figures.of_pledges(list(pledges.values()))
    ended = [pledge for pledge in pledges.values() if found[pledge.pk].is_ended]
    if ended:
        refunds.return_all(
            pledges=ended, by=SYSTEM, at=at, reason="came after the pledge had ended"
        )
    by_card = [p.pledge for p in payments if p.method == Payment.Method.CARD]
    whole = [pledge for pledge in by_card if found[pledge.pk].is_paid]
    endings.expect_no_more(whole, by=SYSTEM, at=at, reason="paid by card")
    for payment in payments:
        _return_surplus(payment, found[payment.pledge_id], at)
    letters.of_payments([(each, found[each.pledge_id]) for each in payments], at=at)


def _return_surplus(payment: Payment, standing: figures.PledgeFigures, at: dt.datetime) -> None:
    surplus = ZERO if standing.is_ended else standing.to_return
    if surplus > ZERO:
        part = min(surplus, payment.amount)
        refunds.return_surplus(payment=payment, surplus=part, by=SYSTEM, at=at)
