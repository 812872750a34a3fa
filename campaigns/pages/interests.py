"""The page of one interest, opened by its token: change the amount, withdraw, turn into a pledge."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, undoing
from backend.core.fields import EuroField
from backend.core.models import User
from campaigns import interests
from campaigns.models import Interest


class AmountForm(forms.Form):
    amount = EuroField(label=_("How much you might put in (euro)"))


@pages.page(methods=["GET", "HEAD", "POST"])
def interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the interest stands, what happens next, and with POST another amount."""
    found = interests.by_token(token)
    form = AmountForm(request.POST or None, initial={"amount": found.amount})
    if request.method == "POST" and form.is_valid():
        amount, before = form.cleaned_data["amount"], found.amount.amount
        changed = pages.attempt(
            form, lambda: interests.amend(interest=found, amount=amount, at=clock.now())
        )
        if changed is not None:
            undo = undoing.of("interest.amended", token, amount=f"{before:.2f}")
            sentence = _("The amount is changed.")
            return pages.done(request, sentence, "interest", token=token, undo=undo)
    query = urlencode({"interest": found.token, "amount": found.amount.amount})
    context = {
        "interest": found,
        "campaign": found.campaign,
        "form": form,
        "is_changeable": found.state in Interest.LIVE,
        "terms_changed": interests.must_confirm_terms(found),
        "may_claim": _may_claim(request, found),
        "pledge_url": f"{reverse('pledge-new', args=[found.campaign.slug])}?{query}",
    }
    return render(request, "campaigns/interest.html", context)


@pages.page("pledge.place", methods=["POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Attach it, and the others left with the same address, to the account."""
    user = pages.person_of(request)
    interests.claim(interest=interests.by_token(token), user=user, at=clock.now())
    return pages.done(request, _("It belongs to your account now."), "interest", token=token)


@pages.page(methods=["POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take the interest back."""
    interests.withdraw(interest=interests.by_token(token), at=clock.now())
    undo = undoing.of("interest.withdrawn", token)
    return pages.done(request, _("Your interest is withdrawn."), "interest", token=token, undo=undo)


@pages.page(methods=["POST"])
def take_up(request: HttpRequest, token: str) -> HttpResponse:
    """Put back an interest that was withdrawn by mistake."""
    interests.take_up(interest=interests.by_token(token), at=clock.now())
    sentence = _("Your interest stands again, in its old place in the queue.")
    return pages.done(request, sentence, "interest", token=token)


@pages.page(methods=["POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that one read the terms as they are now."""
    interests.confirm_terms(interest=interests.by_token(token), at=clock.now())
    return pages.done(request, _("You confirmed the terms."), "interest", token=token)


def _may_claim(request: HttpRequest, found: Interest) -> bool:
    """Whether the button is worth showing; the rule itself decides when it is pressed."""
    user = pages.user_of(request)
    if not isinstance(user, User) or found.claimed_by_id is not None:
        return False
    return user.email.casefold() == found.email.casefold()
