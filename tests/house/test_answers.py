"""What every answer carries, whoever asks: what the tables of docs/security.md say of headers."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from backend.accounts.networks import network
from tests.cast import Cast

OPEN = ("/", "/login/", "/api/v1/campaigns/", "/api/v1/schema/", "/health/", "/nothing/here/")
OWN = ("/day/", "/account/", "/reports/", "/api/v1/pledges/", "/api/v1/tokens/", "/admin/")


@pytest.mark.django_db
class TestHeaders:
    @pytest.mark.parametrize("path", OPEN)
    def test_no_type_is_guessed_no_address_is_told_on_nobody_frames_it(
        self, client: Client, path: str
    ) -> None:
        told = client.get(path).headers

        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Referrer-Policy"] == "same-origin"
        assert told["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in told

    @pytest.mark.parametrize("path", OWN)
    def test_what_is_a_persons_stays_in_no_cache(
        self, cast: Cast, client: Client, path: str
    ) -> None:
        client.force_login(cast.administrator if path == "/admin/" else cast.owner)

        answer = client.get(path)

        assert answer.status_code == 200
        assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))

    def test_what_a_browser_kept_goes_with_the_logout(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.owner)

        assert client.post("/logout/").headers["Clear-Site-Data"] == '"cache"'

    @pytest.mark.parametrize("path", ["/", "/day/", "/api/v1/campaigns/", "/health/"])
    def test_nothing_is_sent_back_as_it_came(self, client: Client, path: str) -> None:
        answer = client.generic("TRACE", path, headers={"X-Secret": "kept"})

        assert answer.status_code in (302, 405)
        assert b"kept" not in answer.content


class TestNetwork:
    """Limits and lockouts count by who asks: nobody is somebody else by saying so."""

    @pytest.mark.parametrize(
        ("proxies", "said", "found"),
        [
            (0, "198.51.100.7", "192.0.2.1"),
            (1, "198.51.100.7", "198.51.100.7"),
            (1, "10.0.0.1, 198.51.100.7", "198.51.100.7"),
            (2, "10.0.0.1, 198.51.100.7, 192.0.2.9", "198.51.100.7"),
            (2, "198.51.100.7", "192.0.2.1"),
            (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ],
    )
    def test_is_what_our_own_proxies_saw(
        self, settings: Settings, proxies: int, said: str, found: str
    ) -> None:
        settings.PROXIES = proxies
        request = RequestFactory().get(
            "/", headers={"X-Forwarded-For": said}, REMOTE_ADDR="192.0.2.1"
        )

        assert network(request) == found
