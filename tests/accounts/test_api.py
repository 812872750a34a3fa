"""Tokens with scopes, limits with headers, and addresses that say when they will go."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory

from backend.accounts import api_tokens, counts
from backend.accounts.models import ApiToken
from backend.core import clock
from backend.core.api import Endpoint
from backend.core.calls import Retiring
from backend.core.models import User
from tests.cast import Cast

SOON = dt.timedelta(days=1)


def make(user: User, *scopes: str) -> tuple[ApiToken, APIClient]:
    """A token, and who calls with it."""
    wish = api_tokens.Wish("script", scopes, 30)
    made = api_tokens.make(user=user, wish=wish, instant=clock.wall(), at=clock.now())
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {made.key}")
    return made.token, caller


@pytest.mark.django_db
class TestToken:
    def test_is_kept_as_a_hash(self, cast: Cast) -> None:
        wish = api_tokens.Wish("script", ["read"], 30)
        made = api_tokens.make(user=cast.owner, wish=wish, instant=clock.wall(), at=clock.now())

        assert made.key not in str(ApiToken.objects.values())
        assert api_tokens.find(made.key, clock.wall()) == made.token

    @pytest.mark.parametrize("word", ["Bearer", "Token", "bearer"])
    def test_opens_by_either_word(self, cast: Cast, word: str) -> None:
        _, caller = make(cast.finance, "read")
        key = caller._credentials["HTTP_AUTHORIZATION"].split()[1]  # type: ignore[attr-defined]

        answer = APIClient().get("/api/v1/tokens/", HTTP_AUTHORIZATION=f"{word} {key}")

        assert answer.status_code == 200

    @pytest.mark.parametrize(
        "change",
        [
            {"revoked_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
            {
                "created_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
                "expires_at": dt.datetime(2020, 1, 2, tzinfo=dt.UTC),
            },
            {"hash": "0" * 64},
        ],
    )
    def test_revoked_expired_or_unknown_is_401(self, cast: Cast, change: dict[str, object]) -> None:
        token, caller = make(cast.finance, "read")
        ApiToken.objects.filter(pk=token.pk).update(**change)

        answer = caller.get("/api/v1/tokens/")

        assert answer.status_code == 401
        assert answer.json()["code"] == "authentication_failed"

    def test_of_who_was_disabled_is_401(self, cast: Cast) -> None:
        _, caller = make(cast.finance, "read")
        User.objects.filter(pk=cast.finance.pk).update(is_active=False)

        assert caller.get("/api/v1/tokens/").status_code == 401

    def test_gives_no_scope_that_the_person_has_not(self, cast: Cast) -> None:
        with pytest.raises(api_tokens.BadToken):
            make(cast.finance, "snapshot.review")

    def test_makes_no_token(self, cast: Cast) -> None:
        _, caller = make(cast.finance, "all")

        answer = caller.post("/api/v1/tokens/", {"name": "x", "scopes": ["all"], "days": 1})

        assert answer.status_code == 403
        assert answer.json()["code"] == "token.needs_login"

    def test_of_another_is_not_found(self, cast: Cast) -> None:
        token, _ = make(cast.finance, "read")
        _, caller = make(cast.owner, "all")

        assert caller.post(f"/api/v1/tokens/{token.pk}/revoke/").status_code == 404


@pytest.mark.django_db
class TestCommand:
    def test_prints_a_key_that_opens(self, cast: Cast) -> None:
        said = io.StringIO()
        call_command("api_token", cast.finance.email, "--scopes", "line.view", stdout=said)

        token = api_tokens.find(said.getvalue().strip(), clock.wall())
        assert token is not None
        assert token.scopes == ["line.view"]

    def test_refuses_what_the_person_may_not(self, cast: Cast) -> None:
        with pytest.raises(CommandError):
            call_command("api_token", cast.finance.email, "--scopes", "snapshot.review")


@pytest.mark.django_db
class TestScopes:
    @pytest.mark.parametrize(
        ("scopes", "method", "path", "may"),
        [
            (["read"], "get", "/api/v1/bank-lines/", True),
            (["line.view"], "get", "/api/v1/bank-lines/", True),
            (["campaign.view"], "get", "/api/v1/bank-lines/", False),
            (["own"], "get", "/api/v1/bank-lines/", False),
            (["own"], "get", "/api/v1/tokens/", True),
            (["campaign.view"], "get", "/api/v1/tokens/", False),
            (["campaign.view"], "get", "/api/v1/campaigns/nobody/", None),
            (["read"], "post", "/api/v1/reconciliation-runs/", False),
            (["all"], "post", "/api/v1/reconciliation-runs/", True),
            (["reconciliation.run"], "post", "/api/v1/reconciliation-runs/", True),
        ],
    )
    def test_allow_what_they_name_and_no_more(
        self, cast: Cast, scopes: list[str], method: str, path: str, may: bool | None
    ) -> None:
        """`may` None: open to all, and there is no such campaign."""
        _, caller = make(cast.finance, *scopes)

        answer = getattr(caller, method)(path)

        if may is None:
            assert answer.status_code == 404
        elif may:
            assert answer.status_code < 300
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "token.scope_missing")

    def test_never_allow_more_than_the_roles_do(self, cast: Cast) -> None:
        _, caller = make(cast.finance, "all")

        answer = caller.get("/api/v1/staff/")

        assert (answer.status_code, answer.json()["code"]) == (403, "permission.missing")


@pytest.mark.django_db
class TestPage:
    def test_shows_the_key_once(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.finance)
        told = {"name": "ledger export", "scopes": ["read"], "days": "30"}

        page = client.post("/account/tokens/", told).content.decode()

        found = re.search(r"mat_[\w-]{40}", page)
        assert found
        assert api_tokens.find(found[0], clock.wall())
        after = client.get("/account/").content.decode()
        assert "ledger export" in after
        assert found[0] not in after

    def test_revokes_at_once(self, cast: Cast, client: Client) -> None:
        token, caller = make(cast.finance, "read")
        client.force_login(cast.finance)

        client.post(f"/account/tokens/{token.pk}/revoke/")

        assert caller.get("/api/v1/tokens/").status_code == 401


@pytest.mark.django_db
class TestLimit:
    def test_says_what_is_left_and_then_to_wait(self, cast: Cast, settings: Settings) -> None:
        settings.API_CALLS_PER_MINUTE = 3
        _, caller = make(cast.finance, "read")
        # A minute may turn between two calls: five calls hold three of one minute, or four of two.
        answers = [caller.get("/api/v1/tokens/") for _ in range(8)]

        assert answers[0].headers["RateLimit-Policy"] == '"default";q=3;w=60'
        assert re.fullmatch(r'"default";r=2;t=\d{1,2}', answers[0].headers["RateLimit"])
        refused = answers[-1]
        assert refused.status_code == 429
        assert refused.json()["code"] == "throttled"
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert refused.headers["RateLimit"].startswith('"default";r=0;')

    def test_counts_each_caller_apart(self, cast: Cast, settings: Settings) -> None:
        settings.API_CALLS_PER_MINUTE = 1
        _, one = make(cast.finance, "read")
        _, other = make(cast.owner, "read")

        assert one.get("/api/v1/tokens/").status_code == 200
        assert other.get("/api/v1/tokens/").status_code == 200

    def test_none_is_no_limit(self, cast: Cast, settings: Settings) -> None:
        settings.API_CALLS_PER_MINUTE = 0
        _, caller = make(cast.finance, "read")

        assert "RateLimit" not in caller.get("/api/v1/tokens/").headers


@pytest.mark.django_db
class TestHit:
    def test_begins_anew_each_minute(self) -> None:
        assert [counts.hit("me", 60.0), counts.hit("me", 119.9), counts.hit("me", 120.0)] == [
            1,
            2,
            1,
        ]
        assert counts.hit("you", 120.0) == 1

    def test_says_when(self) -> None:
        assert [counts.seconds_left(now) for now in (60.0, 61.5, 119.9)] == [60, 59, 1]


class TestRetiring:
    def test_says_since_when_and_until_when(self) -> None:
        """Deprecation as RFC 9745, Sunset as RFC 8594."""

        class Old(Endpoint):
            """An address that will go."""

            retiring = Retiring(
                dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
                dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
                "https://mattone.example/docs/api",
            )

            def get(self, request: Request) -> Response:
                return Response({})

        headers = Old.as_view()(APIRequestFactory().get("/old/")).headers

        assert headers["Deprecation"] == "@1767225600"
        assert headers["Sunset"] == "Fri, 01 Jan 2027 00:00:00 GMT"
        assert headers["Link"] == '<https://mattone.example/docs/api>; rel="deprecation"'
