"""What the browser keeps for us: three cookies, and no script may read any of them."""

from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast

PASSWORD = "a sentence of mine alone"


class TestCookies:
    def test_are_read_by_no_script_and_sent_by_no_stranger(
        self, cast: Cast, client: Client, settings: Settings
    ) -> None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        cast.investor.password = make_password(PASSWORD)
        cast.investor.save(update_fields=["password"])

        client.get("/login/")
        client.post("/login/", {"username": cast.investor.username, "password": PASSWORD})
        client.post("/language/", {"language": "en"})

        kept = {
            name: (morsel["httponly"], morsel["samesite"])
            for name, morsel in client.cookies.items()
        }
        names = (
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
            settings.LANGUAGE_COOKIE_NAME,
        )
        assert kept == dict.fromkeys(names, (True, "Lax"))
