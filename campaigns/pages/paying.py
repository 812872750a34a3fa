"""How one pledge is paid: the transfer's facts, and the way through the provider and back.

The provider's form stands on our page with the payment's client secret; the demo leads to the
stand-in's page instead. What the provider writes in the address it sends back to is not believed:
it is asked how our own payment stands.
"""

from typing import Any

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from backend.core import clock, languages, pages
from backend.core.money import ZERO
from backend.treasury import references
from campaigns import figures, payments, qr, stripe_gateway
from campaigns.models import Campaign, PaymentIntent, Pledge
from campaigns.provider import cash, intents
from campaigns.stripe_gateway import ProviderUnreachable
from investors.models import Investor

Method, State = PaymentIntent.Method, PaymentIntent.State
RELATED = ("campaign__issuer", "campaign__restricted_account", "investor", "allotment")
NOT_MADE = _(
    "The payment was not made, and nothing was taken from you. Try again, or pay by bank transfer."
)
UNTOLD = _(
    "The payment provider has not told us yet how your payment stands. We write to you when it has "
    "arrived; please do not pay twice."
)


class MethodForm(forms.Form):
    """How to pay through the provider; a card where nothing is said."""

    method = forms.ChoiceField(choices=Method.choices, required=False)


@pages.page("pledge.place", methods=["GET", "HEAD", "POST"])
def pay(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A POST opens a payment at the provider and leads where it is made; a GET is its form."""
    found = own(request, pk)
    if request.method == "POST":
        return _open(request, found)
    intent = found.intents.filter(state=State.CREATED).exclude(method=Method.TRANSFER).first()
    if intent is None or not stripe_gateway.form_key():
        return redirect("pledge", pk=pk)
    return _form(request, found, intent)


@pages.page("pledge.place")
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the provider sends the payer back to: say how the payment stands by our own records."""
    intent = own(request, pk).intents.exclude(provider_id=None).order_by("-pk").first()
    if intent is None:
        return redirect("pledge", pk=pk)
    is_told = _ask(intent)
    intent.refresh_from_db()
    if intent.state == State.SUCCEEDED:
        return pages.done(request, _("Your payment has arrived."), "pledge", pk=pk)
    if intent.state == State.CREATED and is_told:
        messages.warning(request, str(NOT_MADE))
        return redirect("pledge-pay", pk=pk)
    if not is_told:
        messages.info(request, str(UNTOLD))
    return redirect("pledge", pk=pk)


def _open(request: HttpRequest, found: Pledge) -> HttpResponse:
    told = MethodForm(request.POST)
    method = (told.cleaned_data["method"] if told.is_valid() else "") or Method.CARD
    if method != Method.TRANSFER and not stripe_gateway.has_form():
        raise payments.CardsNotTaken(_("Cards are not taken here; please pay by bank transfer."))
    intent = payments.start(
        pledge=found, method=method, by=pages.person_of(request), at=clock.now()
    )
    url = intent.instructions_url or stripe_gateway.pay_url(
        intent.provider_id or "", return_url=_return_url(found), language=languages.active()
    )
    if url:
        return redirect(url)
    if method == Method.TRANSFER:
        return pages.done(request, _("The payment is open at the provider."), "pledge", pk=found.pk)
    return redirect("pledge-pay", pk=found.pk)


def _form(request: HttpRequest, found: Pledge, intent: PaymentIntent) -> HttpResponseBase:
    """The provider's own form, and the transfer for whom it does not open."""
    context = {
        "pledge": found,
        "intent": intent,
        "key": stripe_gateway.form_key(),
        "script": stripe_gateway.form_script(),
        "return_url": _return_url(found),
        "not_made": NOT_MADE,
        **ways(found, figures.of_pledge(found)),
    }
    # This one answer lets the browser ask the provider; no other page's policy is widened.
    widened = csp_update(stripe_gateway.FORM_POLICY)
    return widened(lambda asked: render(asked, "campaigns/pledge_pay.html", context))(request)


def _ask(intent: PaymentIntent) -> bool:
    """Have the provider tell how a payment stands; False where there is no word yet."""
    try:
        result = intents.look_at([intent.provider_id or ""], at=clock.now())
    except ProviderUnreachable:
        return False
    return all(isinstance(each, str) for each in result.values())


def _return_url(found: Pledge) -> str:
    return f"{settings.SITE_URL}{reverse('pledge-paid', args=[found.pk])}"


# --- What the pages of a pledge say of paying it ----------------------------------------------------


def own(request: HttpRequest, pk: int) -> Pledge:
    """A pledge of an investor whom this person acts for; else it is not there (404)."""
    acted_for = Investor.objects.acted_for_by(pages.person_of(request))
    rows = Pledge.objects.filter(investor__in=acted_for).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def is_payable(found: Pledge, standing: figures.PledgeFigures) -> bool:
    """Whether money for it is wanted now."""
    is_placed = found.state in (Pledge.State.PLACED, Pledge.State.CONFIRMED)
    takes = found.campaign.state in Campaign.TAKES_PAYMENTS
    return is_placed and takes and standing.shortfall > ZERO


def ways(found: Pledge, standing: figures.PledgeFigures) -> dict[str, Any]:
    """The transfer to make, whether the provider takes cards, and what is under way there."""
    return {"pay": _transfer(found, standing), "under_way": _under_way(found)}


def _transfer(found: Pledge, standing: figures.PledgeFigures) -> dict[str, Any]:
    account = found.campaign.restricted_account
    assert account is not None, "an open campaign has its restricted account"
    return {
        "iban": account.iban,
        "iban_shown": " ".join(account.iban[i : i + 4] for i in range(0, len(account.iban), 4)),
        "holder": found.campaign.issuer.name,
        "amount": standing.shortfall,
        "amount_plain": number_format(standing.shortfall.amount, 2, use_l10n=True),
        "reference": found.reference,
        "reference_shown": references.shown(found.reference),
        "code": qr.payment_code(
            holder=found.campaign.issuer.name,
            iban=account.iban,
            amount=standing.shortfall,
            reference=found.reference,
        ),
        "has_provider": stripe_gateway.is_configured(),
        "takes_cards": stripe_gateway.has_form(),
    }


def _under_way(found: Pledge) -> dict[str, Any] | None:
    """A payment that the provider waits for, and what of it has come already."""
    opened = found.intents.filter(state__in=PaymentIntent.OPEN).exclude(state=State.WANTED)
    intent = opened.first()
    if intent is None:
        return None
    return {"intent": intent, "applied": cash.applied([intent]).get(intent.pk, ZERO)}
