"""Every address × every role: what one may not do is 403, who is nobody logs in, nothing falls over."""

import pytest
from django.test import Client

from backend.core.models import User
from backend.core.roles import PERMISSIONS, Role
from tests.house import urls
from tests.house.access_table import NO, TABLE
from tests.house.urls import Address

# Logging out comes last, or the rest of the walk would be a stranger's.
ADDRESSES = sorted(urls.every_address(), key=lambda address: address.name == "logout")
NOBODY = "nobody"


class TestTable:
    def test_names_every_address_and_no_other(self) -> None:
        names = {address.name for address in ADDRESSES}

        assert names - TABLE.keys() == set(), "an address without a line in the table"
        assert TABLE.keys() - names == set(), "a line for an address that is gone"

    def test_uses_every_permission_that_there_is(self) -> None:
        """A permission that only rules check still guards something: it is named there."""
        known = set(PERMISSIONS) | {None, "", NO}

        assert {one for pair in TABLE.values() for one in pair} <= known


@pytest.mark.thorough
@pytest.mark.django_db
class TestAccess:
    @pytest.mark.parametrize("role", [NOBODY, *Role.values])
    def test_lets_each_role_do_what_the_table_says(self, role: str) -> None:
        client = _client(role)

        wrong = [
            line
            for address in ADDRESSES
            for method, permission in zip(("get", "post"), TABLE[address.name], strict=True)
            if (line := _judge(client, address, method, permission, role))
        ]
        assert wrong == []


def _client(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != NOBODY:
        client.force_login(User.objects.create(username=f"{role}@example.org", roles=[role]))
    return client


def _judge(client: Client, address: Address, method: str, permission: str | None, role: str) -> str:
    """What is wrong with the answer, in a line; empty when it is as the table says."""
    answer = getattr(client, method)(address.path)
    said = f"{role} {method} {address.name}: {answer.status_code}"
    if answer.status_code >= 500:
        return said
    if permission == NO:
        return "" if answer.status_code in (302, 401, 403, 405) else f"{said}, wanted 405"
    if _is_turned_away(answer.status_code, answer.get("Location", "")) == _may(role, permission):
        return f"{said}, by {permission!r}"
    return ""


def _is_turned_away(status: int, location: str) -> bool:
    return status in (401, 403) or (status == 302 and location.startswith("/login/"))


def _may(role: str, permission: str | None) -> bool:
    if permission is None:
        return True
    if role == NOBODY:
        return False
    return permission == "" or role in PERMISSIONS[permission]
