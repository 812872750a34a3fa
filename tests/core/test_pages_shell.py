"""Front door, login, one-click cast, language, outbox, and what every page carries."""

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import Settings

from backend.core.cast import CAST, INVESTOR
from backend.core.models import Notice, User
from tests.cast import Cast, person

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
PAGES = ["/", "/login/", "/outbox/", "/design/"]


@pytest.fixture
def demo(settings: Settings, db: None) -> None:
    settings.DEMO = True


def _text(client: Client, path: str, language: str = "it") -> str:
    return client.get(path, headers={"Accept-Language": language}).content.decode()


@pytest.mark.usefixtures("demo")
class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    def test_says_that_all_is_invented_and_what_day_it_is(self, client: Client, path: str) -> None:
        text = _text(client, path)

        assert "Dati dimostrativi: è tutto inventato." in text
        assert "Oggi è" in text

    @pytest.mark.parametrize("path", PAGES)
    def test_names_its_language_and_lets_one_skip_to_the_content(
        self, client: Client, path: str
    ) -> None:
        text = _text(client, path, "en")

        assert '<html lang="en">' in text
        assert "Skip to the content" in text

    @pytest.mark.parametrize("path", PAGES)
    def test_has_no_inline_style_or_script(self, client: Client, path: str) -> None:
        text = _text(client, path)

        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", text)

    @pytest.mark.parametrize("path", PAGES)
    def test_has_one_heading_of_the_first_order(self, client: Client, path: str) -> None:
        assert _text(client, path).count("<h1") == 1


@pytest.mark.usefixtures("db")
class TestErrorPages:
    def test_nothing_there_is_a_friendly_404(self, client: Client) -> None:
        answer = client.get("/nothing/here/", headers={"Accept-Language": "it"})

        assert answer.status_code == 404
        assert "A questo indirizzo" in answer.content.decode()


class TestLogin:
    def test_offers_no_cast_outside_a_demo(self, client: Client, db: None) -> None:
        assert INVESTOR.email not in _text(client, "/login/")

    @pytest.mark.usefixtures("demo")
    def test_offers_the_whole_cast_in_a_demo(self, client: Client) -> None:
        text = _text(client, "/login/")

        assert all(person.email in text for person in CAST)


class TestLoginAs:
    def test_is_not_there_outside_a_demo(self, client: Client, db: None) -> None:
        assert client.post("/login/as/", {"email": INVESTOR.email}).status_code == 404

    @pytest.mark.usefixtures("demo")
    def test_makes_one_a_person_of_the_cast(self, client: Client) -> None:
        user = person("giulia", INVESTOR.role)

        client.post("/login/as/", {"email": INVESTOR.email})

        assert client.session["_auth_user_id"] == str(user.pk)

    @pytest.mark.usefixtures("demo")
    def test_makes_nobody_else(self, client: Client, cast: Cast) -> None:
        answer = client.post("/login/as/", {"email": cast.owner.email})

        assert answer.status_code == 404
        assert "_auth_user_id" not in client.session


class TestLogout:
    def test_takes_a_post(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.owner)

        assert client.get("/logout/").status_code == 405
        assert client.post("/logout/").headers["Location"] == "/"


class TestLanguage:
    def test_turns_the_pages_and_stays(self, client: Client, db: None) -> None:
        answer = client.post("/language/", {"language": "en", "next": "/outbox/"})

        assert answer.headers["Location"] == "/outbox/"
        assert "Log in" in _text(client, "/login/", "it")

    def test_is_kept_with_the_person(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.owner)

        client.post("/language/", {"language": "en"})

        assert User.objects.get(pk=cast.owner.pk).language == "en"

    def test_ignores_a_language_that_is_not_ours(self, client: Client, db: None) -> None:
        client.post("/language/", {"language": "xx"})

        assert "django_language" not in client.cookies


class TestOutbox:
    def test_is_for_those_who_may_see_it(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.investor)
        assert client.get("/outbox/").status_code == 403

        client.force_login(cast.administrator)
        assert client.get("/outbox/").status_code == 200

    @pytest.mark.usefixtures("demo")
    def test_shows_the_mails_and_whether_they_left(self, client: Client) -> None:
        _notice("a@example.org", "Il tuo bonifico è arrivato")
        _notice("b@example.org", "Altro")

        text = _text(client, "/outbox/?to=a@example.org")

        assert "Il tuo bonifico è arrivato" in text
        assert "da inviare" in text
        assert "Altro" not in text


def _notice(to: str, subject: str) -> Notice:
    return Notice.objects.create(
        key=subject, to=to, language="it", template="x", subject=subject, body="…", created_at=AT
    )
