"""One's own account: password, second factor, where one is logged in, tokens for programs."""

from typing import Any

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from backend.accounts import api_tokens, second_factor, sessions
from backend.accounts.models import ApiToken
from backend.accounts.pages import passwords
from backend.accounts.pages.sign_in import CodeForm, checked, setting_up
from backend.core import clock, pages

PLAIN_SCOPES = {
    api_tokens.READ: _("read whatever I may look at"),
    api_tokens.ALL: _("everything that I may do"),
    api_tokens.OWN: _("what anyone logged in may do"),
}


class TokenForm(forms.Form):
    """What a program is let in for."""

    name = forms.CharField(label=_("What is it for"), max_length=100)
    scopes = forms.MultipleChoiceField(label=_("It may"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=api_tokens.MOST_DAYS, initial=90
    )

    def __init__(self, *args: Any, scopes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(scope, PLAIN_SCOPES.get(scope, scope)) for scope in scopes]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]  # a choice field


@never_cache
@pages.page("")
def account(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    return _shown(request)


@pages.page("", methods=["POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change it, and stay logged in here alone."""
    person = pages.person_of(request)
    form = passwords.ChangeForm(request.POST)
    if form.is_valid() and passwords.change(request, form, person):
        update_session_auth_hash(request, person)
        return pages.done(request, _("Your password is changed."), "account")
    return _shown(request, password=form)


@pages.page("", methods=["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Pair an app with an account that has none yet."""
    person = pages.person_of(request)
    if second_factor.of(person):
        return redirect("account")
    return setting_up(request, person, lambda: redirect("account"))


@never_cache
@pages.page("", methods=["POST"])
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes; the old ones open nothing any more. An open browser alone is not enough."""
    person, form = pages.person_of(request), CodeForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    if code and pages.attempt(form, lambda: checked(request, person, code)):
        codes = second_factor.renew_codes(user=person, at=clock.now())
        told = {"codes": map(second_factor.in_groups, codes), "onward": reverse("account")}
        return render(request, "accounts/recovery_codes.html", told)
    return _shown(request, code=form)


@pages.page("", methods=["POST"])
def end_session(request: HttpRequest, pk: str) -> HttpResponse:
    """Log out another browser of one's own."""
    person = pages.person_of(request)
    found = [one for one in sessions.of(person) if sessions.name_of(one) == pk]
    if not found:
        raise Http404
    for one in found:
        sessions.end(session=one, by=person, at=clock.now())
    return pages.done(request, _("That browser is logged out."), "account")


@never_cache
@pages.page("", methods=["POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; its key is on the answer and nowhere else."""
    person = pages.person_of(request)
    form = TokenForm(request.POST, scopes=api_tokens.scopes_of(person))
    if form.is_valid():
        wish = api_tokens.Wish(**form.cleaned_data)
        at, instant = clock.now(), clock.wall()
        made = pages.attempt(
            form, lambda: api_tokens.make(user=person, wish=wish, instant=instant, at=at)
        )
        if made:
            return render(request, "accounts/token.html", {"made": made})
    return _shown(request, token=form)


@pages.page("", methods=["POST"])
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a token of one's own."""
    person = pages.person_of(request)
    token = get_object_or_404(ApiToken, pk=pk, user=person)
    api_tokens.revoke(token=token, by=person, instant=clock.wall(), at=clock.now())
    return pages.done(request, _("The token opens nothing any more."), "account")


def _shown(request: HttpRequest, **forms_: forms.Form) -> HttpResponse:
    person = pages.person_of(request)
    scopes = api_tokens.scopes_of(person)
    tokens = ApiToken.objects.filter(user=person, revoked_at=None).order_by("-id")
    context = {
        "password": passwords.ChangeForm(),
        "token": TokenForm(scopes=scopes, initial={"scopes": [api_tokens.READ]}),
        "code": CodeForm(),
        "factor": second_factor.of(person),
        "is_needed": second_factor.is_needed(person),
        "codes_left": second_factor.codes_left(person),
        "sessions": [(sessions.name_of(one), one) for one in sessions.of(person)],
        "here": request.session.session_key,
        "tokens": [
            (one, [PLAIN_SCOPES.get(scope, scope) for scope in one.scopes]) for one in tokens
        ],
        **forms_,
    }
    return render(request, "accounts/account.html", context)
