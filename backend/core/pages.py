"""The base of every page: who may open it, what a broken rule looks like, what the shell shows.

Apps register their navigation and the home of a role in their urls.py; templates extend base.html.
A page does: input to objects the user may see, one call to a rule, an answer.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from backend.core import idempotency, roles
from backend.core.errors import Forbidden, Missing, RuleBroken
from backend.core.models import User

View = Callable[..., HttpResponseBase]
Result = TypeVar("Result")
PAGE_SIZE = 50


@dataclass(frozen=True)
class NavItem:
    """A link of the navigation: None is for all, "" for anyone logged in, else a permission.

    It stands `under` another for those who may open that one; `parts` are what stands under it.
    """

    label: str | Promise
    url_name: str
    permission: str | None = None
    order: int = 100
    under: str = ""
    parts: tuple["NavItem", ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def holds(self, path: str) -> bool:
        """Whether a page stands under this link or under one of its parts."""
        return is_within(path, self.url) or any(part.holds(path) for part in self.parts)


@dataclass(frozen=True)
class FrontSection:
    """A part of the front page that another app fills: a template and what it needs."""

    template: str
    context: Callable[[HttpRequest], dict[str, Any]]
    order: int = 100


_nav: dict[str, NavItem] = {}
_homes: dict[str, tuple[int, str]] = {}
_front: dict[str, FrontSection] = {}


def register_nav(
    label: str | Promise,
    url_name: str,
    permission: str | None = None,
    order: int = 100,
    under: str = "",
) -> None:
    """Put a link into the navigation of those who hold the permission; the same name replaces.

    `under` names the link that it belongs to; who may not open that one finds it in the first row.
    """
    _nav[url_name] = NavItem(label, url_name, permission, order, under)


def register_home(role: str, url_name: str, order: int = 100) -> None:
    """Name the page a role starts its day on; with several roles the lowest order wins."""
    _homes[role] = (order, url_name)


def register_front(section: FrontSection) -> None:
    """Put a section on the front page, after the hero and before the road of a euro."""
    _front[section.template] = section


def nav_for(user: User | AnonymousUser) -> list[NavItem]:
    """The links this person may follow, in order, each with those that stand under it."""
    allowed = [item for item in _nav.values() if is_open_to(user, item.permission)]
    allowed.sort(key=lambda item: item.order)
    names = {item.url_name for item in allowed}
    return [
        replace(item, parts=tuple(part for part in allowed if part.under == item.url_name))
        for item in allowed
        if item.under not in names
    ]


def home_of(user: User | AnonymousUser) -> str:
    """The address this person starts on: by role, else the front page."""
    if not isinstance(user, User):
        return reverse("front")
    names = sorted(_homes[role] for role in user.roles if role in _homes)
    return reverse(names[0][1] if names else "front")


def is_within(path: str, url: str) -> bool:
    """Whether an address is another or stands under it; nothing stands under the front page."""
    return path == url or (url != "/" and path.startswith(url))


def front_sections(request: HttpRequest) -> list[dict[str, Any]]:
    """The registered sections of the front page, each with its context made."""
    in_order = sorted(_front.values(), key=lambda section: section.order)
    return [{"template": each.template, **each.context(request)} for each in in_order]


def is_open_to(user: User | AnonymousUser, permission: str | None) -> bool:
    """Whether the person may open what needs this permission (None: all, "": anyone logged in)."""
    if permission is None:
        return True
    return isinstance(user, User) and (permission == "" or roles.may(user, permission))


def page(
    permission: str | None = None,
    *,
    methods: Sequence[str] = ("GET", "HEAD"),
    once: bool = False,
) -> Callable[[View], View]:
    """Guard a view: its methods, the login, the permission, and the answer to a broken rule.

    `permission` None is open to all, "" to anyone logged in, else a string of the roles table.
    Not logged in goes to the login and comes back; logged in without the permission is a 403 page.
    A rule broken on POST becomes a message on the page the person came from. With `once` the same
    form sent twice does its work once (for orders and money).
    """

    def guard(view: View) -> View:
        work = idempotency.form_once(view) if once else view

        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permission is not None and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not is_open_to(user_of(request), permission):
                raise PermissionDenied
            try:
                answer = work(request, *args, **kwargs)
            except RuleBroken as problem:
                answer = refusal(request, problem)
            if permission is not None:  # what is one person's stays in no cache
                patch_cache_control(answer, private=True, no_store=True)
            return answer

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the access table test
        return require_http_methods(list(methods))(guarded)

    return guard


def refusal(request: HttpRequest, problem: RuleBroken) -> HttpResponse:
    """What a person sees when a rule refuses: 404, 403, a message where they were, or a page."""
    if isinstance(problem, Missing):
        raise Http404(str(problem)) from problem
    if isinstance(problem, Forbidden):
        raise PermissionDenied(str(problem)) from problem
    if request.method == "POST":
        messages.error(request, str(problem))
        return redirect(came_from(request))
    context = {"sentence": problem.sentence, "code": problem.code}
    return render(request, "refused.html", context, status=problem.status)


def came_from(request: HttpRequest) -> str:
    """The page of ours that the person was on; their home if it is not known or not ours.

    A POST address is given back only if it is another address than this one: some have no GET.
    """
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return _path(address) if is_ours else home_of(user_of(request))


def next_address(request: HttpRequest, default: str) -> str:
    """The `next` field of a form, if it is an address of ours; else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else default


def attempt(form: forms.BaseForm, rule: Callable[[], Result]) -> Result | None:
    """Call a rule with what a valid form holds; a refusal becomes an error of the form (then None).

    Nothing typed is lost: render the same form again. A fact named `field` puts it at that field.
    """
    try:
        return rule()
    except RuleBroken as problem:
        if isinstance(problem, Missing | Forbidden):
            raise
        field = problem.facts.get("field")
        form.add_error(field if field in form.fields else None, str(problem))
        return None


def done(
    request: HttpRequest, sentence: str | Promise, to: str, *, undo: str = "", **kwargs: Any
) -> HttpResponse:
    """Say what was done, then show where it can be seen (redirect after POST).

    With `undo` (of `undoing.of`) the sentence carries the way back.
    """
    messages.success(request, str(sentence), extra_tags=undo)
    return HttpResponseRedirect(resolve_url(to, **kwargs))


def missing(request: HttpRequest, sentence: str | Promise, to: str, **kwargs: Any) -> HttpResponse:
    """Say what is still wanted, where it can be given: nothing was done (redirect after POST)."""
    messages.warning(request, str(sentence))
    return HttpResponseRedirect(resolve_url(to, **kwargs))


def paged(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> Page[Any]:
    """The part of a list that the address asks for (`?page=`); out of range gives the nearest."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def user_of(request: HttpRequest) -> User | AnonymousUser:
    """Who asks: one of our users, or nobody yet."""
    user = request.user
    return user if isinstance(user, User) else AnonymousUser()


def person_of(request: HttpRequest) -> User:
    """The person who asks, on a page that needs a login."""
    user = request.user
    assert isinstance(user, User), "a page that needs a person must name a permission"
    return user


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def redirect_home(request: HttpRequest) -> HttpResponseRedirect:
    """Send a person to where their role starts."""
    return HttpResponseRedirect(home_of(user_of(request)))
