"""The door: a password, a second step for staff, a lock after too many tries, an end to each session."""

import datetime as dt
import re

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django import Settings

from backend.accounts import lockouts, second_factor, sessions
from backend.accounts.models import LoginSession
from backend.core import clock
from backend.core.cast import MANAGER
from backend.core.models import AuditEvent, User
from tests.cast import Cast

PASSWORD = "a sentence of mine alone"


@pytest.fixture
def people(cast: Cast, settings: Settings) -> Cast:
    """The cast with a password; hashing is slow by design, and not what is tried here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    hashed = make_password(PASSWORD)
    User.objects.update(password=hashed)
    for person in (cast.owner, cast.colleague, cast.finance, cast.investor):
        person.password = hashed
    return cast


def knock(client: Client, user: User, password: str = PASSWORD) -> str:
    """Give a password; where one is sent, or what the page says."""
    answer = client.post("/login/", {"username": user.username, "password": password})
    return answer.headers.get("Location", "") or answer.content.decode()


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def pair(user: User) -> list[str]:
    """Set a second factor up a minute ago, so that the present code is unused."""
    factor = second_factor.begin(user=user, at=clock.now())
    before = clock.wall() - dt.timedelta(minutes=1)
    code = second_factor.code_at(factor, before)
    return second_factor.confirm(factor=factor, code=code, instant=before, at=clock.now())


def code_of(user: User) -> str:
    factor = second_factor.of(user)
    assert factor is not None
    return second_factor.code_at(factor, clock.wall())


class TestLogin:
    def test_lets_an_investor_in_with_a_password(self, people: Cast, client: Client) -> None:
        assert knock(client, people.investor) == "/home/"
        assert is_in(client)

    def test_asks_staff_for_a_second_factor_first(self, people: Cast, client: Client) -> None:
        assert knock(client, people.owner) == "/login/set-up/"
        assert not is_in(client)

    def test_asks_for_the_code_of_who_has_one(self, people: Cast, client: Client) -> None:
        pair(people.investor)

        assert knock(client, people.investor) == "/login/second-step/"
        assert not is_in(client)

    def test_says_the_same_of_a_wrong_password_and_no_account(
        self, people: Cast, client: Client
    ) -> None:
        stranger = User(username="stranger-to-us@example.org")
        said = [knock(client, each, "wrong") for each in (people.investor, stranger)]

        errors = [re.findall(r'class="error-summary".*?</div>', page, re.DOTALL) for page in said]
        assert errors[0] == errors[1] != []

    def test_of_the_back_office_is_the_same_door(self, people: Cast, client: Client) -> None:
        answer = client.get("/admin/login/?next=/admin/")

        assert answer.headers["Location"] == "/login/?next=/admin/"


class TestSecondStep:
    def test_lets_in_with_the_code_and_goes_where_one_wanted(
        self, people: Cast, client: Client
    ) -> None:
        pair(people.owner)
        told = {"username": people.owner.username, "password": PASSWORD, "next": "/deputies/"}
        client.post("/login/", told)

        answer = client.post("/login/second-step/", {"code": code_of(people.owner)})

        assert answer.headers["Location"] == "/deputies/"
        assert is_in(client)
        assert AuditEvent.objects.filter(action="signed_in", by=people.owner).exists()

    def test_lets_in_with_a_recovery_code(self, people: Cast, client: Client) -> None:
        codes = pair(people.owner)
        knock(client, people.owner)

        assert client.post("/login/second-step/", {"code": codes[3]}).status_code == 302
        assert is_in(client)

    def test_without_the_password_there_is_none(self, people: Cast, client: Client) -> None:
        pair(people.owner)

        answer = client.post("/login/second-step/", {"code": code_of(people.owner)})

        assert answer.headers["Location"] == "/login/"
        assert not is_in(client)

    def test_wrong_codes_lock_as_wrong_passwords_do(self, people: Cast, client: Client) -> None:
        pair(people.owner)
        knock(client, people.owner)
        for _ in range(lockouts.MOST_FROM_ONE_NETWORK):
            client.post("/login/second-step/", {"code": "000000"})

        answer = client.post("/login/second-step/", {"code": code_of(people.owner)})

        assert answer.status_code == 200
        assert not is_in(client)

    def test_shows_no_code_where_it_is_no_demo(self, people: Cast, client: Client) -> None:
        pair(people.owner)
        knock(client, people.owner)

        assert code_of(people.owner) not in client.get("/login/second-step/").content.decode()

    def test_shows_the_phone_in_a_demo(
        self, people: Cast, client: Client, settings: Settings
    ) -> None:
        settings.DEMO = True
        pair(people.owner)
        knock(client, people.owner)

        assert code_of(people.owner) in client.get("/login/second-step/").content.decode()


class TestSetUp:
    def test_pairs_a_phone_shows_the_codes_and_lets_in(self, people: Cast, client: Client) -> None:
        knock(client, people.owner)
        page = client.get("/login/set-up/").content.decode()
        factor = second_factor.begin(user=people.owner, at=clock.now())
        code = second_factor.code_at(factor, clock.wall())

        answer = client.post("/login/set-up/", {"code": code})

        assert "data:image/svg+xml" in page
        assert "otpauth://totp/" in page
        assert answer.content.decode().count("<li><code>") == second_factor.RECOVERY_CODES
        assert is_in(client)

    def test_is_not_open_to_whoever_has_a_factor(self, people: Cast, client: Client) -> None:
        pair(people.owner)
        knock(client, people.owner)

        assert client.get("/login/set-up/").headers["Location"] == "/login/"


class TestLockout:
    def test_opens_by_itself_and_for_no_stranger(self, people: Cast, client: Client) -> None:
        for _ in range(lockouts.MOST_FROM_ONE_NETWORK):
            knock(client, people.investor, "wrong")

        assert not knock(client, people.investor).startswith("/")
        assert knock(Client(REMOTE_ADDR="192.0.2.7"), people.investor) == "/home/"

    def test_is_lifted_by_a_colleague(self, people: Cast, client: Client) -> None:
        for _ in range(lockouts.MOST_FROM_ONE_NETWORK):
            knock(client, people.finance, "wrong")
        manager = Client()
        manager.force_login(people.owner)

        manager.post(f"/staff/{people.finance.pk}/unlock/")

        assert knock(client, people.finance) == "/login/set-up/"


class TestLoginAs:
    def test_enters_the_second_factor_and_says_so(
        self, people: Cast, client: Client, settings: Settings
    ) -> None:
        settings.DEMO = True
        User.objects.filter(pk=people.owner.pk).update(username=MANAGER.email)
        people.owner.refresh_from_db()
        pair(people.owner)

        before = code_of(people.owner)
        answer = client.post("/login/as/", {"email": MANAGER.email}, follow=True)

        # A code is good for half a minute, which may end in between.
        codes = {before, code_of(people.owner)}
        assert any(f"{code[:3]} {code[3:]}" in answer.content.decode() for code in codes)
        assert is_in(client)


class TestSession:
    def test_ends_half_an_hour_after_the_last_click(self, people: Cast, client: Client) -> None:
        client.force_login(people.owner)
        row = LoginSession.objects.get(user=people.owner)
        assert row.expire_date - clock.wall() <= dt.timedelta(minutes=30)

        LoginSession.objects.update(expire_date=clock.wall() + dt.timedelta(minutes=10))
        client.get("/account/")
        row.refresh_from_db()
        assert row.expire_date - clock.wall() > dt.timedelta(minutes=29)

        LoginSession.objects.update(expire_date=clock.wall() - dt.timedelta(seconds=1))
        assert not is_in(client)

    def test_ends_twelve_hours_after_the_login_whatever_one_clicks(self, cast: Cast) -> None:
        store = sessions.SessionStore()
        store["_auth_user_id"] = str(cast.owner.pk)
        store[sessions.BEGAN] = clock.wall().timestamp() - 12 * 3600 + 60
        store.save()

        row = LoginSession.objects.get(user=cast.owner)
        assert row.expire_date - clock.wall() <= dt.timedelta(seconds=60)

    def test_a_click_within_the_minute_writes_nothing(self, people: Cast, client: Client) -> None:
        client.force_login(people.owner)
        before = LoginSession.objects.get(user=people.owner).expire_date

        client.get("/account/")

        assert LoginSession.objects.get(user=people.owner).expire_date == before

    def test_is_ended_from_another_browser(self, people: Cast, client: Client) -> None:
        other = Client()
        other.force_login(people.owner)
        client.force_login(people.owner)
        there = LoginSession.objects.get(session_key=other.session.session_key)

        client.post(f"/account/sessions/{sessions.name_of(there)}/end/")

        assert not is_in(other)
        assert is_in(client)

    def test_of_another_person_is_left_alone(self, people: Cast, client: Client) -> None:
        other = Client()
        other.force_login(people.colleague)
        client.force_login(people.owner)
        there = LoginSession.objects.get(user=people.colleague)

        client.post(f"/account/sessions/{sessions.name_of(there)}/end/")

        assert is_in(other)
