"""Investors make their own account: names and address, then a password by the link that was mailed.

Until then nothing is kept but the mail: the link itself carries what was typed, signed. Whoever has an
account gets another mail, so that what the page answers tells nobody who is an investor here.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.accounts.passwords import BadPassword
from backend.core import audit, notices
from backend.core.errors import Missing
from backend.core.models import User
from backend.core.roles import Role

SALT = "accounts.sign_up"
VALID_FOR = dt.timedelta(days=2)


_followers: list[Callable[..., object]] = []


def register(follow: Callable[..., object]) -> None:
    """Have `follow(user=, at=)` called for each new account: its address is proven by the mailed link."""
    _followers.append(follow)


class BadLink(Missing):
    code = "sign_up.bad_link"


@dataclass(frozen=True)
class Newcomer:
    """Who wants an account, and the page of ours that they came from."""

    email: str
    first_name: str
    last_name: str
    language: str = "it"
    onward: str = ""

    @property
    def address(self) -> str:
        return self.email.strip().lower()


def ask(*, newcomer: Newcomer, at: dt.datetime) -> None:
    """Mail a link to who wants an account, good for two days; else that there is an account."""
    user = User.objects.filter(username__iexact=newcomer.address).first()
    if user is None:
        token = signing.dumps(asdict(newcomer), salt=SALT, compress=True)
        link = settings.SITE_URL + reverse("sign-up-finish", kwargs={"token": token})
        _write(newcomer, "account_welcome", link, mark=token.rpartition(":")[2], at=at)
    elif user.is_active:
        link = settings.SITE_URL + reverse("password-forgotten")
        _write(newcomer, "account_known", link, mark=f"{at:%Y%m%d}", at=at)


def newcomer_of(token: str) -> Newcomer:
    """Who got a link. Raises BadLink when it is old, used, or nobody's."""
    try:
        newcomer = Newcomer(**signing.loads(token, salt=SALT, max_age=VALID_FOR))
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise BadLink(_gone()) from problem
    if User.objects.filter(username__iexact=newcomer.address).exists():
        raise BadLink(_gone())
    return newcomer


def finish(*, token: str, password: str, at: dt.datetime) -> User:
    """Open the account with a password of one's own. Raises BadLink, BadPassword with the reasons."""
    newcomer = newcomer_of(token)
    user = User(
        username=newcomer.address, email=newcomer.address, first_name=newcomer.first_name,
        last_name=newcomer.last_name, roles=[Role.INVESTOR], language=newcomer.language,
    )  # fmt: skip
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadPassword(" ".join(problem.messages), field="password") from problem
    user.set_password(password)
    with transaction.atomic():
        user.save(force_insert=True)
        audit.record(action="account.opened", subject=user, by=user, at=at)
        for follow in _followers:
            follow(user=user, at=at)
    return user


def _write(newcomer: Newcomer, template: str, link: str, *, mark: str, at: dt.datetime) -> None:
    notice = notices.NewNotice(
        key=f"{template}:{newcomer.address[:90]}:{mark}",
        to=newcomer.address,
        language=newcomer.language,
        template=template,
        # Nothing that a stranger typed: it could be a message to whose address this is.
        context={"link": link},
    )
    notices.send(notice=notice, at=at)


def _gone() -> Any:
    return _("This link was used, or its time is over. Ask for a new one.")
