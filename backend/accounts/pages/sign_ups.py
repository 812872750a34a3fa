"""Making an account as an investor: who one is, then a password by the link of a mail."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from backend.accounts import pace, sign_ups
from backend.accounts.pages.passwords import NewPasswordForm
from backend.accounts.sign_ups import Newcomer
from backend.core import clock, pages


class NewcomerForm(forms.Form):
    first_name = forms.CharField(
        label=_("First name"), max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )  # fmt: skip
    last_name = forms.CharField(
        label=_("Last name"), max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


@pages.page(methods=["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for an account. The answer is the same whether there is one with this address."""
    if request.user.is_authenticated:
        return redirect("home")
    form, onward = NewcomerForm(request.POST or None), pages.next_address(request, "")
    if (
        request.method == "POST"
        and form.is_valid()
        and pages.attempt(form, lambda: _asked(request, form, onward))
    ):
        sentence = _("A mail with a link is on its way: open it to choose a password.")
        return pages.done(request, sentence, "login")
    return render(request, "accounts/sign_up.html", {"form": form, "next": onward})


@never_cache
@pages.page(methods=["GET", "HEAD", "POST"])
def finish(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by the link of the mail; then log in with it."""
    newcomer = sign_ups.newcomer_of(token)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password, at = form.cleaned_data["password"], clock.now()
        made = pages.attempt(form, lambda: sign_ups.finish(token=token, password=password, at=at))
        if made:
            query = f"?{urlencode({'next': newcomer.onward})}" if newcomer.onward else ""
            sentence = _("Your account is open. Log in with your password.")
            return pages.done(request, sentence, reverse("login") + query)
    return render(request, "accounts/choose_password.html", {"form": form, "owner": newcomer})


def _asked(request: HttpRequest, form: NewcomerForm, onward: str) -> bool:
    pace.keep(request, "sign-up")
    language = get_language() or "it"
    newcomer = Newcomer(**form.cleaned_data, language=language, onward=onward)
    sign_ups.ask(newcomer=newcomer, at=clock.now())
    return True
