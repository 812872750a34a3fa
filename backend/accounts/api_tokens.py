"""API tokens: a program acts as a person, for named scopes, until a day. The key is shown once.

A scope is `read` (whatever the person may look at), `all`, `own` (what anyone logged in may do), or a
permission of core.roles. A token never does more than its person's roles do at that moment.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.accounts.models import ApiToken
from backend.core import audit, roles
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.users import Actor

PREFIX = "mat_"
KEY_BYTES = 30
READ, ALL, OWN = "read", "all", "own"
MOST_DAYS = 366


class BadToken(Refused):
    code = "token.not_possible"


class RevokedAlready(Conflict):
    code = "token.revoked_already"


@dataclass(frozen=True)
class Wish:
    """What is asked for: a name to know it by, scopes, and how many days it is good for."""

    name: str
    scopes: Sequence[str]
    days: int


@dataclass(frozen=True)
class Made:
    """A new token and its key, which nobody can tell again."""

    token: ApiToken
    key: str


def scopes_of(user: User) -> list[str]:
    """The scopes a person may give to a token."""
    own = [name for name in sorted(roles.PERMISSIONS) if roles.may(user, name)]
    return [READ, ALL, OWN, *own]


def make(*, user: User, wish: Wish, instant: dt.datetime, at: dt.datetime) -> Made:
    """Make a token for oneself. Raises BadToken on a scope the person has not, or too many days."""
    if not 1 <= wish.days <= MOST_DAYS:
        raise BadToken(_("A token is good for at least a day and at most a year."), field="days")
    beyond = sorted(set(wish.scopes) - set(scopes_of(user)))
    if beyond or not wish.scopes:
        raise BadToken(_("Choose scopes among those that you have."), field="scopes", scopes=beyond)
    key = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    token = ApiToken.objects.create(
        **row_of(key), user=user, name=wish.name, scopes=sorted(set(wish.scopes)),
        created_at=instant, expires_at=instant + dt.timedelta(days=wish.days),
    )  # fmt: skip
    facts = {"token": token.pk, "scopes": token.scopes, "days": wish.days}
    audit.record(action="token.made", subject=user, by=user, at=at, facts=facts)
    return Made(token, key)


def revoke(*, token: ApiToken, by: Actor, instant: dt.datetime, at: dt.datetime) -> None:
    """Void a token now. Raises RevokedAlready."""
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=instant):
        raise RevokedAlready(_("This token was revoked already."))
    facts = {"token": token.pk}
    audit.record(action="token.revoked", subject=token.user, by=by, at=at, facts=facts)


def find(key: str, instant: dt.datetime) -> ApiToken | None:
    """The token that a key opens at an instant, with its person; None when it opens nothing.

    That it was used is noted once a day, which costs a call in a thousand a write.
    """
    rows = ApiToken.objects.select_related("user").filter(
        hash=hash_of(key), revoked_at=None, expires_at__gt=instant, user__is_active=True
    )
    token = rows.first()
    if token is not None and token.last_used_on != instant.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=instant.date())
    return token


def covers(token: ApiToken, permission: str, *, is_read: bool) -> bool:
    """Whether the token's scopes allow a call that needs a permission ("" is anyone logged in)."""
    wanted = {ALL, permission or OWN} | ({READ} if is_read else set())
    return bool(wanted & set(token.scopes))


def row_of(key: str) -> dict[str, str]:
    """What is kept of a key: how it begins, and its hash (its 240 random bits need no salt)."""
    return {"hash": hash_of(key), "beginning": key[: len(PREFIX) + 6]}


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
