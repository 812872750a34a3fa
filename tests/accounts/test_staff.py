"""People who work here: invited with a second pair of eyes, closed at once, never by themselves."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client

from backend.accounts import api_tokens, passwords, second_factor, staff
from backend.accounts.models import ApiToken, LoginSession
from backend.core import approvals, jobs, notices
from backend.core.models import Approval, AuditEvent, Notice, User
from backend.core.roles import MayNot, Role
from tests import undone
from tests.cast import Cast

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
LINK = re.compile(r"/password/[^\s<\"]+:[^\s<\"]+")
GOOD = "una frase che scrivo solo io"


def newcomer(*roles: Role, email: str = "Nuova@example.org") -> staff.NewPerson:
    return staff.NewPerson(email, "Nuova", "Persona", [str(role) for role in roles])


@pytest.mark.django_db
class TestInvite:
    def test_by_an_administrator_is_mailed_at_once(self, cast: Cast) -> None:
        user = staff.invite(person=newcomer(Role.FINANCE), by=cast.administrator, at=AT)

        assert user.is_active
        assert Notice.objects.get(to="nuova@example.org").template == "account_invitation"

    def test_by_a_manager_waits_for_a_second_person(self, cast: Cast) -> None:
        user = staff.invite(person=newcomer(Role.MANAGER), by=cast.owner, at=AT)
        assert not user.is_active
        assert not Notice.objects.exists()
        asked = Approval.objects.get(action=staff.INVITE)
        with pytest.raises(approvals.SamePerson):
            approvals.approve(approval=asked, by=cast.owner, at=AT)

        approvals.approve(approval=asked, by=cast.colleague, at=AT)

        admitted = User.objects.get(pk=user.pk)
        assert admitted.is_active
        assert admitted.organisation == cast.issuer
        assert Notice.objects.filter(to="nuova@example.org").count() == 1

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CITY_REVIEWER])
    def test_as_what_is_not_a_managers_to_give_is_refused(self, cast: Cast, role: Role) -> None:
        with pytest.raises(staff.NotToGive):
            staff.invite(person=newcomer(role), by=cast.owner, at=AT)

    def test_of_a_known_address_is_refused(self, cast: Cast) -> None:
        person = newcomer(Role.FINANCE, email=cast.finance.email.upper())

        with pytest.raises(staff.KnownAlready):
            staff.invite(person=person, by=cast.administrator, at=AT)

    def test_without_a_role_of_staff_is_refused(self, cast: Cast) -> None:
        with pytest.raises(staff.NoRole):
            staff.invite(person=newcomer(Role.INVESTOR), by=cast.administrator, at=AT)

    def test_is_not_for_finance(self, cast: Cast) -> None:
        with pytest.raises(MayNot):
            staff.invite(person=newcomer(Role.FINANCE), by=cast.finance, at=AT)


@pytest.mark.django_db
class TestDisable:
    def test_ends_every_session_and_token_at_once(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.finance)
        wish = api_tokens.Wish("script", ["read"], 30)
        api_tokens.make(user=cast.finance, wish=wish, instant=AT, at=AT)

        staff.disable(user=cast.finance, by=cast.owner, at=AT, reason="left")

        assert client.get("/account/").status_code == 302
        assert not LoginSession.objects.filter(user=cast.finance).exists()
        assert not ApiToken.objects.filter(revoked_at=None).exists()
        assert AuditEvent.objects.get(action="staff.disabled").reason == "left"

    def test_of_oneself_is_refused(self, cast: Cast) -> None:
        with pytest.raises(staff.NotYourself):
            staff.disable(user=cast.owner, by=cast.owner, at=AT, reason="tired")

    def test_of_an_administrator_is_not_a_managers(self, cast: Cast) -> None:
        with pytest.raises(staff.NotToGive):
            staff.disable(user=cast.administrator, by=cast.owner, at=AT, reason="")


@pytest.mark.django_db
class TestEnable:
    def test_by_a_manager_waits_for_a_second_person(self, cast: Cast) -> None:
        staff.disable(user=cast.finance, by=cast.owner, at=AT, reason="left")

        asked = staff.enable(user=cast.finance, by=cast.owner, at=AT)

        cast.finance.refresh_from_db()
        assert asked is not None
        assert not cast.finance.is_active

    def test_by_an_administrator_opens_it(self, cast: Cast) -> None:
        staff.disable(user=cast.finance, by=cast.owner, at=AT, reason="left")
        staff.enable(user=cast.finance, by=cast.administrator, at=AT)

        cast.finance.refresh_from_db()
        assert cast.finance.is_active


@pytest.mark.django_db
class TestChangeRoles:
    def test_logs_out_whoever_gains_or_loses_one(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.finance)

        staff.change_roles(
            user=cast.finance, roles=[Role.FINANCE, Role.CASEWORKER], by=cast.owner, at=AT
        )

        assert client.get("/account/").status_code == 302
        facts = AuditEvent.objects.get(action="staff.roles_changed").facts
        assert facts == {"before": ["finance"], "after": ["finance", "caseworker"]}


@pytest.mark.django_db
class TestResetSecondFactor:
    def test_lets_a_colleague_pair_a_new_phone(self, cast: Cast) -> None:
        factor = second_factor.begin(user=cast.finance, at=AT)
        code = second_factor.code_at(factor, AT)
        second_factor.confirm(factor=factor, code=code, instant=AT, at=AT)

        staff.reset_second_factor(user=cast.finance, by=cast.owner, at=AT)

        assert second_factor.of(cast.finance) is None


@pytest.mark.django_db
class TestVisibleTo:
    def test_a_manager_sees_the_staff_of_their_own_body(self, cast: Cast) -> None:
        seen = set(staff.visible_to(cast.owner))

        assert {cast.owner, cast.colleague, cast.finance, cast.caseworker, cast.auditor} == seen

    def test_an_administrator_sees_all_staff_and_no_investor(self, cast: Cast) -> None:
        seen = set(staff.visible_to(cast.administrator))

        assert {cast.stranger, cast.city_reviewer} < seen
        assert cast.investor not in seen


@pytest.mark.django_db
class TestUndo:
    def test_of_roles_gives_back_those_from_before(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.administrator)
        before, told = cast.finance.roles, {"roles": [str(Role.CASEWORKER), str(Role.AUDITOR)]}
        page = client.post(f"/staff/{cast.finance.pk}/", told, follow=True)

        client.post(*undone.form(page))

        cast.finance.refresh_from_db()
        assert cast.finance.roles == before

    def test_of_an_invitation_voids_its_link(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.administrator)
        told = {
            "email": "new@example.org", "first_name": "Nuova", "last_name": "Prova",
            "roles": [str(Role.FINANCE)], "organisation": cast.issuer.pk, "language": "it",
        }  # fmt: skip
        page = client.post("/staff/invite/", told, follow=True)

        client.post(*undone.form(page))

        assert not User.objects.get(email="new@example.org").is_active
        link = LINK.search(Notice.objects.get(to="new@example.org").body)
        assert link
        assert client.get(link[0]).status_code == 404


@pytest.mark.django_db
class TestLinks:
    def test_an_invitation_opens_once(self, cast: Cast, client: Client) -> None:
        user = staff.invite(person=newcomer(Role.FINANCE), by=cast.administrator, at=AT)
        found = LINK.search(Notice.objects.get(to=user.email).body)
        assert found
        page = client.get(found[0])

        answer = client.post(found[0], {"password": GOOD})

        user.refresh_from_db()
        assert page.status_code == 200
        assert answer.headers["Location"] == "/login/"
        assert user.check_password(GOOD)
        assert client.get(found[0]).status_code == 404

    def test_a_reset_is_mailed_to_the_owner_alone_and_says_nothing(
        self, cast: Cast, client: Client
    ) -> None:
        answers = [
            client.post("/password/forgotten/", {"email": email}).headers["Location"]
            for email in (cast.investor.email.upper(), "nobody@example.org")
        ]

        assert answers == ["/login/", "/login/"]
        assert [notice.to for notice in Notice.objects.all()] == [cast.investor.email]

    def test_floods_no_mailbox(self, cast: Cast, client: Client) -> None:
        # Ten asked at once: of one minute three are mailed, of two at most six.
        for _ in range(10):
            client.post("/password/forgotten/", {"email": cast.investor.email})

        assert Notice.objects.count() <= 6

    def test_is_nobody_elses_to_read(self, cast: Cast, client: Client) -> None:
        passwords.send_reset(address=cast.investor.email, at=AT)
        client.force_login(cast.auditor)
        waiting = client.get("/outbox/").content.decode()

        jobs.drain(kind=notices.JOB, at=AT)

        assert LINK.search(str(mail.outbox[0].body))
        assert not LINK.search(waiting)
        assert not LINK.search(client.get("/outbox/").content.decode())
        assert not LINK.search(Notice.objects.get().body)

    def test_of_a_closed_account_opens_nothing(self, cast: Cast, client: Client) -> None:
        passwords.send_reset(address=cast.finance.email, at=AT)
        found = LINK.search(Notice.objects.get().body)
        assert found
        User.objects.filter(pk=cast.finance.pk).update(is_active=False)

        assert client.get(found[0]).status_code == 404

    @pytest.mark.parametrize("token", ["x", "a:b:c", "WzFd:x:y"])
    def test_made_up_opens_nothing(self, db: None, client: Client, token: str) -> None:
        assert client.get(f"/password/{token}/").status_code == 404


@pytest.mark.django_db
class TestChoose:
    @pytest.mark.parametrize(
        "password",
        [
            "short",
            "1q2w3e4r5t6y",
            "finance@example",
            "iloveyou1234",
            "mattone-2026!",
            "dragondragon",
        ],
    )
    def test_refuses_what_is_short_lost_before_or_like_the_name(
        self, cast: Cast, password: str
    ) -> None:
        with pytest.raises(passwords.BadPassword):
            passwords.choose(user=cast.finance, password=password, by=cast.finance, at=AT)

    @pytest.mark.parametrize("password", [GOOD, "🏠 casa dolce casa mia", "x" * 9 + "q7w" * 60])
    def test_takes_long_ones_of_any_letters(self, cast: Cast, password: str) -> None:
        passwords.choose(user=cast.finance, password=password, by=cast.finance, at=AT)

        assert cast.finance.check_password(password)
