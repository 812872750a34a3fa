"""Log in, in two steps for staff; log out; one click as one of the cast (demo alone); the language.

Nobody is logged in before the last step: until then the session holds only who is at the door. So a
session with a person in it is always one that passed the second factor where one is needed.
"""

import contextlib
import datetime as dt
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _

from backend.accounts import lockouts, second_factor, sessions
from backend.accounts.models import SecondFactor
from backend.accounts.networks import network
from backend.core import audit, clock, pages
from backend.core.cast import CAST, by_email
from backend.core.errors import RuleBroken
from backend.core.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT_THE_DOOR = "at_the_door"
DOOR_SECONDS = 600


class LoginForm(AuthenticationForm):
    """Django's own, asking for the e-mail address that it is; too many failures close it for a while."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["username"]
        field.label = _("E-mail")
        field.widget.input_type = "email"
        if settings.DEMO:
            field.widget.attrs.pop("autofocus", None)

    def clean(self) -> dict[str, Any]:
        """Ask for the password only of who is not locked out; count what was wrong."""
        assert self.request is not None
        address = self.cleaned_data.get("username", "")
        attempt = lockouts.Attempt(address, network(self.request), clock.wall())
        try:
            lockouts.require_open(attempt)
            return super().clean()
        except RuleBroken as problem:
            raise forms.ValidationError(str(problem)) from problem
        except forms.ValidationError:
            lockouts.failed(attempt)
            raise


class CodeForm(forms.Form):
    """Six digits, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class Login(LoginView):
    """The login page; in a demo also the cast. Someone who is logged in is sent home."""

    redirect_authenticated_user = True
    authentication_form = LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cast=CAST if settings.DEMO else (), **kwargs)

    def get_default_redirect_url(self) -> str:
        return reverse("home")

    def form_valid(self, form: Any) -> HttpResponse:
        """The password was right: in, or on to the second step."""
        user, address = form.get_user(), self.get_success_url()
        factor = second_factor.of(user)
        if factor is None and not second_factor.is_needed(user):
            return enter(self.request, user, address)
        self.request.session.flush()
        told = {"user": user.pk, "next": address, "since": clock.wall().timestamp()}
        self.request.session[AT_THE_DOOR] = told
        return redirect("second-step" if factor else "second-factor-set-up")


class Logout(LogoutView):
    """POST alone, so that no link or picture logs a person out."""

    next_page = "front"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Out; and what the browser kept of the pages goes too."""
        answer = super().post(request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"cache"'
        return answer


@pages.page(methods=["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The code, after the password. Wrong ones are counted as wrong passwords are."""
    user = at_the_door(request)
    factor = second_factor.of(user) if user else None
    if user is None or factor is None:
        return redirect("login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if pages.attempt(form, lambda: checked(request, user, code)):
            return enter(request, user, request.session[AT_THE_DOOR]["next"])
    context = {"form": form, "phone": _phone(factor, clock.wall())}
    return render(request, "accounts/second_step.html", context)


@pages.page(methods=["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """A first second factor, before the first login of who needs one: scan, type, keep the codes."""
    user = at_the_door(request)
    if user is None or second_factor.of(user):
        return redirect("login")
    address = request.session[AT_THE_DOOR]["next"]
    return setting_up(request, user, lambda: enter(request, user, address))


def setting_up(request: HttpRequest, user: User, then: Any) -> HttpResponse:
    """The page that pairs an app; on the right code `then` is called and the new codes are shown."""
    factor = second_factor.begin(user=user, at=clock.now())
    form, instant = CodeForm(request.POST or None), clock.wall()
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        codes = pages.attempt(
            form,
            lambda: second_factor.confirm(
                factor=factor, code=code, instant=instant, at=clock.now()
            ),
        )
        if codes:
            onward = then()
            context = {"codes": map(second_factor.in_groups, codes), "onward": onward.url}
            return render(request, "accounts/recovery_codes.html", context)
    address = second_factor.address_for_app(factor)
    picture = segno.make(address, micro=False).svg_data_uri(scale=5, border=2)
    context = {"form": form, "picture": picture, "address": address}
    context["phone"] = _phone(factor, instant)
    return render(request, "accounts/set_up.html", context)


@pages.page(methods=["POST"])
def login_as(request: HttpRequest) -> HttpResponse:
    """Become one of the cast with one click. 404 outside a demo and for anyone not of the cast.

    Who needs a second factor has one here too: the stand-in for the person's phone shows its code and
    enters it, and the page says so.
    """
    person = by_email(request.POST.get("email", ""))
    if not settings.DEMO or person is None:
        raise Http404
    user = User.objects.filter(username=person.email, is_active=True).first()
    if user is None:
        raise Http404
    if factor := second_factor.of(user):
        _enter_code(request, factor)
    return enter(request, user, pages.next_address(request, pages.home_of(user)))


@pages.page(methods=["POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Turn the pages into another language, here and at the next login; stay on the page."""
    wanted = request.POST.get("language", "")
    answer = HttpResponseRedirect(pages.next_address(request, reverse("front")))
    if not check_for_language(wanted) or wanted not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(language=wanted)
    in_language(answer, wanted)
    return answer


def enter(request: HttpRequest, user: User, address: str) -> HttpResponseRedirect:
    """Open the session of a person who has passed every step, under a new key."""
    request.session.pop(AT_THE_DOOR, None)
    login(request, user, backend=BACKEND)
    request.session[sessions.AGENT] = request.headers.get("User-Agent", "")
    lockouts.forget(address=user.username, network=network(request))
    audit.record(action="signed_in", subject=user, by=user, at=clock.now())
    answer = HttpResponseRedirect(address)
    in_language(answer, user.language)
    return answer


def at_the_door(request: HttpRequest) -> User | None:
    """Who gave the right password within the last ten minutes in this browser, and is not in yet."""
    told = request.session.get(AT_THE_DOOR)
    if not told or clock.wall().timestamp() - told["since"] > DOOR_SECONDS:
        return None
    return User.objects.filter(pk=told["user"], is_active=True).first()


def checked(request: HttpRequest, user: User, code: str) -> bool:
    """Whether a code opens; a wrong one is counted. Raises LockedOut, WrongCode."""
    attempt = lockouts.Attempt(user.username, network(request), clock.wall())
    lockouts.require_open(attempt)
    try:
        second_factor.check(user=user, code=code, instant=clock.wall(), at=clock.now())
    except second_factor.WrongCode:
        lockouts.failed(attempt)
        raise
    return True


def in_language(answer: HttpResponse, code: str) -> None:
    """Remember the language with the browser."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def _phone(factor: SecondFactor, instant: dt.datetime) -> str:
    """What the demo's stand-in for a phone shows; nothing where it is no demo."""
    return second_factor.code_at(factor, instant) if settings.DEMO else ""


def _enter_code(request: HttpRequest, factor: SecondFactor) -> None:
    instant = clock.wall()
    code = second_factor.code_at(factor, instant)
    # A second click within the half minute: the code was used, and the demo has no other.
    with contextlib.suppress(second_factor.WrongCode):
        second_factor.check(user=factor.user, code=code, instant=instant, at=clock.now())
    said = _(
        "Second factor: the phone of %(name)s (a stand-in) showed %(code)s, and it was entered."
    )
    told = {"name": factor.user.first_name, "code": f"{code[:3]} {code[3:]}"}
    messages.info(request, said % told)
