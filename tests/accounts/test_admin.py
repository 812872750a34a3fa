"""The back office: nothing of money can be changed, each change is written down, no password is there."""

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.test import Client, RequestFactory

from backend.accounts.models import LoginSession
from backend.core import sealed
from backend.core.admin import Audited, Personal, ReadOnly
from backend.core.models import AuditEvent, User
from tests.cast import Cast
from tests.investors.people import register

KEPT_BY_PEOPLE = {"Organisation", "Parameter", "PrivacyRecord", "User"}


class TestRegistered:
    @pytest.mark.parametrize(
        ("name", "registered"),
        [(model.__name__, one) for model, one in admin.site._registry.items()],
    )
    def test_all_is_read_only_but_what_people_keep(
        self, name: str, registered: "ModelAdmin[User]"
    ) -> None:
        request = RequestFactory().get("/admin/")
        request.user = User(is_superuser=True, is_active=True)

        assert isinstance(registered, Audited if name in KEPT_BY_PEOPLE else ReadOnly)
        assert not registered.has_delete_permission(request)


@pytest.mark.django_db
class TestPerson:
    def test_is_changed_with_an_audit_row_and_logged_out(self, cast: Cast, client: Client) -> None:
        there = Client()
        there.force_login(cast.finance)
        client.force_login(cast.administrator)
        told = {
            "username": cast.finance.username, "email": cast.finance.email, "first_name": "Elena",
            "last_name": "", "roles": "finance,auditor", "organisation": cast.issuer.pk,
            "language": "it", "is_active": "on",
        }  # fmt: skip

        answer = client.post(f"/admin/core/user/{cast.finance.pk}/change/", told)

        assert answer.status_code == 302
        row = AuditEvent.objects.get(action="back_office.changed")
        assert (row.by, row.facts) == (cast.administrator, {"fields": ["first_name", "roles"]})
        assert not LoginSession.objects.filter(user=cast.finance).exists()

    def test_shows_no_password(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.administrator)

        page = client.get(f"/admin/core/user/{cast.finance.pk}/change/").content.decode()

        assert "password" not in page.lower().replace("/password/", "")
        assert client.get(f"/admin/core/user/{cast.finance.pk}/password/").status_code in (302, 404)


@pytest.mark.django_db
class TestLook:
    def test_is_of_the_house_and_holds_the_policy(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.administrator)

        answer = client.get("/admin/")
        page = answer.content.decode()

        assert "css/admin.css" in page
        assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
        assert " onclick=" not in page
        assert "<style" not in page


@pytest.mark.django_db
class TestPersonal:
    @pytest.mark.parametrize("model", sealed.sealed_models())
    def test_what_is_sealed_is_not_shown(self, model: type[Model]) -> None:
        request = RequestFactory().get("/admin/")
        request.user = User(is_superuser=True, is_active=True)
        registered = admin.site._registry.get(model)

        assert registered is None or isinstance(registered, Personal)
        shown = registered.get_fields(request) if registered else []
        assert not [
            name
            for name in shown
            if isinstance(name, str)
            and isinstance(model._meta.get_field(name), sealed.Sealed | sealed.PrintField)
        ]

    def test_who_opens_a_row_or_a_list_of_people_is_written_down(
        self, cast: Cast, client: Client
    ) -> None:
        made = register(cast, iban="IT60X0542811101000000123456")
        client.force_login(cast.administrator)

        listed = client.get("/admin/investors/investor/")
        page = client.get(f"/admin/investors/investor/{made.pk}/change/").content.decode()

        assert listed.status_code == 200
        assert made.name in page
        assert made.tax_code not in page
        assert made.iban not in page
        rows = AuditEvent.objects.filter(action="identity.read", by=cast.administrator)
        assert [(row.subject_kind, row.facts) for row in rows.order_by("id")] == [
            ("core.user", {"place": "back office, investors.investor", "people": 1}),
            ("investors.investor", {"place": "back office, investors.investor"}),
        ]
