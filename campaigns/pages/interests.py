"""The page of one interest, opened by its token: change the amount, withdraw, turn into a pledge."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import EuroField
from campaigns import interests
from campaigns.models import Interest

CHANGEABLE = (Interest.State.EXPRESSED, Interest.State.AMENDED)


class AmountForm(forms.Form):
    amount = EuroField(label=_("How much you might put in (euro)"))


@pages.page(methods=["GET", "HEAD", "POST"])
def interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the interest stands, what happens next, and with POST another amount."""
    found = interests.by_token(token)
    form = AmountForm(request.POST or None, initial={"amount": found.amount})
    if request.method == "POST" and form.is_valid():
        amount = form.cleaned_data["amount"]
        changed = pages.attempt(
            form, lambda: interests.amend(interest=found, amount=amount, at=clock.now())
        )
        if changed is not None:
            return pages.done(request, _("The amount is changed."), "interest", token=token)
    query = urlencode({"interest": found.token, "amount": found.amount.amount})
    context = {
        "interest": found,
        "campaign": found.campaign,
        "form": form,
        "is_changeable": found.state in CHANGEABLE,
        "is_live": found.state in Interest.LIVE,
        "terms_changed": interests.must_confirm_terms(found),
        "pledge_url": f"{reverse('pledge-new', args=[found.campaign.slug])}?{query}",
    }
    return render(request, "campaigns/interest.html", context)


@pages.page(methods=["POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take the interest back."""
    interests.withdraw(interest=interests.by_token(token), at=clock.now())
    return pages.done(request, _("Your interest is withdrawn."), "interest", token=token)
