"""Money that comes for pledges: opened at the provider (card, debit, transfer), or met at the bank.

What a pledge is owed never changes because of what came. Money for a pledge that has ended, and
money beyond a pledge, goes back. How the provider's word becomes a payment is in `provider.intents`.
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
from campaigns import customers, endings, figures, letters, outward, refunds, stripe_gateway
from campaigns.models import Campaign, Payment, PaymentIntent, Pledge

Method = PaymentIntent.Method
State = PaymentIntent.State
KEY_WORDS = {Method.CARD: "card", Method.DEBIT: "debit", Method.TRANSFER: "transfer"}


class NothingToPay(Conflict):
    code = "payment.nothing_to_pay"


class CardsNotTaken(Conflict):
    code = "payment.cards_not_taken"


class UnderWay(Conflict):
    """Money of a pledge is under way already, and nobody can call it back."""

    code = "payment.under_way"


def start(
    *, pledge: Pledge, method: str = Method.CARD, by: Actor, at: dt.datetime
) -> PaymentIntent:
    """Open a payment at the provider for what is missing of a pledge; an open one for it is returned.

    Raises NothingToPay, CardsNotTaken, UnderWay, ProviderUnreachable. The provider's idempotency key
    is our row's, so a crash in between opens no second payment.
    """
    if not stripe_gateway.is_configured():
        raise CardsNotTaken(_("Cards are not taken here; please pay by bank transfer."))
    with transaction.atomic():
        pledge = locked([pledge.pk])[0]
        due = _due(pledge)
        intent = pledge.intents.filter(state__in=PaymentIntent.OPEN).first()
        if intent is not None and (intent.amount, intent.method) != (due, method):
            _give_up(intent, by, at)
            intent = None
        intent = intent or _new_intent(pledge, Method(method), due, at)
        if intent.state == State.WANTED:
            _ask_provider(intent, by, at)
    return intent


def on_transfers_met(met: Sequence[Met]) -> None:
    """Bank lines met the transfers that pledges wait for; treasury booked them just now."""
    at = met[0].at
    by_id = {p.pk: p for p in locked([int(one.expectation.owner_key) for one in met])}
    pairs = [(one, by_id[int(one.expectation.owner_key)]) for one in met]
    payments = Payment.objects.bulk_create(_transfers(pairs))
    follow(payments, at=at)
    partly = [pair for pair in pairs if pair[0].amount < pair[0].expectation.amount]
    paid = figures.of_pledges([pledge for _one, pledge in partly])
    whole = [pledge for one, pledge in partly if paid[pledge.pk].is_paid and _is_less(one, pledge)]
    endings.expect_no_more(whole, by=SYSTEM, at=at, reason="paid with less than was expected")


def _is_less(met: Met, pledge: Pledge) -> bool:
    """Whether a pledge needs less than the bank was told to expect: made smaller, or paid in part
    before this system began."""
    is_taken_over = pledge.payments.filter(method=Payment.Method.OPENING).exists()
    return pledge.amount < met.expectation.amount or is_taken_over


# --- At the provider -------------------------------------------------------------------------------


def _due(pledge: Pledge) -> Money:
    is_payable = pledge.state in (Pledge.State.PLACED, Pledge.State.CONFIRMED)
    due = figures.of_pledge(pledge).shortfall
    if not is_payable or pledge.campaign.state not in Campaign.TAKES_PAYMENTS or due <= ZERO:
        raise NothingToPay(_("There is nothing to pay for this pledge."), pledge=pledge.pk)
    return due


def _new_intent(pledge: Pledge, method: Method, due: Money, at: dt.datetime) -> PaymentIntent:
    # With the amount: a crash may have left the provider this number with another one.
    number = pledge.intents.count() + 1
    key = f"pledge-{pledge.pk}-{KEY_WORDS[method]}-{number}-{cents(due)}"
    return PaymentIntent.objects.create(
        pledge=pledge, method=method, key=key, amount=due, created_at=at
    )


def _give_up(intent: PaymentIntent, by: Actor, at: dt.datetime) -> None:
    if intent.state == State.PROCESSING:
        raise UnderWay(
            _("A direct debit for this pledge is under way; wait until the bank answers."),
            pledge=intent.pledge_id,
        )
    if intent.provider_id:
        stripe_gateway.cancel_intent(intent.provider_id)
    states.move(record=intent, to=State.CANCELED, by=by, at=at)


def _ask_provider(intent: PaymentIntent, by: Actor, at: dt.datetime) -> None:
    needs_name = intent.method != Method.CARD
    investor = intent.pledge.investor
    made = stripe_gateway.create_intent(
        stripe_gateway.NewIntent(
            amount=intent.amount,
            key=intent.key,
            method=intent.method,
            customer=customers.of(investor, at=at).provider_id if needs_name else "",
            metadata={
                "key": intent.key,
                "pledge": str(intent.pledge_id),
                "campaign": intent.pledge.campaign.slug,
            },
        )
    )
    intent.provider_id, intent.client_secret = made.provider_id, made.client_secret
    intent.instructions_url = made.page
    intent.save(update_fields=["provider_id", "client_secret", "instructions_url"])
    states.move(record=intent, to=State.CREATED, by=by, at=at)


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


def locked(ids: Sequence[int]) -> list[Pledge]:
    """The pledges, locked until the transaction ends, with all that a payment's letters need."""
    rows = Pledge.objects.filter(pk__in=ids).select_related("investor", "payer")
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    # Many pledges are of few campaigns, and a campaign is a wide row: each is read once.
    campaigns = Campaign.objects.select_related("issuer").in_bulk(
        {one.campaign_id for one in found}
    )
    for pledge in found:
        pledge.campaign = campaigns[pledge.campaign_id]
    return found


def follow(payments: Sequence[Payment], *, at: dt.datetime) -> None:
    """Return what should not have come, stop waiting for what came, and tell the investors."""
    pledges = {payment.pledge_id: payment.pledge for payment in payments}
    found = figures.of_pledges(list(pledges.values()))
    ended = [pledge for pledge in pledges.values() if found[pledge.pk].is_ended]
    if ended:
        refunds.return_all(
            pledges=ended, by=SYSTEM, at=at, reason="came after the pledge had ended"
        )
    through_provider = {
        p.pledge_id: p.pledge for p in payments if p.method in Payment.THROUGH_PROVIDER
    }
    whole = [pledge for pk, pledge in through_provider.items() if found[pk].is_paid]
    endings.expect_no_more(whole, by=SYSTEM, at=at, reason="paid through the provider")
    _return_surplus(payments, found, at)
    outward.money_came(payments, found, at=at)
    letters.of_payments([(each, found[each.pledge_id]) for each in payments], at=at)


def _return_surplus(
    payments: Sequence[Payment], found: dict[int, figures.PledgeFigures], at: dt.datetime
) -> None:
    """What is beyond a pledge goes back from its newest payment first, and once."""
    left = {pk: ZERO if one.is_ended else one.to_return for pk, one in found.items()}
    for payment in reversed(payments):
        part = min(left[payment.pledge_id], payment.amount)
        if part > ZERO:
            left[payment.pledge_id] -= part
            refunds.return_surplus(payment=payment, surplus=part, by=SYSTEM, at=at)
