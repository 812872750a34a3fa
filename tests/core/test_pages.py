"""The base of every page: who may open it, what a broken rule looks like, the way home."""

from collections.abc import Callable

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from backend.core import pages
from backend.core.errors import Conflict, Missing, RuleBroken
from backend.core.models import User
from tests.cast import Cast

make = RequestFactory()
OUTSIDE = "https://elsewhere.example/steal/"


class Full(Conflict):
    code = "test.full"


class Amount(forms.Form):
    amount = forms.IntegerField()


def _request(user: User | None = None, method: str = "get", referer: str = "") -> HttpRequest:
    headers = {"Referer": referer} if referer else {}
    request: HttpRequest = getattr(make, method)("/here/", headers=headers)
    request.user = user or AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def _view(permission: str | None, problem: RuleBroken | None = None) -> Callable[..., HttpResponse]:
    @pages.page(permission, methods=["GET", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        if problem:
            raise problem
        return HttpResponse("fine")

    return view


class TestPage:
    def test_is_open_to_all_without_a_permission(self) -> None:
        assert _view(None)(_request()).status_code == 200

    @pytest.mark.parametrize("permission", ["", "line.view"])
    def test_sends_a_visitor_to_the_login_and_back(self, permission: str) -> None:
        answer = _view(permission)(_request())

        assert answer.headers["Location"] == "/login/?next=/here/"

    def test_refuses_whoever_lacks_the_permission(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied):
            _view("line.view")(_request(cast.investor))

    def test_lets_in_whoever_holds_it(self, cast: Cast) -> None:
        assert _view("line.view")(_request(cast.finance)).status_code == 200

    def test_lets_in_anyone_logged_in(self, cast: Cast) -> None:
        assert _view("")(_request(cast.investor)).status_code == 200

    def test_refuses_another_method(self) -> None:
        assert _view(None)(_request(method="delete")).status_code == 405

    def test_a_missing_thing_is_a_404(self) -> None:
        with pytest.raises(Http404):
            _view(None, Missing("Nothing here."))(_request())


class TestRefusal:
    def test_says_it_on_the_page_the_person_came_from(self, cast: Cast) -> None:
        request = _request(cast.finance, "post", referer="http://testserver/lines/?page=2")

        answer = _view("", Full("There is no room."))(request)

        assert answer.headers["Location"] == "/lines/?page=2"
        assert [str(message) for message in get_messages(request)] == ["There is no room."]

    @pytest.mark.parametrize("referer", ["", OUTSIDE])
    def test_never_sends_a_person_elsewhere(self, cast: Cast, referer: str) -> None:
        request = _request(cast.finance, "post", referer=referer)

        answer = _view("", Full("There is no room."))(request)

        assert answer.headers["Location"] == pages.home_of(cast.finance)

    def test_is_a_page_with_the_sentence_on_get(self, cast: Cast) -> None:
        answer = _view("", Full("There is no room."))(_request(cast.finance))

        assert answer.status_code == 409
        assert "There is no room." in answer.content.decode()


class TestAttempt:
    def test_gives_what_the_rule_gives(self) -> None:
        form = Amount({"amount": "5"})

        assert pages.attempt(form, lambda: 5) == 5

    @pytest.mark.parametrize(("field", "place"), [("amount", "amount"), ("other", "__all__")])
    def test_puts_a_refusal_into_the_form(self, field: str, place: str) -> None:
        form = Amount({"amount": "5"})
        form.is_valid()

        def rule() -> None:
            raise Full("Too much.", field=field)

        assert pages.attempt(form, rule) is None
        assert form.errors[place] == ["Too much."]


class TestNextAddress:
    @pytest.mark.parametrize(
        ("wanted", "given"),
        [("/lines/", "/lines/"), (OUTSIDE, "/"), ("//elsewhere.example", "/"), ("", "/")],
    )
    def test_is_ours_or_the_default(self, wanted: str, given: str) -> None:
        request = make.post("/language/", {"next": wanted})

        assert pages.next_address(request, "/") == given


class TestHomeOf:
    def test_an_auditor_begins_with_banks_and_books(self, cast: Cast) -> None:
        assert pages.home_of(cast.auditor) == "/treasury/"


class TestNavFor:
    def test_every_link_leads_somewhere(self, cast: Cast) -> None:
        everyone = [cast.owner, cast.finance, cast.investor, cast.caseworker, cast.city_reviewer]

        links = [item for user in everyone for item in pages.nav_for(user)]

        assert all(item.url.startswith("/") for item in links)

    def test_shows_only_what_the_person_may_open(self, cast: Cast) -> None:
        for user in (cast.owner, cast.investor, cast.auditor):
            for item in pages.nav_for(user):
                assert all(pages.is_open_to(user, each.permission) for each in (item, *item.parts))

    def test_is_in_order(self, cast: Cast) -> None:
        orders = [item.order for item in pages.nav_for(cast.owner)]

        assert orders == sorted(orders)

    def test_puts_a_part_under_what_it_belongs_to(self, cast: Cast) -> None:
        of_owner = {item.url_name: item for item in pages.nav_for(cast.owner)}

        parts = {part.url_name for part in of_owner["campaign-desks"].parts}

        assert "campaigns" in parts - set(of_owner)
        assert of_owner["campaign-desks"].holds("/campaigns/case/")

    def test_puts_a_part_first_for_whom_the_rest_is_closed(self, cast: Cast) -> None:
        assert "campaigns" in {item.url_name for item in pages.nav_for(cast.investor)}
