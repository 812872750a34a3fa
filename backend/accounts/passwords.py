"""Passwords: links by mail to choose one, and choosing one. Nobody but its owner ever knows one.

What a password must be like is settings.AUTH_PASSWORD_VALIDATORS: twelve characters, and not among the
twenty thousand that others lost (Django's list, read offline). No rule of composition, no expiry.
"""

import datetime as dt
import string
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from backend.accounts import sessions
from backend.core import audit, notices
from backend.core.errors import Missing, Refused
from backend.core.models import User
from backend.core.users import Actor

SALT = "accounts.password"
NOT_LETTERS = string.digits + string.punctuation + " "


class NotCommonAtHeart:
    """Refuses a lost password with a number behind it, or written twice, or the name of this house.

    Few of the lost ones have twelve letters: what people do to reach twelve is this.
    """

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords | {"mattone"}

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError."""
        bare = password.lower().strip(NOT_LETTERS)
        half = bare[: len(bare) // 2]
        if bare in self.common or (half in self.common and half * 2 == bare):
            raise ValidationError(_("Numbers behind a common password do not make it a good one."))

    def get_help_text(self) -> str:
        return ""


class BadLink(Missing):
    code = "password.bad_link"


class BadPassword(Refused):
    code = "password.not_accepted"


@dataclass(frozen=True)
class Letter:
    """A mail with a link: its template, and how long the link opens."""

    template: str
    valid_for: dt.timedelta


INVITATION = Letter("account_invitation", dt.timedelta(days=7))
RESET = Letter("account_password_reset", dt.timedelta(hours=1))
LETTERS = {letter.template: letter for letter in (INVITATION, RESET)}


def send_link(*, user: User, letter: Letter, at: dt.datetime) -> None:
    """Mail a person a link that opens once, until the letter's time is over (by the wall's clock)."""
    token = signing.dumps([user.pk, letter.template, _mark(user)], salt=SALT)
    link = settings.SITE_URL + reverse("password-choose", kwargs={"token": token})
    context: dict[str, Any] = {"name": user.first_name or user.username, "link": link}
    notices.send(
        notice=notices.NewNotice(
            key=f"{letter.template}:{user.pk}:{token.rpartition(':')[2]}",
            to=user.email,
            language=user.language,
            template=letter.template,
            context=context,
        ),
        at=at,
    )


def send_reset(*, address: str, at: dt.datetime) -> None:
    """Mail a link to whoever has an account at an address. What is answered tells nothing of it."""
    user = User.objects.filter(username__iexact=address.strip(), is_active=True).first()
    if user is not None:
        audit.record(action="password.link_asked", subject=user, by=user, at=at)
        send_link(user=user, letter=RESET, at=at)


def owner_of(token: str) -> User:
    """Whose link this is. Raises BadLink when it is old, used, or nobody's."""
    try:
        pk, template, mark = signing.loads(token, salt=SALT)
        valid_for = LETTERS[template].valid_for
        signing.loads(token, salt=SALT, max_age=valid_for)
    except (signing.BadSignature, ValueError, KeyError, TypeError) as problem:
        raise BadLink(_gone()) from problem
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or _mark(user) != mark:
        raise BadLink(_gone())
    return user


def choose(*, user: User, password: str, by: Actor, at: dt.datetime, session: str = "") -> None:
    """Set a password and log the person out everywhere else. Raises BadPassword with the reasons.

    `session` is the key of the session that stays.
    """
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadPassword(" ".join(problem.messages), field="password") from problem
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(action="password.chosen", subject=user, by=by, at=at)
    sessions.end_all(user=user, by=by, at=at, but=session)


def _mark(user: User) -> str:
    """Changes when the password does or the person has logged in: a link opens once."""
    known = f"{user.pk} {user.password} {user.last_login} {user.email}"
    return salted_hmac(SALT, known, algorithm="sha256").hexdigest()[:32]


def _gone() -> Any:
    return _("This link was used, or its time is over. Ask for a new one.")
