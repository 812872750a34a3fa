"""Log in, log out, one click as one of the cast (demo alone), and the language of the pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _

from backend.core import pages
from backend.core.cast import CAST, by_email
from backend.core.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class LoginForm(AuthenticationForm):
    """Django's own, asking for the e-mail address that it is; a demo puts the cast first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["username"]
        field.label = _("E-mail")
        field.widget.input_type = "email"
        if settings.DEMO:
            field.widget.attrs.pop("autofocus", None)


class Login(LoginView):
    """The login page; in a demo also the cast. Someone who is logged in is sent home."""

    redirect_authenticated_user = True
    authentication_form = LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cast=CAST if settings.DEMO else (), **kwargs)

    def get_default_redirect_url(self) -> str:
        return reverse("home")

    def form_valid(self, form: Any) -> HttpResponse:
        return in_language(super().form_valid(form), form.get_user().language)


class Logout(LogoutView):
    """POST alone, so that no link or picture logs a person out."""

    next_page = "front"


@pages.page(methods=["POST"])
def login_as(request: HttpRequest) -> HttpResponse:
    """Become one of the cast with one click. 404 outside a demo and for anyone not of the cast."""
    person = by_email(request.POST.get("email", ""))
    if not settings.DEMO or person is None:
        raise Http404
    user = User.objects.filter(username=person.email, is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    address = pages.next_address(request, pages.home_of(user))
    return in_language(HttpResponseRedirect(address), user.language)


@pages.page(methods=["POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Turn the pages into another language, here and at the next login; stay on the page."""
    wanted = request.POST.get("language", "")
    answer = HttpResponseRedirect(pages.next_address(request, reverse("front")))
    if not check_for_language(wanted) or wanted not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(language=wanted)
    return in_language(answer, wanted)


def in_language(answer: HttpResponse, code: str) -> HttpResponse:
    """Remember the language with the browser."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
