"""Forgotten a password, choosing one by a link from a mail, changing it."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from backend.accounts import counts, lockouts, passwords
from backend.accounts.networks import network
from backend.core import clock, pages
from backend.core.models import User

LINKS_PER_MINUTE = 3
NEW = {"autocomplete": "new-password"}


class AddressForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))


class NewPasswordForm(forms.Form):
    """A password, once: the field can be shown by every browser, so it is not asked for twice."""

    password = forms.CharField(
        label=_("New password"), max_length=256, strip=False,
        widget=forms.PasswordInput(attrs=NEW),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())


class ChangeForm(NewPasswordForm):
    """The present password too: an open browser alone changes nothing."""

    present = forms.CharField(
        label=_("Your password now"), max_length=256, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ("present", "password")


@pages.page(methods=["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether there is such an account."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        calls = counts.hit(f"reset:{network(request)}", clock.wall().timestamp())
        if calls <= LINKS_PER_MINUTE:  # who asks more floods a mailbox; the answer stays the same
            passwords.send_reset(address=form.cleaned_data["email"], at=clock.now())
        sentence = _("If there is an account with this address, a mail with a link is on its way.")
        return pages.done(request, sentence, "login")
    return render(request, "accounts/forgotten.html", {"form": form})


@never_cache
@pages.page(methods=["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by the link of a mail; then log in with it."""
    user = passwords.owner_of(token)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _chosen(form, user):
        return pages.done(request, _("Your password is set. Log in with it."), "login")
    return render(request, "accounts/choose_password.html", {"form": form, "owner": user})


def change(request: HttpRequest, form: ChangeForm, person: User) -> bool:
    """Change the password of who is logged in; False leaves the errors in the form."""
    attempt = lockouts.Attempt(person.username, network(request), clock.wall())
    lockouts.require_open(attempt)
    if not person.check_password(form.cleaned_data["present"]):
        lockouts.failed(attempt)
        form.add_error("present", str(_("This is not your password.")))
        return False
    return _chosen(form, person, request.session.session_key or "")


def _chosen(form: NewPasswordForm, user: User, session: str = "") -> bool:
    password = form.cleaned_data["password"]

    def rule() -> bool:
        passwords.choose(user=user, password=password, by=user, at=clock.now(), session=session)
        return True

    return bool(pages.attempt(form, rule))
