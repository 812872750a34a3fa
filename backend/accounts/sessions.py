"""Sessions that end: half an hour after the last click, twelve hours after the login, or at a word.

A session store (settings.SESSION_ENGINE) over Django's own, with whose session it is in a column, so
that a person sees where they are logged in and ends it, and who is disabled is out at once.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from backend.accounts.models import LoginSession
from backend.core import audit
from backend.core.models import User
from backend.core.users import Actor

BEGAN = "began"
AGENT = "agent"
# A click a minute after the last one need not be written down.
NOTED_EVERY = dt.timedelta(minutes=1)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, each with its person and its two ends."""

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def get_session_cookie_age(self) -> int:
        """Seconds until the session ends: idle, or at the latest after its whole life."""
        began = self.get(BEGAN)
        if began is None:
            return settings.SESSION_COOKIE_AGE
        left = began + settings.SESSION_LIFE_SECONDS - timezone.now().timestamp()
        return int(max(0, min(settings.SESSION_COOKIE_AGE, left)))

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        """The row to be saved. Whoever has just logged in begins now."""
        user = data.get("_auth_user_id")
        if user:
            data.setdefault(BEGAN, timezone.now().timestamp())
        row: LoginSession = super().create_model_instance(data)  # type: ignore[assignment]  # our model
        row.user_id = int(user) if user else None
        row.began_at = dt.datetime.fromtimestamp(data[BEGAN], dt.UTC) if user else None
        row.agent = str(data.get(AGENT, ""))[:200]
        return row

    def _get_session_from_db(self) -> Any:
        """The row; one that was looked at is to be saved again, for the idle time begins anew."""
        row = super()._get_session_from_db()  # type: ignore[misc]  # untyped there
        idle = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if row and row.expire_date < timezone.now() + idle - NOTED_EVERY:
            self.modified = True
        return row


def of(user: User) -> QuerySet[LoginSession]:
    """Where a person is logged in, the newest first."""
    alive = LoginSession.objects.filter(user=user, expire_date__gt=timezone.now())
    return alive.order_by("-began_at")


def name_of(session: LoginSession) -> str:
    """What a page may call a session by: its key opens it, and stays with its browser."""
    return salted_hmac("accounts.session", session.session_key, algorithm="sha256").hexdigest()[:16]


def end(*, session: LoginSession, by: User, at: dt.datetime) -> None:
    """End one session of one's own."""
    audit.record(action="session.ended", subject=by, by=by, at=at)
    session.delete()


def end_all(*, user: User, by: Actor, at: dt.datetime, but: str = "") -> int:
    """Log a person out everywhere (but in the session of a key); how many ended."""
    ended, _ = LoginSession.objects.filter(user=user).exclude(session_key=but).delete()
    if ended:
        audit.record(action="sessions.ended", subject=user, by=by, at=at, facts={"sessions": ended})
    return ended


def forget_ended() -> None:
    """Delete the rows of sessions that ended by themselves."""
    SessionStore.clear_expired()
