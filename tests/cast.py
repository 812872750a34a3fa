"""The fixed people of the tests, by what they are to the fictional issuer.

A colleague shares the issuer and may approve; a stranger has the same role at another issuer and
must see nothing. Nobody has a password (hashing is slow): tests log people in with force_login.
"""

import datetime as dt
from dataclasses import dataclass

from backend.accounts import api_tokens
from backend.accounts.models import ApiToken
from backend.core import clock
from backend.core.models import Organisation, User
from backend.core.roles import Role


@dataclass(frozen=True)
class Cast:
    """Who is who. `owner` and `colleague` manage for the issuer; `stranger` for the rival."""

    issuer: Organisation
    rival: Organisation
    platform: Organisation
    city: Organisation
    owner: User
    colleague: User
    stranger: User
    finance: User
    caseworker: User
    other_caseworker: User
    investor: User
    other_investor: User
    city_reviewer: User
    programme_officer: User
    auditor: User
    administrator: User


def gather() -> Cast:
    """Write the organisations and people into the database."""
    kind = Organisation.Kind
    issuer = _organisation("Casa Mattone S.r.l. (synthetic)", kind.ISSUER)
    rival = _organisation("Altra Casa S.r.l. (synthetic)", kind.ISSUER)
    platform = _organisation("Piattaforma di prova (synthetic)", kind.PLATFORM)
    city = _organisation("Ufficio Casa (dimostrativo)", kind.CITY)
    return Cast(
        issuer=issuer,
        rival=rival,
        platform=platform,
        city=city,
        owner=person("owner", Role.MANAGER, issuer),
        colleague=person("colleague", Role.MANAGER, issuer),
        stranger=person("stranger", Role.MANAGER, rival),
        finance=person("finance", Role.FINANCE, issuer),
        caseworker=person("caseworker", Role.CASEWORKER, issuer),
        other_caseworker=person("other-caseworker", Role.CASEWORKER, rival),
        investor=person("investor", Role.INVESTOR),
        other_investor=person("other-investor", Role.INVESTOR),
        city_reviewer=person("city", Role.CITY_REVIEWER, city),
        programme_officer=person("programme", Role.PROGRAMME_OFFICER, city),
        auditor=person("auditor", Role.AUDITOR, issuer),
        administrator=person("administrator", Role.ADMINISTRATOR, platform),
    )


def api_key(user: User, key: str) -> str:
    """Let a program act as a person, for everything, with this key; the key again."""
    now = clock.wall()
    ApiToken.objects.create(
        **api_tokens.row_of(key), user=user, name="tests", scopes=[api_tokens.ALL],
        created_at=now, expires_at=now + dt.timedelta(days=1),
    )  # fmt: skip
    return key


def person(name: str, role: Role, organisation: Organisation | None = None) -> User:
    """One more person with one role; the administrator may enter Django's admin."""
    email = f"{name}@example.org"
    return User.objects.create(
        username=email,
        email=email,
        first_name=name.title(),
        roles=[role],
        organisation=organisation,
        is_staff=role == Role.ADMINISTRATOR,
        is_superuser=role == Role.ADMINISTRATOR,
        password="!",
    )


def _organisation(name: str, kind: Organisation.Kind) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, is_synthetic=True)
