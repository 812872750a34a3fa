"""An investor makes an account by a mailed link; forms that are open to all have their pace."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from rest_framework.test import APIClient

from backend.accounts import sign_ups
from backend.accounts.passwords import BadPassword
from backend.accounts.sign_ups import BadLink, Newcomer
from backend.core.models import AuditEvent, Notice, User
from backend.core.roles import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ANNA = Newcomer("Anna@Example.org ", "Anna", "Prova", "en")
PASSWORD = "otto mucche sul tetto"
TYPED = {"first_name": "Anna", "last_name": "Prova", "email": "anna@example.org"}


def mailed_token() -> str:
    found = re.search(r"/sign-up/([^/\s]+)/", Notice.objects.get().body)
    assert found
    return found[1]


class TestAsk:
    def test_mails_a_link_and_keeps_no_account(self) -> None:
        sign_ups.ask(newcomer=ANNA, at=AT)

        notice = Notice.objects.get()
        assert (notice.to, notice.template) == ("anna@example.org", "account_welcome")
        assert not User.objects.exists()

    def test_says_in_the_mail_nothing_that_a_stranger_typed(self) -> None:
        bad = Newcomer("anna@example.org", "WIN: evil.example", "Prova")
        sign_ups.ask(newcomer=bad, at=AT)

        assert "evil" not in Notice.objects.get().body.replace(mailed_token(), "")

    def test_mails_something_else_to_who_has_an_account(self, cast: Cast) -> None:
        known = Newcomer(cast.investor.email.upper(), "A", "B")
        sign_ups.ask(newcomer=known, at=AT)
        sign_ups.ask(newcomer=known, at=AT)

        assert Notice.objects.get().template == "account_known"


class TestFinish:
    def test_opens_an_investors_account(self) -> None:
        sign_ups.ask(newcomer=ANNA, at=AT)
        user = sign_ups.finish(token=mailed_token(), password=PASSWORD, at=AT)

        user.refresh_from_db()
        assert (user.username, user.roles) == ("anna@example.org", [Role.INVESTOR])
        assert (user.language, user.is_staff) == ("en", False)
        assert user.check_password(PASSWORD)
        assert AuditEvent.objects.get().action == "account.opened"

    def test_happens_once(self) -> None:
        sign_ups.ask(newcomer=ANNA, at=AT)
        sign_ups.finish(token=mailed_token(), password=PASSWORD, at=AT)

        with pytest.raises(BadLink):
            sign_ups.finish(token=mailed_token(), password=PASSWORD, at=AT)

    @pytest.mark.parametrize("token", ["", "x", "a:b:c", "eyJh:1x:y"])
    def test_refuses_a_link_that_we_did_not_sign(self, token: str) -> None:
        with pytest.raises(BadLink):
            sign_ups.finish(token=token, password=PASSWORD, at=AT)

    @pytest.mark.parametrize("password", ["short", "password12345", "anna@example.org"])
    def test_refuses_a_bad_password(self, password: str) -> None:
        sign_ups.ask(newcomer=ANNA, at=AT)

        with pytest.raises(BadPassword):
            sign_ups.finish(token=mailed_token(), password=password, at=AT)


class TestPages:
    def test_lead_from_the_form_to_where_one_came_from(self) -> None:
        browser, onward = Client(), "/campaigns/"
        assert "sign-up/?next=" in browser.get(reverse("login") + f"?next={onward}").text
        browser.post(reverse("sign-up"), TYPED | {"next": onward})
        answer = browser.post(f"/sign-up/{mailed_token()}/", {"password": PASSWORD})

        assert answer["Location"] == "/login/?next=%2Fcampaigns%2F"
        told = {"username": "anna@example.org", "password": PASSWORD, "next": onward}
        assert browser.post("/login/", told)["Location"] == onward

    def test_answer_the_same_whether_there_is_an_account(self, cast: Cast) -> None:
        browser = Client()
        answers = [
            browser.post(reverse("sign-up"), TYPED | {"email": email}, follow=True).text
            for email in ("new@example.org", cast.investor.email)
        ]

        assert len({re.sub(r'value="[^"]*"', "", each) for each in answers}) == 1

    def test_lead_nobody_elsewhere(self) -> None:
        Client().post(reverse("sign-up"), TYPED | {"next": "https://evil.example/"})

        assert sign_ups.newcomer_of(mailed_token()).onward == ""

    def test_show_an_old_link_as_not_there(self) -> None:
        assert Client().get("/sign-up/nobody/").status_code == 404

    def test_send_who_is_logged_in_home(self, cast: Cast) -> None:
        browser = Client()
        browser.force_login(cast.investor)

        assert browser.get(reverse("sign-up")).status_code == 302


class TestApi:
    def test_opens_an_account_in_two_steps(self) -> None:
        client = APIClient()
        assert client.post("/api/v1/sign-ups/", TYPED).status_code == 202
        answer = client.post(f"/api/v1/sign-ups/{mailed_token()}/finish/", {"password": PASSWORD})

        assert (answer.status_code, answer.json()) == (201, {"email": "anna@example.org"})

    def test_says_why_a_password_is_refused(self) -> None:
        client = APIClient()
        client.post("/api/v1/sign-ups/", TYPED)
        answer = client.post(f"/api/v1/sign-ups/{mailed_token()}/finish/", {"password": "x"})

        assert (answer.status_code, answer.json()["code"]) == (422, "password.not_accepted")


class TestPace:
    def test_turns_away_who_sends_a_form_again_and_again(self, settings: Settings) -> None:
        settings.PUBLIC_FORMS_PER_MINUTE = 2
        client = APIClient()
        found = [client.post("/api/v1/sign-ups/", TYPED) for _number in range(3)]

        assert [one.status_code for one in found[:2]] == [202, 202]
        assert (found[2].status_code, found[2].json()["code"]) == (429, "form.too_often")

    def test_loses_nothing_that_was_typed(self, settings: Settings) -> None:
        settings.PUBLIC_FORMS_PER_MINUTE = 1
        browser = Client()
        browser.post(reverse("sign-up"), TYPED)
        answer = browser.post(reverse("sign-up"), TYPED)

        assert answer.status_code == 200
        assert 'value="anna@example.org"' in answer.text
        assert Notice.objects.count() == 1

    def test_counts_each_form_and_each_network_apart(self, settings: Settings) -> None:
        settings.PUBLIC_FORMS_PER_MINUTE = 1
        client = APIClient()
        client.post("/api/v1/sign-ups/", TYPED)

        elsewhere = client.post("/api/v1/sign-ups/", TYPED, REMOTE_ADDR="192.0.2.7")

        assert elsewhere.status_code == 202
